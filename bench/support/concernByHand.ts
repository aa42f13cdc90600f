/**
 * A case about a danger as a careful developer writes it without the product's kernel: one switch that decides, one that applies, over the same states.
 * As far as the measured life goes, with every guard on its way; any other command is refused.
 */
import type { Assessment } from "@fortrolig/core/disclosure/assessment"
import type { ConcernCommand, ConcernEvent, ConcernState, Notification, Open } from "@fortrolig/core/disclosure/messages"
import { allowed } from "@fortrolig/core/disclosure/payload"
import type { Channel } from "@fortrolig/core/disclosure/vocabulary"
import type { Instant, Period } from "@fortrolig/core/kernel/instant"
import type { DisclosureTerms, Recipient } from "@fortrolig/core/policy/duties"
import type { No } from "./handwritten.ts"

const no = (text: string): No => Object.freeze({ no: text })
const noCase = no("no case")
const already = no("already open")
const early = no("not yet")
const late = no("too late")
const software = no("not a person")
const noChat = no("no chat")
const noGround = no("no ground")
const notYours = no("not yours")
const another = no("somebody else")
const dissent = no("disagrees")
const noBasis = no("no basis")
const nobody = no("no recipient")
const notHere = no("not that recipient")
const told = no("told already")
const underWay = no("under way")
const visitorFirst = no("visitor first")
const tooMuch = no("too much")
const otherCase = no("other case")
const notSent = no("not sent")
const unsettled = no("visitor open")
const unreviewed = no("review open")
const release = no("release open")
const same: ReadonlyArray<ConcernEvent> = []
const minute = 60_000

const ring = (at: number, period: number) => ({ at: (at + period) as Instant, again: period as Period })
const listed = /^(?:rape|abuseOfPosition|childUnderFourteen|incest|otherCloseRelations|seriousInjury|abuseInCloseRelations|graveAbuseInCloseRelations|homicide)$/

/** The duty to avert for answers that are known; whatever is unknown goes to a second person. */
const outcome = (terms: DisclosureTerms, it: Assessment): "none" | "consult" | "duty" => {
  if (it.trigger === "dangerSelf" || it.trigger === "dangerOthers") return it.level === "none" ? "none" : it.level === "high" || it.level === "imminent" ? "duty" : "consult"
  if (it.trigger === "childWelfare" || it.offence === "none" || it.likelihood === "unlikely") return "none"
  if (it.avertable === "no" && it.consequencesAvertable === "no") return "none"
  if (it.when === "pastCertainlyNotAgain" && it.consequencesAvertable === "no") return "none"
  if (it.when === "unknown" || it.likelihood === "unknown" || it.avertable === "unknown" || it.consequencesAvertable === "unknown") return "consult"
  if (it.likelihood === "possible" || (it.when === "pastUnclear" && it.consequencesAvertable === "no")) return "consult"
  return listed.test(it.offence) && (!terms.crimeNeedsIdentification || it.identifiability === "content") ? "duty" : "consult"
}

const wait = ({ timers }: DisclosureTerms, it: Assessment | null) =>
  minute * (it !== null && (it.level === "high" || it.level === "imminent") ? timers.consultHighMinutes : timers.consultMinutes)

const find = (state: Open, recipient: Recipient): Notification | undefined => {
  for (const one of state.notify) if (one.recipient === recipient) return one
  return undefined
}

const next: Readonly<Record<Channel, Channel>> = { phone: "otherPhone", otherPhone: "form", form: "phone" }

/** Decides by one switch. */
export const decideByHand = (terms: DisclosureTerms, state: ConcernState, command: ConcernCommand): ReadonlyArray<ConcernEvent> | No => {
  const { timers } = terms
  const { at } = command
  if (command._tag === "Raise") {
    if (state._tag !== "None") return already
    if (command.flaggedBy !== "person") return software
    if (command.session === null || (command.session.endedAt !== null && at - command.session.endedAt > 24 * 60 * minute)) return noChat
    if (!command.visitorAsks && (command.belief === "none" || command.belief === "mayBe" || !terms.triggers.includes(command.trigger))) return noGround
    const { by, ref, session, trigger } = command
    return [{ _tag: "Raised", at, by, ref, session: session.ref, trigger, alarm: ring(at, timers.assessMinutes * minute) }]
  }
  if (state._tag === "None") return noCase
  if (state._tag === "Closed" || state._tag === "Gone") return command._tag === "Close" || command._tag === "ChatEnded" ? same : late
  const undecided = state._tag === "Raised" || state._tag === "Assessed" || state._tag === "Consulting" || state._tag === "Consulted" || state._tag === "ConsultTimedOut"
  const passing = state._tag === "DutyDecided" || state._tag === "RightDecided" || state._tag === "ConsentDecided"
  switch (command._tag) {
    case "Assess": {
      if (!undecided) return late
      if (command.by !== state.holder) return notYours
      const { by, assessment } = command
      const grave = assessment.level === "high" || assessment.level === "imminent" || outcome(terms, assessment) !== "none"
      return [{ _tag: "Assessed", at, by, assessment, needsSecond: state.needsSecond || grave, alarm: ring(at, wait(terms, assessment)) }]
    }
    case "RequestConsult":
      if (!undecided || state._tag === "Raised" || state._tag === "Consulting") return early
      if (command.by !== state.holder) return notYours
      return [{ _tag: "ConsultRequested", at, by: command.by, proposes: command.proposes, alarm: ring(at, wait(terms, state.assessment)) }]
    case "GiveOpinion":
      if (state._tag !== "Consulting" && state._tag !== "ConsultTimedOut") return early
      if (command.by === state.raisedBy || command.by === state.holder) return another
      return [{ _tag: "OpinionGiven", at, by: command.by, agrees: command.agrees, alarm: ring(at, wait(terms, state.assessment)) }]
    case "ChatEnded":
      return same
    case "DecideDuty": {
      if (state._tag !== "Consulted" && state._tag !== "ConsultTimedOut") return early
      const { by, bases, recipients, shiftEndsAt } = command
      const { assessment, opinion } = state
      if (by !== state.holder && opinion?.by !== by) return notYours
      if (by === state.holder && state.proposal === "duty" && opinion !== null && !opinion.agrees) return dissent
      if (bases.length === 0 || assessment === null) return noBasis
      const danger = assessment.trigger === "dangerSelf" || assessment.trigger === "dangerOthers"
      const child = assessment.child !== null && assessment.child.ground !== null && assessment.child.age !== null && assessment.child.age < 18
      for (const basis of bases) {
        if (basis === "childWelfareReport" ? child : outcome(terms, assessment) === "duty" && danger === (basis === "healthEmergency" || basis === "necessity")) continue
        return noBasis
      }
      if (recipients.length === 0) return nobody
      const notify: Array<Notification> = []
      for (const recipient of recipients) {
        if (!terms.recipients.includes(recipient) || (recipient === "childWelfare" && !child)) return notHere
        if (notify.some((one) => one.recipient === recipient)) continue
        const period = minute * (recipient === "childWelfare" ? timers.childWelfareMinutes : timers.notifyMinutes)
        const due = Math.max(at, Math.min(at + period, shiftEndsAt)) as Instant
        notify.push({ _tag: "Idle", recipient, cases: [state.ref], alarm: { at: due, again: period as Period } })
      }
      const timedOut = state._tag === "ConsultTimedOut"
      const review = timedOut ? ring(at, timers.reviewHours * 60 * minute) : null
      return [{ _tag: "DutyDecided", at, by, how: timedOut ? "timedOut" : "consulted", reason: null, bases, notify, review }]
    }
    case "LearnDeadline": {
      const { item, deadline } = command
      if (deadline <= at || state.items.find((one) => one.item === item)?.deadline === deadline) return same
      const warnAt = timers.warnHours.map((hours) => (deadline - hours * 60 * minute) as Instant).filter((warn) => warn > at).toSorted((a, b) => a - b)
      const learned = { _tag: "DeadlineLearned", at, item, deadline, warnAt } as const
      return warnAt.length === timers.warnHours.length ? [learned] : [learned, { _tag: "Warned", at, item, whom: "lead" }]
    }
    case "TellVisitor":
      return state.visitor._tag === "Told" ? same : [{ _tag: "VisitorTold", at, by: command.by, when: state.sent ? "after" : "before" }]
    case "HandOver":
      return command.to === state.holder ? same : [{ _tag: "HandedOver", at, to: command.to, cause: command.cause }]
    case "Prepare": {
      if (!passing) return early
      const { by, recipient, fields, covers } = command
      const one = find(state, recipient)
      if (one === undefined) return nobody
      if (one._tag === "Acknowledged") return told
      if (one._tag !== "Idle" && one._tag !== "Prepared") return underWay
      if (!state.fast && state.visitor._tag === "Undecided") return visitorFirst
      const may: ReadonlyArray<string> = allowed[recipient]
      for (const name of fields) {
        if (!may.includes(name) || (name === "offence" && !state.bases.includes("avert")) || (name === "bookingIdentity" && !state.fast)) return tooMuch
      }
      if (fields.length === 0) return tooMuch
      if (covers.length === 0 || !covers.every((ref) => one.cases.includes(ref))) return otherCase
      return [{ _tag: "Prepared", at, by, recipient, fields, covers }]
    }
    case "Send": {
      if (!passing) return early
      const { by, recipient } = command
      const one = find(state, recipient)
      if (one === undefined) return nobody
      if (one._tag === "Acknowledged") return told
      if (one._tag === "Idle") return notSent
      if (one._tag === "Sending") return same
      const first = recipient === "childWelfare" && !state.fast ? "form" : "phone"
      const channel = one._tag === "Failed" ? next[one.channel] : first
      return [{ _tag: "SendingStarted", at, by, recipient, channel, alarm: ring(at, timers.acknowledgeMinutes * minute) }]
    }
    case "Fail": {
      if (!passing) return early
      const { by, recipient } = command
      const one = find(state, recipient)
      if (one === undefined) return nobody
      if (one._tag === "Acknowledged") return told
      if (one._tag === "Failed") return same
      return one._tag === "Sending" ? [{ _tag: "SendingFailed", at, by, recipient, alarm: ring(at, timers.callMinutes * minute) }] : notSent
    }
    case "Acknowledge": {
      if (!passing) return early
      const { by, recipient, reference } = command
      const one = find(state, recipient)
      if (one === undefined) return nobody
      if (one._tag === "Acknowledged") return same
      if (one._tag !== "Sending") return notSent
      const event = { _tag: "Acknowledged", at, by, recipient, reference, alarm: ring(at, minute * (state.fast ? timers.callMinutes : timers.notifyMinutes)) } as const
      for (const each of state.notify) if (each !== one && each._tag !== "Acknowledged") return [event]
      for (const ref of one.cases) if (!one.covers.includes(ref)) return [event]
      return [event, { _tag: "Fulfilled", at, alarm: ring(at, timers.reviewHours * 60 * minute) }]
    }
    case "Close":
      if (state._tag !== "Fulfilled" && state._tag !== "NoDuty") return early
      if (command.releaseOpen) return release
      if (state.visitor._tag === "Undecided" || state.visitor._tag === "Deferred") return unsettled
      if (state.alone !== null) return unreviewed
      return [{ _tag: "Closed", at, by: command.by, keepUntil: (at + timers.recordDays * 24 * 60 * minute) as Instant }]
    case "DeclareImminent":
    case "ProceedDespiteDissent":
    case "DecideRight":
    case "DecideConsent":
    case "DecideNone":
    case "Retract":
    case "RecordAverted":
    case "DeferTelling":
    case "CannotTell":
    case "Review":
    case "Absorb":
    case "MergeInto":
    case "Expire":
      return early
  }
}
