/**
 * Everything that must hold in every world: the laws of all topics over every actor's history, and what no single topic can say.
 */
import { bookingLaws } from "@fortrolig/core/booking/laws"
import { noSharedIdentifier } from "@fortrolig/core/booking/pairLaws"
import { consentLaws } from "@fortrolig/core/consent/laws"
import { noteLaws } from "@fortrolig/core/consent/triageLaws"
import { custodyLaws } from "@fortrolig/core/custody/laws"
import { serviceRealmView } from "@fortrolig/core/custody/machine"
import { concernLaws, nothingIdentifies } from "@fortrolig/core/disclosure/laws"
import { isOpen } from "@fortrolig/core/disclosure/messages"
import { referralLaws } from "@fortrolig/core/guidance/laws"
import type { Law } from "@fortrolig/core/kernel/rule"
import { keepsContent } from "@fortrolig/core/policy/policy"
import { readable } from "@fortrolig/core/retention/machine"
import { retentionLaws } from "@fortrolig/core/retention/orderLaws"
import { sessionLaws } from "@fortrolig/core/session/laws"
import { countedOnce, publishedOnce, onlyPromised } from "@fortrolig/core/statistics/laws"
import type { RetentionHistory } from "@fortrolig/core/retention/laws"
import { guide, timeZone } from "./services.ts"
import type { Clock, Visitor } from "./visitor.ts"
import type { World } from "./world.ts"

const hold = <History>(laws: ReadonlyArray<Law<History>>, history: History, found: Array<string>, who: string): void => {
  for (const law of laws) for (const says of law.broken(history)) found.push(`${law.rule} ${who}: ${law.says}: ${says}`)
}

/** What a clock showed to its latest reader after each step. */
const readings = (holds: RetentionHistory["holds"], { steps }: Clock): RetentionHistory => {
  let latest = steps[0]?.command.at
  return {
    holds,
    steps: steps.map((step) => {
      latest = latest === undefined || step.command.at > latest ? step.command.at : latest
      return { ...step, latest, readable: readable(step.after, latest) }
    })
  }
}

/** All but the one that looks at every field of every state: where nothing happened, there is nothing new for it to look at. */
const otherConcernLaws = concernLaws.filter((law) => law !== nothingIdentifies)

/** E-14: a chat with an open case is never cut off by closing time. */
const cutOff = ({ session: { state }, cases }: Visitor): boolean =>
  state._tag === "Ended" &&
  state.reason === "closingTime" &&
  cases.some(({ steps }) => {
    let open = false
    for (const { events } of steps) {
      for (const event of events) {
        if (event._tag === "Raised") open = event.at < state.endedAt
        if ((event._tag === "Closed" || event._tag === "MergedInto") && event.at <= state.endedAt) open = false
      }
    }
    return open
  })

/** what was merged away was taken over, by a case that there is. */
const dropped = (visitors: ReadonlyArray<Visitor>): boolean => {
  const cases = visitors.flatMap((visitor) => visitor.cases)
  const absorbed = new Set(cases.flatMap(({ steps }) => steps.flatMap(({ events }) => events.flatMap((event) => (event._tag === "Absorbed" ? [event.from] : [])))))
  return cases.some(({ steps }) => {
    const ref = steps.flatMap(({ events }) => events).find((event) => event._tag === "Raised")?.ref
    return steps.some(({ events }) => events.some(({ _tag }) => _tag === "MergedInto")) && (ref === undefined || !absorbed.has(ref))
  })
}

const hex = /[0-9a-f]{32}/
/** Whether something has any identifier in it. */
const identifies = (value: unknown): boolean => hex.test(JSON.stringify(value) ?? "")

/** at the end, when all that was joint is over, nothing of a note or a count leads anywhere, and a booking never led to a chat. */
const linked = ({ house }: World): ReadonlyArray<string> => {
  const { visitors, counted } = house
  const bookings = visitors.flatMap(({ booking }) => [booking.state, ...booking.steps.flatMap(({ events }) => events)])
  const chats = visitors.flatMap(({ session }) => session.steps.flatMap(({ events }) => events))
  const own = [...visitors.map(({ ref }) => ref), ...house.staff.map(({ id }) => id)]
  const text = JSON.stringify(bookings)
  return [
    ...noSharedIdentifier.broken({ bookings, chats }),
    ...(own.some((id) => text.includes(id)) ? ["a booking names a chat or its people"] : []),
    ...(visitors.some(({ note }) => note !== undefined && (note._tag !== "Anonymous" || identifies(note))) ? ["a note still leads to a chat"] : []),
    ...(identifies(counted) ? ["a count leads to a chat"] : [])
  ]
}

/** What is left of people when 400 days have passed. */
const left = ({ house }: World, abandoned: boolean): ReadonlyArray<string> => {
  const found: Array<string> = []
  const say = (wrong: boolean, what: string): void => {
    if (wrong) found.push(what)
  }
  for (const { session, trace, content, consents, contact, booking, cases } of house.visitors) {
    const ended = session.state._tag === "Ended"
    say(session.state._tag !== "Unopened" && !ended, "a chat never ended")
    for (const { state } of [consents.triage, consents.referral]) say(state._tag !== "NotShown" && state._tag !== "Expired", "a consent outlived its trace")
    for (const { state } of [trace, content]) say(state._tag !== "Unstarted" && state._tag !== "Destroyed", "something was not destroyed")
    say(ended && trace.state._tag === "Unstarted", "an opening has no clock")
    say(ended && keepsContent(house.service.policy) && content.state._tag === "Unstarted", "a text has no clock")
    say(ended && contact.state._tag !== "Counted", "a chat was not counted")
    say(booking.state._tag === "Pending", "a payload stayed in the outbox")
    for (const { state } of cases) say(abandoned ? false : state._tag !== "None" && state._tag !== "Gone", "a case was not forgotten")
    for (const { steps, state } of cases) say(abandoned && steps.length > 0 && isOpen(steps.at(-2)?.after ?? state) && !isOpen(state), "an open case went away by itself")
  }
  say(house.register.size > 0, "a record of an opening is still there")
  for (const { state } of house.requests) say("until" in state, "a request was never answered")
  return found
}

/** Every violation in a world that has ended. */
export const violations = (world: World, abandoned: boolean): ReadonlyArray<string> => {
  const { house, broken } = world
  const { policy, bookingPolicy, consents: terms, statistics } = house.service
  const found: Array<string> = [...broken]
  for (const visitor of house.visitors) {
    const { session, trace, content, consents, contact, booking, referral, cases, noteSteps, ref } = visitor
    hold(sessionLaws, { policy, steps: session.steps }, found, "chat")
    for (const clock of [trace, content]) hold(retentionLaws, readings(policy.holds, clock), found, "clock")
    hold(consentLaws, { terms: terms.triage, steps: consents.triage.steps }, found, "first consent")
    hold(consentLaws, { terms: terms.referral, steps: consents.referral.steps }, found, "second consent")
    hold(noteLaws, { session: ref, steps: noteSteps }, found, "note")
    hold([countedOnce], { steps: contact.steps }, found, "counter")
    hold(bookingLaws, { policy: bookingPolicy, steps: booking.steps }, found, "booking")
    hold(referralLaws, { guide, steps: referral.steps }, found, "referral")
    for (const { steps } of cases) {
      hold(otherConcernLaws, { terms: policy.disclosure, steps }, found, "case")
      hold([nothingIdentifies], { terms: policy.disclosure, steps: steps.filter(({ events }) => events.length > 0) }, found, "case")
    }
    if (cutOff(visitor)) found.push("E-14: closing time cut off a chat with an open case")
  }
  for (const { steps } of house.requests) hold(custodyLaws, { steps: steps.map((step) => ({ ...step, told: serviceRealmView(step.after) })) }, found, "request")
  const { steps } = house.ledger
  hold([publishedOnce, onlyPromised], { timeZone, smallest: statistics.smallestCell, width: statistics.smallestCell, steps: steps.map((step) => ({ ...step, computed: [] })) }, found, "ledger")
  if (dropped(house.visitors)) found.push("X-08: a case was merged away and nobody took it over")
  for (const { permitted } of house.handedOver) if (!permitted) found.push("DFH-34: an address was handed over without a permission")
  for (const says of linked(world)) found.push(`X-04: ${says}`)
  for (const says of left(world, abandoned)) found.push(`X-03: ${says}`)
  return found
}
