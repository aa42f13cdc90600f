import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { audit, auditQuickly } from "@fortrolig/core/app/audit"
import type { AuditReport } from "@fortrolig/core/app/auditReport"
import { sweep } from "@fortrolig/core/app/sweep"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { SessionRef, type ServiceName } from "@fortrolig/core/kernel/identity"
import { after, hours, minutes, Period } from "@fortrolig/core/kernel/instant"
import { carrying } from "@fortrolig/core/policy/parts"
import * as reference from "@fortrolig/core/policy/reference/detfinneshjelp"
import * as prison from "@fortrolig/core/policy/reference/ifengsel"
import { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { ContentStore, KeepPermit } from "@fortrolig/core/ports/ContentStore"
import { JoinAudit, type Joins } from "@fortrolig/core/ports/JoinAudit"
import { type StoreFinding, StoreProfile } from "@fortrolig/core/ports/StoreProfile"
import { clockSkew, sweepInterval } from "@fortrolig/core/retention/dataClass"
import { wednesday, world as worldOf } from "./world.ts"

/** The two services without what the stores in memory have no place for. */
const [detfinneshjelp, ifengsel] = [carrying(reference.detfinneshjelp, []), carrying(prison.ifengsel, [])]
const world = (policies = [detfinneshjelp, ifengsel]) => worldOf({ policies })

const rowsOf = ({ rows }: AuditReport, dataClass: string) =>
  rows.filter((row) => row.dataClass === dataClass).map(({ count, overdue, service, verdict }) => [service, count, overdue, verdict])

const trace = Effect.fnUntraced(function*(service: ServiceName, digit: string, deleteAt = after(wednesday, hours(24))) {
  const sessionRef = SessionRef.make(digit.repeat(32))
  yield* (yield* AccessRegister).register({ sessionRef, service, ip: ipAddress("127.8.3.7"), openedAt: wednesday, deleteAt })
})

const finding: StoreFinding = { realm: "service", id: "row-security", weight: "promise", found: "session", wanted: "on", why: "Nobody else may see it.", verdict: "broken" }

describe("the quick audit", () => {
  it.effect("after a sweep counts nothing that is not due, but live sessions and what is never kept, and says so", () => {
    const { knobs, layer } = world()
    return Effect.gen(function*() {
      yield* trace(detfinneshjelp.service, "a")
      yield* (yield* Switchboard).open({ service: detfinneshjelp.service, noticeVersion: "v1", front: false })
      yield* sweep
      knobs.now = after(wednesday, Period.make(sweepInterval + clockSkew))
      const report = yield* auditQuickly
      assert.deepStrictEqual([report.how, report.kept, report.overdueKeys, report.unserved, report.joins], ["proof", true, 0, [], null])
      assert.deepStrictEqual(rowsOf(report, "accessTrace"), [[detfinneshjelp.service, null, 0, "kept"], [ifengsel.service, null, 0, "kept"]])
      assert.deepStrictEqual(rowsOf(report, "liveSession"), [[detfinneshjelp.service, 1, 0, "kept"], [ifengsel.service, 0, 0, "kept"]])
      assert.deepStrictEqual(rowsOf(report, "content"), [[detfinneshjelp.service, 0, 0, "kept"], [ifengsel.service, null, 0, "kept"]])
      assert.deepStrictEqual(rowsOf(yield* audit, "accessTrace"), [[detfinneshjelp.service, 1, 0, "kept"], [ifengsel.service, 0, 0, "kept"]])
    }).pipe(Effect.provide(layer))
  })

  it.effect("counts every row when the ledger is behind, although nothing is due", () => {
    const { knobs, layer } = world()
    return Effect.gen(function*() {
      assert.strictEqual((yield* auditQuickly).how, "count")
      yield* sweep
      knobs.now = after(wednesday, Period.make(sweepInterval + clockSkew + 1))
      const report = yield* auditQuickly
      assert.deepStrictEqual([report.how, report.kept], ["count", true])
    }).pipe(Effect.provide(layer))
  })

  it.effect("counts every row when one is due, and names its class", () => {
    const { knobs, layer } = world()
    return Effect.gen(function*() {
      yield* trace(detfinneshjelp.service, "a", after(wednesday, minutes(5)))
      knobs.now = after(wednesday, Period.make(minutes(5) - 1))
      yield* sweep
      assert.strictEqual((yield* auditQuickly).how, "proof")
      knobs.now = after(wednesday, minutes(5))
      const report = yield* auditQuickly
      assert.deepStrictEqual([report.how, report.kept, report.overdueKeys], ["count", false, 1])
      assert.deepStrictEqual(rowsOf(report, "accessTrace"), [[detfinneshjelp.service, 1, 1, "broken"], [ifengsel.service, 0, 0, "kept"]])
    }).pipe(Effect.provide(layer))
  })

  it.effect("finds a piece of a service that never keeps any, whether it counts or not", () => {
    const { layer } = world()
    return Effect.gen(function*() {
      const { ref } = yield* (yield* Switchboard).open({ service: detfinneshjelp.service, noticeVersion: "v1", front: false })
      const permit = KeepPermit.of({ ...ifengsel, service: detfinneshjelp.service })
      if (permit !== undefined) yield* (yield* ContentStore).keep(permit, ref, [{ by: "visitor", n: 1, at: wednesday, bytes: new Uint8Array([1]) }])
      yield* sweep
      const [quick, whole] = [yield* auditQuickly, yield* audit]
      assert.deepStrictEqual([quick.how, quick.kept, whole.how, whole.kept], ["proof", false, "count", false])
      for (const [report, count] of [[quick, null], [whole, 1]] as const) {
        assert.deepStrictEqual(rowsOf(report, "content")[0], [detfinneshjelp.service, count, 1, "broken"])
      }
    }).pipe(Effect.provide(layer))
  })
})

describe("the whole audit", () => {
  it.effect("names rows of a service that no policy is about, and is broken once they are due", () => {
    const { knobs, layer } = world([detfinneshjelp])
    return Effect.gen(function*() {
      yield* trace(ifengsel.service, "b")
      const kept = yield* audit
      assert.deepStrictEqual([kept.unserved, kept.kept], [[{ service: ifengsel.service, dataClass: "accessTrace", count: 1, overdue: 0 }], true])
      knobs.now = after(wednesday, hours(24))
      const due = yield* audit
      assert.deepStrictEqual([due.unserved, due.kept], [[{ service: ifengsel.service, dataClass: "accessTrace", count: 1, overdue: 1 }], false])
    }).pipe(Effect.provide(layer))
  })

  const cases: ReadonlyArray<readonly [Pick<StoreFinding, "weight" | "verdict">, boolean]> = [
    [{ weight: "promise", verdict: "broken" }, false],
    [{ weight: "promise", verdict: "kept" }, true],
    [{ weight: "promise", verdict: "not checked" }, true],
    [{ weight: "caution", verdict: "broken" }, true]
  ]
  for (const [over, kept] of cases) {
    it.effect(`is ${kept ? "kept" : "broken"} by a finding of the store that is ${over.verdict} and a ${over.weight}, and shows it`, () => {
      const { layer } = world()
      const store = [{ ...finding, ...over }]
      return Effect.gen(function*() {
        const report = yield* audit
        assert.deepStrictEqual([report.store, report.kept], [store, kept])
      }).pipe(Effect.provide(Layer.merge(layer, Layer.succeed(StoreProfile, { judged: Effect.succeed(store) }))))
    })
  }

  const clean: Joins = { notes: 7, identifiers: 9, strange: [], openText: 0, linked: 0, overdue: 0, apart: 0, outliving: 0 }
  const joins: ReadonlyArray<readonly [string, Joins, boolean]> = [
    ["nothing leads to a note", clean, true],
    ["a note has a strange column", { ...clean, strange: ["column ref"] }, false],
    ["a note has open text", { ...clean, openText: 1 }, false],
    ["an identifier gives a note", { ...clean, linked: 1 }, false],
    ["a consent is overdue", { ...clean, overdue: 1 }, false],
    ["a note and its consent are apart", { ...clean, apart: 1 }, false],
    ["a note outlives every trace", { ...clean, outliving: 1 }, false]
  ]
  for (const [what, found, kept] of joins) {
    it.effect(`is ${kept ? "kept" : "broken"} when ${what}, and does not look for it quickly`, () => {
      const { layer } = world()
      let asked: ReadonlyArray<readonly [string, number]> = []
      const looking = Layer.succeed(JoinAudit, {
        find: (_, traces) =>
          Effect.sync(() => {
            asked = [...traces]
            return found
          })
      })
      return Effect.gen(function*() {
        yield* sweep
        const report = yield* audit
        assert.deepStrictEqual([report.joins, report.kept], [found, kept])
        assert.deepStrictEqual(asked, [[detfinneshjelp.service, hours(168)], [ifengsel.service, hours(72)]])
        assert.deepStrictEqual([(yield* auditQuickly).joins], [null])
      }).pipe(Effect.provide(Layer.merge(layer, looking)))
    })
  }
})
