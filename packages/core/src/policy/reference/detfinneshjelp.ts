/**
 * Det finnes hjelp: a health trust's chat for people with a sexual interest in children who do not want to act on it.
 */
import * as Schema from "effect/Schema"
import { Policy } from "../policy.ts"

/** The promises of Det finnes hjelp. Its opening hours are not published, so it stays closed until they are configured. */
export const detfinneshjelp = Schema.decodeUnknownSync(Policy, { onExcessProperty: "error" })({
  service: "detfinneshjelp",
  name: { nb: "Det finnes hjelp", en: "Det finnes hjelp (Help is available)" },
  audience: "adults",
  controller: { name: "Oslo universitetssykehus HF", form: "public" },
  vendor: { name: "Helsedirektoratet" },
  subProcessors: [],
  activities: [
    {
      name: { nb: "Samtaler på nett", en: "Live chat" },
      purpose: { nb: "Gi råd og veiledning uten at du må si hvem du er", en: "Give advice and guidance without asking who you are" },
      basis: ["GDPR 6(1)(e)", "GDPR 9(2)(h)", "helsepersonelloven § 21"],
      dataClasses: ["content", "liveSession", "endedSession"]
    },
    {
      name: { nb: "IP-adresse og tidspunkt", en: "IP address and time" },
      purpose: {
        nb: "Kunne hindre et alvorlig lovbrudd eller en fare for liv og helse",
        en: "Be able to prevent a serious crime or a danger to life and health"
      },
      basis: ["GDPR 6(1)(e)", "GDPR 10", "straffeloven § 196", "helsepersonelloven § 31"],
      dataClasses: ["accessTrace", "concern"]
    },
    {
      name: { nb: "Triage", en: "Triage" },
      purpose: { nb: "Gjøre tjenesten bedre, og forskning", en: "Improve the quality of the service, and research" },
      basis: ["GDPR 6(1)(a)", "GDPR 9(2)(a)"],
      dataClasses: ["triage", "consent", "anonymousNote"]
    },
    {
      name: { nb: "Timebestilling", en: "Booking" },
      purpose: { nb: "Tilby deg behandling", en: "Offer you therapy" },
      basis: ["GDPR 6(1)(e)", "GDPR 9(2)(h)", "helsepersonelloven §§ 39-40"],
      dataClasses: ["booking", "phoneCall"]
    },
    {
      name: { nb: "Pålogging og drift", en: "Sign-in and operation" },
      purpose: { nb: "Slippe de ansatte inn og holde tjenesten i drift", en: "Let staff in and keep the service running" },
      basis: ["GDPR 6(1)(e)", "GDPR 32"],
      dataClasses: ["invitation", "staffSession", "installation"]
    },
    {
      name: { nb: "Nettstedet", en: "The website" },
      purpose: { nb: "Beskytte nettstedet og telle besøk", en: "Protect the site and count visits" },
      basis: ["GDPR 6(1)(f)", "ekomloven § 3-15"],
      dataClasses: ["webLog"]
    }
  ],
  content: { store: "clients-only" },
  accessTrace: { hoursAfterOpening: 168 },
  openingHours: null,
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
  answeredBy: "healthProfessionals",
  triage: { minimumAge: 18, purposes: ["quality", "research"], bundled: false, timesAsked: 2, grain: "month" },
  booking: {
    minimumAge: 18,
    timeZone: "Europe/Oslo",
    phone: null,
    referralCharacters: 2000,
    outboxHours: 24,
    performers: ["clinicalPsychologist", "psychiatrist"],
    regions: ["south-eastern", "western", "central", "northern"],
    sites: [
      { name: "Oslo", region: "south-eastern", from: "2020-01-01" },
      { name: "Stavanger", region: "western", from: "2020-01-01" },
      { name: "Bergen", region: "western", from: "2020-01-01" },
      { name: "Trondheim", region: "central", from: "2021-01-01" },
      { name: "Tromsø", region: "northern", from: "2021-01-01" }
    ]
  },
  phone: null,
  statistics: null,
  disclosure: {
    openCaseAt: "reasonToBelieve",
    triggers: ["seriousOffence", "dangerSelf", "dangerOthers", "childWelfare"],
    crimeNeedsIdentification: false,
    recipients: ["police", "ambulance", "fire", "childWelfare"],
    rightToDisclose: true,
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
  holds: { items: ["accessTrace"], maximumDays: 90 },
  cookies: [{ name: "security", purpose: "security", maxAgeDays: 365 }],
  webLog: { addressHours: 336, addressOnChatPages: false },
  links: {
    privacy: { href: "https://www.oslo-universitetssykehus.no/personvern", lastVerified: "2026-11-01" },
    whoAnswers: null,
    duty: null,
    treatment: { href: "https://detfinneshjelp.no/", lastVerified: "2026-11-01" }
  },
  published: {
    page: "https://detfinneshjelp.no/",
    readOn: "2026-11-01",
    contentHours: 0,
    accessTraceHours: 168,
    webLogHours: 336,
    mentionsHolds: false,
    nothingElseCollected: false
  },
  questions: [
    {
      id: "opening-hours",
      rule: "IF-05",
      field: "openingHours",
      asks: "The service does not publish its opening hours.",
      answer: "Closed until they are configured."
    },
    {
      id: "sub-supplier",
      rule: "DFH-37",
      field: "subProcessors",
      asks: "The text says that there is a contract with a sub-supplier, and not who it is.",
      answer: "Left empty; whoever runs the service names the sub-supplier and the contract before it opens."
    },
    {
      id: "two-purposes",
      rule: "DFH-16",
      field: "triage.bundled",
      asks: "The text asks once for two purposes, improving the service and research.",
      answer: "Each purpose is asked for by itself."
    },
    {
      id: "regional-start",
      rule: "DFH-56",
      field: "booking.sites",
      asks: "The text says that Central and Northern Norway start in 2021, and not on which day.",
      answer: "1 January 2021; whoever runs the service sets the day."
    },
    {
      id: "phone-number",
      rule: "DFH-21",
      field: "booking.phone",
      asks: "The text offers booking by phone, and the number is not part of it.",
      answer: "Left empty; whoever runs the service enters the number before bookings open."
    },
    {
      id: "same-counsellor",
      rule: "DFH-22",
      field: "phone",
      asks: "The text says that the same counsellor can take a call, and not on which number.",
      answer: "Not offered until a number is configured."
    },
    {
      id: "authority-orders",
      rule: "X-02",
      field: "holds",
      asks: "The text does not say what happens when an authority orders something to be kept.",
      answer: "Only what an order names is kept, only until the order ends and at most 90 days, and our own notice says so."
    },
    {
      id: "cookie-basis",
      rule: "DFH-39",
      field: "cookies",
      asks: "The text gives GDPR Article 6(1)(f) as the basis, which a public body cannot use for its public tasks.",
      answer: "Both that article and the rule on strictly necessary cookies are recorded; there is no other cookie."
    }
  ],
  bucketMinutes: 5,
  exitUrl: "https://www.yr.no/"
})
