/**
 * How a world ends: people bring every open case to a decision, everybody goes home, and 400 days pass.
 */
import { type ConcernCommand, isOpen } from "@fortrolig/core/disclosure/messages"
import type { StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { fits } from "./menus/concern.ts"
import type { House } from "./house.ts"
import type { Case, Visitor } from "./visitor.ts"
import type { World } from "./world.ts"

/** The next thing to do about a case so that it ends decided and documented; nothing when it has. */
const settling = ({ state }: Case, at: Instant, { staff }: House): ConcernCommand | undefined => {
  if (!isOpen(state)) return undefined
  const by = state.holder
  const other = staff.map(({ id }) => id).find((id) => id !== by && id !== state.alone) as StaffId
  const toTell = state.visitor._tag === "Undecided" || state.visitor._tag === "Deferred"
  switch (state._tag) {
    case "Raised":
    case "Assessed":
    case "Consulting":
    case "Consulted":
    case "ConsultTimedOut":
      return { _tag: "DeclareImminent", at, by, level: "imminent", minutesMatter: true, bases: ["necessity"], recipients: ["police"] }
    case "DutyDecided":
    case "RightDecided":
    case "ConsentDecided": {
      if (toTell) return { _tag: "TellVisitor", at, by }
      const owing = state.notify.find(({ _tag }) => _tag !== "Acknowledged")
      if (owing === undefined || owing._tag === "Acknowledged") return { _tag: "RecordAverted", at, by, means: "crisisCentre", stillAvertable: false }
      const { recipient, cases } = owing
      if (owing._tag === "Idle") return { _tag: "Prepare", at, by, recipient, fields: fits[recipient], covers: cases }
      if (owing._tag === "Sending") return { _tag: "Acknowledge", at, by, recipient, reference: null }
      return { _tag: "Send", at, by, recipient }
    }
    case "NoDuty":
    case "Fulfilled":
      if (toTell) return { _tag: "TellVisitor", at, by }
      return state.alone === null ? { _tag: "Close", at, by, releaseOpen: false } : { _tag: "Review", at, by: other }
  }
}

const settle = (world: World, visitor: Visitor): void => {
  for (const one of visitor.cases) {
    for (let tried = 0; tried < 30; tried++) {
      const command = settling(one, world.now, world.house)
      if (command === undefined) break
      one.act(command)
    }
  }
}

const days = 86_400_000

/**
 * Two days in which requests and chats run out, then every open case is settled unless `abandoned`, then 400 days pass with the sweeper running.
 * Every actor is looked at once more, so that its history includes the last timers.
 */
export const drain = (world: World, abandoned: boolean): void => {
  const { house } = world
  const pass = (length: number): void => {
    world.runUntil((world.now + length) as Instant)
    world.sweep(world.now)
  }
  pass(2 * days)
  if (!abandoned) for (const visitor of house.visitors) settle(world, visitor)
  pass(90 * days)
  pass(310 * days)
  const at = world.now
  for (const visitor of house.visitors) {
    const { session, trace, content, consents, booking, cases, note } = visitor
    session.act({ _tag: "Back", at, party: "visitor" })
    for (const clock of [trace, content]) clock.act({ _tag: "Touch", at })
    for (const consent of [consents.triage, consents.referral]) consent.act({ _tag: "Halt", at })
    booking.act({ _tag: "Leave", at })
    for (const one of cases) one.act({ _tag: "ChatEnded", at })
    const last = visitor.noteSteps.at(-1)
    const after = consents.triage.state
    if (last !== undefined) visitor.noteSteps.push({ at, writes: false, before: last.after, after, noteBefore: last.noteAfter, noteAfter: note })
  }
  for (const request of house.requests) request.act({ _tag: "FollowRecord", at, until: at })
}
