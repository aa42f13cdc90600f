/**
 * The one table of a case: which state accepts what, and where it may lead. What is not named is refused.
 */
import type { Table } from "../kernel/table.ts"
import type { ConcernCommand, ConcernState } from "./messages.ts"

type Tag = ConcernState["_tag"]

/** What every open state accepts without leaving. */
const always = <const State extends Tag>(state: State) =>
  ({
    TellVisitor: [state],
    DeferTelling: [state],
    CannotTell: [state],
    HandOver: [state],
    ChatEnded: [state],
    LearnDeadline: [state],
    Expire: [state]
  }) as const

/** What a state with something to pass on accepts besides. */
const passing = <const State extends Tag>(state: State) =>
  ({ ...always(state), Prepare: [state], Send: [state], Fail: [state], Acknowledge: [state, "Fulfilled"], RecordAverted: ["Fulfilled"] }) as const

/** The case about a danger, from nothing to gone. */
export const concernTable = {
  None: { Raise: ["Raised"] },
  Raised: { ...always("Raised"), Assess: ["Assessed"], DeclareImminent: ["DutyDecided"] },
  Assessed: { ...always("Assessed"), Assess: ["Assessed"], DeclareImminent: ["DutyDecided"], RequestConsult: ["Consulting"] },
  Consulting: {
    ...always("Consulting"),
    Assess: ["Assessed"],
    DeclareImminent: ["DutyDecided"],
    GiveOpinion: ["Consulted"],
    Expire: ["Consulting", "ConsultTimedOut"]
  },
  Consulted: {
    ...always("Consulted"),
    Assess: ["Assessed"],
    DeclareImminent: ["DutyDecided"],
    RequestConsult: ["Consulting"],
    DecideDuty: ["DutyDecided"],
    ProceedDespiteDissent: ["DutyDecided"],
    DecideRight: ["RightDecided"],
    DecideConsent: ["ConsentDecided"],
    DecideNone: ["NoDuty"]
  },
  ConsultTimedOut: {
    ...always("ConsultTimedOut"),
    Assess: ["Assessed"],
    DeclareImminent: ["DutyDecided"],
    RequestConsult: ["Consulting"],
    GiveOpinion: ["Consulted"],
    DecideDuty: ["DutyDecided"],
    DecideConsent: ["ConsentDecided"],
    DecideNone: ["NoDuty"]
  },
  DutyDecided: {
    ...passing("DutyDecided"),
    Retract: ["DutyDecided", "NoDuty"],
    Review: ["DutyDecided"],
    Absorb: ["DutyDecided"],
    MergeInto: ["Closed"]
  },
  RightDecided: { ...passing("RightDecided"), Retract: ["RightDecided", "NoDuty"] },
  ConsentDecided: { ...passing("ConsentDecided"), Retract: ["Assessed"] },
  // Nothing was passed on, so there is nothing to tell later.
  NoDuty: { TellVisitor: ["NoDuty"], CannotTell: ["NoDuty"], HandOver: ["NoDuty"], ChatEnded: ["NoDuty"], LearnDeadline: ["NoDuty"], Expire: ["NoDuty"], Review: ["NoDuty"], Close: ["Closed"] },
  Fulfilled: { ...always("Fulfilled"), Review: ["Fulfilled"], Close: ["Closed"] },
  Closed: { ChatEnded: ["Closed"], Close: ["Closed"], Expire: ["Gone"] },
  Gone: {}
} as const satisfies Table<Tag, ConcernCommand["_tag"]>
