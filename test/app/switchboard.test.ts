import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { StaffId } from "@fortrolig/core/kernel/identity"
import { after, before, hours, minutes, seconds } from "@fortrolig/core/kernel/instant"
import { Bus, type News } from "@fortrolig/core/ports/Bus"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { wednesday, world } from "./world.ts"

const ada = StaffId.make("a".repeat(32))
const bo = StaffId.make("b".repeat(32))
const opening = { service: detfinneshjelp.service, noticeVersion: "v1", front: false }

describe("the switchboard", () => {
  it.effect("lets exactly one of two counsellors who accept at once hold the chat, and tells the other why", () => {
    const { layer } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const { ref } = yield* switchboard.open(opening)
      const outcomes = yield* Effect.all(
        [ada, bo].map((counsellor) => Effect.result(switchboard.command(ref, { _tag: "Accept", counsellor }))),
        { concurrency: "unbounded" }
      )
      const refusals = outcomes.flatMap((outcome) => (outcome._tag === "Failure" ? [outcome.failure] : []))
      assert.strictEqual(refusals.length, 1)
      assert.strictEqual(refusals[0]?._tag, "Refused")
      assert.strictEqual(switchboard.holding(ada).length + switchboard.holding(bo).length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("never lets a counsellor who accepts many at once exceed the capacity, and fills it exactly", () => {
    const { layer } = world({ capacity: 3 })
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const opened = yield* Effect.forEach(Array.from({ length: 8 }), () => switchboard.open(opening))
      yield* Effect.forEach(opened, ({ ref }) => Effect.ignore(switchboard.command(ref, { _tag: "Accept", counsellor: ada })), {
        concurrency: "unbounded"
      })
      assert.strictEqual(switchboard.holding(ada).length, 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("keeps content out of the store where it lives only in the browsers, and settles it where it is kept", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      for (const service of [detfinneshjelp.service, ifengsel.service]) {
        knobs.asked.length = 0
        const { ref } = yield* switchboard.open({ ...opening, service })
        yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
        yield* switchboard.command(ref, { _tag: "Redact", by: "visitor" })
        yield* switchboard.command(ref, { _tag: "End", by: "visitor" })
        const saved = ["session.save", "session.save", "session.save"]
        assert.deepStrictEqual(knobs.asked, service === ifengsel.service ? [...saved, "content.settle", "session.end"] : [...saved, "session.end"])
      }
    }).pipe(Effect.provide(layer))
  })

  it.effect("lets commands to one chat take turns: each is decided on what the one before left, and saved once", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const { ref } = yield* switchboard.open(opening)
      yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
      knobs.asked.length = 0
      const redactions = Array.from({ length: 5 }, () => switchboard.command(ref, { _tag: "Redact", by: "visitor" }))
      yield* Effect.all([...redactions, switchboard.command(ref, { _tag: "Away", party: "visitor" })], { concurrency: "unbounded" })
      assert.deepStrictEqual(knobs.asked, redactions.map(() => "session.save"))
      const state = yield* switchboard.state(ref)
      assert.isTrue(state._tag === "Active" && state.visitorAway !== null)
    }).pipe(Effect.provide(layer))
  })

  it.effect("saves nothing for presence and activity", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const { ref } = yield* switchboard.open(opening)
      yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
      knobs.asked.length = 0
      yield* switchboard.command(ref, { _tag: "Away", party: "visitor" })
      yield* switchboard.command(ref, { _tag: "Back", party: "visitor" })
      knobs.now = after(knobs.now, seconds(5))
      yield* switchboard.tick
      switchboard.wrote(ref)
      yield* switchboard.tick
      assert.deepStrictEqual(knobs.asked, [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends an idle chat at the idle limit and not a moment before, counted from what was last written", () => {
    const { layer, knobs } = world()
    const news: Array<News> = []
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      yield* (yield* Bus).subscribe((one) => news.push(one))
      const { ref } = yield* switchboard.open(opening)
      yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
      const wroteAt = after(wednesday, minutes(20))
      knobs.now = wroteAt
      yield* switchboard.tick
      switchboard.wrote(ref)
      const limit = after(wroteAt, minutes(detfinneshjelp.limits.idleMinutes))
      knobs.now = before(limit, seconds(1))
      yield* switchboard.tick
      assert.strictEqual((yield* switchboard.state(ref))._tag, "Active")
      // The tick comes late; the end is stamped with the limit all the same.
      knobs.now = after(limit, minutes(7))
      yield* switchboard.tick
      assert.deepStrictEqual(news.at(-1)?.state, { _tag: "Ended", service: detfinneshjelp.service, endedAt: limit, reason: "idle" })
      assert.strictEqual((yield* Effect.flip(switchboard.state(ref)))._tag, "UnknownSession")
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends nothing by a limit while the clock is in doubt, and does so once it is trusted again", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const { ref } = yield* switchboard.open(opening)
      knobs.now = after(wednesday, hours(5))
      knobs.suspect = true
      yield* switchboard.tick
      assert.strictEqual(switchboard.size(), 1)
      knobs.suspect = false
      yield* switchboard.tick
      assert.strictEqual(switchboard.size(), 0)
      assert.strictEqual((yield* Effect.flip(switchboard.state(ref)))._tag, "UnknownSession")
    }).pipe(Effect.provide(layer))
  })

  it.effect("does nothing by half when the store fails: the chat stands as before, and the same command works later", () => {
    const { layer, knobs } = world()
    const news: Array<News> = []
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const sessions = yield* SessionStore
      yield* (yield* Bus).subscribe((one) => news.push(one))
      knobs.failing = "session.save"
      assert.strictEqual((yield* Effect.flip(switchboard.open(opening)))._tag, "StoreUnavailable")
      assert.strictEqual(switchboard.size(), 0)
      knobs.failing = undefined
      const { ref } = yield* switchboard.open(opening)
      for (const failing of ["session.save", "session.end"]) {
        knobs.failing = failing
        const told = news.length
        const before = yield* switchboard.state(ref)
        const ask = failing === "session.save" ? { _tag: "Accept", counsellor: ada } as const : { _tag: "Leave" } as const
        assert.strictEqual((yield* Effect.flip(switchboard.command(ref, ask)))._tag, "StoreUnavailable")
        assert.deepStrictEqual(yield* switchboard.state(ref), before)
        assert.strictEqual(news.length, told)
        knobs.failing = undefined
        yield* switchboard.command(ref, ask)
        assert.strictEqual(news.length, told + 1)
      }
      assert.deepStrictEqual(yield* sessions.load(ref), Option.none())
    }).pipe(Effect.provide(layer))
  })

  it.effect("loads a chat anew when another server saved it first, and decides on what is there", () => {
    const { layer } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const sessions = yield* SessionStore
      const { ref } = yield* switchboard.open(opening)
      const stored = Option.getOrThrow(yield* sessions.load(ref))
      if (stored.state._tag !== "Waiting") throw new Error("a fresh session waits")
      const { service, openedAt, noticeVersion } = stored.state
      yield* sessions.save({
        ref,
        version: stored.version,
        state: { _tag: "Active", service, openedAt, noticeVersion, counsellor: bo, acceptedAt: openedAt, lastActivity: openedAt, visitorAway: null, counsellorAway: null }
      })
      const refusal = yield* Effect.flip(switchboard.command(ref, { _tag: "Accept", counsellor: ada }))
      assert.strictEqual(refusal._tag, "Refused")
      assert.deepStrictEqual(switchboard.holding(bo), [ref])
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends at the next tick what an end that failed half way has left: a row without its key, which nobody can read any more", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const [switchboard, sessions, vault] = [yield* Switchboard, yield* SessionStore, yield* KeyVault]
      const { ref } = yield* switchboard.open(opening)
      const { ref: other } = yield* switchboard.open(opening)
      yield* vault.end(ref)
      const outcome = yield* Effect.flip(switchboard.command(ref, { _tag: "Accept", counsellor: ada }))
      assert.strictEqual(outcome._tag, "UnknownSession")
      knobs.asked.length = 0
      yield* switchboard.tick
      assert.deepStrictEqual(knobs.asked, ["session.end"])
      assert.deepStrictEqual((yield* sessions.live).map((live) => live.ref), [other])
      yield* switchboard.tick
      assert.deepStrictEqual(knobs.asked, ["session.end"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("is closed without published hours, open in its hours, and lets nobody in once it drains", () => {
    const { layer, knobs } = world({ demonstration: false })
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      assert.strictEqual((yield* Effect.flip(switchboard.open(opening)))._tag, "Refused")
      yield* switchboard.open({ ...opening, service: ifengsel.service })
      knobs.now = after(wednesday, hours(6))
      assert.strictEqual((yield* Effect.flip(switchboard.open({ ...opening, service: ifengsel.service })))._tag, "Refused")
      knobs.now = wednesday
      yield* switchboard.drain
      assert.strictEqual((yield* Effect.flip(switchboard.open({ ...opening, service: ifengsel.service })))._tag, "Refused")
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends chats by their limits, counted from now, when a clock that ran ahead is put right", () => {
    const { layer, knobs } = world()
    return Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const month = hours(31 * 24)
      knobs.now = after(wednesday, month)
      yield* switchboard.open(opening)
      const { ref } = yield* switchboard.open(opening)
      yield* switchboard.command(ref, { _tag: "Accept", counsellor: ada })
      knobs.now = after(knobs.now, minutes(1))
      yield* switchboard.tick
      switchboard.wrote(ref)
      knobs.now = wednesday
      yield* switchboard.tick
      assert.strictEqual(switchboard.size(), 2)
      knobs.now = before(after(wednesday, minutes(detfinneshjelp.limits.idleMinutes)), minutes(1))
      yield* switchboard.tick
      assert.strictEqual(switchboard.holding(ada).length, 1)
      knobs.now = after(wednesday, minutes(detfinneshjelp.limits.idleMinutes))
      yield* switchboard.tick
      assert.deepStrictEqual([switchboard.holding(ada), switchboard.size()], [[], 1])
      knobs.now = after(wednesday, minutes(detfinneshjelp.limits.queueMinutes))
      yield* switchboard.tick
      assert.strictEqual(switchboard.size(), 0)
    }).pipe(Effect.provide(layer))
  })
})
