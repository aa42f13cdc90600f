/**
 * What each event of the measured life makes of a case about a danger, by one switch over the same states.
 */
import type { ConcernEvent, ConcernState, Notification, Open } from "@fortrolig/core/disclosure/messages"
import type { Recipient } from "@fortrolig/core/policy/duties"

const withOne = (state: Open, recipient: Recipient, change: (one: Notification) => Notification) =>
  state.notify.map((one) => (one.recipient === recipient ? change(one) : one))

/** Applies by one switch. */
export const evolveByHand = (state: ConcernState, event: ConcernEvent): ConcernState => {
  if (event._tag === "Raised") {
    const { by, ref, session, trigger, alarm } = event
    return {
      _tag: "Raised",
      ref,
      session,
      raisedBy: by,
      holder: by,
      trigger,
      assessment: null,
      needsSecond: false,
      proposal: null,
      opinion: null,
      bases: [],
      fast: false,
      alone: null,
      review: null,
      retraction: null,
      sent: false,
      notify: [],
      told: [],
      absorbed: [],
      visitor: { _tag: "Undecided" },
      alarm,
      items: []
    }
  }
  if (state._tag === "None" || state._tag === "Closed" || state._tag === "Gone") return state
  switch (event._tag) {
    case "Assessed": {
      const { assessment, needsSecond, alarm } = event
      return { ...state, _tag: "Assessed", trigger: assessment.trigger, assessment, needsSecond, proposal: null, opinion: null, alarm }
    }
    case "ConsultRequested":
      return { ...state, _tag: "Consulting", proposal: event.proposes, opinion: null, alarm: event.alarm }
    case "OpinionGiven":
      return { ...state, _tag: "Consulted", opinion: { by: event.by, agrees: event.agrees }, alarm: event.alarm }
    case "DutyDecided": {
      const { bases, notify, how, review, by } = event
      return { ...state, _tag: "DutyDecided", bases, notify, fast: how === "fast", alone: review === null ? null : by, review, alarm: null }
    }
    case "DeadlineLearned": {
      const { item, deadline, warnAt } = event
      return { ...state, items: [...state.items.filter((one) => one.item !== item), { item, deadline, warnAt }] }
    }
    case "Warned":
      return { ...state, items: state.items.map((one) => (one.item === event.item ? { ...one, warnAt: one.warnAt.filter((at) => at > event.at) } : one)) }
    case "VisitorTold":
      return { ...state, visitor: { _tag: "Told", when: event.when } }
    case "HandedOver":
      return { ...state, holder: event.to }
    case "Prepared": {
      const { recipient, covers } = event
      return { ...state, notify: withOne(state, recipient, (one) => (one._tag === "Idle" || one._tag === "Prepared" ? { ...one, _tag: "Prepared", covers } : one)) }
    }
    case "SendingStarted": {
      const { recipient, channel, alarm } = event
      const sending = (one: Notification): Notification => (one._tag === "Prepared" || one._tag === "Failed" ? { ...one, _tag: "Sending", channel, alarm } : one)
      return { ...state, sent: true, retraction: null, notify: withOne(state, recipient, sending) }
    }
    case "SendingFailed": {
      const { recipient, alarm } = event
      return { ...state, notify: withOne(state, recipient, (one) => (one._tag === "Sending" ? { ...one, _tag: "Failed", alarm } : one)) }
    }
    case "Acknowledged": {
      const { recipient, reference, alarm } = event
      const told = (one: Notification): Notification => {
        if (one._tag !== "Sending") return one
        const cases = one.cases.filter((ref) => !one.covers.includes(ref))
        return cases.length === 0 ? { _tag: "Acknowledged", recipient } : { _tag: "Idle", recipient, cases, alarm }
      }
      return { ...state, told: [...state.told, { recipient, reference }], notify: withOne(state, recipient, told) }
    }
    case "Fulfilled":
      return { ...state, _tag: "Fulfilled", alarm: event.alarm }
    case "Closed": {
      const { ref, session, trigger, bases, told, visitor } = state
      const outcome = state._tag === "NoDuty" ? "nothing" : "fulfilled"
      return { _tag: "Closed", ref, session, trigger, outcome, bases, told, visitor, into: null, keepUntil: event.keepUntil }
    }
    case "Absorbed":
    case "AvertedByOther":
    case "ConsentDecided":
    case "ConsentTakenBack":
    case "ConsultTimedOut":
    case "DutyRetracted":
    case "Forgotten":
    case "MergedInto":
    case "NoDutyDecided":
    case "Paged":
    case "RetractionProposed":
    case "Reviewed":
    case "RightDecided":
    case "TellingDeferred":
    case "TellingNotPossible":
      return state
  }
}
