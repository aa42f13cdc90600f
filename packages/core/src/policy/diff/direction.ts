/**
 * For every field of a policy, what it means when the field changes: which way it loosens a promise, or that it merely changes.
 */
import type { PolicyField } from "../explain.ts"

/** How a change of one field is read. */
export type Direction =
  /** The fields in it are compared, not the whole. */
  | { readonly read: "within" }
  /** Any other value merely changes. */
  | { readonly read: "changes" }
  /** A larger number, or `true`, loosens; `null` is none at all, or, where a text was silent, not known. */
  | { readonly read: "more"; readonly silent?: true }
  /** A smaller number, or `false`, loosens. */
  | { readonly read: "less" }
  /** Words from the strictest to the loosest. */
  | { readonly read: "ladder"; readonly from: ReadonlyArray<string> }
  /** A list of words, or of things told apart by `key`: one that is added loosens, one that is removed tightens, or either merely changes. */
  | { readonly read: "list"; readonly key: string | null; readonly added: "loosens" | "changes" }
  /** Something that may be `null`: to gain it loosens, tightens or merely changes; when both have it, the fields in it are compared. */
  | { readonly read: "part"; readonly gained: "loosens" | "tightens" | "changes" }
  /** A list in which more and finer groups loosen. */
  | { readonly read: "finer" }
  /** Told by the list that it stands in. */
  | { readonly read: "inList" }

const within: Direction = { read: "within" }
const changes: Direction = { read: "changes" }
const more: Direction = { read: "more" }
const stated: Direction = { read: "more", silent: true }
const less: Direction = { read: "less" }
const inList: Direction = { read: "inList" }
const ladder = (...from: ReadonlyArray<string>): Direction => ({ read: "ladder", from })
const part = (gained: "loosens" | "tightens" | "changes"): Direction => ({ read: "part", gained })
const list = (added: "loosens" | "changes", key: string | null = null): Direction => ({ read: "list", key, added })

const service = {
  service: changes,
  name: changes,
  audience: changes,
  controller: within,
  "controller.name": changes,
  "controller.form": changes,
  vendor: within,
  "vendor.name": changes,
  subProcessors: list("loosens", "name"),
  "subProcessors[].name": inList,
  "subProcessors[].task": changes,
  "subProcessors[].contract": changes,
  "subProcessors[].contractUntil": changes,
  activities: list("loosens", "name"),
  "activities[].name": inList,
  "activities[].purpose": changes,
  "activities[].basis": list("changes"),
  "activities[].dataClasses": list("loosens"),
  published: within,
  "published.page": changes,
  "published.readOn": changes,
  "published.contentHours": stated,
  "published.accessTraceHours": stated,
  "published.webLogHours": stated,
  "published.mentionsHolds": changes,
  "published.nothingElseCollected": less,
  questions: list("changes", "id"),
  "questions[].id": inList,
  "questions[].rule": changes,
  "questions[].field": changes,
  "questions[].asks": changes,
  "questions[].answer": changes
} as const satisfies Partial<Record<PolicyField, Direction>>

const chat = {
  content: within,
  "content.store": ladder("clients-only", "server"),
  "content.hoursAfterEnd": more,
  accessTrace: within,
  "accessTrace.hoursAfterOpening": more,
  openingHours: part("changes"),
  "openingHours.timeZone": changes,
  "openingHours.weekly": list("changes"),
  "openingHours.weekly[].day": inList,
  "openingHours.weekly[].opens": inList,
  "openingHours.weekly[].closes": inList,
  "openingHours.exceptions": list("changes"),
  "openingHours.exceptions[].date": inList,
  "openingHours.exceptions[].windows": inList,
  "openingHours.exceptions[].windows[].opens": inList,
  "openingHours.exceptions[].windows[].closes": inList,
  limits: within,
  "limits.idleMinutes": more,
  "limits.graceSeconds": more,
  "limits.counsellorGraceSeconds": more,
  "limits.queueMinutes": more,
  "limits.lengthMinutes": more,
  "limits.closingMinutes": more,
  "limits.messageBytes": changes,
  "limits.messagesPerMinute": changes,
  capacity: changes,
  answeredBy: ladder("healthProfessionals", "declaredHosts"),
  cookies: list("loosens", "name"),
  "cookies[].name": inList,
  "cookies[].purpose": changes,
  "cookies[].maxAgeDays": more,
  webLog: part("loosens"),
  "webLog.addressHours": more,
  "webLog.addressOnChatPages": more,
  links: within,
  "links.privacy": within,
  "links.privacy.href": changes,
  "links.privacy.lastVerified": changes,
  "links.whoAnswers": part("tightens"),
  "links.whoAnswers.href": changes,
  "links.whoAnswers.lastVerified": changes,
  "links.duty": part("tightens"),
  "links.duty.href": changes,
  "links.duty.lastVerified": changes,
  "links.treatment": part("tightens"),
  "links.treatment.href": changes,
  "links.treatment.lastVerified": changes,
  bucketMinutes: changes,
  exitUrl: changes
} as const satisfies Partial<Record<PolicyField, Direction>>

const beside = {
  triage: part("loosens"),
  "triage.minimumAge": less,
  "triage.purposes": list("loosens"),
  "triage.bundled": more,
  "triage.timesAsked": more,
  "triage.grain": ladder("quarter", "month", "week"),
  booking: part("loosens"),
  "booking.minimumAge": less,
  "booking.timeZone": changes,
  "booking.phone": part("tightens"),
  "booking.phone.number": changes,
  "booking.phone.lastVerified": changes,
  "booking.referralCharacters": more,
  "booking.outboxHours": more,
  "booking.performers": list("changes"),
  "booking.regions": list("changes"),
  "booking.sites": list("changes", "name"),
  "booking.sites[].name": inList,
  "booking.sites[].region": changes,
  "booking.sites[].from": changes,
  phone: part("loosens"),
  "phone.number": changes,
  "phone.reservedMinutes": more,
  "phone.codeDigits": less,
  statistics: part("loosens"),
  "statistics.bands": { read: "finer" },
  "statistics.bands[].from": inList,
  "statistics.bands[].to": inList,
  "statistics.dimensions": list("loosens"),
  "statistics.period": ladder("year", "quarter", "month"),
  "statistics.smallestCell": less,
  "statistics.smallestTotal": less,
  "statistics.method": changes
} as const satisfies Partial<Record<PolicyField, Direction>>

const duties = {
  disclosure: within,
  "disclosure.openCaseAt": ladder("immediateRisk", "reasonToBelieve", "mayBeDanger"),
  "disclosure.triggers": list("loosens"),
  "disclosure.crimeNeedsIdentification": less,
  "disclosure.recipients": list("loosens"),
  "disclosure.rightToDisclose": more,
  "disclosure.timers": within,
  "disclosure.timers.assessMinutes": more,
  "disclosure.timers.consultHighMinutes": more,
  "disclosure.timers.consultMinutes": more,
  "disclosure.timers.callMinutes": more,
  "disclosure.timers.notifyMinutes": more,
  "disclosure.timers.childWelfareMinutes": more,
  "disclosure.timers.acknowledgeMinutes": more,
  "disclosure.timers.reviewHours": more,
  "disclosure.timers.warnHours": list("changes"),
  "disclosure.timers.recordDays": more,
  holds: part("loosens"),
  "holds.items": list("loosens"),
  "holds.maximumDays": more
} as const satisfies Partial<Record<PolicyField, Direction>>

/** The direction of every field; a field without one does not compile. */
export const directions: Readonly<Record<PolicyField, Direction>> = { ...service, ...chat, ...beside, ...duties }
