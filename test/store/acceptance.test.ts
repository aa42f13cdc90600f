import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { vaultMemory } from "@fortrolig/adapters/keys/vaultMemory"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { type SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { copiedDatabase } from "../../packages/adapters/src/contracts/postgres.contract.ts"
import { deep } from "../support/runs.ts"
import { asking, ground, Hands } from "./ground.ts"
import { startOf } from "./lane.ts"
import { databases, stack } from "./stack.ts"

const visitors = 200
const counsellors = Array.from({ length: 20 }, (_, n) => StaffId.make(n.toString(16).padStart(32, "c")))
const capacity = 4
const rounds = deep ? 10 : 2

const shuffled = <A>(all: ReadonlyArray<A>): ReadonlyArray<A> => all.map((one) => [Math.random(), one] as const).toSorted(([a], [b]) => a - b).map(([, one]) => one)

describe(`${visitors} visitors and ${counsellors.length} counsellors at the same moment, on PostgreSQL`, () => {
  for (const servers of [1, 2]) {
    it.effect(`over ${servers} ${servers === 1 ? "server" : "servers with one database"}: each chat gets one counsellor at most, none gets more than ${capacity}, and no change is lost, ${rounds} times`, () =>
      Effect.gen(function*() {
        const url = yield* copiedDatabase
        const vaults = { service: vaultMemory(), custody: vaultMemory() }
        const policy = { ...asking, capacity }
        const hands = new Hands(startOf(0))
        const boards = yield* Effect.forEach(Array.from({ length: servers }, (_, n) => n), (n) =>
          Effect.gen(function*() {
            const stores = yield* stack(yield* databases(url), vaults)
            const services = Context.merge(stores, yield* ground(hands, `server ${n}`, [policy]))
            return { sessions: Context.get(stores, SessionStore), board: Context.get(yield* Layer.build(Layer.fresh(Switchboard.layer)).pipe(Effect.provide(services)), Switchboard) }
          }))
        const of = (n: number) => boards[n % servers] ?? assert.fail("there is a server")
        let saved = 0
        for (let round = 0; round < rounds; round += 1) {
          const changes = new Map<SessionRef, number>()
          const changed = (ref: SessionRef) => Effect.sync(() => void changes.set(ref, (changes.get(ref) ?? 0) + 1))
          const owners = new Map<SessionRef, Set<StaffId>>()
          const opened: Array<SessionRef> = []
          const visit = (n: number) =>
            Effect.gen(function*() {
              const { ref } = yield* of(n).board.open({ service: policy.service, noticeVersion: "v1", front: false })
              opened.push(ref)
              yield* changed(ref)
            })
          const take = (n: number) => {
            const [counsellor, { board }] = [counsellors[n % counsellors.length] ?? assert.fail("there is a counsellor"), of(n % counsellors.length)]
            const tries = Effect.suspend(() => {
              const ref = opened[Math.floor(Math.random() * opened.length)]
              if (ref === undefined) return Effect.void
              return board.command(ref, { _tag: "Accept", counsellor }).pipe(
                Effect.tap((state) => Effect.gen(function*() {
                  if (state._tag !== "Active" || state.counsellor !== counsellor) return
                  const had = owners.get(ref) ?? new Set()
                  if (!had.has(counsellor)) yield* changed(ref)
                  owners.set(ref, had.add(counsellor))
                })),
                Effect.tap(() => Effect.sync(() => assert.isAtMost(board.holding(counsellor).length, capacity))),
                Effect.catchTags({ Refused: () => Effect.void, UnknownSession: () => Effect.void })
              )
            })
            let tried = 0
            const tryOnce = Effect.andThen(Effect.yieldNow, tries).pipe(Effect.tap(() => Effect.sync(() => (tried += 1))))
            // Until everybody has come: on a busy machine nobody may be there for a while.
            return Effect.repeat(tryOnce, { until: () => tried >= 12 && opened.length === visitors })
          }
          yield* Effect.all(shuffled([...Array.from({ length: visitors }, (_, n) => visit(n)), ...Array.from({ length: 40 }, (_, n) => take(n))]), { concurrency: "unbounded" })
          const held = new Map<StaffId, number>()
          for (const ref of opened) {
            const { state, version } = Option.getOrThrow(yield* of(0).sessions.load(ref))
            const mine = [...(owners.get(ref) ?? [])]
            assert.deepStrictEqual(state._tag === "Active" ? [state.counsellor] : [], mine, "one owner, and the one who was told so")
            assert.strictEqual(version, changes.get(ref), "as many versions as changes")
            saved += version
            for (const counsellor of mine) held.set(counsellor, (held.get(counsellor) ?? 0) + 1)
          }
          assert.strictEqual(opened.length, visitors)
          assert.isAbove(held.size, 10, "they did race")
          for (const [, n] of held) assert.isAtMost(n, capacity)
          // Every server ends them: none has heard of what another one did.
          yield* Effect.forEach(boards, ({ board }) => Effect.forEach(opened, (ref) => Effect.ignore(board.command(ref, { _tag: "End", by: "visitor" })), { concurrency: "unbounded" }))
        }
        console.log(`${saved} changes saved by ${servers}`)
      }), 120_000)
  }
})
