import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { audit } from "@fortrolig/core/app/audit"
import { recover } from "@fortrolig/core/app/recover"
import { invite, redeem, signOut, whoIs } from "@fortrolig/core/app/staff"
import { sweep } from "@fortrolig/core/app/sweep"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { StaffId } from "@fortrolig/core/kernel/identity"
import { after, before, hours, type Instant, minutes, Period } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { ContentStore, KeepPermit } from "@fortrolig/core/ports/ContentStore"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { accessTraceDeleteAt, contentDeleteAt, sessionRowDeleteAt } from "@fortrolig/core/retention/deadlines"
import { invitationPeriod, staffSessionPeriod } from "@fortrolig/core/retention/dataClass"
import { wednesday, world } from "./world.ts"

const ada = StaffId.make("a".repeat(32))
const permit = KeepPermit.of(ifengsel)

/** A whole chat of one service that ends at once, with one kept piece where the policy keeps any. */
const chat = Effect.fnUntraced(function*(policy: Policy, openedAt: Instant) {
  const switchboard = yield* Switchboard
  const { service } = policy
  const { ref } = yield* switchboard.open({ service, noticeVersion: "v1", front: false })
  const deleteAt = accessTraceDeleteAt(policy, openedAt)
  yield* (yield* AccessRegister).register({ sessionRef: ref, service, ip: ipAddress("127.8.3.7"), openedAt, deleteAt })
  yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
  if (permit !== undefined && policy.content.store === "server") {
    yield* (yield* ContentStore).keep(permit, ref, [{ by: "visitor", n: 1, at: openedAt, bytes: new Uint8Array([1, 2, 3]) }])
  }
  yield* switchboard.command(ref, { _tag: "End", by: "visitor" })
  return ref
})

const rowOf = (report: Effect.Success<typeof audit>, policy: Policy, dataClass: string) => {
  const row = report.rows.find((one) => one.service === policy.service && one.dataClass === dataClass)
  if (row === undefined) throw new Error(`the audit has no row for ${dataClass}`)
  return row
}

describe("forgetting", () => {
  const cases = [
    [detfinneshjelp, "accessTrace", accessTraceDeleteAt(detfinneshjelp, wednesday)],
    [detfinneshjelp, "endedSession", sessionRowDeleteAt(detfinneshjelp, wednesday)],
    [ifengsel, "accessTrace", accessTraceDeleteAt(ifengsel, wednesday)],
    [ifengsel, "content", contentDeleteAt(ifengsel, wednesday)],
    [ifengsel, "endedSession", sessionRowDeleteAt(ifengsel, wednesday)]
  ] as const
  for (const [policy, dataClass, deadline] of cases) {
    it.effect(`${dataClass} of ${policy.service} is kept until its deadline, broken from then on, and gone after a sweep`, () => {
      const { layer, knobs } = world()
      return Effect.gen(function*() {
        yield* chat(policy, wednesday)
        knobs.now = before(deadline, Period.make(1))
        yield* sweep
        const kept = rowOf(yield* audit, policy, dataClass)
        assert.deepStrictEqual([kept.count, kept.overdue, kept.verdict], [1, 0, "kept"])
        knobs.now = deadline
        const overdue = yield* audit
        const broken = rowOf(overdue, policy, dataClass)
        assert.deepStrictEqual([broken.count, broken.overdue, broken.verdict, overdue.kept], [1, 1, "broken", false])
        yield* sweep
        const swept = yield* audit
        assert.deepStrictEqual([rowOf(swept, policy, dataClass).count, swept.overdueKeys, swept.kept], [0, 0, true])
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("hides by a wall clock that runs ahead, and destroys nothing while the clock is in doubt", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      yield* chat(detfinneshjelp, wednesday)
      knobs.wall = accessTraceDeleteAt(detfinneshjelp, wednesday)
      knobs.suspect = true
      assert.strictEqual(rowOf(yield* audit, detfinneshjelp, "accessTrace").verdict, "broken")
      assert.strictEqual((yield* sweep).paused, true)
      assert.strictEqual(rowOf(yield* audit, detfinneshjelp, "accessTrace").count, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("calls a live session overdue only when it has outlived the longest session that its policy allows", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      yield* switchboard.open({ service: detfinneshjelp.service, noticeVersion: "v1", front: false })
      const limit = after(wednesday, minutes(detfinneshjelp.limits.lengthMinutes))
      knobs.now = before(limit, minutes(1))
      assert.strictEqual(rowOf(yield* audit, detfinneshjelp, "liveSession").verdict, "kept")
      knobs.now = limit
      assert.strictEqual(rowOf(yield* audit, detfinneshjelp, "liveSession").verdict, "broken")
    }).pipe(Effect.provide(layer))
  })
})

describe("recovery after a kill", () => {
  it.effect("ends every session that was live, at the last activity plus the idle limit when that is earlier than now", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const sessions = yield* SessionStore
      const { ref } = yield* switchboard.open({ service: ifengsel.service, noticeVersion: "v1", front: false })
      yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
      const lastKept = after(wednesday, minutes(10))
      if (permit !== undefined) yield* (yield* ContentStore).keep(permit, ref, [{ by: "visitor", n: 1, at: lastKept, bytes: new Uint8Array([1]) }])
      knobs.now = after(wednesday, hours(20))
      assert.deepStrictEqual((yield* recover(wednesday)).ended, [ref])
      assert.deepStrictEqual(yield* sessions.load(ref), Option.none())
      assert.deepStrictEqual((yield* recover(wednesday)).ended, [])
      const endedAt = after(lastKept, minutes(ifengsel.limits.idleMinutes))
      knobs.now = before(contentDeleteAt(ifengsel, endedAt), minutes(1))
      yield* sweep
      assert.strictEqual(rowOf(yield* audit, ifengsel, "content").count, 1)
      knobs.now = contentDeleteAt(ifengsel, endedAt)
      yield* sweep
      assert.strictEqual(rowOf(yield* audit, ifengsel, "content").count, 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends one whose key is gone at the mark of the vault: it was ending when the server stopped, however long ago that was", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const { ref } = yield* (yield* Switchboard).open({ service: detfinneshjelp.service, noticeVersion: "v1", front: false })
      yield* (yield* KeyVault).end(ref)
      const reached = after(wednesday, minutes(20))
      const dueAt = sessionRowDeleteAt(detfinneshjelp, reached)
      knobs.now = before(dueAt, minutes(1))
      assert.deepStrictEqual((yield* recover(reached)).ended, [ref])
      yield* sweep
      assert.strictEqual(rowOf(yield* audit, detfinneshjelp, "endedSession").count, 1)
      knobs.now = dueAt
      yield* sweep
      assert.strictEqual(rowOf(yield* audit, detfinneshjelp, "endedSession").count, 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends it now when the server was away for less than the idle limit", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      yield* switchboard.open({ service: detfinneshjelp.service, noticeVersion: "v1", front: false })
      knobs.now = after(wednesday, minutes(3))
      yield* recover(wednesday)
      knobs.now = before(sessionRowDeleteAt(detfinneshjelp, after(wednesday, minutes(3))), minutes(1))
      yield* sweep
      assert.strictEqual(rowOf(yield* audit, detfinneshjelp, "endedSession").count, 1)
    }).pipe(Effect.provide(layer))
  })
})

describe("staff", () => {
  it.effect("sign in with an invitation once, before its deadline, until they sign out or twelve hours have passed", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const secret = yield* invite(ifengsel.service)
      const { token, staff, service } = yield* redeem(secret)
      assert.strictEqual(service, ifengsel.service)
      assert.deepStrictEqual(yield* whoIs(token), { staff, service })
      assert.strictEqual((yield* Effect.flip(redeem(secret)))._tag, "NotSignedIn")
      knobs.now = after(wednesday, staffSessionPeriod)
      assert.strictEqual((yield* Effect.flip(whoIs(token)))._tag, "NotSignedIn")
      knobs.now = wednesday
      yield* signOut(token)
      assert.strictEqual((yield* Effect.flip(whoIs(token)))._tag, "NotSignedIn")
      const late = yield* invite(ifengsel.service)
      knobs.now = after(wednesday, invitationPeriod)
      assert.strictEqual((yield* Effect.flip(redeem(late)))._tag, "NotSignedIn")
    }).pipe(Effect.provide(layer))
  })

  it.effect("are invited only to a service that this install serves", () => {
    const { layer } = world({ policies: [detfinneshjelp] })
    return Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(invite(ifengsel.service)))._tag, "UnknownService")
    }).pipe(Effect.provide(layer))
  })
})
