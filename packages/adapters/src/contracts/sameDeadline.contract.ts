/**
 * Worlds that must end alike, and a trace and a note that must end together, over whichever stores there are.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { sever } from "@fortrolig/core/app/sever"
import { consentMachine } from "@fortrolig/core/consent/machine"
import type { ConsentState } from "@fortrolig/core/consent/messages"
import { triageConsent } from "@fortrolig/core/consent/terms"
import { writeNote } from "@fortrolig/core/consent/triage"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { step } from "@fortrolig/core/kernel/machine"
import type { Policy } from "@fortrolig/core/policy/policy"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import * as Result from "effect/Result"
import { fields, newReceipt } from "./consents.contract.ts"

/** What a visitor does when the question comes: nothing at all means that it never came. */
export type Answer = "yes" | "no" | "silence" | "takenBack" | "neverAsked"

/** One chat as the machine and the stores live it: the question, the answer, a note where there is a yes, and the end of the chat. */
export const chat = Effect.fnUntraced(function*(policy: Policy, ref: SessionRef, openedAt: Instant, answer: Answer) {
  const [consents, notes] = [yield* ConsentStore, yield* TriageStore]
  const terms = triageConsent(policy)
  if (terms === undefined || policy.triage === null || answer === "neverAsked") return
  const machine = consentMachine(terms)
  const at = openedAt
  const facts = { at, notice: { version: "1", language: "nb" }, chatActive: true, statedAge: null } as const
  const receiptHash = newReceipt()
  let state: ConsentState = machine.initial
  let version = 0
  const tell = Effect.fnUntraced(function*(command: Parameters<typeof machine.decide>[1]) {
    const done = step(machine, state, command)
    if (done.events.length === 0) return
    state = done.state
    if (state._tag !== "NotShown" && state._tag !== "Expired") yield* consents.save({ ref, subject: "triage", service: policy.service, version: version++, state })
  })
  yield* tell({ _tag: "ShowNotice", openedAt, ...facts })
  yield* tell({ _tag: "Ask", ...facts })
  if (answer === "no") yield* tell({ _tag: "Decline", at, by: "visitor", question: 1 })
  if (answer === "yes" || answer === "takenBack") {
    yield* tell({ _tag: "Grant", at, by: "visitor", question: 1, notice: facts.notice, purposes: ["quality", "research"], receiptHash })
    const note = Result.getOrThrow(writeNote(state, { at, session: ref, fields }))
    yield* notes.write({ note, service: policy.service, grain: policy.triage.grain }, version)
  }
  yield* tell({ _tag: "SessionOver", at })
  if (answer === "takenBack") yield* tell({ _tag: "Withdraw", at, receiptHash })
})

/** The service realm's sweep of consents and notes. It is told nothing of any trace. */
export const sweepService = Effect.fnUntraced(function*(at: Instant) {
  yield* sever(at)
  yield* (yield* KeyVault).destroyDue(at)
  yield* (yield* ConsentStore).forget(at)
  yield* (yield* TriageStore).forget(at)
})

/** Whether a note of this session is stored as linked, due or not. */
export const isLinked = Effect.fnUntraced(function*(ref: SessionRef) {
  return Option.isSome(yield* (yield* TriageStore).find(ref, 0 as Instant))
})
