/**
 * Steps of one case in the small world, written by hand: wishes to begin from, where they lead, and what a wish is refused by.
 */
import { concernMachine } from "@fortrolig/core/disclosure/machine"
import type { ConcernState } from "@fortrolig/core/disclosure/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { step } from "@fortrolig/core/kernel/machine"
import * as Result from "effect/Result"
import { assert } from "vitest"
import { at } from "./disclosureLives.ts"
import { ada, beginning, ben, caseA, caseB, chat, type Wish } from "./disclosureWishes.ts"
import { grave, light, smallTerms } from "./disclosureWorld.ts"

/** The machine of the small world. */
export const machine = concernMachine({ disclosure: smallTerms })
/** A service with the police only, and no right to disclose without a duty. */
export const noRights = concernMachine({ disclosure: { ...smallTerms, rightToDisclose: false, recipients: ["police"] } })
/** A shift that never ends. */
export const until = 8e12 as Instant

/** Where wishes lead from nothing, a second apart; each must be accepted. */
export const led = (...wishes: ReadonlyArray<Wish>): ConcernState =>
  wishes.reduce<ConcernState>((state, wish, n) => {
    const done = step(machine, state, at(beginning + n * 1000, wish))
    assert.isUndefined(done.refusal)
    return done.state
  }, machine.initial)

/** What a wish is refused by, a minute after the beginning; `undefined` when it is not. */
export const refusal = (state: ConcernState, wish: Wish, by = machine) => Result.match(by.decide(state, at(beginning + 60_000, wish)), { onFailure: ({ rule, says }) => `${rule} ${says}`, onSuccess: () => undefined })

/** What ada, ben and the timers wish for, one of each kind; a test changes what it is about. */
export const raise = { _tag: "Raise", by: ada, ref: caseA, session: { ref: chat, endedAt: null }, flaggedBy: "person", trigger: "seriousOffence", belief: "reason", visitorAsks: false } as const
export const assess = { _tag: "Assess", by: ada, assessment: grave } as const
export const ask = { _tag: "RequestConsult", by: ada, proposes: "duty" } as const
export const yes = { _tag: "GiveOpinion", by: ben, agrees: true } as const
export const duty = { _tag: "DecideDuty", by: ada, bases: ["avert"], recipients: ["police"], shiftEndsAt: until } as const
export const dissent = { ...duty, _tag: "ProceedDespiteDissent", reason: "knowsMore" } as const
export const right = { _tag: "DecideRight", by: ada, recipients: ["police"], shiftEndsAt: until } as const
export const consent = { _tag: "DecideConsent", by: ada, recipients: ["police"], shiftEndsAt: until, visitorAgreed: true } as const
export const none = { _tag: "DecideNone", by: ada, reason: "noDanger" } as const
export const tell = { _tag: "TellVisitor", by: ada } as const
export const prepare = { _tag: "Prepare", by: ada, recipient: "police", fields: ["danger"], covers: [caseA] } as const
export const send = { _tag: "Send", by: ada, recipient: "police" } as const
export const fail = { ...send, _tag: "Fail" } as const
export const acknowledge = { ...send, _tag: "Acknowledge", reference: null } as const
export const close = { _tag: "Close", by: ada, releaseOpen: false } as const
export const imminent = { _tag: "DeclareImminent", by: ada, level: "imminent", minutesMatter: false, bases: ["avert"], recipients: ["police"] } as const
export const absorb = { _tag: "Absorb", by: ben, from: caseB, owes: ["police"], bases: [], sent: false } as const
export const mergeInto = { _tag: "MergeInto", by: ben, into: caseB, taken: ["police"] } as const
export const retract = { _tag: "Retract", by: ada, assessment: light } as const
export const averted = { _tag: "RecordAverted", by: ada, means: "dangerPassed", stillAvertable: true } as const
