/**
 * Forgetting: what is due is hidden by every reader already; then triage notes are severed, keys go, rows go, and the ledger says so. Each step may be repeated, after
 * a kill at any point and beside other servers; one that fails keeps no other from being done.
 */
import * as Effect from "effect/Effect"
import { after, earlier, elapsed, type Instant, type Period } from "../kernel/instant.ts"
import { jumpTolerance } from "../kernel/trustedClock.ts"
import type { DataClass } from "../policy/accountability.ts"
import { AccessRegister, CustodyVault } from "../ports/AccessRegister.ts"
import { ConsentStore } from "../ports/ConsentStore.ts"
import { ContentStore } from "../ports/ContentStore.ts"
import { StoreUnavailable } from "../ports/errors.ts"
import { elsewhere, type Forgotten, together } from "../ports/Forgotten.ts"
import { HeldTraces } from "../ports/HeldTraces.ts"
import { type Destroyed, type Realm, ServiceRealm, VendorRealm } from "../ports/Inspection.ts"
import { KeyVault, type Vault } from "../ports/KeyVault.ts"
import { Policies } from "../ports/Policies.ts"
import { SessionStore } from "../ports/SessionStore.ts"
import { StaffStore } from "../ports/StaffStore.ts"
import { TriageStore } from "../ports/TriageStore.ts"
import { TrustedClock } from "../ports/TrustedClock.ts"
import { needs } from "../retention/needs.ts"
import { sever } from "./sever.ts"

/** What one sweep destroyed, in counts; `lateness` is how long the most overdue datum had been due. */
export interface Swept {
  readonly at: Instant
  /** The clock is in doubt: nothing irreversible was done. */
  readonly paused: boolean
  readonly keys: number
  readonly content: number
  readonly accessTrace: number
  readonly endedSession: number
  readonly staff: number
  readonly consent: number
  /** Triage notes that were made anonymous, and those that nobody could open any more and are only gone. */
  readonly severed: number
  readonly lost: number
  /** Tables of an hour that is over that still stand because somebody reads. Their keys are gone; the next sweep tries again. */
  readonly stayed: number
  readonly lateness: Period
}

/** Destroys everything that is due. Fails when a store or vault cannot be reached, after everything else was done; the next sweep goes on. */
export const sweep = Effect.gen(function*() {
  const { now, suspect } = yield* (yield* TrustedClock).read
  if (suspect) {
    const none = { keys: 0, content: 0, accessTrace: 0, endedSession: 0, staff: 0, consent: 0, severed: 0, lost: 0, stayed: 0 }
    return { at: now, paused: true, ...none, lateness: 0 as Period } satisfies Swept
  }
  const round = yield* begin(now)
  const service = { realm: yield* ServiceRealm, vault: yield* KeyVault, part: "service" } as const
  const vendor = { realm: yield* VendorRealm, vault: yield* CustodyVault, part: "vendor" } as const
  const contents = yield* ContentStore
  const sessions = yield* SessionStore
  const staff = yield* StaffStore
  const register = yield* AccessRegister
  const held = yield* HeldTraces
  const consents = yield* ConsentStore
  const triage = yield* TriageStore
  const { all } = yield* Policies

  // A note is severed while its key is there, and before its trace is gone, never after. Where the store stops answering, what is left is lost with the key.
  const severing = yield* round.trying(undefined, Effect.provideService(sever(now), TriageStore, patiently(triage)))
  // All keys before any row: the vaults answer at once, whatever a table has to wait for.
  const vendorKeys = yield* round.keys(vendor.vault)
  const serviceKeys = yield* round.keys(service.vault)

  const traces = Effect.gen(function*() {
    const ofOrders = yield* Effect.result(held.forget(now))
    const forgotten = yield* register.forget(now)
    return { ...forgotten, count: forgotten.count + (yield* Effect.fromResult(ofOrders)) }
  })
  const accessTrace = yield* round.rows(vendor.realm, vendorKeys.gone, "accessTrace", traces)
  const content = yield* round.rows(service.realm, serviceKeys.gone, "content", contents.forget(now))
  const endedSession = yield* round.rows(service.realm, true, "endedSession", sessions.forget(now))
  if (severing !== undefined) yield* round.rows(service.realm, serviceKeys.gone, "triage", triage.forget(now))
  const answers = Effect.map(consents.forget(now), (forgotten) => together(forgotten.consents, forgotten.receipts))
  const consent = yield* round.rows(service.realm, serviceKeys.gone, "consent", answers)
  const { invitations, signIns } = yield* round.trying({ invitations: elsewhere, signIns: elsewhere }, staff.forget(now))
  yield* round.rows(service.realm, true, "invitation", Effect.succeed(invitations))
  yield* round.rows(service.realm, true, "staffSession", Effect.succeed(signIns))

  for (const { part, realm, vault } of [vendor, service]) {
    // A clock that ran ahead and was put right has put into the past what is yet to come, and nothing could be kept until then.
    yield* round.trying(undefined, realm.correctLedger(after(now, jumpTolerance)))
    yield* round.trying(undefined, realm.raise(round.destroyed(realm)))
    yield* round.trying(undefined, realm.prepare(needs(all, part, now)))
    yield* round.trying(undefined, vault.raiseMark(now))
  }
  const { earliest, stayed } = yield* round.end
  return {
    at: now,
    paused: false,
    keys: vendorKeys.count + serviceKeys.count,
    content,
    accessTrace,
    endedSession,
    staff: invitations.count + signIns.count,
    consent,
    severed: severing?.severed ?? 0,
    lost: severing?.lost ?? 0,
    stayed,
    lateness: elapsed(earliest, now)
  } satisfies Swept
})

/** How long the keys wait for one answer about the notes that they open. However many notes are due: a store that answers is given the time for all of them. */
const severingPatience = "5 seconds"

const patiently = (notes: TriageStore["Service"]): TriageStore["Service"] => {
  const inTime = <A>(question: Effect.Effect<A, StoreUnavailable>): Effect.Effect<A, StoreUnavailable> =>
    Effect.retry(question, { times: 2 }).pipe(
      Effect.timeoutOrElse({ duration: severingPatience, orElse: () => Effect.fail(new StoreUnavailable({ operation: "sever triage notes" })) })
    )
  return { ...notes, due: (at, limit) => inTime(notes.due(at, limit)), sever: (batch) => inTime(notes.sever(batch)) }
}

/** How many keys were destroyed; `gone` says that none is left that is due. */
interface Keys {
  readonly count: number
  readonly gone: boolean
}

/** One round: what fails is kept for the end, and what is destroyed is written into the ledger. */
const begin = (now: Instant) =>
  Effect.sync(() => {
    const failures: Array<StoreUnavailable> = []
    const lines = new Map<Realm, Array<Destroyed>>()
    let earliest = now
    let stayed = 0

    const trying = <A, B, R>(instead: B, work: Effect.Effect<A, StoreUnavailable, R>): Effect.Effect<A | B, never, R> =>
      Effect.catchTag(work, "StoreUnavailable", (failure) => {
        failures.push(failure)
        return Effect.succeed(instead)
      })

    return {
      trying,
      /** Destroys the keys that are due. */
      keys: (vault: Vault): Effect.Effect<Keys> =>
        trying({ count: 0, gone: false }, Effect.gen(function*() {
          const { buckets } = yield* vault.inventory
          const count = yield* vault.destroyDue(now)
          earliest = buckets.reduce(earlier, earliest)
          return { count, gone: true }
        })),
      /** What the ledger of a realm is told at the end. */
      destroyed: (realm: Realm): ReadonlyArray<Destroyed> => lines.get(realm) ?? [],
      /** Destroys rows, and notes how far both keys and rows are gone. */
      rows: (realm: Realm, keysGone: boolean, dataClass: DataClass, forget: Effect.Effect<Forgotten, StoreUnavailable>) =>
        trying(0, Effect.gen(function*() {
          const forgotten = yield* forget
          stayed += forgotten.stayed
          if (forgotten.earliest !== null) earliest = earlier(earliest, forgotten.earliest)
          if (keysGone && forgotten.through !== null) lines.set(realm, [...(lines.get(realm) ?? []), { dataClass, through: forgotten.through }])
          return forgotten.count
        })),
      end: Effect.suspend(() => {
        const [first] = failures
        return first === undefined ? Effect.succeed({ earliest, stayed }) : Effect.fail(first)
      })
    }
  })
