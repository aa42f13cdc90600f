/**
 * The case about a danger as a machine: decision, notifications and the visitor's information, beside each other and independent of the chat.
 * It reads no consent, no address and nothing that was written.
 */
import { nothing, refused } from "../kernel/decided.ts"
import type { Machine } from "../kernel/machine.ts"
import { accepts } from "../kernel/table.ts"
import type { Policy } from "../policy/policy.ts"
import * as decision from "./decision.ts"
import * as ending from "./ending.ts"
import { evolve } from "./evolve.ts"
import { type ConcernCommand, type ConcernEvent, type ConcernState, isOpen, type Open } from "./messages.ts"
import * as notify from "./notify.ts"
import { disclosureRules as rules } from "./rules.ts"
import { concernTable } from "./table.ts"
import { type Decision, expire, nextTimer, periodsOf } from "./timers.ts"
import * as visitorInfo from "./visitorInfo.ts"

const noCase = refused(rules.onlyPeople, "No case has been opened.")
const alreadyOpen = refused(rules.noDrop, "This case has been opened already.")
const notYet = refused(rules.sometimes, "The case has not come this far.")
const notAgain = refused(rules.noDrop, "The case has come further than this.")
const over = refused(rules.noDrop, "This case is closed.")

/** Why a state does not accept a command at all. */
const refusedBy = (state: ConcernState, command: ConcernCommand): Decision => {
  switch (state._tag) {
    case "None":
      return noCase
    case "Raised":
    case "Assessed":
    case "Consulting":
    case "Consulted":
    case "ConsultTimedOut":
      return command._tag === "Raise" ? alreadyOpen : notYet
    case "DutyDecided":
    case "RightDecided":
    case "ConsentDecided":
    case "NoDuty":
    case "Fulfilled":
      return command._tag === "Raise" ? alreadyOpen : command._tag === "Close" ? notYet : notAgain
    case "Closed":
    case "Gone":
      return over
  }
}

const onOpen = (context: decision.Context, state: Open, command: Exclude<ConcernCommand, { readonly _tag: "Raise" | "Expire" }>): Decision => {
  switch (command._tag) {
    case "Assess":
      return decision.assess(context, state, command)
    case "DeclareImminent":
      return decision.declareImminent(context, state, command)
    case "RequestConsult":
      return decision.requestConsult(context, state, command)
    case "GiveOpinion":
      return decision.giveOpinion(context, state, command)
    case "DecideDuty":
      return decision.decideDuty(context, state, command)
    case "ProceedDespiteDissent":
      return decision.proceed(context, state, command)
    case "DecideRight":
      return decision.decideRight(context, state, command)
    case "DecideConsent":
      return decision.decideConsent(context, state, command)
    case "DecideNone":
      return decision.decideNone(context, state, command)
    case "Retract":
      return decision.retract(context, state, command)
    case "RecordAverted":
      return notify.recordAverted(context, state, command)
    case "Prepare":
      return notify.prepare(state, command)
    case "Send":
      return notify.send(context, state, command)
    case "Fail":
      return notify.fail(context, state, command)
    case "Acknowledge":
      return notify.acknowledge(context, state, command)
    case "TellVisitor":
      return visitorInfo.tell(state, command)
    case "DeferTelling":
      return visitorInfo.defer(state, command)
    case "CannotTell":
      return visitorInfo.cannot(state, command)
    case "HandOver":
      return ending.handOver(state, command)
    case "ChatEnded":
      return nothing
    case "LearnDeadline":
      return ending.learnDeadline(context, state, command)
    case "Review":
      return ending.review(state, command)
    case "Close":
      return ending.close(context, state, command)
    case "Absorb":
      return ending.absorb(context, state, command)
    case "MergeInto":
      return ending.mergeInto(context, state, command)
  }
}

const decideWith =
  (context: decision.Context) =>
  (state: ConcernState, command: ConcernCommand): Decision => {
    if (!accepts(concernTable, state._tag, command._tag)) return refusedBy(state, command)
    if (command._tag === "Raise") return decision.raise(context, command)
    if (command._tag === "Expire") return expire(context.periods, state, command)
    // What a closed case accepts, it has had already.
    return isOpen(state) ? onOpen(context, state, command) : nothing
  }

/** The machine of a service's cases. Refusals carry the rule that forbids the command; timers page people and never decide for them. */
export const concernMachine = ({ disclosure }: Pick<Policy, "disclosure">): Machine<ConcernState, ConcernCommand, ConcernEvent> => ({
  initial: { _tag: "None" },
  due: nextTimer,
  decide: decideWith({ terms: disclosure, periods: periodsOf(disclosure) }),
  evolve
})
