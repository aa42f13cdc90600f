/**
 * One world over PostgreSQL: the product's own stores and sweep, a clock that the story moves, and people whose random ids are always the same.
 */
import { createHash } from "node:crypto"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { orderHold, releaseHold } from "@fortrolig/core/app/hold"
import { sweep } from "@fortrolig/core/app/sweep"
import { ReceiptHash } from "@fortrolig/core/consent/messages"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import { after, before, hours, type Instant, later, minutes } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { AccessRegister, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { Policies } from "@fortrolig/core/ports/Policies"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { accessTraceDeleteAt, contentDeleteAt, sessionRowDeleteAt } from "@fortrolig/core/retention/deadlines"
import { CaseRef } from "@fortrolig/core/retention/messages"
import { consentOf, declined, fields, granted, noteOf } from "../../packages/adapters/src/contracts/consents.contract.ts"
import { active, permit, piece, start, waiting } from "../../packages/adapters/src/contracts/fixtures.contract.ts"
import { type Deed, people, type Story } from "./twinDeeds.ts"
import { openStores, type Plant } from "./twinStores.ts"

interface Person {
  readonly ref: SessionRef
  readonly policy: Policy
  readonly receipt: ReceiptHash
  readonly staff: StaffId
  openedAt: Instant | undefined
  version: number
  ended: boolean
  asked: boolean
  yes: boolean
  /** The topic of the linked note. */
  noted: (typeof topics)[number] | undefined
  /** From then on nothing is promised to be there any more. */
  last: Instant
}

const topics = ["thoughts", "behaviour", "images", "other"] as const
const served = [detfinneshjelp, ifengsel]
/** A server that was off for longer sweeps before it serves. */
const longest = minutes(60)
const order = { authority: "police", caseRef: CaseRef.make("case 1") } as const
const seeded = (text: string): string => createHash("sha256").update(text).digest("hex")

const newPerson = (_: unknown, at: number): Person => ({
  ref: SessionRef.make(seeded(`reference ${at}`).slice(0, 32)),
  policy: at % 2 === 0 ? detfinneshjelp : ifengsel,
  receipt: ReceiptHash.make(seeded(`receipt ${at}`)),
  staff: StaffId.make(seeded(`staff ${at}`).slice(0, 32)),
  openedAt: undefined,
  version: 0,
  ended: false,
  asked: false,
  yes: false,
  noted: undefined,
  last: start
})

/** What somebody does at `now`, or nothing where it cannot be done. */
const act = Effect.fnUntraced(function*(one: Person, deed: Exclude<Deed, { readonly do: "wait" | "sweep" }>, now: Instant) {
  const { policy, ref } = one
  const [sessions, contents, consents] = [yield* SessionStore, yield* ContentStore, yield* ConsentStore]
  if (deed.do === "open") {
    if (one.openedAt !== undefined) return
    one.openedAt = now
    const deleteAt = accessTraceDeleteAt(policy, now)
    yield* (yield* AccessRegister).register({ sessionRef: ref, service: policy.service, ip: ipAddress("127.0.0.1"), openedAt: now, deleteAt })
    yield* sessions.save({ ref, version: one.version++, state: { ...waiting(), service: policy.service } })
    one.last = later(one.last, deleteAt)
    return
  }
  if (one.openedAt === undefined) return
  const deadline = accessTraceDeleteAt(policy, one.openedAt)
  const alive = !one.ended
  const keeps = policy === ifengsel && alive
  const open = deadline > now
  switch (deed.do) {
    case "accept":
      return alive ? yield* sessions.save({ ref, version: one.version++, state: { ...active(one.staff), service: policy.service } }) : undefined
    case "keep":
      return keeps ? yield* contents.keep(permit, ref, [piece("visitor", deed.n, now), piece("counsellor", deed.n, now)]) : undefined
    case "redact":
      return keeps ? yield* contents.redact(permit, ref, [{ by: "visitor", n: deed.n }]) : undefined
    case "redactAll":
      return keeps ? yield* contents.redact(permit, ref, "all") : undefined
    case "end": {
      if (!alive) return
      one.ended = true
      if (keeps) yield* contents.settle(permit, ref, contentDeleteAt(policy, now))
      yield* sessions.end(ref, policy.service, sessionRowDeleteAt(policy, now))
      for (const end of [contentDeleteAt(policy, now), sessionRowDeleteAt(policy, now)]) one.last = later(one.last, end)
      return
    }
    case "yes":
    case "no":
      if (policy !== detfinneshjelp || one.asked || !open) return
      one.asked = true
      one.yes = deed.do === "yes"
      return yield* consents.save(consentOf(ref, 0, one.yes ? granted(one.receipt, deadline) : declined(deadline)))
    case "note": {
      if (!one.yes || !open) return
      const topic = topics[deed.n] ?? "other"
      one.noted = topic
      return yield* (yield* TriageStore).write(noteOf(ref, granted(one.receipt, deadline), { fields: { ...fields, topic } }), 1)
    }
    case "withdraw":
      if (!one.yes || !open) return
      one.yes = false
      one.noted = undefined
      return yield* consents.save(consentOf(ref, 1, { _tag: "Withdrawn", deleteAt: deadline }))
    case "hold": {
      if (!open) return
      const { keptUntil } = yield* orderHold({ sessionRef: ref, deleteAt: deadline }, { ...order, until: after(deadline, hours(deed.hours)) })
      one.last = later(one.last, keptUntil ?? deadline)
      return
    }
    case "release":
      return yield* releaseHold({ sessionRef: ref, deleteAt: deadline }, order)
  }
})

/** What a world tells at its end, beside its database. */
export interface Told {
  readonly until: Instant
  /** The topic of the note that the person whom the other world misses leaves behind without a name. */
  readonly leaves: string | undefined
  /** What lies in the vaults, and what everybody else's stores say. */
  readonly seen: ReadonlyArray<unknown>
}

/** A story, and a bug that is planted in it. */
export interface Life extends Story {
  readonly plant?: Plant
}

/**
 * Lives through the deeds in the migrated database at `url`. Where `until` is given, one of the people never comes and the world lasts until then; where not, it lasts until
 * nothing of that one is promised to be there any more. Both sweep last.
 */
export const live = (url: string, { deeds, plant = {}, without }: Life, until?: Instant): Effect.Effect<Told, unknown, Scope.Scope> =>
  Effect.gen(function*() {
    const stores = yield* openStores(url, served, plant)
    let now: Instant = start
    let sweptAt: Instant = start
    const policies = { all: served, of: (name: string) => served.find(({ service }) => service === name), demonstration: true }
    const ports = Context.make(TrustedClock, { read: Effect.sync(() => ({ now, latest: now, suspect: false })) }).pipe(Context.add(Policies, policies), Context.merge(stores))
    const sweepNow = Effect.suspend(() => {
      sweptAt = now
      return sweep
    })
    const crowd = Array.from({ length: people }, newPerson)
    const missing = until === undefined ? undefined : crowd[without]
    const about = crowd[without] ?? newPerson(undefined, 0)
    return yield* Effect.gen(function*() {
      yield* sweepNow
      for (const deed of deeds) {
        if (deed.do === "wait") now = after(now, minutes(deed.minutes))
        if (deed.do === "sweep" || now - sweptAt >= longest) yield* sweepNow
        if (deed.do === "wait" || deed.do === "sweep") continue
        const one = crowd[deed.who]
        if (one !== undefined && one !== missing) yield* act(one, deed, now)
      }
      if (missing === undefined) yield* act(about, { do: "end", who: without }, now)
      const end = until ?? later(now, about.last)
      // Somebody is there at the end: whoever did not come before comes shortly before it.
      now = later(now, before(end, minutes(30)))
      yield* sweepNow
      for (const [at, one] of crowd.entries()) {
        if (one === about) continue
        for (const what of ["open", "yes", "accept"] as const) yield* act(one, { do: what, who: at }, now)
        for (const n of [1, 2]) yield* act(one, { do: "keep", who: at, n }, now)
        yield* act(one, { do: "note", who: at, n: 3 }, now)
      }
      now = end
      yield* sweepNow
      const seen = yield* Effect.forEach(crowd.filter((one) => one !== about), (one) => seenOf(one, now))
      const vaults = yield* Effect.forEach([yield* KeyVault, yield* CustodyVault], ({ inventory, mark }) =>
        Effect.all({ kept: Effect.map(inventory, ({ buckets, holds, live: alive }) => ({ alive: alive.toSorted(), buckets, holds: holds.map((hold) => hold.until) })), mark }))
      return { until: now, leaves: about.noted, seen: [seen, vaults] }
    }).pipe(Effect.provide(ports))
  })

const seenOf = ({ openedAt, policy, receipt, ref }: Person, now: Instant) =>
  Effect.gen(function*() {
    const trace = openedAt === undefined ? Option.none() : yield* (yield* HeldTraces).find(ref, accessTraceDeleteAt(policy, openedAt))
    return {
      session: yield* (yield* SessionStore).load(ref),
      lastKeptAt: yield* (yield* ContentStore).lastKeptAt(permit, ref),
      consent: yield* (yield* ConsentStore).load(ref, "triage", now),
      byReceipt: yield* (yield* ConsentStore).findByReceipt(receipt, now),
      note: yield* (yield* TriageStore).find(ref, now),
      trace: Option.map(trace, ({ deleteAt, orders }) => ({ deleteAt, orders }))
    }
  })
