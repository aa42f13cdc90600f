/**
 * I fengsel: a chat for children and young people with a parent in prison or serving at home.
 */
import { decodePolicy } from "../policy.ts"

/** The promises of I fengsel. */
export const ifengsel = decodePolicy({
  service: "ifengsel",
  name: { nb: "I fengsel", en: "I fengsel (In prison)" },
  audience: "children",
  controller: { name: "Kirkens Bymisjon", privacyPage: "https://kirkensbymisjon.no/personvern/" },
  vendor: { name: "NOOP" },
  content: { store: "server", hoursAfterEnd: 72 },
  accessTrace: {
    hoursAfterOpening: 72,
    question: "The service does not publish how long its vendor keeps the IP address. Answered: 72 hours after opening, never longer than the chat itself is kept."
  },
  openingHours: {
    timeZone: "Europe/Oslo",
    weekly: [
      { day: "wed", opens: "15:00", closes: "22:00" },
      { day: "fri", opens: "15:00", closes: "22:00" }
    ],
    exceptions: []
  },
  limits: { idleMinutes: 30, graceSeconds: 120, counsellorGraceSeconds: 60, queueMinutes: 60, lengthMinutes: 240, messageBytes: 16384, messagesPerMinute: 120 },
  capacity: 1,
  bucketMinutes: 5,
  exitUrl: "https://www.yr.no/"
})
