/**
 * The data classes: every kind of thing that the product holds, where, from when, for how long and under which rule.
 * Storage declares its tables and columns against these names; what has no class is refused.
 */
import { hours, minutes, type Period, seconds } from "../kernel/instant.ts"
import { RuleId } from "../kernel/rule.ts"
import type { DataClass } from "../policy/accountability.ts"
import { keepsContent, type Policy, questionOf } from "../policy/policy.ts"
import { sessionRowPeriod } from "./deadlines.ts"

/** What is promised of one data class under one policy. */
export interface Declaration {
  readonly dataClass: DataClass
  readonly rule: RuleId
  readonly realm: "service" | "vendor"
  /** What starts the clock; `none` for what holds nothing about a person. */
  readonly clock: "opened" | "ended" | "issued" | "none"
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

/** The declarations of one service, one for each data class, in the order of `dataClasses`. */
export const declarations = (policy: Policy): ReadonlyArray<Declaration> => [
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

/** The longest that a datum can exist after its clock started, while some server runs: the period, the clock's error and one sweep interval. */
export const worstCase = (period: Period): Period => (period + clockSkew + sweepInterval) as Period
