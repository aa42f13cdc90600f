/**
 * The retention clock of one datum as a machine: running, then hidden at its deadline, then destroyed; held in between where an authority ordered it.
 * Timers run before the command that finds them due (`step` in kernel/machine.ts), so `decide` sees a state with nothing overdue.
 */
import { type Decided, happened, nothing, refused } from "../kernel/decided.ts"
import { after, hours, type Instant, later } from "../kernel/instant.ts"
import type { Machine, Timer } from "../kernel/machine.ts"
import { accepts } from "../kernel/table.ts"
import type { HoldTerms } from "../policy/duties.ts"
import { deleteAt } from "./deadlines.ts"
import type { KeepOrder, RetentionCommand, RetentionEvent, RetentionState } from "./messages.ts"
import { retentionRules } from "./rules.ts"
import { retentionTable } from "./table.ts"

type Decision = Decided<RetentionEvent>
type Kept = Extract<RetentionState, { readonly _tag: "Running" | "Held" }>
type Order = Extract<RetentionCommand, { readonly _tag: "Order" }>
type Named = Pick<KeepOrder, "authority" | "caseRef">

const alreadyStarted = refused(retentionRules.neverLater, "The time that this is kept is already counting.")
const notStarted = refused(retentionRules.hideAndDestroy, "The time that this is kept has not begun to count.")
const tooEarly = refused(retentionRules.hideAndDestroy, "This is still within the time that it is kept.")
const ordered = refused(retentionRules.orders, "An authority has ordered that this be kept.")
const unavailable = refused(retentionRules.orders, "This is past its deadline and not available any more.")
const otherItem = refused(retentionRules.neverLater, "The order names something else.")
const notHoldable = refused(retentionRules.neverLater, "The policy of this service lets no order keep this.")
const tooLong = refused(retentionRules.neverLater, "The order ends later than the policy of this service allows.")

/** Why a state does not accept a command that its row of the table leaves out. */
const notAccepted = (state: RetentionState, command: RetentionCommand): Decision => {
  if (state._tag === "Unstarted") return notStarted
  if (command._tag === "Start") return alreadyStarted
  if (command._tag === "Order") return unavailable
  return state._tag === "Held" ? ordered : tooEarly
}

const isFrom =
  ({ authority, caseRef }: Named) =>
  (order: KeepOrder): boolean =>
    order.authority === authority && order.caseRef === caseRef

const others = (orders: ReadonlyArray<KeepOrder>, named: Named): ReadonlyArray<KeepOrder> => orders.filter((order) => !isFrom(named)(order))

/** When the last of some orders ends, and never before `from`. */
const lastEnd = (orders: ReadonlyArray<KeepOrder>, from: Instant): Instant => orders.reduce((latest, { until }) => later(latest, until), from)

const due = (state: RetentionState): Timer<RetentionCommand> | undefined => {
  switch (state._tag) {
    case "Running":
      return { at: state.deleteAt, command: { _tag: "Expire", at: state.deleteAt } }
    case "Held": {
      const at = lastEnd(state.orders, state.deleteAt)
      return { at, command: { _tag: "Expire", at } }
    }
    case "Unstarted":
    case "Hidden":
    case "Destroyed":
      return undefined
  }
}

const release = (state: RetentionState, at: Instant, { authority, caseRef }: Named): Decision =>
  (state._tag === "Running" || state._tag === "Held") && state.orders.some(isFrom({ authority, caseRef }))
    ? happened({ _tag: "Released", at, authority, caseRef })
    : nothing

/** An order that names this item, of a kind and for a time that the policy allows. One that ends before it can keep anything is no order. */
const order = (holds: HoldTerms | null, state: Kept, { at, authority, caseRef, item, until }: Order): Decision => {
  if (item.dataClass !== state.item.dataClass || item.subject !== state.item.subject) return otherItem
  if (holds === null || !holds.items.some((dataClass) => dataClass === item.dataClass)) return notHoldable
  if (until > after(state.deleteAt, hours(holds.maximumDays * 24))) return tooLong
  if (until <= later(at, state.deleteAt)) return release(state, at, { authority, caseRef })
  const same = state.orders.find(isFrom({ authority, caseRef }))
  return same?.until === until ? nothing : happened({ _tag: "Ordered", at, authority, caseRef, until })
}

const decideWith = (holds: HoldTerms | null) => (state: RetentionState, command: RetentionCommand): Decision => {
  if (!accepts(retentionTable, state._tag, command._tag)) return notAccepted(state, command)
  switch (command._tag) {
    case "Start":
      return happened({ _tag: "Started", at: command.at, item: command.item, deleteAt: deleteAt(command.startedAt, command.period, command) })
    case "Shorten":
      return state._tag === "Running" && command.deleteAt < state.deleteAt
        ? happened({ _tag: "Shortened", at: command.at, deleteAt: command.deleteAt })
        : nothing
    case "Touch":
      return nothing
    case "Order":
      return state._tag === "Running" || state._tag === "Held" ? order(holds, state, command) : nothing
    case "Release":
      return release(state, command.at, command)
    case "Destroy":
      // A hidden datum whose clock has gone back waits: destroying is the one step that cannot be undone.
      if (state._tag !== "Hidden") return nothing
      return command.at < state.destroyFrom ? tooEarly : happened({ _tag: "Destroyed", at: command.at })
    case "Expire": {
      const first = due(state)
      if (first === undefined) return nothing
      if (command.at < first.at) return tooEarly
      return happened({ _tag: state._tag === "Running" ? "Expired" : "HoldEnded", at: first.at })
    }
  }
}

const released = (state: RetentionState, at: Instant, named: Named): RetentionState => {
  if (state._tag !== "Running" && state._tag !== "Held") return state
  const orders = others(state.orders, named)
  const { item, deleteAt } = state
  return state._tag === "Running" || lastEnd(orders, deleteAt) > later(at, deleteAt)
    ? { ...state, orders }
    : { _tag: "Hidden", item, deleteAt, destroyFrom: later(at, deleteAt) }
}

/** Applies an event. An event that `decide` cannot give in a state leaves the state as it is. */
const evolve = (state: RetentionState, event: RetentionEvent): RetentionState => {
  switch (event._tag) {
    case "Started":
      return state._tag === "Unstarted" ? { _tag: "Running", item: event.item, deleteAt: event.deleteAt, orders: [] } : state
    case "Shortened":
      return state._tag === "Running" ? { ...state, deleteAt: event.deleteAt } : state
    case "Ordered": {
      if (state._tag !== "Running" && state._tag !== "Held") return state
      const { authority, caseRef, until } = event
      return { ...state, orders: [...others(state.orders, event), { authority, caseRef, until }] }
    }
    case "Released":
      return released(state, event.at, event)
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

/**
 * The retention clock of any datum under a policy's terms for orders; the period and the bucket arrive with `Start`.
 * `null` means that no order keeps anything.
 */
export const retentionMachine = (holds: HoldTerms | null): Machine<RetentionState, RetentionCommand, RetentionEvent> => ({
  initial: { _tag: "Unstarted" },
  due,
  decide: decideWith(holds),
  evolve
})

/**
 * Whether a datum may be shown at `latest`, the later of the two clocks: never from its deadline on, also when its timer has not run
 * or an order keeps it.
 */
export const readable = (state: RetentionState, latest: Instant): boolean => {
  switch (state._tag) {
    case "Unstarted":
      return true
    case "Running":
      return latest < state.deleteAt
    case "Held":
    case "Hidden":
    case "Destroyed":
      return false
  }
}

/**
 * Until when two custodians may release a datum to the authority that asks: its deadline, or the last order's end.
 * `undefined` when there is nothing to release.
 */
export const releasableUntil = (state: RetentionState): Instant | undefined =>
  state._tag === "Running" || state._tag === "Held" ? lastEnd(state.orders, state.deleteAt) : undefined
