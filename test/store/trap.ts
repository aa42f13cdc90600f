/**
 * What goes wrong, and where: a trap counts the calls that pass it and springs at one of them, before it is done or after it was done and its answer is lost.
 */
import * as Effect from "effect/Effect"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"

/** Before the call is done, or after it: then it was done, and nobody hears so. */
export type How = "before" | "after"

/** At which call of a step a trap springs, and how. */
export interface Spring {
  /** The name of the call and how many of that name came before it. */
  readonly call: string
  readonly how: How
}

/** Names calls, and springs at some of them. */
export class Trap {
  /** The calls since the trap was set, in order. */
  calls: Array<string> = []
  /** Where it has sprung since it was made. */
  readonly sprung = new Set<Spring>()
  readonly #names = new Map<string, number>()
  #springs: ReadonlyArray<Spring> = []

  /** Begins anew. */
  set(springs: ReadonlyArray<Spring>): void {
    this.calls = []
    this.#names.clear()
    this.#springs = springs
  }

  /** Takes note of a call, and answers how it fails. */
  enter(name: string): How | undefined {
    const before = this.#names.get(name) ?? 0
    this.#names.set(name, before + 1)
    const call = `${name} ${before}`
    this.calls.push(call)
    const spring = this.#springs.find((one) => one.call === call)
    if (spring !== undefined) this.sprung.add(spring)
    return spring?.how
  }
}

/** Runs every call of a port, whatever it fails with or needs. */
export type Gate = (name: string, call: Effect.Effect<unknown, unknown, unknown>) => Effect.Effect<unknown, unknown, unknown>

/** A gate through which everything goes. */
export const openGate: Gate = (_name, call) => call

/** A gate with a trap in it: a call fails as a store does that cannot be reached. */
export const trapped = (trap: Trap): Gate => (name, call) =>
  Effect.suspend(() => {
    const how = trap.enter(name)
    const lost = Effect.fail(new StoreUnavailable({ operation: `${name} was made to fail` }))
    if (how === undefined) return call
    return how === "before" ? lost : Effect.andThen(call, lost)
  })

/** A port of which every method, and every effect that it has, goes through a gate. */
export const gated = <Port extends object>(name: string, port: Port, gate: Gate): Port =>
  new Proxy(port, {
    get: (target, key, receiver) => {
      const value: unknown = Reflect.get(target, key, receiver)
      const call = `${name}.${String(key)}`
      if (Effect.isEffect(value)) return gate(call, value)
      if (typeof value !== "function") return value
      return (...given: ReadonlyArray<unknown>) => {
        const answer: unknown = Reflect.apply(value, target, given)
        return Effect.isEffect(answer) ? gate(call, answer) : answer
      }
    }
  })
