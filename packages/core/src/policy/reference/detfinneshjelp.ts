/**
 * Det finnes hjelp: a health trust's chat for people with a sexual interest in children who do not want to act on it.
 */
import { decodePolicy } from "../policy.ts"

/** The promises of Det finnes hjelp. Its opening hours are not published, so it stays closed until they are configured. */
export const detfinneshjelp = decodePolicy({
  service: "detfinneshjelp",
  name: { nb: "Det finnes hjelp", en: "Det finnes hjelp (Help is available)" },
  audience: "adults",
  controller: { name: "Oslo universitetssykehus HF", privacyPage: "https://www.oslo-universitetssykehus.no/personvern" },
  vendor: { name: "Helsedirektoratet" },
  content: { store: "clients-only" },
  accessTrace: { hoursAfterOpening: 168 },
  openingHours: null,
  limits: { idleMinutes: 30, graceSeconds: 120, counsellorGraceSeconds: 60, queueMinutes: 60, lengthMinutes: 240, messageBytes: 16384, messagesPerMinute: 120 },
  capacity: 1,
  bucketMinutes: 5,
  exitUrl: "https://www.yr.no/"
})
