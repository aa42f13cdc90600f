/**
 * The timers of a case: what is due next, and who is called upon then. A timer pages people; it never decides for them.
 */
import { type Decided, happened, refused } from "../kernel/decided.ts"
import { after, hours, type Instant, minutes, type Period } from "../kernel/instant.ts"
import type { Timer } from "../kernel/machine.ts"
import type { DisclosureTerms } from "../policy/duties.ts"
import { atLeast } from "./duty.ts"
import { type Alarm, type CommandOf, type ConcernEvent, type ConcernState, isOpen, type Notification, type Open } from "./messages.ts"
import { disclosureRules } from "./rules.ts"
import type { ConcernTimer, Whom } from "./vocabulary.ts"

/** What a case answers: events, or a refusal. */
export type Decision = Decided<ConcernEvent>
type Expire = CommandOf<"Expire">

/** The periods of a policy in milliseconds. */
export interface Periods {
  readonly assess: Period
  readonly consultHigh: Period
  readonly consult: Period
  readonly call: Period
  readonly notify: Period
  readonly childWelfare: Period
  readonly acknowledge: Period
  readonly review: Period
  /** How long before a deadline each warning comes, the first one first, each once. */
  readonly warn: ReadonlyArray<Period>
  readonly record: Period
}

/** A policy's terms as periods. */
export const periodsOf = ({ timers }: Pick<DisclosureTerms, "timers">): Periods => ({
  assess: minutes(timers.assessMinutes),
  consultHigh: minutes(timers.consultHighMinutes),
  consult: minutes(timers.consultMinutes),
  call: minutes(timers.callMinutes),
  notify: minutes(timers.notifyMinutes),
  childWelfare: minutes(timers.childWelfareMinutes),
  acknowledge: minutes(timers.acknowledgeMinutes),
  review: hours(timers.reviewHours),
  warn: [...new Set(timers.warnHours)].toSorted((a, b) => b - a).map((before) => hours(before)),
  record: hours(timers.recordDays * 24)
})

/** The longest wait between two calls about the same thing: a day. */
export const longestWait = hours(24)

/** An alarm one `period` after `at`, and again after as long. */
export const alarm = (at: Instant, period: Period): Alarm => ({ at: after(at, period), again: period })

/** The alarm after one that rang: the wait doubles up to a day, so that a long silence is never forgotten and a long downtime costs few calls. */
export const rungAgain = ({ at, again }: Alarm): Alarm => ({
  at: after(at, again),
  again: (again >= longestWait ? again : Math.min(2 * again, longestWait)) as Period
})

/** The wait for a second person: shorter when the level is high (E-14 leaves no one waiting without end). */
export const consultPeriod = (periods: Periods, state: Pick<Open, "assessment">): Period =>
  state.assessment !== null && atLeast(state.assessment.level, "high") ? periods.consultHigh : periods.consult

/** The timer of the step that a state waits for. */
const stepTimer = (tag: Open["_tag"]): ConcernTimer => {
  switch (tag) {
    case "Raised":
      return "assess"
    case "Consulting":
      return "consult"
    case "Assessed":
    case "Consulted":
    case "ConsultTimedOut":
      return "decide"
    case "DutyDecided":
    case "RightDecided":
    case "ConsentDecided":
      return "notify"
    case "NoDuty":
    case "Fulfilled":
      return "close"
  }
}

const notifyTimer = (notification: Exclude<Notification, { readonly _tag: "Acknowledged" }>): ConcernTimer => {
  switch (notification._tag) {
    case "Idle":
    case "Prepared":
      return "notify"
    case "Sending":
      return "acknowledge"
    case "Failed":
      return "resend"
  }
}

const timer = (at: Instant, name: ConcernTimer, about: Expire["about"]): Timer<Expire> => ({ at, command: { _tag: "Expire", at, timer: name, about } })

/** The earliest timer of a case. On a tie the one compared first stands: the step, the review, the recipients in order, the deadlines. */
export const nextTimer = (state: ConcernState): Timer<Expire> | undefined => {
  if (state._tag === "None" || state._tag === "Gone") return undefined
  if (state._tag === "Closed") return timer(state.keepUntil, "record", null)
  let at: number = Infinity
  let name: ConcernTimer = "close"
  let about: Expire["about"] = null
  if (state.alarm !== null) {
    at = state.alarm.at
    name = stepTimer(state._tag)
  }
  if (state.review !== null && state.review.at < at) {
    at = state.review.at
    name = "review"
  }
  for (const notification of state.notify) {
    if (notification._tag === "Acknowledged" || notification.alarm.at >= at) continue
    at = notification.alarm.at
    name = notifyTimer(notification)
    about = notification.recipient
  }
  for (const { item, warnAt } of state.items) {
    const first = warnAt[0]
    if (first === undefined || first >= at) continue
    at = first
    name = "deadline"
    about = item
  }
  return at === Infinity ? undefined : timer(at as Instant, name, about)
}

/** Who is called upon when a timer is due. */
export const whomToCall = (name: Exclude<ConcernTimer, "consult" | "acknowledge" | "record">, fast: boolean): Whom => {
  switch (name) {
    case "assess":
    case "close":
    case "deadline":
      return "lead"
    case "decide":
      return "holder"
    case "notify":
      return fast ? "everyone" : "leadAndManager"
    case "resend":
      return fast ? "everyone" : "lead"
    case "review":
      return "manager"
  }
}

const notDue = refused(disclosureRules.sameOutcome, "That time is not up yet.")

/** The alarm that a call is about. */
const rang = (state: Open, name: ConcernTimer, about: Expire["about"]): Alarm | null => {
  if (name === "review") return state.review
  if (about === null) return state.alarm
  const notification = state.notify.find(({ recipient }) => recipient === about)
  return notification === undefined || notification._tag === "Acknowledged" ? null : notification.alarm
}

/** What a due timer does: calls upon somebody, gives up waiting for a second person or for an answer, or forgets a closed case. */
export const expire = (periods: Periods, state: ConcernState, command: Expire): Decision => {
  const first = nextTimer(state)
  if (first === undefined || first.command.timer !== command.timer || first.command.about !== command.about || first.at > command.at) return notDue
  const { at } = first
  const { timer: name, about } = first.command
  if (state._tag === "Closed") return happened({ _tag: "Forgotten", at })
  if (!isOpen(state)) return notDue
  if (about === "accessTrace" || about === "content") return happened({ _tag: "Warned", at, item: about, whom: whomToCall("deadline", state.fast) })
  const ringing = rang(state, name, about)
  if (ringing === null) return notDue
  switch (name) {
    case "consult":
      return happened({ _tag: "ConsultTimedOut", at, alarm: alarm(at, consultPeriod(periods, state)) })
    case "acknowledge":
      return about === null ? notDue : happened({ _tag: "SendingFailed", at, by: null, recipient: about, alarm: alarm(at, periods.call) })
    case "assess":
    case "decide":
    case "notify":
    case "resend":
    case "review":
    case "close":
      return happened({ _tag: "Paged", at, timer: name, about, whom: whomToCall(name, state.fast), alarm: rungAgain(ringing) })
    case "deadline":
    case "record":
      return notDue
  }
}
