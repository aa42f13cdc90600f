/**
 * What every inspection of a realm sees.
 */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { type Measured, ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import type { Stores, StoresFailure } from "../stores.ts"
import { dueAt, justBefore, newHash, newRef, newStaff, permit, piece, service, start, waiting } from "./fixtures.contract.ts"

const other = "another" as ServiceName

/** What a store says of the install itself depends on the store. */
const aboutPeople = ({ dataClass }: Measured) => dataClass !== "installation"

/** Runs the contract over a layer of stores. */
export const inspectionContract = (name: string, stores: Layer.Layer<Stores, StoresFailure>): void => {
  layer(stores, { timeout: "30 seconds" })(name, (it) => {
    it.effect("measures nothing in empty stores, and finds every column declared", () =>
      Effect.gen(function*() {
        for (const realm of [yield* ServiceRealm, yield* VendorRealm]) {
          assert.deepStrictEqual((yield* realm.measure(dueAt)).filter(aboutPeople), [])
          assert.deepStrictEqual(yield* realm.undeclared, [])
        }
      }))

    it.effect("counts every class of every service, with the earliest deadline and what is overdue", () =>
      Effect.gen(function*() {
        const sessions = yield* SessionStore
        const contents = yield* ContentStore
        const staff = yield* StaffStore
        const [open, over, elsewhere] = [newRef(), newRef(), newRef()]
        yield* sessions.save({ ref: open, version: 0, state: waiting() })
        yield* sessions.save({ ref: over, version: 0, state: waiting() })
        yield* sessions.save({ ref: elsewhere, version: 0, state: { ...waiting(), service: other } })
        yield* contents.keep(permit, open, [piece("visitor", 1)])
        yield* contents.keep(permit, over, [piece("visitor", 1)])
        yield* contents.settle(permit, over, dueAt)
        yield* sessions.end(over, service, justBefore)
        yield* staff.invite({ secret: newHash(), service, deleteAt: dueAt })
        const secret = newHash()
        yield* staff.invite({ secret, service, deleteAt: dueAt })
        yield* staff.redeem(secret, start, { token: newHash(), staff: newStaff(), deleteAt: dueAt })
        yield* (yield* AccessRegister).register({ sessionRef: open, service, ip: ipAddress("127.0.0.78"), openedAt: start, deleteAt: dueAt })

        const serviceRealm = yield* ServiceRealm
        assert.deepStrictEqual((yield* serviceRealm.measure(justBefore)).filter(aboutPeople), [
          { dataClass: "content", service, count: 2, earliestDeleteAt: dueAt, overdue: 0 },
          { dataClass: "liveSession", service: other, count: 1, earliestDeleteAt: null, overdue: 0 },
          { dataClass: "liveSession", service, count: 1, earliestDeleteAt: null, overdue: 0 },
          { dataClass: "endedSession", service, count: 1, earliestDeleteAt: justBefore, overdue: 1 },
          { dataClass: "invitation", service, count: 1, earliestDeleteAt: dueAt, overdue: 0 },
          { dataClass: "staffSession", service, count: 1, earliestDeleteAt: dueAt, overdue: 0 }
        ])
        const due = (yield* serviceRealm.measure(dueAt)).filter(aboutPeople)
        assert.deepStrictEqual(due.map(({ overdue }) => overdue), [1, 0, 0, 1, 1, 1])
        assert.deepStrictEqual(yield* (yield* VendorRealm).measure(dueAt), [
          { dataClass: "accessTrace", service, count: 1, earliestDeleteAt: dueAt, overdue: 1 }
        ])
      }))

    it.effect("keeps a ledger that rises with what is destroyed, and falls only to a clock that is accepted", () =>
      Effect.gen(function*() {
        for (const [realm, dataClass] of [[yield* ServiceRealm, "content"], [yield* VendorRealm, "accessTrace"]] as const) {
          const line = Effect.map(realm.prove(start), ({ ledger }) => ledger.find((one) => one.dataClass === dataClass)?.through)
          yield* realm.raise([{ dataClass, through: dueAt }])
          yield* realm.raise([{ dataClass, through: justBefore }])
          assert.strictEqual(yield* line, dueAt)
          yield* realm.correctLedger(justBefore)
          assert.strictEqual(yield* line, justBefore)
          yield* realm.correctLedger(dueAt)
          assert.strictEqual(yield* line, justBefore)
        }
      }))
  })
}
