/**
 * The data classes: every kind of thing that the product holds, where, from when, for how long and under which rule.
 * Storage declares its tables and columns against these names; what has no class is refused.
 */
import { hours, minutes, type Period, seconds } from "../kernel/instant.ts"
import { RuleId } from "../kernel/rule.ts"
import type { DataClass } from "../policy/accountability.ts"
import { registered } from "../policy/parts.ts"
import { keepsContent, type Policy, questionOf } from "../policy/policy.ts"
import { sessionRowPeriod } from "./deadlines.ts"

/** What is promised of one data class under one policy. */
export interface Declaration {
  readonly dataClass: DataClass
  readonly rule: RuleId
  readonly realm: "service" | "vendor"
  /** What starts the clock; `none` for what holds nothing about a person. */
  readonly clock: "opened" | "ended" | "issued" | "closed" | "none"
  /** The promised period after the clock starts; `undefined` where there is no clock. Zero means "at that very moment". */
  readonly period: Period | undefined
  /** Whether the service stores this class at all; `false` means that a single row breaks the promise. */
  readonly stored: boolean
}

/** How long an unused invitation link for staff works. */
export const invitationPeriod: Period = hours(24)
/** How long staff stay signed in. */
export const staffSessionPeriod: Period = hours(12)
/** The longest time between two sweeps while a server runs. */
export const sweepInterval: Period = minutes(1)
/** How far this server's clock may be from true time. */
export const clockSkew: Period = seconds(5)

const id = (text: string) => RuleId.make(text)

/** What every chat declares. */
const chatDeclarations = (policy: Policy): ReadonlyArray<Declaration> => [
  keepsContent(policy)
    ? { dataClass: "content", rule: id("IF-17"), realm: "service", clock: "ended", period: hours(policy.content.hoursAfterEnd), stored: true }
    : { dataClass: "content", rule: id("DFH-07"), realm: "service", clock: "ended", period: hours(0), stored: false },
  {
    dataClass: "accessTrace",
    rule: id(questionOf(policy, "accessTrace.hoursAfterOpening") === undefined ? "DFH-11" : "IF-30"),
    realm: "vendor",
    clock: "opened",
    period: hours(policy.accessTrace.hoursAfterOpening),
    stored: true
  },
  {
    dataClass: "liveSession",
    rule: id(keepsContent(policy) ? "IF-17" : "DFH-08"),
    realm: "service",
    clock: "opened",
    period: minutes(policy.limits.lengthMinutes),
    stored: true
  },
  { dataClass: "endedSession", rule: id("X-03"), realm: "service", clock: "ended", period: sessionRowPeriod, stored: true },
  { dataClass: "invitation", rule: id("X-03"), realm: "service", clock: "issued", period: invitationPeriod, stored: true },
  { dataClass: "staffSession", rule: id("X-03"), realm: "service", clock: "issued", period: staffSessionPeriod, stored: true },
  { dataClass: "installation", rule: id("X-12"), realm: "service", clock: "none", period: undefined, stored: true }
]

/** What the parts of a policy declare, each only where the policy has the part. */
const partDeclarations = (policy: Policy): ReadonlyArray<Declaration> => {
  const { booking, disclosure, phone, statistics, triage, webLog } = policy
  const trace = hours(policy.accessTrace.hoursAfterOpening)
  const service = { realm: "service", stored: true } as const
  return [
    // A note and the answer to its question lose their link to anyone together with the trace, whose clock they share (DFH-17).
    ...(triage === null
      ? []
      : [
          { ...service, dataClass: "triage", rule: id("DFH-17"), clock: "opened", period: trace } as const,
          { ...service, dataClass: "consent", rule: id("DFH-14"), clock: "opened", period: trace } as const,
          // What is left of a note after that is about nobody, so no clock runs on it.
          { ...service, dataClass: "anonymousNote", rule: id("DFH-17"), clock: "none", period: undefined } as const
        ]),
    ...(booking === null ? [] : [{ ...service, dataClass: "booking", rule: id("DFH-24"), clock: "issued", period: hours(booking.outboxHours) } as const]),
    ...(phone === null ? [] : [{ ...service, dataClass: "phoneCall", rule: id("DFH-22"), clock: "issued", period: minutes(phone.reservedMinutes) } as const]),
    ...(registered(policy).has("concern")
      ? [{ ...service, dataClass: "concern", rule: id("X-08"), clock: "closed", period: hours(disclosure.timers.recordDays * 24) } as const]
      : []),
    ...(statistics === null ? [] : [{ ...service, dataClass: "ageCount", rule: id("IF-32"), clock: "none", period: undefined } as const]),
    ...(webLog === null ? [] : [{ ...service, dataClass: "webLog", rule: id("DFH-44"), clock: "issued", period: hours(webLog.addressHours) } as const])
  ]
}

/** The declarations of one service, one for each data class that it has, in the order of `dataClasses`. */
export const declarations = (policy: Policy): ReadonlyArray<Declaration> => [...chatDeclarations(policy), ...partDeclarations(policy)]

/** The longest that a datum can exist after its clock started, while some server runs and no order keeps it: the period, the clock's error and one sweep interval. */
export const worstCase = (period: Period): Period => (period + clockSkew + sweepInterval) as Period

