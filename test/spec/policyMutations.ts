/**
 * Bad policies, one field wrong in each, with the field and the rule that the refusal must name, and the value that repairs it.
 */
import type { Policy } from "../../packages/core/src/policy/policy.ts"
import { detfinneshjelp } from "../../packages/core/src/policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../../packages/core/src/policy/reference/ifengsel.ts"

/** A policy with every part and no open question but one, so that nothing is excused. */
export const whole = {
  ...detfinneshjelp,
  service: "whole",
  subProcessors: [{ name: "Drift AS", task: { nb: "Drifter tjenerne", en: "Runs the servers" }, contract: "2026/17, signed 2026-01-15", contractUntil: "2027-12-31" }],
  activities: [
    ...detfinneshjelp.activities,
    { name: { nb: "Aldersgrupper", en: "Age groups" }, purpose: { nb: "Vite hvem vi treffer", en: "Know whom we reach" }, basis: ["GDPR 6(1)(e)"], dataClasses: ["ageCount"] }
  ],
  openingHours: ifengsel.openingHours,
  booking: { ...detfinneshjelp.booking, phone: { number: "00 00 00 00", lastVerified: "2026-11-01" } },
  phone: { number: "+47 00 00 00 00", reservedMinutes: 15, codeDigits: 6 },
  statistics: ifengsel.statistics,
  published: { ...detfinneshjelp.published, mentionsHolds: true },
  questions: [
    ...detfinneshjelp.questions.filter(({ id }) => id === "cookie-basis"),
    { id: "one-at-a-time", rule: "E-14", field: "capacity", asks: "The text does not say how many chats a counsellor holds.", answer: "One at a time." }
  ]
}

/** The same, with short periods. */
const brief = {
  ...whole,
  service: "brief",
  accessTrace: { hoursAfterOpening: 2 },
  limits: { ...whole.limits, lengthMinutes: 120 },
  disclosure: { ...whole.disclosure, timers: { ...whole.disclosure.timers, warnHours: [1] } }
}

/** The policies that are spoiled, by name. */
export const bases = { whole, brief, detfinneshjelp, ifengsel } as const satisfies Record<string, unknown>

/** One bad policy: where in which base, what stands there, and what repairs it. */
export interface Mutation {
  readonly what: string
  readonly base: keyof typeof bases
  readonly path: ReadonlyArray<string | number>
  /** `undefined` takes the field away. */
  readonly bad: unknown
  readonly repaired: unknown
  /** What the refusal must name. */
  readonly field: string
  readonly rule: string
}

/** A copy of plain data with another value at a path; `undefined` takes the field away. */
export const withValue = (data: unknown, path: ReadonlyArray<string | number>, value: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(data)) return data.map((element, at) => (at === key ? withValue(element, rest, value) : element))
  const fields: Readonly<Record<string, unknown>> = typeof data === "object" && data !== null ? { ...data } : {}
  const inner = withValue(fields[key], rest, value)
  return Object.fromEntries(Object.entries({ ...fields, [key]: inner }).filter(([name, one]) => name !== key || one !== undefined))
}

const spoil = (base: Mutation["base"], rows: ReadonlyArray<readonly [string, ReadonlyArray<string | number>, unknown, unknown, string, string]>): ReadonlyArray<Mutation> =>
  rows.map(([what, path, bad, repaired, field, rule]) => ({ what, base, path, bad, repaired, field, rule }))

const activity = (policy: Policy, at: number, dataClasses: ReadonlyArray<string>) => ({ ...policy.activities[at], dataClasses })

/** What no policy can be. */
const shapes = spoil("whole", [
  ["no controller", ["controller"], undefined, detfinneshjelp.controller, "controller", "DFH-03"],
  ["no access trace period", ["accessTrace", "hoursAfterOpening"], undefined, 168, "accessTrace.hoursAfterOpening", "DFH-11"],
  ["a period of zero", ["accessTrace", "hoursAfterOpening"], 0, 168, "accessTrace.hoursAfterOpening", "DFH-11"],
  ["a period written as a text", ["accessTrace", "hoursAfterOpening"], "168", 168, "accessTrace.hoursAfterOpening", "DFH-11"],
  ["a period without an end", ["accessTrace", "hoursAfterOpening"], Infinity, 168, "accessTrace.hoursAfterOpening", "DFH-11"],
  ["a period in parts of an hour", ["accessTrace", "hoursAfterOpening"], 1.5, 168, "accessTrace.hoursAfterOpening", "DFH-11"],
  ["a kept chat without a period", ["content"], { store: "server" }, { store: "clients-only" }, "content.hoursAfterEnd", "IF-17"],
  ["an unknown place for messages", ["content", "store"], "cloud", "clients-only", "content", "DFH-07"],
  ["a period for messages that are not kept", ["content", "hoursAfterEnd"], 72, undefined, "content.hoursAfterEnd", "IF-17"],
  ["a field that nobody knows", ["retention"], 10, undefined, "retention", "X-12"],
  ["a field at the wrong place", ["idleMinutes"], 30, undefined, "idleMinutes", "X-12"],
  ["a service named like a page of the product", ["service"], "staff", "whole", "service", "DFH-36"],
  ["a name in one language", ["name", "en"], undefined, "Whole", "name.en", "DFH-03"],
  ["an unknown kind of reader", ["audience"], "everyone", "adults", "audience", "IF-36"],
  ["no activities", ["activities"], [], whole.activities, "activities", "DFH-01"],
  ["an activity without a basis", ["activities", 0, "basis"], [], detfinneshjelp.activities[0].basis, "activities[0].basis", "DFH-01"],
  ["an unknown kind of data", ["activities", 0, "dataClasses"], ["content", "liveSession", "endedSession", "transcript"], ["content", "liveSession", "endedSession"], "activities[0].dataClasses[3]", "DFH-01"],
  ["a time zone that does not exist", ["openingHours", "timeZone"], "Europe/Olso", "Europe/Oslo", "openingHours.timeZone", "IF-05"],
  ["a time of day that does not exist", ["openingHours", "weekly", 0, "closes"], "25:00", "22:00", "openingHours.weekly[0].closes", "IF-05"],
  ["30 February", ["openingHours", "exceptions"], [{ date: "2026-02-30", windows: [] }], [{ date: "2026-02-28", windows: [] }], "openingHours.exceptions[0].date", "IF-05"],
  ["a grace of two hours", ["limits", "graceSeconds"], 7200, 120, "limits.graceSeconds", "E-07"],
  ["a capacity of none", ["capacity"], 0, 1, "capacity", "E-14"],
  ["a consent that is asked for three times", ["triage", "timesAsked"], 3, 2, "triage.timesAsked", "DFH-14"],
  ["a triage note for advertising", ["triage", "purposes"], ["quality", "advertising"], ["quality"], "triage.purposes[1]", "DFH-16"],
  ["a triage note that keeps its day", ["triage", "grain"], "day", "month", "triage.grain", "DFH-17"],
  ["a treatment by a coach", ["booking", "performers"], ["coach"], ["psychiatrist"], "booking.performers[0]", "DFH-45"],
  ["an undelivered booking kept for a week", ["booking", "outboxHours"], 168, 24, "booking.outboxHours", "E-15"],
  ["a recipient who is a parent", ["disclosure", "recipients"], ["police", "ambulance", "childWelfare", "parents"], ["police", "ambulance", "childWelfare"], "disclosure.recipients[3]", "X-01"],
  ["an order without an end", ["holds", "maximumDays"], 3650, 90, "holds.maximumDays", "X-02"],
  ["an order that keeps a triage note", ["holds", "items"], ["triage"], ["accessTrace"], "holds.items[0]", "X-02"],
  ["a cookie for marketing", ["cookies", 0, "purpose"], "marketing", "security", "cookies[0].purpose", "DFH-38"],
  ["a cookie of more than a year", ["cookies", 0, "maxAgeDays"], 366, 365, "cookies[0].maxAgeDays", "DFH-40"],
  ["addresses in the web log for 15 days", ["webLog", "addressHours"], 360, 336, "webLog.addressHours", "DFH-44"],
  ["no privacy link", ["links", "privacy"], null, detfinneshjelp.links.privacy, "links.privacy", "DFH-04"],
  ["an exit page without encryption", ["exitUrl"], "http://www.yr.no/", "https://www.yr.no/", "exitUrl", "DFH-08"],
  ["a question about no rule", ["questions", 0, "rule"], "DFH", "DFH-39", "questions[0].rule", "X-12"]
])

/** What a policy can say, and must not. */
const meanings = [
  ...spoil("whole", [
    ["an access trace kept longer than published", ["accessTrace", "hoursAfterOpening"], 169, 168, "accessTrace.hoursAfterOpening", "DFH-11"],
    ["a chat kept although the text says that none is", ["content"], { store: "server", hoursAfterEnd: 25 }, { store: "clients-only" }, "content.hoursAfterEnd", "DFH-08"],
    ["a web log kept longer than published", ["published", "webLogHours"], 335, 336, "webLog.addressHours", "DFH-44"],
    ["a web log of which the text is silent", ["published", "webLogHours"], null, 336, "webLog.addressHours", "DFH-44"],
    ["an access trace of which the text is silent", ["published", "accessTraceHours"], null, 168, "accessTrace.hoursAfterOpening", "IF-30"],
    ["addresses of chat pages in the web log", ["webLog", "addressOnChatPages"], true, false, "webLog.addressOnChatPages", "E-06"],
    ["an order that nobody was told of", ["published", "mentionsHolds"], false, true, "holds", "X-02"],
    ["an order that keeps what the server never has", ["holds", "items"], ["content"], ["accessTrace"], "holds.items", "DFH-07"],
    ["a vendor that is the controller", ["vendor", "name"], "Oslo Universitetssykehus HF ", "Helsedirektoratet", "vendor.name", "IF-31"],
    ["a controller without a name", ["controller", "name"], "?", "Oslo universitetssykehus HF", "controller.name", "DFH-03"],
    ["a contract that is not there yet", ["subProcessors", 0, "contract"], "TBD", "2026/17", "subProcessors[0].contract", "DFH-37"],
    ["a contract that has ended", ["subProcessors", 0, "contractUntil"], "2026-11-20", "2026-11-21", "subProcessors[0].contractUntil", "DFH-37"],
    ["data in no activity", ["activities", 0], activity(detfinneshjelp, 0, ["content", "liveSession"]), detfinneshjelp.activities[0], "activities", "DFH-01"],
    ["data in two activities", ["activities", 4], activity(detfinneshjelp, 4, ["invitation", "staffSession", "installation", "accessTrace"]), detfinneshjelp.activities[4], "activities[4].dataClasses", "DFH-01"],
    ["data of a part that is not there", ["phone"], null, whole.phone, "activities[3].dataClasses", "DFH-01"],
    ["a chat without a basis for health data", ["activities", 0, "basis"], ["GDPR 6(1)(e)", "helsepersonelloven § 21"], ["GDPR 6(1)(e)", "GDPR 9(2)(h)", "helsepersonelloven § 21"], "activities[0].basis", "DFH-01"],
    ["an activity without a basis of Article 6", ["activities", 6, "basis"], ["GDPR 89"], ["GDPR 6(1)(e)"], "activities[6].basis", "DFH-01"],
    ["a case without a statute", ["activities", 1, "basis"], ["GDPR 6(1)(e)", "GDPR 10"], ["GDPR 6(1)(e)", "straffeloven § 196"], "activities[1].basis", "DFH-31"],
    ["a triage note without consent", ["activities", 2, "basis"], ["GDPR 6(1)(e)", "GDPR 9(2)(j)"], ["GDPR 6(1)(a)", "GDPR 9(2)(a)"], "activities[2].basis", "DFH-14"],
    ["a legitimate interest of a public body", ["questions"], [], whole.questions, "activities[5].basis", "DFH-39"],
    ["a question about no field", ["questions", 1, "field"], "capacities", "capacity", "questions[1].field", "X-12"],
    ["a triage note from 17", ["triage", "minimumAge"], 17, 18, "triage.minimumAge", "E-10"],
    ["one answer for two purposes", ["triage", "bundled"], true, false, "triage.bundled", "DFH-16"],
    ["a purpose twice", ["triage", "purposes"], ["quality", "quality"], ["quality"], "triage.purposes", "DFH-16"],
    ["silence longer than a session", ["limits", "idleMinutes"], 241, 240, "limits.idleMinutes", "IF-17"],
    ["a queue longer than a session", ["limits", "queueMinutes"], 241, 240, "limits.queueMinutes", "E-14"],
    ["a grace longer than silence", ["limits", "graceSeconds"], 1801, 1800, "limits.graceSeconds", "E-07"],
    ["a counsellor gone for longer than silence", ["limits", "counsellorGraceSeconds"], 1801, 1800, "limits.counsellorGraceSeconds", "E-08"],
    ["a time step wider than a period", ["bucketMinutes"], 241, 240, "bucketMinutes", "X-03"],
    ["opening hours that overlap", ["openingHours", "weekly", 1], { day: "wed", opens: "21:59", closes: "23:00" }, { day: "wed", opens: "22:00", closes: "23:00" }, "openingHours.weekly[1]", "IF-05"],
    ["a service that never opens", ["openingHours", "weekly"], [], [{ day: "mon", opens: "10:00", closes: "12:00" }], "openingHours.weekly", "IF-05"],
    ["no opening hours and no question", ["openingHours"], null, ifengsel.openingHours, "openingHours", "IF-05"],
    ["a treatment from 17", ["booking", "minimumAge"], 17, 18, "booking.minimumAge", "DFH-47"],
    ["a booking without a number to call", ["booking", "phone"], null, whole.booking.phone, "booking.phone", "DFH-21"],
    ["a number that cannot be called", ["phone", "number"], "ring oss", "00 00 00 00", "phone.number", "DFH-22"],
    ["a site in no region", ["booking", "sites", 0, "region"], "southern", "western", "booking.sites[0].region", "DFH-55"],
    ["no link to what the treatment involves", ["links", "treatment"], null, detfinneshjelp.links.treatment, "links.treatment", "DFH-57"],
    ["a link that nobody looked at for long", ["links", "privacy", "lastVerified"], "2026-05-21", "2026-05-22", "links.privacy.lastVerified", "DFH-04"],
    ["an age group with a gap", ["statistics", "bands"], [{ from: 0, to: 17 }, { from: 19, to: null }], [{ from: 0, to: 17 }, { from: 18, to: null }], "statistics.bands", "IF-32"],
    ["a published count of two", ["statistics", "smallestCell"], 2, 3, "statistics.smallestCell", "E-12"],
    ["a total smaller than a count", ["statistics", "smallestTotal"], 4, 5, "statistics.smallestTotal", "E-12"],
    ["a trigger on which nobody can act", ["disclosure", "recipients"], ["police", "ambulance"], ["police", "childWelfare"], "disclosure.recipients", "DFH-31"],
    ["a danger to life that is no concern", ["disclosure", "triggers"], ["dangerOthers", "childWelfare"], ["dangerSelf", "dangerOthers", "childWelfare"], "disclosure.triggers", "DFH-33"],
    ["health professionals who need not tell child welfare", ["disclosure", "triggers"], ["dangerSelf", "dangerOthers"], ["dangerSelf", "dangerOthers", "childWelfare"], "disclosure.triggers", "DFH-35"],
    ["a crime that depends on a name", ["disclosure", "crimeNeedsIdentification"], true, false, "disclosure.crimeNeedsIdentification", "IF-22"],
    ["a warning before there is anything to lose", ["disclosure", "timers", "warnHours"], [168, 4], [167, 4], "disclosure.timers.warnHours[0]", "E-05"],
    ["a high level that may take longer", ["disclosure", "timers", "consultHighMinutes"], 31, 30, "disclosure.timers.consultHighMinutes", "X-08"],
    ["a call later than a notification", ["disclosure", "timers", "notifyMinutes"], 1, 2, "disclosure.timers.callMinutes", "X-08"],
    ["a review after the case is gone", ["disclosure", "timers", "recordDays"], 1, 2, "disclosure.timers.reviewHours", "X-08"],
    ["a tracker's cookie", ["cookies", 0, "name"], "_ga", "security", "cookies[0].name", "DFH-42"],
    ["an exit to the service's own page", ["exitUrl"], "https://www.detfinneshjelp.no/om", "https://www.yr.no/", "exitUrl", "DFH-08"],
    ["health professionals without a health law", ["activities", 0, "basis"], ["GDPR 6(1)(e)", "GDPR 9(2)(h)"], detfinneshjelp.activities[0].basis, "activities[0].basis", "DFH-01"],
    ["a site twice", ["booking", "sites", 1, "name"], "Oslo", "Stavanger", "booking.sites[1].name", "DFH-55"],
    ["a number for booking that cannot be called", ["booking", "phone", "number"], "11", "113", "booking.phone.number", "DFH-21"],
    ["a sub-processor twice", ["subProcessors"], [whole.subProcessors[0], whole.subProcessors[0]], whole.subProcessors, "subProcessors[1].name", "DFH-37"],
    ["a sign-in cookie that outlives the sign-in", ["cookies", 0], { name: "in", purpose: "staffSignIn", maxAgeDays: 2 }, { name: "in", purpose: "staffSignIn", maxAgeDays: 1 }, "cookies[0].maxAgeDays", "X-03"],
    ["a cookie twice", ["cookies"], [detfinneshjelp.cookies[0], detfinneshjelp.cookies[0]], detfinneshjelp.cookies, "cookies[1].name", "DFH-38"],
    ["a date twice", ["openingHours", "exceptions"], [{ date: "2026-12-25", windows: [] }, { date: "2026-12-25", windows: [] }], [{ date: "2026-12-25", windows: [] }], "openingHours.exceptions[1].date", "IF-05"],
    [
      "hours of a date that overlap",
      ["openingHours", "exceptions"],
      [{ date: "2026-12-24", windows: [{ opens: "10:00", closes: "12:00" }, { opens: "11:59", closes: "13:00" }] }],
      [{ date: "2026-12-24", windows: [{ opens: "10:00", closes: "12:00" }, { opens: "12:00", closes: "13:00" }] }],
      "openingHours.exceptions[0].windows",
      "IF-05"
    ],
    [
      "a Sunday night that runs into Monday's hours",
      ["openingHours", "weekly"],
      [{ day: "sun", opens: "22:00", closes: "02:00" }, { day: "mon", opens: "01:59", closes: "03:00" }],
      [{ day: "sun", opens: "22:00", closes: "02:00" }, { day: "mon", opens: "02:00", closes: "03:00" }],
      "openingHours.weekly[1]",
      "IF-05"
    ],
    ["a published text that nobody read for long", ["published", "readOn"], "2020-01-01", "2026-11-01", "published.readOn", "X-12"]
  ]),
  ...spoil("ifengsel", [
    ["a chat kept longer than published", ["content", "hoursAfterEnd"], 73, 72, "content.hoursAfterEnd", "IF-17"],
    ["an address kept longer than the chat", ["accessTrace", "hoursAfterOpening"], 73, 72, "accessTrace.hoursAfterOpening", "IF-30"],
    ["counts of what was promised not to be counted", ["statistics", "dimensions"], ["topic"], [], "statistics.dimensions", "IF-35"],
    ["children who cannot see who answers", ["links", "whoAnswers"], null, ifengsel.links.whoAnswers, "links.whoAnswers", "IF-11"],
    ["children who cannot read about the duty", ["links", "duty"], null, ifengsel.links.duty, "links.duty", "IF-21"],
    ["hosts with a right of health professionals", ["disclosure", "rightToDisclose"], true, false, "disclosure.rightToDisclose", "DFH-29"],
    ["a question about a part that is not there", ["questions", 1, "field"], "booking.sites", "content.hoursAfterEnd", "questions[1].field", "X-12"]
  ]),
  ...spoil("brief", [
    ["a triage note kept past its trace", ["limits", "lengthMinutes"], 121, 120, "limits.lengthMinutes", "DFH-17"],
    ["a closing grace longer than a session", ["limits", "closingMinutes"], 121, 120, "limits.closingMinutes", "IF-05"],
    ["help that comes after the trace is gone", ["disclosure", "timers", "notifyMinutes"], 80, 79, "disclosure.timers.notifyMinutes", "X-08"]
  ]),
  ...spoil("detfinneshjelp", [
    ["an open question that is not named", ["questions", 0, "field"], "capacity", "openingHours", "openingHours", "IF-05"],
    ["two questions of one name", ["questions", 1, "id"], "opening-hours", "sub-supplier", "questions[1].id", "X-12"]
  ])
]

/** All bad policies. */
export const mutations: ReadonlyArray<Mutation> = [...shapes, ...meanings]
