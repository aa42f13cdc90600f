/** 6 s. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { after, before, type Instant, Period } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { accessTraceDeleteAt } from "@fortrolig/core/retention/deadlines"
import { triageService } from "../contracts/consents.contract.ts"
import { consentsIn } from "../contracts/consentsDatabase.contract.ts"
import { newRef, start } from "../contracts/fixtures.contract.ts"
import { type Answer, chat, sweepService } from "../contracts/sameDeadline.contract.ts"
import { randomness } from "../system/randomness.ts"
import { attempt } from "./database.ts"
import { sql } from "./drizzle.ts"
import { pgliteDatabase } from "./pglite.ts"
import type { RealmDatabase } from "./realmDatabase.ts"

const dueAt = accessTraceDeleteAt(detfinneshjelp, start)

/** A store as a new one is: making one takes seconds. */
const emptied = `do $$ declare leaf regclass; begin
  for leaf in select oid::regclass from pg_class where relnamespace = 'service'::regnamespace and relkind = 'r' and relname ~ '_[0-9]+$' loop execute 'drop table ' || leaf; end loop;
  delete from service.receipt; delete from service.anonymous_note;
end $$`

/** Everything that is stored beside what is random: how long each sealed value is, which leaves stand, which keys are held, and what notes have left. */
const worldIn = Effect.fnUntraced(function*(realm: RealmDatabase, answers: ReadonlyArray<Answer>, at: Instant) {
  yield* attempt("begin anew", () => realm.asOwner((tx) => tx.execute(sql.raw(emptied))))
  return yield* Effect.gen(function*() {
    for (const answer of answers) yield* chat(detfinneshjelp, newRef(), start, answer)
    yield* sweepService(at)
    const rows = (query: string) => attempt("dump", () => realm.asOwner((tx) => tx.select({ all: sql<string>`coalesce(json_agg(x order by x::text), '[]')::text` }).from(sql.raw(`(${query}) as x`))))
    const shape = "delete_at, service, octet_length(wrapped) as wrapped, octet_length(sealed) as sealed"
    return {
      consent: yield* rows(`select purpose, ${shape} from service.consent`),
      triage: yield* rows(`select ${shape} from service.triage`),
      receipt: yield* rows(`select ${shape} from service.receipt`),
      anonymous: yield* rows("select service, period, purposes, fields from service.anonymous_note"),
      leaves: yield* rows("select relname from pg_class where relnamespace = 'service'::regnamespace and relkind in ('r', 'i')"),
      keys: (yield* (yield* KeyVault).inventory).buckets
    }
  }).pipe(Effect.provide(consentsIn(realm)), Effect.provide(randomness))
})

it.live("declining, silence, a yes that was taken back and never having been asked leave the same store after the deadline (X-04)", () =>
  Effect.gen(function*() {
    const realm = yield* pgliteDatabase(undefined, "service", [triageService])
    const world = (answers: ReadonlyArray<Answer>, at: Instant) => worldIn(realm, answers, at)
    const never = yield* world(["yes", "neverAsked"], dueAt)
    for (const answer of ["no", "silence", "takenBack"] as const) assert.deepStrictEqual(yield* world(["yes", answer], dueAt), never, answer)
    assert.notDeepEqual(yield* world(["yes", "yes"], dueAt), never)
    assert.notDeepEqual(yield* world(["yes", "no"], before(dueAt, Period.make(1))), never)
    assert.deepStrictEqual(yield* world(["yes", "no"], after(dueAt, Period.make(1))), yield* world(["yes"], after(dueAt, Period.make(1))))
  }).pipe(Effect.scoped), 60_000)

it.live("until the deadline too, a no, silence and a yes that was taken back cannot be told apart in the store (DFH-14)", () =>
  Effect.gen(function*() {
    const realm = yield* pgliteDatabase(undefined, "service", [triageService])
    const world = (answers: ReadonlyArray<Answer>, at: Instant) => worldIn(realm, answers, at)
    const no = yield* world(["no"], start)
    for (const answer of ["silence", "takenBack"] as const) {
      // The leaf and the key of a note that was deleted stand until their hour is over; they say nothing of whose it was.
      assert.deepStrictEqual({ ...(yield* world([answer], start)), leaves: no.leaves, keys: no.keys }, no, answer)
    }
    assert.notDeepEqual((yield* world(["yes"], start)).triage, no.triage)
  }).pipe(Effect.scoped), 60_000)
