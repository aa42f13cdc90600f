/**
 * What a change of policy does to what was stored under the old one, on every engine.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { ServiceName, type SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Vault } from "@fortrolig/core/ports/KeyVault"
import type { KeptUntil } from "@fortrolig/core/ports/Tightening"
import { traceContext } from "../custody/traceSeal.ts"
import { accessRegister } from "../database/accessRegister.ts"
import { consentStore } from "../database/consentStore.ts"
import { contentStore } from "../database/contentStore.ts"
import { accessTrace } from "../database/custodySchema.ts"
import { attempt } from "../database/database.ts"
import { serviceRealm } from "../database/inspection.ts"
import { joinAudit } from "../database/joinAudit.ts"
import type { RealmDatabase, RealmName } from "../database/realmDatabase.ts"
import { consent, triage } from "../database/serviceSchema.ts"
import { sessionStore } from "../database/sessionStore.ts"
import { staffStore } from "../database/staffStore.ts"
import { tightening } from "../database/tighten.ts"
import { triageStore } from "../database/triageStore.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { consentOf, declined, granted, newReceipt, noteOf, triageService } from "./consents.contract.ts"
import { newHash, newRef, permit, piece, service, start, waiting } from "./fixtures.contract.ts"
import { minute } from "./leaves.contract.ts"

const another = ServiceName.make("another")
const old = ServiceName.make("detfinneshjelp")
const justBefore = (at: Instant): Instant => Instant.make(at - 1)
const far = minute(900, 0)
const kept = (dataClass: KeptUntil["dataClass"], of: ServiceName, latest: Instant): KeptUntil => ({ dataClass, service: of, latest })

const tightenIn = (realm: RealmDatabase, vault: Vault, keeping: ReadonlyArray<KeptUntil>) => {
  const opened = { database: realm, vault }
  return tightening(opened, opened).tighten(realm.realm === "service" ? "service" : "vendor", keeping)
}

/** Four openings: one that stays, one that its service kept too long, one beside that of a service that still may, one of a service that is not served, in the bucket of the first. */
const openings = Effect.fnUntraced(function*(realm: RealmDatabase, vault: Vault) {
  const register = accessRegister(realm, vault, (plain) => Promise.resolve(plain))
  const put = (of: ServiceName, deleteAt: Instant) => {
    const sessionRef = newRef()
    return Effect.as(register.register({ sessionRef, service: of, ip: ipAddress("127.0.0.79"), openedAt: start, deleteAt }), sessionRef)
  }
  const refs = [yield* put(service, minute(1, 0)), yield* put(service, minute(9, 0)), yield* put(old, minute(9, 0)), yield* put(another, minute(1, 0))] as const
  return { refs, before: yield* rows(realm) }
})

const rows = (realm: RealmDatabase) => attempt("look", () => realm.asOwner((tx) => tx.select().from(accessTrace)))
const deadlineOf = (found: Effect.Success<ReturnType<typeof rows>>, ref: SessionRef) => found.find((row) => row.ref === ref)?.deleteAt
const keeping = [kept("accessTrace", service, minute(5, 0)), kept("accessTrace", old, far)]

/** Which of the rows, as they are now or as they were, somebody can open who has the vault. */
const opens = (vault: Vault, found: Effect.Success<ReturnType<typeof rows>>) =>
  Effect.forEach(found, (row) =>
    Effect.map(Effect.option(vault.openUntil("accessTrace", Instant.make(row.deleteAt), row, traceContext(row.ref as SessionRef))), Option.isSome))

/** Runs the contract over an engine; `open` opens a realm that serves all three services of the contract. */
export const tightenContract = (name: string, open: (realm: RealmName) => Effect.Effect<RealmDatabase, unknown, Scope.Scope>): void => {
  describe(name, () => {
    it.effect("destroys what nobody keeps, shortens what is kept too long, and leaves no key that opens an older copy", () =>
      Effect.gen(function*() {
        const realm = yield* open("custody")
        const vault = vaultMemory()
        const { before, refs: [stays, tooLong, beside, unserved] } = yield* openings(realm, vault)
        assert.deepStrictEqual(yield* tightenIn(realm, vault, keeping), { destroyed: 1, shortened: 1 })
        const now = yield* rows(realm)
        assert.strictEqual(now.length, 3)
        assert.strictEqual(deadlineOf(now, stays), justBefore(minute(1, 0)))
        assert.strictEqual(deadlineOf(now, tooLong), minute(5, 0))
        assert.strictEqual(deadlineOf(now, beside), justBefore(minute(9, 0)))
        assert.strictEqual(deadlineOf(now, unserved), undefined)
        assert.deepStrictEqual(yield* opens(vault, now), [true, true, true])
        assert.deepStrictEqual(yield* opens(vault, before), [false, false, false, false])
        assert.deepStrictEqual((yield* vault.inventory).buckets, [justBefore(minute(1, 0)), minute(5, 0), justBefore(minute(9, 0))])
        assert.deepStrictEqual(yield* tightenIn(realm, vault, keeping), { destroyed: 0, shortened: 0 })
        assert.deepStrictEqual(yield* rows(realm), now)
      }))

    it.effect("leaves everything as it is when nothing is kept shorter than it was", () =>
      Effect.gen(function*() {
        const realm = yield* open("custody")
        const vault = vaultMemory()
        const { before } = yield* openings(realm, vault)
        const all = [kept("accessTrace", service, minute(9, 0)), kept("accessTrace", old, far), kept("accessTrace", another, minute(1, 0))]
        assert.deepStrictEqual(yield* tightenIn(realm, vault, all), { destroyed: 0, shortened: 0 })
        assert.deepStrictEqual(yield* rows(realm), before)
        assert.deepStrictEqual(yield* opens(vault, before), [true, true, true, true])
      }))

    it.effect("ends the same when it is cut short before or after a key is destroyed; what loses its key on the way is gone at the next start", () =>
      Effect.gen(function*() {
        for (const when of ["before", "after"] as const) {
          const realm = yield* open("custody")
          const vault = vaultMemory()
          const { before, refs: [stays, tooLong, beside, unserved] } = yield* openings(realm, vault)
          const cut = Effect.fail(new StoreUnavailable({ operation: "cut short" }))
          for (let round = 0; round < 3; round += 1) {
            let calls = 0
            const broken: Vault = {
              ...vault,
              destroyBucket: (dataClass, at) => {
                calls += 1
                if (calls > round) return when === "before" ? cut : Effect.andThen(vault.destroyBucket(dataClass, at), cut)
                return vault.destroyBucket(dataClass, at)
              }
            }
            yield* Effect.ignore(tightenIn(realm, broken, keeping))
          }
          yield* tightenIn(realm, vault, keeping)
          const now = yield* rows(realm)
          assert.deepStrictEqual([deadlineOf(now, stays), deadlineOf(now, beside), deadlineOf(now, unserved)], [justBefore(minute(1, 0)), justBefore(minute(9, 0)), undefined])
          assert.strictEqual(deadlineOf(now, tooLong), when === "before" ? minute(5, 0) : undefined)
          assert.deepStrictEqual(yield* opens(vault, before), [false, false, false, false])
          assert.isTrue((yield* opens(vault, now)).every((opened) => opened))
        }
      }))

    it.effect("destroys conversations that a service may not keep any more, living sessions of a service that is not served with their keys, and shortens the rest", () =>
      Effect.gen(function*() {
        const realm = yield* open("service")
        const vault = vaultMemory()
        const [sessions, contents, staff] = [sessionStore(realm, vault), contentStore(realm, vault), staffStore(realm)]
        const [living, over, foreign] = [newRef(), newRef(), newRef()]
        for (const ref of [living, over]) {
          yield* sessions.save({ ref, version: 0, state: waiting() })
          yield* contents.keep(permit, ref, [piece("visitor", 1)])
        }
        yield* sessions.save({ ref: foreign, version: 0, state: { ...waiting(), service: another } })
        yield* contents.settle(permit, over, minute(9, 0))
        yield* sessions.end(over, service, minute(9, 0))
        yield* staff.invite({ secret: newHash(), service, deleteAt: minute(9, 0) })
        yield* staff.invite({ secret: newHash(), service: another, deleteAt: minute(1, 0) })
        const own = (["liveSession", "endedSession", "invitation"] as const).map((dataClass) => kept(dataClass, service, minute(5, 0)))
        assert.deepStrictEqual(yield* tightenIn(realm, vault, own), { destroyed: 4, shortened: 2 })
        assert.deepStrictEqual((yield* serviceRealm(realm).measure(start)).filter(({ dataClass }) => dataClass !== "installation"), [
          { dataClass: "liveSession", service, count: 1, earliestDeleteAt: null, overdue: 0 },
          { dataClass: "endedSession", service, count: 1, earliestDeleteAt: minute(5, 0), overdue: 0 },
          { dataClass: "invitation", service, count: 1, earliestDeleteAt: minute(5, 0), overdue: 0 }
        ])
        assert.deepStrictEqual((yield* vault.inventory).live, [living])
        assert.deepStrictEqual((yield* vault.inventory).buckets, [])
        assert.isTrue(Option.isSome(yield* sessions.load(living)))
        assert.deepStrictEqual(yield* tightenIn(realm, vault, own), { destroyed: 0, shortened: 0 })
      }))

    it.effect("keeps one deadline for a yes and its note when another service beside them keeps its answers, or its notes, no longer", () =>
      Effect.gen(function*() {
        const at = minute(9, 0)
        for (const shortened of ["consent", "triage"] as const) {
          const realm = yield* open("service")
          const vault = vaultMemory()
          const [consents, notes] = [consentStore(realm, vault), triageStore(realm, vault)]
          const put = Effect.fnUntraced(function*(of: ServiceName) {
            const ref = newRef()
            const state = granted(newReceipt(), at)
            yield* consents.save({ ...consentOf(ref, 0, state), service: of })
            yield* notes.write({ ...noteOf(ref, state), service: of }, 1)
            return ref
          })
          const beside = yield* put(triageService)
          if (shortened === "triage") yield* put(another)
          else yield* consents.save({ ...consentOf(newRef(), 0, declined(at)), service: another })
          const own = (["consent", "triage"] as const).flatMap((dataClass) => [
            kept(dataClass, triageService, at),
            ...(dataClass === shortened ? [] : [kept(dataClass, another, at)])
          ])
          for (const round of ["cut short", "whole"] as const) {
            const cut = Effect.fail(new StoreUnavailable({ operation: round }))
            const gone: Vault = round === "whole" ? vault : { ...vault, destroyBucket: (dataClass, deadline) => (dataClass === "consent" ? cut : vault.destroyBucket(dataClass, deadline)) }
            yield* Effect.ignore(tightenIn(realm, gone, own))
            const of = <A extends { readonly ref: string }>(found: ReadonlyArray<A>) => found.find(({ ref }) => ref === beside)
            const yes = of(yield* attempt("look", () => realm.asOwner((tx) => tx.select().from(consent))))
            const note = of(yield* attempt("look", () => realm.asOwner((tx) => tx.select().from(triage))))
            assert.deepStrictEqual([yes?.deleteAt, note?.deleteAt], [justBefore(at), justBefore(at)])
            assert.isTrue(Option.isSome(yield* notes.find(beside, start)))
          }
          assert.strictEqual((yield* joinAudit(realm, []).find(start, new Map())).apart, 0)
          assert.deepStrictEqual((yield* vault.inventory).buckets, [justBefore(at), justBefore(at)])
        }
      }))
  })
}
