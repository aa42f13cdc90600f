/**
 * How a case is decided: raised by a person, assessed, looked at by a second person, and decided on a basis that the assessment supports.
 */
import { happened, nothing, refused } from "../kernel/decided.ts"
import { after, earlier, hours, type Instant, later } from "../kernel/instant.ts"
import type { DisclosureTerms, Recipient } from "../policy/duties.ts"
import type { Assessment } from "./assessment.ts"
import { atLeast, childWelfare, lifeDanger, need, ofTrigger, opensCase } from "./duty.ts"
import type { CommandOf, Notification, Open } from "./messages.ts"
import { disclosureRules as rules } from "./rules.ts"
import { alarm, consultPeriod, type Decision, type Periods } from "./timers.ts"
import type { Basis } from "./vocabulary.ts"

/** What a decision reads of a service's policy: its terms, and its periods computed once. */
export interface Context {
  readonly terms: DisclosureTerms
  readonly periods: Periods
}

/** Nobody but who holds the case, and who gave the second opinion, decides it. */
const notYours = refused(rules.onlyWay, "This case is with somebody else.")
const software = refused(rules.onlyPeople, "Only a person can open a case.")
const noChat = refused(rules.onlyWay, "A case is about a chat that is open, or that ended within the last 24 hours.")
const notAGround = refused(rules.onlyWay, "This service has not said that it opens a case for this.")
const belowThreshold = refused(rules.threshold, "This is below what opens a case in this service.")
const notHere = refused(rules.recipients, "This service does not tell that recipient.")
const nobody = refused(rules.recipients, "Choose at least one recipient.")
const noBasis = refused(rules.sometimes, "What was assessed does not support this basis.")
const noChild = refused(rules.childWelfare, "The child welfare service is told only about a child under 18, and on one of the grounds of the law.")
const notImminent = refused(rules.sometimes, "This is not imminent: ask a second person first.")
const secondIsAnother = refused(rules.onlyWay, "The second person must be somebody else than who raised or holds the case.")
const dissent = refused(rules.onlyWay, "The second person disagrees. You may still go on, with a reason.")
const noDissent = refused(rules.onlyWay, "Nobody has disagreed with this.")
const noRight = refused(rules.onlyWay, "This service has no right to pass anything on without a duty.")
const rightNeedsBoth = refused(rules.onlyWay, "This needs the yes of both persons.")
const visitorHasNotAgreed = refused(rules.threshold, "The visitor has not asked for this.")
const stillADuty = refused(rules.noDrop, "What was assessed is a duty. Assess it again if the facts are different.")
const noneNeedsBoth = refused(rules.noDrop, "That there is nothing to pass on needs the yes of a second person.")

/** Opens a case, if a person asks and the service's threshold is met. */
export const raise = ({ terms, periods }: Context, command: CommandOf<"Raise">): Decision => {
  const { at, by, ref, session, trigger } = command
  if (command.flaggedBy !== "person") return software
  if (session === null || (session.endedAt !== null && at - session.endedAt > hours(24))) return noChat
  if (!command.visitorAsks) {
    if (!terms.triggers.includes(trigger)) return notAGround
    if (!opensCase(terms.openCaseAt, command.belief)) return belowThreshold
  }
  return happened({ _tag: "Raised", at, by, ref, session: session.ref, trigger, alarm: alarm(at, periods.assess) })
}

/** Whether nobody may say alone that there is nothing. */
const isGrave = (terms: DisclosureTerms, assessment: Assessment): boolean => atLeast(assessment.level, "high") || need(terms, assessment) !== "none"

/** Stores an assessment; a later one replaces it, and asks for a second person anew. */
export const assess = ({ terms, periods }: Context, state: Open, command: CommandOf<"Assess">): Decision => {
  const { at, by, assessment } = command
  if (by !== state.holder) return notYours
  const period = consultPeriod(periods, { assessment })
  return happened({ _tag: "Assessed", at, by, assessment, needsSecond: state.needsSecond || isGrave(terms, assessment), alarm: alarm(at, period) })
}

/** Asks a second person about a proposal. */
export const requestConsult = ({ periods }: Context, state: Open, { at, by, proposes }: CommandOf<"RequestConsult">): Decision =>
  by !== state.holder ? notYours : happened({ _tag: "ConsultRequested", at, by, proposes, alarm: alarm(at, consultPeriod(periods, state)) })

/** The second person's opinion, also when it comes late. */
export const giveOpinion = ({ periods }: Context, state: Open, { at, by, agrees }: CommandOf<"GiveOpinion">): Decision =>
  by === state.raisedBy || by === state.holder
    ? secondIsAnother
    : happened({ _tag: "OpinionGiven", at, by, agrees, alarm: alarm(at, consultPeriod(periods, state)) })

/** Whether an assessment supports a basis. Only the child welfare service asks for its own ground, and only the duty to avert for an offence. */
const supports = (terms: DisclosureTerms, assessment: Assessment, basis: Basis): boolean => {
  switch (basis) {
    case "avert":
      return assessment.trigger !== "dangerSelf" && assessment.trigger !== "dangerOthers" && ofTrigger(terms, assessment) === "duty"
    case "healthEmergency":
    case "necessity":
      return (assessment.trigger === "dangerSelf" || assessment.trigger === "dangerOthers") && lifeDanger(assessment) === "duty"
    case "childWelfareReport":
      return childWelfare(assessment) === "duty"
    case "rightToDisclose":
    case "visitorAsked":
      return false
  }
}

/** Refuses recipients that the service does not have, none at all, and child welfare without a ground. */
const refuseRecipients = (terms: DisclosureTerms, recipients: ReadonlyArray<Recipient>, assessment: Assessment | null): Decision | undefined => {
  if (recipients.length === 0) return nobody
  for (const recipient of recipients) {
    if (!terms.recipients.includes(recipient)) return notHere
    if (recipient === "childWelfare" && (assessment === null || childWelfare(assessment) !== "duty")) return noChild
  }
  return undefined
}

/** Each recipient once, with the instant at which it should have been told: by the end of the shift at the latest, and within minutes when it is imminent. */
const notifications = (
  { periods }: Context,
  state: Open,
  at: Instant,
  recipients: ReadonlyArray<Recipient>,
  shiftEndsAt: Instant | null
): ReadonlyArray<Notification> => {
  const notify: Array<Notification> = []
  for (const recipient of recipients) {
    if (notify.some((one) => one.recipient === recipient)) continue
    const again = shiftEndsAt === null ? periods.call : recipient === "childWelfare" ? periods.childWelfare : periods.notify
    const due = after(at, again)
    notify.push({ _tag: "Idle", recipient, cases: [state.ref], alarm: { at: shiftEndsAt === null ? due : later(at, earlier(due, shiftEndsAt)), again } })
  }
  return notify
}

/** One person decides at once: the call comes first, and somebody looks at it within the time for review. */
export const declareImminent = (context: Context, state: Open, command: CommandOf<"DeclareImminent">): Decision => {
  const { at, by, bases, recipients } = command
  const { assessment } = state
  if (by !== state.holder) return notYours
  const assessedDuty = assessment !== null && need(context.terms, assessment) === "duty"
  const minutesMatter = assessedDuty && assessment.when === "ongoing" && command.minutesMatter
  if (command.level !== "imminent" && !minutesMatter) return notImminent
  if (bases.length === 0) return noBasis
  for (const basis of bases) {
    const atOnce = command.level === "imminent" && (basis === "avert" || basis === "healthEmergency" || basis === "necessity")
    if (!atOnce && (assessment === null || !supports(context.terms, assessment, basis))) return noBasis
  }
  const notify = notifications(context, state, at, recipients, null)
  return (
    refuseRecipients(context.terms, recipients, assessment) ??
    happened({ _tag: "DutyDecided", at, by, how: "fast", reason: null, bases, notify, review: alarm(at, context.periods.review) })
  )
}

const isSecond = (state: Open, by: string): boolean => state.opinion !== null && state.opinion.by === by

/** Whether a second person, who is not the holder, said yes to this proposal. */
const agreed = (state: Open, proposal: Open["proposal"]): boolean =>
  state.proposal === proposal && state.opinion !== null && state.opinion.agrees && state.opinion.by !== state.holder

const refuseBases = (terms: DisclosureTerms, assessment: Assessment | null, bases: ReadonlyArray<Basis>): Decision | undefined =>
  bases.length > 0 && assessment !== null && bases.every((basis) => supports(terms, assessment, basis)) ? undefined : noBasis

/** A duty, decided by who holds the case or by the second person. */
export const decideDuty = (context: Context, state: Open, command: CommandOf<"DecideDuty">): Decision => {
  const { at, by, bases, recipients, shiftEndsAt } = command
  const { opinion } = state
  if (by !== state.holder && !isSecond(state, by)) return notYours
  if (by === state.holder && state.proposal === "duty" && opinion !== null && !opinion.agrees) return dissent
  const timedOut = state._tag === "ConsultTimedOut"
  return (
    refuseBases(context.terms, state.assessment, bases) ??
    refuseRecipients(context.terms, recipients, state.assessment) ??
    happened({
      _tag: "DutyDecided",
      at,
      by,
      how: timedOut ? "timedOut" : "consulted",
      reason: null,
      bases,
      notify: notifications(context, state, at, recipients, shiftEndsAt),
      review: timedOut ? alarm(at, context.periods.review) : null
    })
  )
}

/** The duty is personal: who holds the case goes on although the second person disagrees, with a reason, and it is looked at later. */
export const proceed = (context: Context, state: Open, command: CommandOf<"ProceedDespiteDissent">): Decision => {
  const { at, by, bases, recipients, shiftEndsAt, reason } = command
  if (by !== state.holder) return notYours
  if (state.proposal !== "duty" || state.opinion === null || state.opinion.agrees) return noDissent
  const notify = notifications(context, state, at, recipients, shiftEndsAt)
  return (
    refuseBases(context.terms, state.assessment, bases) ??
    refuseRecipients(context.terms, recipients, state.assessment) ??
    happened({ _tag: "DutyDecided", at, by, how: "dissent", reason, bases, notify, review: alarm(at, context.periods.review) })
  )
}

/** A right without a duty: only where the service has it, and only with both persons. */
export const decideRight = (context: Context, state: Open, command: CommandOf<"DecideRight">): Decision => {
  const { at, by, recipients, shiftEndsAt } = command
  if (!context.terms.rightToDisclose) return noRight
  if (by !== state.holder && !isSecond(state, by)) return notYours
  if (!agreed(state, "right")) return rightNeedsBoth
  const notify = notifications(context, state, at, recipients, shiftEndsAt)
  return refuseRecipients(context.terms, recipients, state.assessment) ?? happened({ _tag: "RightDecided", at, by, notify })
}

/** The visitor asked for it. */
export const decideConsent = (context: Context, state: Open, command: CommandOf<"DecideConsent">): Decision => {
  const { at, by, recipients, shiftEndsAt } = command
  if (by !== state.holder) return notYours
  if (!command.visitorAgreed) return visitorHasNotAgreed
  const notify = notifications(context, state, at, recipients, shiftEndsAt)
  return refuseRecipients(context.terms, recipients, state.assessment) ?? happened({ _tag: "ConsentDecided", at, by, notify })
}

/** Nothing is passed on: never while the assessment is a duty, and with a second person once it has been grave or was asked about. */
export const decideNone = ({ terms, periods }: Context, state: Open, { at, by, reason }: CommandOf<"DecideNone">): Decision => {
  if (by !== state.holder && !isSecond(state, by)) return notYours
  if (state.assessment === null || need(terms, state.assessment) === "duty") return stillADuty
  const asked = state.proposal === "none" && state.opinion !== null
  if ((state.needsSecond || asked) && !agreed(state, "none")) return noneNeedsBoth
  return happened({ _tag: "NoDutyDecided", at, by, reason, alarm: alarm(at, periods.review) })
}

const alreadySent = refused(rules.noDrop, "Something has been passed on already, which cannot be taken back.")

/** New facts: the second person to say so takes the decision back, before anything was passed on. A visitor's own yes is taken back at once. */
export const retract = ({ terms, periods }: Context, state: Open, { at, by, assessment }: CommandOf<"Retract">): Decision => {
  if (state.sent) return alreadySent
  if (state._tag === "ConsentDecided") return happened({ _tag: "ConsentTakenBack", at, by, alarm: alarm(at, consultPeriod(periods, state)) })
  if (need(terms, assessment) === "duty") return stillADuty
  if (state.retraction === null) return happened({ _tag: "RetractionProposed", at, by })
  return state.retraction === by ? nothing : happened({ _tag: "DutyRetracted", at, by, alarm: alarm(at, periods.review) })
}
