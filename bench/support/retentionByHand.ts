/**
 * The retention clock of one datum as a careful developer writes it without the product's kernel, over the same states, and one whole life of it.
 */
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { hours, Instant } from "@fortrolig/core/kernel/instant"
import type { HoldTerms } from "@fortrolig/core/policy/duties"
import { CaseRef, type KeepOrder, type RetentionCommand, type RetentionEvent, type RetentionState } from "@fortrolig/core/retention/messages"
import type { No } from "./handwritten.ts"

const no = (text: string): No => Object.freeze({ no: text })
const notStarted = no("not started")
const started = no("started")
const gone = no("gone")
const held = no("ordered")
const early = no("too early")
const otherItem = no("something else")
const notHoldable = no("not holdable")
const tooLong = no("too long")
const same: ReadonlyArray<RetentionEvent> = []
const hour = 3_600_000

const lastEnd = (orders: ReadonlyArray<KeepOrder>, from: Instant): Instant => {
  let latest = from
  for (const { until } of orders) if (until > latest) latest = until
  return latest
}
const find = (orders: ReadonlyArray<KeepOrder>, authority: string, caseRef: string): KeepOrder | undefined => {
  for (const order of orders) if (order.authority === authority && order.caseRef === caseRef) return order
  return undefined
}

/** Decides by one switch. */
export const decideByHand = (holds: HoldTerms | null, state: RetentionState, command: RetentionCommand): ReadonlyArray<RetentionEvent> | No => {
  const { at } = command
  if (state._tag === "Unstarted") {
    if (command._tag === "Touch") return same
    if (command._tag !== "Start") return notStarted
    const end = command.startedAt + command.period
    return [{ _tag: "Started", at, item: command.item, deleteAt: (end - (end % (command.bucketMinutes * 60_000))) as Instant }]
  }
  const kept = state._tag === "Running" || state._tag === "Held"
  switch (command._tag) {
    case "Start":
      return started
    case "Shorten":
      return state._tag === "Running" && command.deleteAt < state.deleteAt ? [{ _tag: "Shortened", at, deleteAt: command.deleteAt }] : same
    case "Touch":
      return same
    case "Order": {
      if (!kept) return gone
      const { authority, caseRef, item, until } = command
      if (item.dataClass !== state.item.dataClass || item.subject !== state.item.subject) return otherItem
      if (holds === null || !holds.items.some((one) => one === item.dataClass)) return notHoldable
      if (until > state.deleteAt + holds.maximumDays * 24 * hour) return tooLong
      const before = find(state.orders, authority, caseRef)
      if (until <= at || until <= state.deleteAt) return before === undefined ? same : [{ _tag: "Released", at, authority, caseRef }]
      return before?.until === until ? same : [{ _tag: "Ordered", at, authority, caseRef, until }]
    }
    case "Release": {
      const { authority, caseRef } = command
      return kept && find(state.orders, authority, caseRef) !== undefined ? [{ _tag: "Released", at, authority, caseRef }] : same
    }
    case "Destroy":
      if (state._tag === "Held") return held
      if (state._tag === "Running") return early
      if (state._tag === "Destroyed") return same
      return at < state.destroyFrom ? early : [{ _tag: "Destroyed", at }]
    case "Expire": {
      if (!kept) return same
      const due = state._tag === "Running" ? state.deleteAt : lastEnd(state.orders, state.deleteAt)
      if (at < due) return early
      return [{ _tag: state._tag === "Running" ? "Expired" : "HoldEnded", at: due }]
    }
  }
}

/** Applies by one switch. */
export const evolveByHand = (state: RetentionState, event: RetentionEvent): RetentionState => {
  switch (event._tag) {
    case "Started":
      return { _tag: "Running", item: event.item, deleteAt: event.deleteAt, orders: [] }
    case "Shortened":
      return state._tag === "Running" ? { ...state, deleteAt: event.deleteAt } : state
    case "Ordered": {
      if (state._tag !== "Running" && state._tag !== "Held") return state
      const { authority, caseRef, until } = event
      const others = state.orders.filter((order) => order.authority !== authority || order.caseRef !== caseRef)
      return { ...state, orders: [...others, { authority, caseRef, until }] }
    }
    case "Released": {
      if (state._tag !== "Running" && state._tag !== "Held") return state
      const { item, deleteAt } = state
      const orders = state.orders.filter((order) => order.authority !== event.authority || order.caseRef !== event.caseRef)
      const from = event.at > deleteAt ? event.at : deleteAt
      return state._tag === "Running" || lastEnd(orders, deleteAt) > from ? { ...state, orders } : { _tag: "Hidden", item, deleteAt, destroyFrom: from }
    }
    case "Expired": {
      if (state._tag !== "Running") return state
      const { item, deleteAt, orders } = state
      return orders.length > 0 ? { _tag: "Held", item, deleteAt, orders } : { _tag: "Hidden", item, deleteAt, destroyFrom: deleteAt }
    }
    case "HoldEnded":
      return state._tag === "Held" ? { _tag: "Hidden", item: state.item, deleteAt: state.deleteAt, destroyFrom: event.at } : state
    case "Destroyed":
      return state._tag === "Hidden" ? { _tag: "Destroyed", deleteAt: state.deleteAt, destroyedAt: event.at } : state
  }
}

const start = Date.UTC(2026, 2, 27, 11)
const at = (hoursLater: number) => Instant.make(start + hoursLater * hour)
const item = { dataClass: "accessTrace", subject: SessionRef.make("e".repeat(32)) } as const
const [one, other] = [CaseRef.make("112-7"), CaseRef.make("112-8")]
const order = { _tag: "Order", authority: "police", caseRef: one, item } as const
const touches = Array.from({ length: 4 }, (_, i): RetentionCommand => ({ _tag: "Touch", at: at(3 + i) }))

/** Started, read, made shorter, kept by two orders past its deadline, hidden when the last one ends, and destroyed; with refusals on the way. */
export const retentionLife: ReadonlyArray<RetentionCommand> = [
  { _tag: "Destroy", at: at(0) },
  { _tag: "Start", at: at(1), item, startedAt: at(0), period: hours(48), bucketMinutes: 5 },
  { _tag: "Start", at: at(2), item, startedAt: at(2), period: hours(48), bucketMinutes: 5 },
  ...touches,
  { ...order, at: at(8), until: at(300), item: { ...item, dataClass: "content" } },
  { ...order, at: at(9), until: at(9000) },
  { ...order, at: at(10), until: at(300) },
  { ...order, at: at(11), until: at(300) },
  { ...order, at: at(12), until: at(400), authority: "court", caseRef: other },
  { _tag: "Shorten", at: at(13), deleteAt: at(40) },
  { _tag: "Shorten", at: at(14), deleteAt: at(44) },
  { _tag: "Destroy", at: at(15) },
  { _tag: "Expire", at: at(40) },
  { _tag: "Destroy", at: at(41) },
  { ...order, at: at(42), until: at(350) },
  { _tag: "Release", at: at(100), authority: "court", caseRef: other },
  { _tag: "Expire", at: at(350) },
  { _tag: "Touch", at: at(351) },
  { _tag: "Destroy", at: at(352) },
  { _tag: "Destroy", at: at(353) }
]
