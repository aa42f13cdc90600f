import { randomBytes } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { server } from "@fortrolig/adapters/server"
import { recover } from "@fortrolig/core/app/recover"
import { invite, redeem } from "@fortrolig/core/app/staff"
import { sweep } from "@fortrolig/core/app/sweep"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { type SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import { AccessRegister, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { ContentStore, KeepPermit } from "@fortrolig/core/ports/ContentStore"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { accessTraceDeleteAt } from "@fortrolig/core/retention/deadlines"
import { temporaryInstall } from "../../packages/adapters/src/contracts/temporary.contract.ts"
import { deep } from "../support/runs.ts"
import { startCluster } from "../support/cluster.ts"
import { openEyes } from "./dump.ts"
import { ground, Hands, keeping } from "./ground.ts"
import { startOf } from "./lane.ts"

const rounds = deep ? 6 : 1
const people = 8

describe("PostgreSQL is restarted under load", () => {
  it.live("in order and by a kill, while chats open, write and end and sweeps run: nothing is lost that was answered for, and everything is gone after its deadline", () =>
    Effect.gen(function*() {
      const cluster = yield* Effect.acquireRelease(Effect.promise(() => startCluster()), ({ remove }) => Effect.promise(remove))
      const url = Redacted.make(cluster.url())
      const stores = yield* Layer.build(server({ ...(yield* temporaryInstall), databases: { service: url, custody: url } }))
      const hands = new Hands(startOf(0))
      const services = Context.merge(stores, yield* ground(hands, randomBytes(8).toString("hex"), [{ ...keeping, capacity: 50 }]))
      const board = Context.get(yield* Layer.build(Switchboard.layer).pipe(Effect.provide(services)), Switchboard)
      const permit = KeepPermit.of(keeping)
      if (permit === undefined) return assert.fail("the policy keeps text")

      const traces = new Map<SessionRef, number>()
      const kept = new Map<SessionRef, number>()
      const ended = new Set<SessionRef>()
      const secrets: Array<string> = []
      const failed = { commands: 0, sweeps: 0 }
      const answered = { commands: 0, sweeps: 0 }
      let over = false
      const hears = <A, E, R>(work: Effect.Effect<A, E, R>) =>
        work.pipe(Effect.tap(() => Effect.sync(() => void (answered.commands += 1))), Effect.tapError(() => Effect.sync(() => void (failed.commands += 1))))
      const chat = (counsellor: StaffId) =>
        Effect.gen(function*() {
          const { ref, state } = yield* hears(board.open({ service: keeping.service, noticeVersion: "v1", front: false }))
          if (state._tag !== "Waiting") return
          const deleteAt = accessTraceDeleteAt(keeping, state.openedAt)
          yield* hears(Context.get(stores, AccessRegister).register({ sessionRef: ref, service: keeping.service, ip: ipAddress("127.8.3.7"), openedAt: state.openedAt, deleteAt }))
          traces.set(ref, deleteAt)
          yield* hears(board.command(ref, { _tag: "Accept", counsellor }))
          for (let n = 1; n <= 3; n += 1) {
            yield* hears(Context.get(stores, ContentStore).keep(permit, ref, [{ by: "visitor", n, at: hands.now, bytes: randomBytes(40) }]))
            kept.set(ref, n)
          }
          secrets.push(yield* hears(invite(keeping.service)))
          yield* hears(board.command(ref, { _tag: "End", by: "visitor" })).pipe(Effect.tap(() => Effect.sync(() => ended.add(ref))))
        }).pipe(Effect.catchTags({ StoreUnavailable: () => Effect.sleep("20 millis"), Refused: () => Effect.void, UnknownSession: () => Effect.void, UnknownService: () => Effect.void }))
      const until = <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.repeat(work, { while: () => !over })
      const person = (n: number) => until(chat(StaffId.make(n.toString(16).padStart(32, "d"))))
      const sweeping = until(Effect.exit(sweep).pipe(Effect.tap((exit) => Effect.sync(() => void ((Exit.isSuccess(exit) ? answered : failed).sweeps += 1))), Effect.andThen(board.tick), Effect.andThen(Effect.sleep("10 millis"))))

      yield* Effect.gen(function*() {
        const load = yield* Effect.forkChild(Effect.all([...Array.from({ length: people }, (_, n) => person(n)), sweeping], { concurrency: "unbounded" }))
        for (let round = 0; round < rounds; round += 1) {
          yield* Effect.sleep("400 millis")
          yield* Effect.promise(cluster.restart)
          yield* Effect.sleep("400 millis")
          yield* Effect.promise(cluster.kill)
          yield* Effect.sleep("100 millis")
          yield* Effect.promise(cluster.restart)
        }
        yield* Effect.sleep("400 millis")
        over = true
        yield* Fiber.join(load)

        // A server that starts after all this.
        yield* sweep
        yield* recover(hands.now)
        const eyes = yield* openEyes(url)
        const owed = yield* eyes.owed(hands.now)
        for (const [ref, deleteAt] of traces) assert.isTrue(Option.isSome(yield* Context.get(stores, HeldTraces).find(ref, deleteAt as typeof hands.now)), "a trace that was answered for can be opened")
        const pieces = [...kept.values()].reduce((sum, n) => sum + n, 0)
        assert.isAtLeast(owed["service.content"] ?? 0, pieces)
        assert.deepStrictEqual(yield* Context.get(stores, SessionStore).live, [])
        for (const secret of secrets.slice(0, 20)) assert.strictEqual((yield* redeem(secret)).service, keeping.service)
        assert.isTrue(failed.commands > 0 && failed.sweeps > 0, "they did meet")
        console.log(`${answered.commands} commands and ${answered.sweeps} sweeps answered, ${failed.commands} and ${failed.sweeps} failed; ${ended.size} chats ended`)

        hands.to(1800)
        const swept = yield* sweep
        assert.strictEqual(swept.stayed, 0)
        const end = yield* eyes.dump(hands.start, { service: Context.get(stores, KeyVault), custody: Context.get(stores, CustodyVault) })
        assert.deepStrictEqual(end.filter((line) => !/^a leaf of|bucket_ledger|installation|: reached/.test(line)), [])
      }).pipe(Effect.provide(services))
    }).pipe(Effect.scoped), 60_000)
})
