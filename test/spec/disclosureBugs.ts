/**
 * Machines of a case that are wrong in one way each. A test suite that does not notice them is worth nothing.
 */
import type { ConcernCommand, ConcernEvent, ConcernState } from "@fortrolig/core/disclosure/messages"
import { isOpen, type Open } from "@fortrolig/core/disclosure/messages"
import type { Instant, Period } from "@fortrolig/core/kernel/instant"
import * as Result from "effect/Result"
import type { ConcernMachine } from "./disclosureLives.ts"
import { cleo } from "./disclosureWishes.ts"

type Plant = (machine: ConcernMachine) => ConcernMachine

/** The machine, asked with another command. */
const asked = (change: (command: ConcernCommand, state: ConcernState) => ConcernCommand): Plant => (machine) => ({
  ...machine,
  decide: (state, command) => machine.decide(state, change(command, state))
})
/** The machine, in another state when it decides. */
const seeing = (change: (state: Open, command: ConcernCommand) => Open): Plant => (machine) => ({
  ...machine,
  decide: (state, command) => machine.decide(isOpen(state) ? change(state, command) : state, command)
})
/** The machine, with other events. */
const saying = (change: (event: ConcernEvent) => ReadonlyArray<ConcernEvent>): Plant => (machine) => ({
  ...machine,
  decide: (state, command) => Result.map(machine.decide(state, command), (events) => events.flatMap(change))
})
/** The machine, with something else remembered. */
const keeping = (change: (next: Open, event: ConcernEvent) => ConcernState): Plant => (machine) => ({
  ...machine,
  evolve: (state, event) => {
    const next = machine.evolve(state, event)
    return isOpen(next) ? change(next, event) : next
  }
})
const far = 8e14 as Instant

/** The planted bugs, by what is wrong. */
export const concernBugs = {
  "software may open a case": asked((command) => (command._tag === "Raise" ? { ...command, flaggedBy: "person" } : command)),
  "any belief opens a case": asked((command) => (command._tag === "Raise" ? { ...command, belief: "immediate" } : command)),
  "a belief that is enough is refused": asked((command) => (command._tag === "Raise" && command.belief === "reason" ? { ...command, belief: "none" } : command)),
  "a case about a chat long over is opened": asked((command) =>
    command._tag === "Raise" && command.session !== null ? { ...command, session: { ...command.session, endedAt: null } } : command
  ),
  "the raiser may be the second person": seeing((state, command) => (command._tag === "GiveOpinion" ? { ...state, raisedBy: cleo, holder: cleo } : state)),
  "the second person's no stops the raiser": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "ProceedDespiteDissent" ? { ...command, by: cleo } : command)
  }),
  "going on against advice needs no disagreement": seeing((state, command) =>
    command._tag === "ProceedDespiteDissent" && state.opinion !== null ? { ...state, proposal: "duty", opinion: { ...state.opinion, agrees: false } } : state
  ),
  "an imminent danger waits for an assessment": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(state, command._tag === "DeclareImminent" && state._tag === "Raised" ? { ...command, bases: [] } : command)
  }),
  "an imminent decision is never looked at": keeping((next, event) => (event._tag === "DutyDecided" ? { ...next, alone: null, review: null } : next)),
  "who decided alone looks at it": seeing((state, command) => (command._tag === "Review" && state.alone !== null ? { ...state, alone: cleo } : state)),
  "a grave case is dropped by one person": seeing((state, command) => (command._tag === "DecideNone" ? { ...state, needsSecond: false, proposal: null } : state)),
  "a later assessment makes a grave case light": saying((event) => [event._tag === "Assessed" ? { ...event, needsSecond: false } : event]),
  "the right to disclose needs one person": seeing((state, command) =>
    command._tag === "DecideRight" ? { ...state, proposal: "right", opinion: { by: cleo, agrees: true } } : state
  ),
  "a duty is taken back by one person": seeing((state, command) => (command._tag === "Retract" ? { ...state, retraction: cleo } : state)),
  "a duty is taken back after it was sent": seeing((state, command) => (command._tag === "Retract" ? { ...state, sent: false } : state)),
  "nobody need be told": keeping((next, event) => (event._tag === "DutyDecided" ? { ...next, notify: [] } : next)),
  "one of two recipients is enough": saying((event) => (event._tag === "Acknowledged" ? [event, { _tag: "Fulfilled", at: event.at, alarm: event.alarm }] : [event])),
  "anything may be prepared": (machine) => ({
    ...machine,
    decide: (state, command) => {
      const right = machine.decide(state, command)
      if (command._tag !== "Prepare" || !Result.isFailure(right) || right.failure.rule !== "X-09") return right
      const { at, by, recipient, fields, covers } = command
      return Result.succeed([{ _tag: "Prepared", at, by, recipient, fields, covers }])
    }
  }),
  "nothing may be prepared for the police": asked((command) => (command._tag === "Prepare" && command.recipient === "police" ? { ...command, fields: ["that"] } : command)),
  "something is prepared without a decision": (machine) => ({
    ...machine,
    decide: (state, command) => {
      if (command._tag !== "Prepare" || state._tag !== "Assessed") return machine.decide(state, command)
      const { at, by, recipient, fields, covers } = command
      return Result.succeed([{ _tag: "Prepared", at, by, recipient, fields, covers }])
    }
  }),
  "the visitor need not be told first": seeing((state, command) => (command._tag === "Prepare" ? { ...state, visitor: { _tag: "NotPossible" } } : state)),
  "the visitor's information may stay open": seeing((state, command) => (command._tag === "Close" ? { ...state, visitor: { _tag: "NotPossible" } } : state)),
  "a settled case cannot be closed": asked((command) => (command._tag === "Close" ? { ...command, releaseOpen: true } : command)),
  "a request from the police does not keep a case open": asked((command) => (command._tag === "Close" ? { ...command, releaseOpen: false } : command)),
  "a case closes with the chat": (machine) => ({
    ...machine,
    decide: (state, command) =>
      command._tag === "ChatEnded" && isOpen(state) ? Result.succeed([{ _tag: "Closed", at: command.at, by: state.holder, keepUntil: far }]) : machine.decide(state, command)
  }),
  "a crash leaves a case with nobody": keeping((next, event) => (event._tag === "HandedOver" && event.cause === "crash" ? { ...next, holder: cleo } : next)),
  "nobody is called when an assessment takes long": (machine) => ({ ...machine, due: (state) => (state._tag === "Raised" ? undefined : machine.due(state)) }),
  "a second person may take for ever": (machine) => ({ ...machine, due: (state) => (state._tag === "Consulting" ? undefined : machine.due(state)) }),
  "a timed-out case is decided by itself": saying((event) => (event._tag === "ConsultTimedOut" ? [event, { _tag: "NoDutyDecided", at: event.at, by: cleo, reason: "noDanger", alarm: event.alarm }] : [event])),
  "a silence is called about once": saying((event) => [event._tag === "Paged" ? { ...event, alarm: { at: far, again: 1 as Period } } : event]),
  "a recipient who does not answer is forgotten": saying((event) => [event._tag === "SendingStarted" ? { ...event, alarm: { at: far, again: 1 as Period } } : event]),
  "the same way is tried again": saying((event) => [event._tag === "SendingStarted" ? { ...event, channel: "phone" } : event]),
  "joining forgets what the other case owes": saying((event) => [event._tag === "Absorbed" ? { ...event, owes: [] } : event]),
  "a case is joined away with something owed": asked((command) => (command._tag === "MergeInto" ? { ...command, taken: ["police", "childWelfare", "ambulance", "fire"] } : command)),
  "one notification fulfils two cases without speaking for both": asked((command, state) =>
    command._tag === "Acknowledge" ? command : command._tag === "Prepare" && isOpen(state) ? { ...command, covers: state.notify.find((one) => one.recipient === command.recipient && "cases" in one && one.cases.length > 1) ? [...command.covers, state.ref] : command.covers } : command
  ),
  "warnings come twice": keeping((next, event) => (event._tag === "DeadlineLearned" ? { ...next, items: next.items.map((one) => ({ ...one, warnAt: [...one.warnAt, ...one.warnAt.map((at) => (at + 1) as Instant)] })) } : next)),
  "a closed case is kept a day longer": saying((event) => [event._tag === "Closed" ? { ...event, keepUntil: (event.keepUntil + 86_400_000) as Instant } : event]),
  "a closed case is kept for ever": (machine) => ({ ...machine, due: (state) => (state._tag === "Closed" ? undefined : machine.due(state)) }),
  "a yes of the visitor changes who decides": (machine) => {
    let asked = false
    return {
      ...machine,
      decide: (state, command) => {
        if (command._tag === "DecideConsent") asked = !command.visitorAgreed
        return asked && command._tag === "Assess" ? Result.succeed([]) : machine.decide(state, command)
      }
    }
  },
  "an event carries an address": saying((event) => [event._tag === "SendingStarted" ? { ...event, address: "synthetic" } : event]),
  "a timer is sometimes overslept": (machine) => {
    let asleep = false
    return {
      ...machine,
      due: (state) => {
        asleep = !asleep
        return asleep ? undefined : machine.due(state)
      }
    }
  }
} as const satisfies Record<string, Plant>

export type ConcernBug = keyof typeof concernBugs
