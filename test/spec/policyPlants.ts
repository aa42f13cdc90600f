/**
 * Lies and contradictions planted into any policy, whatever else stands in it, each with the finding that must follow.
 */
import * as fc from "fast-check"
import type { Severity } from "../../packages/core/src/policy/lint/finding.ts"
import { decodePolicy } from "../../packages/core/src/policy/decode.ts"
import type { Policy } from "../../packages/core/src/policy/policy.ts"
import { bases, whole, withValue } from "./policyMutations.ts"

const sources = Object.values(bases).map((base) => decodePolicy(base))
const numbers: ReadonlyArray<readonly [ReadonlyArray<string>, number]> = [
  [["accessTrace", "hoursAfterOpening"], 8784],
  [["limits", "idleMinutes"], 1440],
  [["limits", "graceSeconds"], 3600],
  [["limits", "queueMinutes"], 1440],
  [["limits", "lengthMinutes"], 1440],
  [["limits", "closingMinutes"], 240],
  [["bucketMinutes"], 1440],
  [["capacity"], 20]
]

/** Policies put together from several, with numbers of every size: most of them full of findings of their own. */
export const anyPolicy: fc.Arbitrary<Policy> = fc
  .tuple(
    fc.infiniteStream(fc.nat(sources.length - 1)),
    fc.tuple(...numbers.map(([, most]) => fc.option(fc.integer({ min: 1, max: most }), { nil: undefined })))
  )
  .map(([choices, sizes]) => {
    const mixed = Object.fromEntries(Object.keys(whole).map((key) => [key, Reflect.get(sources[choices.next().value ?? 0] ?? whole, key)]))
    return decodePolicy(numbers.reduce<unknown>((policy, [path], at) => (sizes[at] === undefined ? policy : withValue(policy, path, sizes[at])), mixed))
  })

/** One thing planted. */
export interface Plant {
  readonly what: string
  readonly plant: (policy: Policy) => Policy
  readonly severity: Severity
  readonly field: string
  readonly rule: string
}

const published = (policy: Policy, told: Partial<Policy["published"]>): Policy => ({ ...policy, published: { ...policy.published, ...told } })
const silentOn = (policy: Policy, field: string): Policy => ({ ...policy, questions: policy.questions.filter((question) => question.field.split(".")[0] !== field.split(".")[0]) })
const own = decodePolicy(whole)
const nothingElse = (policy: Policy) => published(policy, { nothingElseCollected: true })
const statistics = (policy: Policy, change: object): Policy => decodePolicy({ ...policy, statistics: { ...(policy.statistics ?? own.statistics), ...change } })
const disclosure = (policy: Policy, change: object): Policy => decodePolicy({ ...policy, disclosure: { ...policy.disclosure, ...change } })

const lies: ReadonlyArray<readonly [string, (policy: Policy) => Policy, string, string]> = [
  ["a chat kept longer than published", (p) => published({ ...p, content: { store: "server", hoursAfterEnd: 73 } }, { contentHours: 72 }), "content.hoursAfterEnd", "IF-17"],
  ["a chat kept although none is to be", (p) => published({ ...p, content: { store: "server", hoursAfterEnd: 1 } }, { contentHours: 0 }), "content.hoursAfterEnd", "DFH-08"],
  ["a trace kept longer than published", (p) => published(p, { accessTraceHours: p.accessTrace.hoursAfterOpening - 1 }), "accessTrace.hoursAfterOpening", "DFH-11"],
  ["an unpublished trace kept longer than the chat", (p) => published({ ...p, content: { store: "server", hoursAfterEnd: 1 }, accessTrace: { hoursAfterOpening: 2 } }, { accessTraceHours: null }), "accessTrace.hoursAfterOpening", "IF-30"],
  ["a web log kept longer than published", (p) => published({ ...p, webLog: { addressHours: 25, addressOnChatPages: false } }, { webLogHours: 24 }), "webLog.addressHours", "DFH-44"],
  ["a web log of more than 14 days", (p) => published({ ...p, webLog: { addressHours: 337, addressOnChatPages: false } }, { webLogHours: 8784 }), "webLog.addressHours", "DFH-44"],
  ["addresses of chat pages", (p) => ({ ...p, webLog: { addressHours: 1, addressOnChatPages: true } }), "webLog.addressOnChatPages", "E-06"],
  ["an order that nobody was told of", (p) => silentOn(published({ ...p, holds: { items: ["accessTrace"], maximumDays: 1 } }, { mentionsHolds: false }), "holds"), "holds", "X-02"],
  ["another thing counted", (p) => nothingElse(statistics(p, { dimensions: ["county"] })), "statistics.dimensions", "IF-35"],
  ["a note though nothing else is collected", (p) => nothingElse({ ...p, triage: own.triage }), "triage", "IF-35"],
  ["names although nothing else is collected", (p) => nothingElse({ ...p, booking: own.booking }), "booking", "IF-35"],
  ["a log although nothing else is collected", (p) => nothingElse({ ...p, webLog: own.webLog }), "webLog", "IF-35"],
  ["a vendor that is the controller", (p) => ({ ...p, vendor: { name: ` ${p.controller.name.toUpperCase()}` } }), "vendor.name", "IF-31"],
  ["a count of two", (p) => statistics(p, { smallestCell: 2 }), "statistics.smallestCell", "E-12"],
  ["a tracker's cookie", (p) => ({ ...p, cookies: [{ name: "_pk_id", purpose: "security", maxAgeDays: 1 }] }), "cookies[0].name", "DFH-42"],
  ["a cookie of two years", (p) => ({ ...p, cookies: [{ name: "a", purpose: "security", maxAgeDays: 730 }] }), "cookies[0].maxAgeDays", "DFH-40"]
]

const contradictions: ReadonlyArray<readonly [string, (policy: Policy) => Policy, string, string]> = [
  ["data in no activity", (p) => ({ ...p, activities: [{ ...own.activities[0], dataClasses: ["content"] }] }), "activities", "DFH-01"],
  ["data twice", (p) => ({ ...p, activities: [own.activities[0], own.activities[0]] }), "activities[1].dataClasses", "DFH-01"],
  ["no basis of Article 6", (p) => ({ ...p, activities: [{ ...own.activities[0], basis: ["GDPR 9(2)(h)"] }] }), "activities[0].basis", "DFH-01"],
  ["no basis for health data", (p) => ({ ...p, activities: [{ ...own.activities[0], basis: ["GDPR 6(1)(e)"] }] }), "activities[0].basis", "DFH-01"],
  ["a question about no field", (p) => decodePolicy({ ...p, questions: [{ ...whole.questions[0], field: "nowhere" }] }), "questions[0].field", "X-12"],
  ["a note from 17", (p) => decodePolicy({ ...p, triage: { ...whole.triage, minimumAge: 17 } }), "triage.minimumAge", "E-10"],
  ["one answer for all", (p) => silentOn(decodePolicy({ ...p, triage: { ...whole.triage, bundled: true } }), "triage"), "triage.bundled", "DFH-16"],
  ["a treatment from 17", (p) => silentOn(decodePolicy({ ...p, booking: { ...whole.booking, minimumAge: 17 } }), "booking"), "booking.minimumAge", "DFH-47"],
  ["silence longer than a session", (p) => ({ ...p, limits: { ...p.limits, idleMinutes: p.limits.lengthMinutes + 1 } }), "limits.idleMinutes", "IF-17"],
  ["a note past its trace", (p) => ({ ...p, triage: own.triage, accessTrace: { hoursAfterOpening: 1 }, limits: { ...p.limits, lengthMinutes: 61 } }), "limits.lengthMinutes", "DFH-17"],
  ["a time step wider than a session", (p) => ({ ...p, bucketMinutes: p.limits.lengthMinutes + 1 }), "bucketMinutes", "X-03"],
  ["age groups that overlap", (p) => statistics(p, { bands: [{ from: 0, to: 12 }, { from: 12, to: null }] }), "statistics.bands", "IF-32"],
  ["age groups that end", (p) => statistics(p, { bands: [{ from: 0, to: 12 }] }), "statistics.bands", "IF-32"],
  ["nobody who can act", (p) => disclosure(p, { triggers: ["childWelfare"], recipients: ["fire"] }), "disclosure.recipients", "DFH-31"],
  ["a danger to life left out", (p) => disclosure(p, { triggers: ["crimeVictim"] }), "disclosure.triggers", "DFH-33"],
  ["a crime that depends on a name", (p) => silentOn(disclosure(p, { crimeNeedsIdentification: true }), "disclosure"), "disclosure.crimeNeedsIdentification", "IF-22"],
  ["an order for what is not there", (p) => ({ ...p, content: { store: "clients-only" }, holds: { items: ["content"], maximumDays: 1 } }), "holds.items", "DFH-07"],
  ["a warning too early", (p) => ({ ...disclosure(p, { timers: { ...p.disclosure.timers, warnHours: [2] } }), accessTrace: { hoursAfterOpening: 2 } }), "disclosure.timers.warnHours[0]", "E-05"],
  ["a call longer than a session", (p) => ({ ...p, phone: { ...(own.phone ?? { number: "113", codeDigits: 4 }), reservedMinutes: 31 }, limits: { ...p.limits, lengthMinutes: 30 } }), "phone.reservedMinutes", "DFH-22"],
  ["age groups that begin late", (p) => statistics(p, { bands: [{ from: 1, to: null }] }), "statistics.bands", "IF-32"],
  ["an age group that ends before it begins", (p) => statistics(p, { bands: [{ from: 0, to: 12 }, { from: 13, to: 11 }, { from: 12, to: null }] }), "statistics.bands", "IF-32"],
  ["an exit to its own page", (p) => ({ ...p, exitUrl: p.published.page }), "exitUrl", "DFH-08"]
]

const gaps: ReadonlyArray<readonly [string, (policy: Policy) => Policy, string, string]> = [
  ["a silent text on the trace", (p) => silentOn(published(p, { accessTraceHours: null }), "accessTrace"), "accessTrace.hoursAfterOpening", "IF-30"],
  ["a silent text on the chat", (p) => silentOn(published({ ...p, content: { store: "clients-only" } }, { contentHours: null }), "content"), "content.store", "IF-17"],
  ["a silent text on the log", (p) => silentOn(published({ ...p, webLog: own.webLog }, { webLogHours: null }), "webLog"), "webLog.addressHours", "DFH-44"],
  ["no opening hours", (p) => silentOn({ ...p, openingHours: null }, "openingHours"), "openingHours", "IF-05"],
  ["no number to call", (p) => silentOn(decodePolicy({ ...p, booking: { ...whole.booking, phone: null } }), "booking"), "booking.phone", "DFH-21"],
  ["children without who answers", (p) => silentOn({ ...p, audience: "children", links: { ...p.links, whoAnswers: null } }, "links"), "links.whoAnswers", "IF-11"],
  ["children without the duty", (p) => silentOn({ ...p, audience: "children", links: { ...p.links, duty: null } }, "links"), "links.duty", "IF-21"],
  ["no controller", (p) => ({ ...p, controller: { ...p.controller, name: " - " } }), "controller.name", "DFH-03"],
  ["no contract", (p) => decodePolicy({ ...p, subProcessors: [{ ...whole.subProcessors[0], contract: "todo" }] }), "subProcessors[0].contract", "DFH-37"]
]

const planted = (severity: Severity, rows: typeof lies): ReadonlyArray<Plant> => rows.map(([what, plant, field, rule]) => ({ what, plant, severity, field, rule }))

/** Everything that is planted. */
export const plants: ReadonlyArray<Plant> = [...planted("dishonest", lies), ...planted("contradiction", contradictions), ...planted("missing", gaps)]
