/**
 * I fengsel: a chat for children and young people with a parent in prison or serving at home.
 */
import * as Schema from "effect/Schema"
import { Policy } from "../policy.ts"

/** The promises of I fengsel. */
export const ifengsel = Schema.decodeUnknownSync(Policy, { onExcessProperty: "error" })({
  service: "ifengsel",
  name: { nb: "I fengsel", en: "I fengsel (In prison)" },
  audience: "children",
  controller: { name: "Kirkens Bymisjon", form: "voluntary" },
  vendor: { name: "NOOP" },
  subProcessors: [],
  activities: [
    {
      name: { nb: "Chat", en: "Chat" },
      purpose: {
        nb: "Snakke med barn og unge som har mamma eller pappa i fengsel",
        en: "Talk with children and young people who have a parent in prison"
      },
      basis: ["GDPR 6(1)(f)", "GDPR 9(2)(d)", "GDPR 10"],
      dataClasses: ["content", "liveSession", "endedSession"]
    },
    {
      name: { nb: "IP-adresse og tidspunkt", en: "IP address and time" },
      purpose: { nb: "At politiet kan hjelpe når liv og helse er i fare", en: "That the police can help when life and health are in danger" },
      basis: ["GDPR 6(1)(d)", "GDPR 6(1)(f)", "straffeloven § 196"],
      dataClasses: ["accessTrace", "concern"]
    },
    {
      name: { nb: "Aldersgrupper", en: "Age groups" },
      purpose: {
        nb: "Gi informasjon som passer alderen, gjøre chatten best mulig og vite hvem vi treffer",
        en: "Give information that fits the age, make the chat as good as possible and know whom we reach"
      },
      basis: ["GDPR 6(1)(f)"],
      dataClasses: ["ageCount"]
    },
    {
      name: { nb: "Pålogging og drift", en: "Sign-in and operation" },
      purpose: { nb: "Slippe de ansatte inn og holde tjenesten i drift", en: "Let staff in and keep the service running" },
      basis: ["GDPR 6(1)(f)", "GDPR 32"],
      dataClasses: ["invitation", "staffSession", "installation"]
    }
  ],
  content: { store: "server", hoursAfterEnd: 72 },
  accessTrace: { hoursAfterOpening: 72 },
  openingHours: {
    timeZone: "Europe/Oslo",
    weekly: [
      { day: "wed", opens: "15:00", closes: "22:00" },
      { day: "fri", opens: "15:00", closes: "22:00" }
    ],
    exceptions: []
  },
  limits: {
    idleMinutes: 30,
    graceSeconds: 120,
    counsellorGraceSeconds: 60,
    queueMinutes: 60,
    lengthMinutes: 240,
    closingMinutes: 30,
    messageBytes: 16384,
    messagesPerMinute: 120
  },
  capacity: 1,
  answeredBy: "declaredHosts",
  triage: null,
  booking: null,
  phone: null,
  statistics: {
    bands: [
      { from: 0, to: 9 },
      { from: 10, to: 12 },
      { from: 13, to: 15 },
      { from: 16, to: 17 },
      { from: 18, to: 24 },
      { from: 25, to: null }
    ],
    dimensions: [],
    period: "quarter",
    smallestCell: 5,
    smallestTotal: 10,
    method: "suppress"
  },
  disclosure: {
    openCaseAt: "mayBeDanger",
    triggers: ["dangerSelf", "dangerOthers", "crimeVictim", "crimePlanned"],
    crimeNeedsIdentification: true,
    recipients: ["police", "ambulance", "fire", "childWelfare"],
    rightToDisclose: false,
    timers: {
      assessMinutes: 10,
      consultHighMinutes: 10,
      consultMinutes: 30,
      callMinutes: 2,
      notifyMinutes: 60,
      childWelfareMinutes: 240,
      acknowledgeMinutes: 15,
      reviewHours: 24,
      warnHours: [24, 4, 1],
      recordDays: 90
    }
  },
  holds: { items: ["accessTrace", "content"], maximumDays: 90 },
  cookies: [],
  webLog: null,
  links: {
    privacy: { href: "https://kirkensbymisjon.no/personvern/", lastVerified: "2026-11-01" },
    whoAnswers: { href: "https://ifengsel.no/", lastVerified: "2026-11-01" },
    duty: { href: "https://plikt.no/", lastVerified: "2026-11-01" },
    treatment: null
  },
  published: {
    page: "https://ifengsel.no/",
    readOn: "2026-11-01",
    contentHours: 72,
    accessTraceHours: null,
    webLogHours: null,
    mentionsHolds: false,
    nothingElseCollected: true
  },
  questions: [
    {
      id: "vendor-ip-period",
      rule: "IF-30",
      field: "accessTrace.hoursAfterOpening",
      asks: "The service does not publish how long its vendor keeps the IP address.",
      answer: "72 hours after opening, never longer than the chat itself is kept."
    },
    {
      id: "when-72-hours-begin",
      rule: "IF-17",
      field: "content.hoursAfterEnd",
      asks: "The text says that the chat is deleted after 72 hours, and not from when.",
      answer: "From the end of the chat, which comes by itself after four hours at the latest."
    },
    {
      id: "state-service",
      rule: "IF-20",
      field: "controller.form",
      asks: "The text calls the service a state service; a voluntary organisation runs it.",
      answer: "Voluntary. The duty to tell is stated as a promise of this policy, whatever the form."
    },
    {
      id: "crime-and-identification",
      rule: "IF-22",
      field: "disclosure.crimeNeedsIdentification",
      asks: "The text ties the duty to avert a crime to whether the writer can be identified; the law does not.",
      answer: "A crime without identification is never dropped: a second person is consulted. A danger to life never asks."
    },
    {
      id: "public-holidays",
      rule: "IF-05",
      field: "openingHours",
      asks: "The text does not say whether the chat is open on public holidays.",
      answer: "Open, unless a closed day is configured."
    },
    {
      id: "authority-orders",
      rule: "X-02",
      field: "holds",
      asks: "The text does not say what happens when an authority orders something to be kept.",
      answer: "Only what an order names is kept, only until the order ends and at most 90 days, and our own notice says so."
    }
  ],
  bucketMinutes: 5,
  exitUrl: "https://www.yr.no/"
})
