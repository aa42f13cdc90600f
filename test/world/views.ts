/**
 * What each realm shows: to a visitor, to the service's own people, and to the vendor. Everything that pairs of worlds are compared by.
 */
import { dateAt } from "@fortrolig/core/kernel/calendar"
import { openSites } from "@fortrolig/core/booking/coverage"
import { routesOffered } from "@fortrolig/core/booking/machine"
import { serviceRealmView } from "@fortrolig/core/custody/machine"
import { queueOrder } from "@fortrolig/core/session/machine"
import type { SessionState } from "@fortrolig/core/session/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { QueueEntry } from "./wiring.ts"
import { timeZone } from "./services.ts"
import type { Visitor } from "./visitor.ts"
import type { World } from "./world.ts"

type Waiting = Extract<SessionState, { readonly _tag: "Waiting" }>

/** The queue as staff see it, in the order in which visitors are taken. */
export const queueOf = ({ house: { visitors }, wires }: World): ReadonlyArray<QueueEntry> => {
  const entries = visitors.flatMap((visitor) => {
    const { state } = visitor.session
    if (state._tag !== "Waiting") return []
    const entry = wires.queueEntry(visitor, state.openedAt, state.front)
    const shown: Waiting = { ...state, front: entry.front, openedAt: entry.since as Instant }
    return [{ ref: visitor.ref, state: shown, entry }]
  })
  return queueOrder(entries).map(({ entry }) => entry)
}

/** How many places there are to choose from, by the hour of the service's clock: asking the calendar costs more than all the rest of a view. */
const slots = new Map<number, number>()
const slotsOf = ({ now, house: { service } }: World): number => {
  const hour = Math.floor(now / 3_600_000)
  const count = slots.get(hour) ?? openSites(service.bookingPolicy.booking, dateAt(timeZone, now)).length
  slots.set(hour, count)
  return count
}

/**
 * All that a visitor has access to and gets: the place in the queue, the wait, the counsellor, what is offered, and how much was sent.
 * Nothing of it is a consent.
 */
export const accessView = (world: World, { ref, session: { state }, booking, outputs }: Visitor): string => {
  const { bookingPolicy } = world.house.service
  const place = state._tag === "Waiting" ? queueOf(world).findIndex((entry) => entry.ref === ref) : null
  const wait = state._tag === "Waiting" ? world.now - state.queuedAt : null
  const routes = routesOffered(bookingPolicy, booking.state)
  return JSON.stringify([state, place, wait, routes, slotsOf(world), booking.state, outputs])
}

/** Everything that the service's realm keeps or shows to anybody. */
export const serviceRealm = (world: World): string => {
  const { visitors, requests, counted, webLog } = world.house
  return JSON.stringify([
    queueOf(world),
    visitors.map(({ ref, session, consents, note, cases, booking, contact, referral, outputs }) => [
      ref, session.state, consents.triage.state, consents.referral.state, note, cases.map(({ state }) => state), booking.state, contact.state, referral.state, outputs
    ]),
    requests.map(({ state }) => serviceRealmView(state) ?? null),
    counted,
    webLog
  ])
}

/** The vendor's register, with the addresses. */
export const vendorRealm = ({ house: { register, handedOver } }: World): string => JSON.stringify([[...register.values()], handedOver])

const day = 86_400_000

/** All that is still stored of some visitors; what is gone is not in it. What stays of a chat on purpose, the anonymous note and the count, is looked at apart. */
export const stored = ({ house, now }: World, visitors: ReadonlyArray<Visitor>): string =>
  JSON.stringify([
    visitors.flatMap(({ ref, session, trace, content, consents, cases, note }) => [
      ...(session.state._tag === "Unopened" || (session.state._tag === "Ended" && now >= session.state.endedAt + day) ? [] : [[ref, session.state]]),
      ...[trace.state, content.state].filter(({ _tag }) => _tag !== "Unstarted" && _tag !== "Destroyed"),
      ...[consents.triage.state, consents.referral.state].filter(({ _tag }) => _tag !== "NotShown" && _tag !== "Expired"),
      ...cases.map(({ state }) => state).filter(({ _tag }) => _tag !== "None" && _tag !== "Gone"),
      ...(note?._tag === "Linked" ? [note] : [])
    ]),
    house.visitors.map(({ booking, referral }) => [booking.state, referral.state]),
    [...house.register.values()],
    house.requests.map(({ state }) => state),
    house.ledger.state
  ])
