/**
 * What each event makes of a case. An event that `decide` cannot give in a state leaves the state as it is.
 */
import type { Recipient } from "../policy/duties.ts"
import { type ConcernEvent, type ConcernState, isOpen, type ItemDeadline, type Notification, type Open } from "./messages.ts"
import { isSettled } from "./visitorInfo.ts"

type EventOf<Tag extends ConcernEvent["_tag"]> = Extract<ConcernEvent, { readonly _tag: Tag }>
type Outcome = Extract<ConcernState, { readonly _tag: "Closed" }>["outcome"]

/** The notifications with one of them changed. */
const withOne = (state: Open, recipient: Recipient, change: (notification: Notification) => Notification): ReadonlyArray<Notification> =>
  state.notify.map((notification) => (notification.recipient === recipient ? change(notification) : notification))

const opened = ({ at: _, by, ref, session, trigger, alarm }: EventOf<"Raised">): ConcernState => ({
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
})

const decided = (state: Open, event: EventOf<"DutyDecided">): ConcernState => ({
  ...state,
  _tag: "DutyDecided",
  bases: event.bases,
  notify: event.notify,
  fast: event.how === "fast",
  alone: event.review === null ? null : event.by,
  review: event.review,
  alarm: null
})

/** Nothing is passed on: what was prepared goes, and where nothing was on its way there is nothing to tell the visitor. */
const withNothing = (state: Open, alarm: Open["alarm"]): ConcernState => ({
  ...state,
  _tag: "NoDuty",
  bases: [],
  notify: [],
  visitor: isSettled(state.visitor) ? state.visitor : { _tag: "NotNeeded" },
  alarm
})

const acknowledged = (state: Open, { recipient, reference, alarm }: EventOf<"Acknowledged">): ConcernState => ({
  ...state,
  told: [...state.told, { recipient, reference }],
  notify: withOne(state, recipient, (notification) => {
    if (notification._tag !== "Sending") return notification
    const cases = notification.cases.filter((ref) => !notification.covers.includes(ref))
    return cases.length === 0 ? { _tag: "Acknowledged", recipient } : { _tag: "Idle", recipient, cases, alarm }
  })
})

/** A notification that owes another case too: what was prepared speaks for fewer, and is prepared anew. */
const owing = (notification: Notification, { from, alarm }: EventOf<"Absorbed">): Notification => {
  const { recipient } = notification
  switch (notification._tag) {
    case "Acknowledged":
      return { _tag: "Idle", recipient, cases: [from], alarm }
    case "Idle":
    case "Prepared":
      return { _tag: "Idle", recipient, cases: [...notification.cases, from], alarm: notification.alarm }
    case "Sending":
    case "Failed":
      return { ...notification, cases: [...notification.cases, from] }
  }
}

const absorbed = (state: Open, event: EventOf<"Absorbed">): ConcernState => {
  const { from, owes, alarm } = event
  const present = state.notify.map((notification) => (owes.includes(notification.recipient) ? owing(notification, event) : notification))
  const missing = [...new Set(owes)].filter((recipient) => !state.notify.some((notification) => notification.recipient === recipient))
  return {
    ...state,
    sent: state.sent || event.sent,
    absorbed: [...state.absorbed, from],
    retraction: null,
    bases: [...new Set([...state.bases, ...event.bases])],
    notify: [...present, ...missing.map((recipient): Notification => ({ _tag: "Idle", recipient, cases: [from], alarm }))]
  }
}

const withItem = (state: Open, item: ItemDeadline): ConcernState => ({ ...state, items: [...state.items.filter((one) => one.item !== item.item), item] })

/** What has been warned of is not warned of again. */
const withWarned = (state: Open, { item, at: now }: EventOf<"Warned">): ConcernState => ({
  ...state,
  items: state.items.map((one) => (one.item === item ? { ...one, warnAt: one.warnAt.filter((at) => at > now) } : one))
})

/** Whoever was called upon is called again later, about the same. */
const paged = (state: Open, { timer, about, alarm }: EventOf<"Paged">): ConcernState => {
  if (timer === "review") return { ...state, review: alarm }
  if (about === null) return { ...state, alarm }
  const later = (notification: Notification): Notification => (notification._tag === "Acknowledged" ? notification : { ...notification, alarm })
  return { ...state, notify: withOne(state, about, later) }
}

const ended = (state: Open, outcome: Outcome, keepUntil: EventOf<"Closed">["keepUntil"], into: EventOf<"MergedInto">["into"] | null): ConcernState => {
  const { ref, session, trigger, bases, told, visitor } = state
  return { _tag: "Closed", ref, session, trigger, outcome, bases, told, visitor, into, keepUntil }
}

const onOpen = (state: Open, event: Exclude<ConcernEvent, { readonly _tag: "Raised" | "Forgotten" }>): ConcernState => {
  switch (event._tag) {
    case "Assessed": {
      const { assessment, needsSecond, alarm } = event
      return { ...state, _tag: "Assessed", trigger: assessment.trigger, assessment, needsSecond, proposal: null, opinion: null, alarm }
    }
    case "ConsultRequested":
      return { ...state, _tag: "Consulting", proposal: event.proposes, opinion: null, alarm: event.alarm }
    case "OpinionGiven":
      return { ...state, _tag: "Consulted", opinion: { by: event.by, agrees: event.agrees }, alarm: event.alarm }
    case "ConsultTimedOut":
      return { ...state, _tag: "ConsultTimedOut", alarm: event.alarm }
    case "DutyDecided":
      return decided(state, event)
    case "RightDecided":
      return { ...state, _tag: "RightDecided", bases: ["rightToDisclose"], notify: event.notify, alarm: null }
    case "ConsentDecided":
      return { ...state, _tag: "ConsentDecided", bases: ["visitorAsked"], notify: event.notify, alarm: null }
    case "ConsentTakenBack":
      return { ...state, _tag: "Assessed", bases: [], notify: [], proposal: null, opinion: null, alarm: event.alarm }
    case "NoDutyDecided":
    case "DutyRetracted":
      return withNothing(state, event.alarm)
    case "RetractionProposed":
      return { ...state, retraction: event.by }
    case "AvertedByOther":
      return { ...state, _tag: "Fulfilled", notify: state.notify.filter(({ _tag }) => _tag === "Acknowledged"), alarm: event.alarm }
    case "Prepared": {
      const { recipient, covers } = event
      const prepared = (notification: Notification): Notification =>
        notification._tag === "Idle" || notification._tag === "Prepared" ? { ...notification, _tag: "Prepared", covers } : notification
      return { ...state, notify: withOne(state, recipient, prepared) }
    }
    case "SendingStarted": {
      const { recipient, channel, alarm } = event
      const sending = (notification: Notification): Notification =>
        notification._tag === "Prepared" || notification._tag === "Failed" ? { ...notification, _tag: "Sending", channel, alarm } : notification
      return { ...state, sent: true, retraction: null, notify: withOne(state, recipient, sending) }
    }
    case "SendingFailed": {
      const { recipient, alarm } = event
      const failed = (notification: Notification): Notification => (notification._tag === "Sending" ? { ...notification, _tag: "Failed", alarm } : notification)
      return { ...state, notify: withOne(state, recipient, failed) }
    }
    case "Acknowledged":
      return acknowledged(state, event)
    case "Fulfilled":
      return { ...state, _tag: "Fulfilled", alarm: event.alarm }
    case "VisitorTold":
      return { ...state, visitor: { _tag: "Told", when: event.when } }
    case "TellingDeferred":
      return { ...state, visitor: { _tag: "Deferred", reason: event.reason } }
    case "TellingNotPossible":
      return { ...state, visitor: { _tag: "NotPossible" } }
    case "HandedOver":
      return { ...state, holder: event.to }
    case "DeadlineLearned":
      return withItem(state, { item: event.item, deadline: event.deadline, warnAt: event.warnAt })
    case "Warned":
      return withWarned(state, event)
    case "Paged":
      return paged(state, event)
    case "Reviewed":
      return { ...state, alone: null, review: null }
    case "Absorbed":
      return absorbed(state, event)
    case "MergedInto":
      return ended(state, "merged", event.keepUntil, event.into)
    case "Closed":
      return ended(state, state._tag === "NoDuty" ? "nothing" : "fulfilled", event.keepUntil, null)
  }
}

/** Applies an event; never refuses. */
export const evolve = (state: ConcernState, event: ConcernEvent): ConcernState => {
  if (event._tag === "Raised") return state._tag === "None" ? opened(event) : state
  if (event._tag === "Forgotten") return state._tag === "Closed" ? { _tag: "Gone" } : state
  return isOpen(state) ? onOpen(state, event) : state
}
