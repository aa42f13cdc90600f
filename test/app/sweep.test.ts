import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { sweep } from "@fortrolig/core/app/sweep"
import { type ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import { after, before, hours, type Instant, minutes, seconds } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { AccessRegister, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { elsewhere, type Forgotten } from "@fortrolig/core/ports/Forgotten"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { type Realm, ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault, type Vault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { needs } from "@fortrolig/core/retention/needs"
import { wednesday, world } from "./world.ts"

const now = wednesday
const gone = (count: number, over: Partial<Forgotten> = {}): Forgotten => ({ count, earliest: null, through: now, stayed: 0, ...over })

/** What stores and vaults answer, where it is not nothing. */
interface Answers {
  readonly failing?: string
  /** What never answers. */
  readonly hanging?: string
  readonly accessTrace?: Forgotten
  readonly content?: Forgotten
  readonly endedSession?: Forgotten
  readonly receipts?: Forgotten
  readonly consents?: Forgotten
  readonly buckets?: ReadonlyArray<Instant>
}

/** Sweeps over stores that write down what they are asked, in order, and answer what they are told to. */
const swept = Effect.fnUntraced(function*(answers: Answers = {}) {
  const asked: Array<string> = []
  const ask = <A>(name: string, answer: A): Effect.Effect<A, StoreUnavailable> =>
    Effect.suspend(() => {
      asked.push(name)
      if (answers.hanging === name) return Effect.never
      return answers.failing === name ? Effect.fail(new StoreUnavailable({ operation: name })) : Effect.succeed(answer)
    })
  const { layer } = world()
  const outcome = yield* Effect.gen(function*() {
    const vault = (name: string, inner: Vault): Vault => ({
      ...inner,
      destroyDue: () => ask(`${name} keys`, 2),
      inventory: Effect.succeed({ live: [], holds: [], buckets: answers.buckets ?? [] }),
      raiseMark: (at) => ask(`${name} mark`, void at)
    })
    const realm = (name: string, inner: Realm): Realm => ({
      ...inner,
      correctLedger: (at) => ask(`ledger ${name} at most ${at - now}`, undefined),
      raise: (lines) => ask(`ledger ${name}${lines.map(({ dataClass, through }) => ` ${dataClass} ${through - now}`).join("")}`, undefined),
      prepare: (needed) => ask(`room ${name} ${needed.length}`, undefined)
    })
    const replaced = Context.make(KeyVault, vault("service", yield* KeyVault)).pipe(
      Context.add(CustodyVault, vault("vendor", yield* CustodyVault)),
      Context.add(ServiceRealm, realm("service", yield* ServiceRealm)),
      Context.add(VendorRealm, realm("vendor", yield* VendorRealm)),
      Context.add(HeldTraces, { ...(yield* HeldTraces), forget: () => ask("held", 1) }),
      Context.add(AccessRegister, { ...(yield* AccessRegister), forget: () => ask("accessTrace", answers.accessTrace ?? gone(1)) }),
      Context.add(TriageStore, { ...(yield* TriageStore), due: () => ask("sever", []), forget: () => ask("triage", gone(0)) }),
      Context.add(ContentStore, { ...(yield* ContentStore), forget: () => ask("content", answers.content ?? gone(4)) }),
      Context.add(SessionStore, { ...(yield* SessionStore), forget: () => ask("endedSession", answers.endedSession ?? gone(5)) }),
      Context.add(ConsentStore, {
        ...(yield* ConsentStore),
        forget: () => ask("consent", { consents: answers.consents ?? gone(6), receipts: answers.receipts ?? gone(7) })
      }),
      Context.add(StaffStore, { ...(yield* StaffStore), forget: () => ask("staff", { invitations: gone(8), signIns: gone(9) }) })
    )
    return yield* Effect.result(Effect.provide(sweep, replaced))
  }).pipe(Effect.provide(layer))
  return { asked, outcome }
})

const roomOf = (part: "service" | "vendor") => `room ${part} ${needs([detfinneshjelp, ifengsel], part, now).length}`

/** Everything that a sweep asks for, in the order in which it must. */
const whole = [
  "sever",
  "vendor keys",
  "service keys",
  "held",
  "accessTrace",
  "content",
  "endedSession",
  "triage",
  "consent",
  "staff",
  "ledger vendor at most 300000",
  "ledger vendor accessTrace 0",
  roomOf("vendor"),
  "vendor mark",
  "ledger service at most 300000",
  "ledger service content 0 endedSession 0 triage 0 consent 0 invitation 0 staffSession 0",
  roomOf("service"),
  "service mark"
]

/** What is not done when something fails, and of which classes the ledger is not told: nothing but what would then be untrue. */
const without: Readonly<Record<string, { readonly steps?: ReadonlyArray<string>; readonly lines: ReadonlyArray<string> }>> = {
  "vendor keys": { lines: ["accessTrace"] },
  "service keys": { lines: ["content", "triage", "consent"] },
  sever: { steps: ["triage"], lines: ["triage"] },
  held: { lines: ["accessTrace"] },
  accessTrace: { lines: ["accessTrace"] },
  content: { lines: ["content"] },
  endedSession: { lines: ["endedSession"] },
  triage: { lines: ["triage"] },
  consent: { lines: ["consent"] },
  staff: { lines: ["invitation", "staffSession"] }
}

const unwritten = (step: string, lines: ReadonlyArray<string>): string =>
  step.startsWith("ledger") ? lines.reduce((said, line) => said.replace(` ${line} 0`, ""), step) : step

describe("a sweep", () => {
  it.effect("severs notes while their keys and traces are there, destroys all keys before any row, and writes the ledger after both", () =>
    Effect.gen(function*() {
      const { asked, outcome } = yield* swept()
      assert.deepStrictEqual(asked, whole)
      assert.deepStrictEqual(outcome._tag === "Success" && outcome.success, {
        at: now,
        paused: false,
        keys: 4,
        content: 4,
        accessTrace: 2,
        endedSession: 5,
        staff: 17,
        consent: 13,
        severed: 0,
        lost: 0,
        stayed: 0,
        lateness: seconds(0)
      })
    }))

  for (const failing of whole) {
    it.effect(`fails when this fails, and has done all the rest: ${failing}`, () =>
      Effect.gen(function*() {
        const { asked, outcome } = yield* swept({ failing })
        assert.deepStrictEqual(outcome._tag === "Failure" && outcome.failure.operation, failing)
        const { lines, steps = [] } = without[failing] ?? { lines: [] }
        const tries = failing === "sever" ? ["sever", "sever", "sever"] : [failing]
        assert.deepStrictEqual(asked, whole.flatMap((step) => (step === failing ? tries : steps.includes(step) ? [] : [unwritten(step, lines)])))
      }))
  }

  it.effect("waits five seconds for a store that does not answer about notes, and then destroys the keys all the same", () =>
    Effect.gen(function*() {
      const sweeping = yield* Effect.forkChild(swept({ hanging: "sever" }))
      yield* TestClock.adjust("4999 millis")
      assert.strictEqual(sweeping.pollUnsafe(), undefined)
      yield* TestClock.adjust("1 millis")
      const { asked, outcome } = yield* Fiber.join(sweeping)
      assert.deepStrictEqual(outcome._tag === "Failure" && outcome.failure.operation, "sever triage notes")
      assert.deepStrictEqual(asked, whole.filter((step) => step !== "triage").map((step) => unwritten(step, ["triage"])))
    }))

  it.effect("writes into the ledger only as far as rows are gone, nothing while another server is at it, and says what stayed", () =>
    Effect.gen(function*() {
      const earlier = before(now, minutes(90))
      const { asked, outcome } = yield* swept({
        content: elsewhere,
        accessTrace: gone(3, { through: earlier, stayed: 2 }),
        endedSession: gone(1, { stayed: 1 }),
        receipts: gone(1, { through: earlier })
      })
      assert.deepStrictEqual(asked.filter((step) => step.startsWith("ledger")), [
        "ledger vendor at most 300000",
        `ledger vendor accessTrace ${earlier - now}`,
        "ledger service at most 300000",
        `ledger service endedSession 0 triage 0 consent ${earlier - now} invitation 0 staffSession 0`
      ])
      assert.deepStrictEqual(outcome._tag === "Success" && outcome.success.stayed, 3)
    }))

  it.effect("is as late as the earliest key or row that it found", () =>
    Effect.gen(function*() {
      const late = (answers: Answers) => Effect.map(swept(answers), ({ outcome }) => outcome._tag === "Success" && outcome.success.lateness)
      const past = (ms: number) => (now - ms) as Instant
      assert.strictEqual(yield* late({ buckets: [past(3_000), past(9_000), after(now, hours(1))] }), seconds(9))
      assert.strictEqual(yield* late({ content: gone(1, { earliest: past(7_000) }), endedSession: gone(1, { earliest: past(8_000) }) }), seconds(8))
      assert.strictEqual(yield* late({ buckets: [past(4_000)], consents: gone(1, { earliest: past(2_000) }), receipts: gone(1, { earliest: past(5_000) }) }), seconds(5))
      assert.strictEqual(yield* late({ buckets: [after(now, hours(1))] }), seconds(0))
    }))
})

describe("a clock that ran ahead and was put right", () => {
  it.effect("stands no more in the ledgers than a step ahead after the next sweep, so that chats can be kept again", () => {
    const { knobs, layer } = world()
    return Effect.gen(function*() {
      knobs.now = after(wednesday, hours(31 * 24))
      yield* sweep
      knobs.now = wednesday
      yield* sweep
      for (const realm of [yield* ServiceRealm, yield* VendorRealm]) {
        const { ledger } = yield* realm.prove(wednesday)
        assert.deepStrictEqual(ledger.map(({ through }) => through), ledger.map(() => after(wednesday, minutes(5))))
        assert.isNotEmpty(ledger)
      }
    }).pipe(Effect.provide(layer))
  })
})

describe("what was ended too late to be kept", () => {
  it.effect("is gone at once, and its key with it", () => {
    const { knobs, layer } = world()
    return Effect.gen(function*() {
      knobs.now = after(wednesday, hours(2))
      yield* sweep
      const sessions = yield* SessionStore
      const ref = SessionRef.make("c".repeat(32))
      yield* sessions.save({
        ref,
        version: 0,
        state: { _tag: "Waiting", service: "ifengsel" as ServiceName, openedAt: wednesday, noticeVersion: "v1", queuedAt: wednesday, front: false, visitorAway: null }
      })
      yield* sessions.end(ref, "ifengsel" as ServiceName, after(wednesday, hours(1)))
      assert.deepStrictEqual(yield* (yield* ServiceRealm).measure(knobs.now), [])
      assert.deepStrictEqual((yield* (yield* KeyVault).inventory).live, [])
    }).pipe(Effect.provide(layer))
  })
})
