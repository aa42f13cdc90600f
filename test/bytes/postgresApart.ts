/**
 * A process of its own on the folders and databases of a stopped server: asks the same person for consent and writes a note, as pages will, and has an authority order that
 * one trace be kept. The ids come in as JSON, the first argument; every text that a person could have said is TEST_WORDS.
 */
import { join } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { readCustodians } from "@fortrolig/adapters/custody/custodians"
import { server } from "@fortrolig/adapters/server"
import { trustedClock } from "@fortrolig/adapters/system/trustedClock"
import { orderHold } from "@fortrolig/core/app/hold"
import { ReceiptHash } from "@fortrolig/core/consent/messages"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { after, hours, Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { Policies } from "@fortrolig/core/ports/Policies"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { CaseRef } from "@fortrolig/core/retention/messages"

/** What is to be written. */
export interface Task {
  /** Two sessions of the service that asks for triage, and the deadline of their traces; the note of the second one's person is taken back. */
  readonly refs: readonly [string, string]
  readonly deleteAt: number
  readonly receipts: readonly [string, string]
  /** A session whose trace an order keeps, and that trace's deadline. */
  readonly held: { readonly ref: string; readonly deleteAt: number }
  /** The hash of an invitation that is made twice: the second time fails. */
  readonly invitation: string
}

const setting = (name: string): string => process.env[name] ?? ""
const words = setting("TEST_WORDS")
const notice = { version: words, language: "nb" } as const

const write = Effect.fnUntraced(function*({ deleteAt, held, invitation, receipts, refs }: Task) {
  const [consents, notes, staff] = [yield* ConsentStore, yield* TriageStore, yield* StaffStore]
  const due = Instant.make(deleteAt)
  for (const [at, text] of refs.entries()) {
    const ref = SessionRef.make(text)
    const receiptHash = ReceiptHash.make(receipts[at] ?? "")
    const stored = { ref, subject: "triage", service: detfinneshjelp.service } as const
    const yes = { _tag: "Granted", deleteAt: due, timesAsked: 1, notice, purposes: ["quality", "research"], receiptHash, grantedAt: Instant.make(Date.now()) } as const
    yield* consents.save({ ...stored, version: 0, state: { _tag: "Asked", deleteAt: due, timesAsked: 1, notice } })
    yield* consents.save({ ...stored, version: 1, state: yes })
    const fields = { topic: "thoughts", talkedBefore: "no", help: "advice", useful: "yes" } as const
    const note = { _tag: "Linked", session: ref, receiptHash, writtenAt: yes.grantedAt, deleteAt: due, purposes: ["quality", "research"], fields } as const
    yield* notes.write({ service: detfinneshjelp.service, grain: "month", note }, 2)
    if (at === 1) yield* consents.save({ ...stored, version: 2, state: { _tag: "Withdrawn", deleteAt: due } })
  }
  const trace = Instant.make(held.deleteAt)
  yield* orderHold({ sessionRef: SessionRef.make(held.ref), deleteAt: trace }, { authority: "police", caseRef: CaseRef.make(words), until: after(trace, hours(20)) })
  const twice = staff.invite({ secret: invitation, service: detfinneshjelp.service, deleteAt: after(Instant.make(Date.now()), hours(24)) })
  yield* twice
  yield* Effect.flip(twice)
})

const program = Effect.gen(function*() {
  const keysFolder = setting("FORTROLIG_KEYS")
  const policies = [detfinneshjelp, ifengsel]
  const stores = server({
    dataFolder: setting("FORTROLIG_DATA"),
    keysFolder,
    custodians: yield* readCustodians(join(keysFolder, "custodians.json")),
    services: policies.map(({ service }) => service),
    databases: { service: Redacted.make(setting("DATABASE_URL")), custody: Redacted.make(setting("CUSTODY_DATABASE_URL")) }
  })
  const served = Layer.succeedContext(Context.make(Policies, { all: policies, of: (name) => policies.find(({ service }) => service === name), demonstration: false }))
  yield* write(JSON.parse(process.argv[2] ?? "")).pipe(Effect.provide(Layer.mergeAll(stores, trustedClock, served)))
})

// Imported for its type alone in a test, started by its name in a process.
if (process.argv[1] === import.meta.filename) await Effect.runPromise(program)
