/** 6 s. */
import { createHash } from "node:crypto"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { sever } from "@fortrolig/core/app/sever"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { after, hours, type Period } from "@fortrolig/core/kernel/instant"
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import type { Joins } from "@fortrolig/core/ports/JoinAudit"
import { CaseRef } from "@fortrolig/core/retention/messages"
import { triageService, yesAndNote } from "../contracts/consents.contract.ts"
import { consentsIn } from "../contracts/consentsDatabase.contract.ts"
import { dueAt, justBefore, newRef, start } from "../contracts/fixtures.contract.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { randomness } from "../system/randomness.ts"
import { accessRegister } from "./accessRegister.ts"
import { attempt } from "./database.ts"
import { sql } from "./drizzle.ts"
import { heldTraces } from "./heldTraces.ts"
import { joinAudit } from "./joinAudit.ts"
import { pgliteDatabase } from "./pglite.ts"

const clean: Joins = { notes: 0, identifiers: 0, strange: [], openText: 0, linked: 0, overdue: 0, apart: 0, outliving: 0 }
const hour = new Map<ServiceName, Period>([[triageService, hours(1)]])
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex").slice(0, 32)

it.live("no path leads to an anonymous note from a session, a receipt or a trace; and each kind of path that somebody makes is found", () =>
  Effect.gen(function*() {
    const [service, custody] = [yield* pgliteDatabase(undefined, "service", [triageService]), yield* pgliteDatabase(undefined, "custody", [triageService])]
    const stores = consentsIn(service)
    const { find } = joinAudit(service, [custody])
    const found = Effect.fnUntraced(function*(at = start) {
      const { identifiers: _columns, notes: _notes, ...rest } = yield* find(at, hour)
      return rest
    })
    const { identifiers: _columns, notes: _notes, ...kept } = clean
    const owner = (statement: string) => attempt("plant", () => service.asOwner((tx) => tx.execute(sql.raw(statement))))
    const note = (id: string, over: { period?: string; purposes?: string; fields?: string } = {}) => {
      const { fields = '{"topic":"other","talkedBefore":"no","help":"advice","useful":"yes"}', period = "2026-01", purposes = "research" } = over
      return owner(`insert into service.anonymous_note values ('${id}', '${triageService}', '${period}', '${purposes}', '${fields}')`)
    }
    const removed = owner("delete from service.anonymous_note")

    // An order keeps the trace of a session whose note is severed: its reference stands in the vendor realm for longer.
    const [gone, ref] = [newRef(), newRef()]
    const [until, vault] = [after(dueAt, hours(1)), vaultMemory()]
    yield* accessRegister(custody, vault, (plain) => Promise.resolve(plain)).register({ sessionRef: gone, service: triageService, ip: ipAddress("127.0.0.77"), openedAt: start, deleteAt: dueAt })
    const { receiptHash } = yield* Effect.provide(
      Effect.gen(function*() {
        yield* yesAndNote(gone)
        const held = heldTraces(custody, vault)
        yield* held.keep(Option.getOrThrow(yield* held.find(gone, dueAt)), [{ authority: "court", caseRef: CaseRef.make("1"), until }], until)
        yield* sever(dueAt)
        return yield* yesAndNote(ref)
      }),
      stores
    ).pipe(Effect.provide(randomness))
    assert.deepStrictEqual(yield* find(start, hour), { ...clean, notes: 1, identifiers: (yield* find(start, hour)).identifiers })
    assert.isAtLeast((yield* find(start, hour)).identifiers, 8)

    assert.deepStrictEqual(yield* found(justBefore), kept)
    assert.deepStrictEqual(yield* found(dueAt), { ...kept, overdue: 3 })
    assert.deepStrictEqual(yield* found(after(start, -1 as Period)), { ...kept, outliving: 3 })
    assert.deepStrictEqual((yield* find(start, new Map())).outliving, 3)

    const [refBytes, hash] = [Buffer.from(ref, "hex"), Buffer.from(receiptHash, "hex")]
    const ways = [ref, [...ref].reverse().join(""), sha256(refBytes), sha256(Buffer.from(ref)), createHash("md5").update(refBytes).digest("hex")]
    for (const id of ways) {
      yield* removed
      yield* note(id)
      assert.deepStrictEqual(yield* found(), { ...kept, linked: 2 }, "made of a reference, which stands in two tables")
    }
    for (const id of [receiptHash.slice(0, 32), receiptHash.slice(32), sha256(hash)]) {
      yield* removed
      yield* note(id)
      assert.deepStrictEqual(yield* found(), { ...kept, linked: 1 }, "made of a receipt")
    }
    yield* removed
    for (const over of [{ period: "2026-01-07" }, { purposes: "treatment" }, { fields: '{"topic":"other","talkedBefore":"no","help":"advice","useful":"yes","said":"x"}' }]) {
      yield* note(newRef(), over)
      assert.deepStrictEqual(yield* found(), { ...kept, openText: 1 })
      yield* removed
    }
    yield* owner(`delete from service.consent where ref = '${ref}'`)
    assert.deepStrictEqual(yield* found(), { ...kept, apart: 1 })
    yield* owner("alter table service.anonymous_note add column session uuid")
    yield* owner("create index note_period on service.anonymous_note (period)")
    assert.deepStrictEqual((yield* found()).strange, ["column session", "index service.note_period"])
  }).pipe(Effect.scoped), 60_000)
