/**
 * A vault a second time, badly on purpose: which keys are alive is a list of names, and what opens is what was sealed under a name that is still on it.
 */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { HoldId, type Vault, type WrappedBy } from "@fortrolig/core/ports/KeyVault"
import { type Disk, newDisk, openDisk, usedSlots } from "./disk.contract.ts"

/** How a vault is opened over a disk; a planted bug is another way to do it. */
export type Opening = (disk: Disk) => Vault

const classes = ["accessTrace", "content"] as const
type Class = (typeof classes)[number]

/** What a random life does next. Numbers choose among what there is. */
type Wish =
  | { readonly does: "begin" | "seal" | "end"; readonly who: number }
  | { readonly does: "wrap" | "sealUntil"; readonly who: number; readonly class: Class; readonly hour: number }
  | { readonly does: "hold"; readonly which: number; readonly who: number; readonly hour: number }
  | { readonly does: "giveBack"; readonly which: number; readonly hour: number }
  | { readonly does: "release"; readonly who: number }
  | { readonly does: "destroyDue"; readonly hour: number }
  | { readonly does: "reopen" }

const small = (max: number) => fc.integer({ min: 0, max })
const who = small(1)
const hour = small(4)
const dataClass = fc.constantFrom(...classes)

/** Random lives of a vault: two sessions, two classes, five deadlines, three holds. */
export const vaultLives: fc.Arbitrary<Array<Wish>> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ does: fc.constantFrom("begin", "seal", "end"), who }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant("wrap"), who, class: dataClass, hour }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant("sealUntil"), who, class: dataClass, hour }) },
    { weight: 4, arbitrary: fc.record({ does: fc.constant("hold"), which: small(20), who: small(2), hour }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant("giveBack"), which: small(20), hour }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant("release"), who: small(2) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant("destroyDue"), hour }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant("reopen") }) }
  ),
  { minLength: 1, maxLength: 30 }
)

/** One thing that somebody may try to open: sealed bytes, and by what they say they open. */
interface Sealed {
  readonly under: string
  readonly sealed: Uint8Array
  readonly by: { readonly live: SessionRef } | WrappedBy
}

const sessions = ["aa", "bb"].map((text) => SessionRef.make(text.repeat(16)))
const holds = ["01", "02", "03"].map((text) => HoldId.make(text.repeat(16)))
const at = (hours: number): Instant => ((hours + 1) * 3_600_000) as Instant
const plain = Buffer.from("synthetic")
const pick = <A>(from: ReadonlyArray<A>, n: number): A => {
  const found = from[n % from.length]
  if (found === undefined) throw new Error("there is nothing to choose from")
  return found
}

const tryOpen = (vault: Vault, { by, sealed }: Sealed) =>
  "live" in by
    ? vault.open(by.live, sealed, "here")
    : "hold" in by
      ? vault.openHeld(by.hold, { sealed, wrapped: by.wrapped }, "here")
      : vault.openUntil(by.dataClass, by.deleteAt, { sealed, wrapped: by.wrapped }, "here")

/** Lives one life and compares with the list of names after every step. Fails with the first difference. */
export const livesLikeItsModel = async (opening: Opening, life: ReadonlyArray<Wish>): Promise<void> => {
  const disk = newDisk()
  let vault = opening(disk)
  /** The key that each place has now: a place that is made anew has another key. */
  const alive = new Map<string, string>()
  const ends = new Map<string, number>()
  let made = 0
  const known: Array<Sealed> = []

  const make = (place: string, end?: number): string => {
    const present = alive.get(place)
    if (present !== undefined) return present
    const name = `${place}#${made++}`
    alive.set(place, name)
    if (end !== undefined) ends.set(place, end)
    return name
  }
  const lose = (place: string): void => {
    alive.delete(place)
    ends.delete(place)
  }
  const opens = (name: string): boolean => [...alive.values()].includes(name)
  const gone = (answer: Effect.Effect<unknown, { readonly _tag: string }>): Effect.Effect<void> =>
    Effect.map(Effect.result(answer), (got) => assert.strictEqual(got._tag === "Failure" ? got.failure._tag : got._tag, "KeyGone"))

  const live = Effect.fnUntraced(function*(wish: Wish) {
    switch (wish.does) {
      case "begin":
        yield* vault.begin(pick(sessions, wish.who))
        make(`live ${wish.who}`)
        return
      case "seal": {
        const ref = pick(sessions, wish.who)
        const under = alive.get(`live ${wish.who}`)
        if (under === undefined) return yield* gone(vault.seal(ref, plain, "here"))
        known.push({ under, sealed: yield* vault.seal(ref, plain, "here"), by: { live: ref } })
        return
      }
      case "end":
        yield* vault.end(pick(sessions, wish.who))
        lose(`live ${wish.who}`)
        return
      case "wrap": {
        const ref = pick(sessions, wish.who)
        const key = alive.get(`live ${wish.who}`)
        if (key === undefined) return yield* gone(vault.wrap(ref, wish.class, at(wish.hour)))
        const by = { dataClass: wish.class, deleteAt: at(wish.hour), wrapped: yield* vault.wrap(ref, wish.class, at(wish.hour)) }
        const under = make(`${wish.class} ${wish.hour}`, at(wish.hour))
        for (const each of known.filter((one) => "live" in one.by && one.under === key)) known.push({ under, sealed: each.sealed, by })
        return
      }
      case "sealUntil": {
        const { sealed, wrapped } = yield* vault.sealUntil(wish.class, at(wish.hour), plain, "here")
        known.push({ under: make(`${wish.class} ${wish.hour}`, at(wish.hour)), sealed, by: { dataClass: wish.class, deleteAt: at(wish.hour), wrapped } })
        return
      }
      case "hold": {
        const from = known.flatMap((one) => ("live" in one.by ? [] : [{ ...one, by: one.by }]))
        if (from.length === 0) return
        const { by, sealed, under } = pick(from, wish.which)
        const id = pick(holds, wish.who)
        const held = vault.hold(id, by, at(wish.hour), plain)
        if (!opens(under)) return yield* gone(held)
        known.push({ under: make(`hold ${wish.who}`, at(wish.hour)), sealed, by: { hold: id, wrapped: yield* held } })
        return
      }
      case "giveBack": {
        const from = known.flatMap((one) => ("hold" in one.by ? [{ ...one, by: one.by }] : []))
        if (from.length === 0) return
        const { by, sealed, under } = pick(from, wish.which)
        const back = vault.giveBack(by.hold, by.wrapped, "accessTrace", at(wish.hour))
        if (!opens(under)) return yield* gone(back)
        known.push({ sealed, by: { dataClass: "accessTrace", deleteAt: at(wish.hour), wrapped: yield* back }, under: make(`accessTrace ${wish.hour}`, at(wish.hour)) })
        return
      }
      case "release":
        yield* vault.release(pick(holds, wish.who))
        lose(`hold ${wish.who}`)
        return
      case "destroyDue": {
        const due = [...ends].filter(([, end]) => end <= at(wish.hour)).map(([place]) => place)
        assert.strictEqual(yield* vault.destroyDue(at(wish.hour)), due.length, "how many keys were due")
        for (const place of due) lose(place)
        return
      }
      case "reopen":
        vault = opening(disk)
    }
  })

  const compare = Effect.fnUntraced(function*() {
    for (const one of known) {
      const got = yield* Effect.result(tryOpen(vault, one))
      assert.strictEqual(got._tag === "Success", opens(one.under), `what was sealed under ${one.under}`)
      if (got._tag === "Success") assert.deepStrictEqual(Buffer.from(got.success), plain)
    }
    const { buckets, holds: held, live: sessionsAlive } = yield* vault.inventory
    const ending = (...starts: ReadonlyArray<string>) =>
      [...ends].filter(([place]) => starts.some((start) => place.startsWith(start))).map(([, end]) => end).sort((a, b) => a - b)
    assert.deepStrictEqual([...buckets], ending(...classes), "buckets")
    assert.deepStrictEqual(held.map(({ until }) => Number(until)), ending("hold"), "holds")
    assert.strictEqual(sessionsAlive.length, [...alive.keys()].filter((place) => place.startsWith("live")).length, "live keys")
    assert.strictEqual(usedSlots(disk), alive.size, "slots on the disk")
  })

  for (const wish of life) await Effect.runPromise(Effect.andThen(live(wish), compare()))
}

/** The vault of the product. */
export const rightOpening: Opening = openDisk
