/**
 * The app's workflows over stores in memory, with a clock that the test moves and a record of what the stores were asked.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { busMemory } from "@fortrolig/adapters/bus/memory"
import { memoryLayer } from "@fortrolig/adapters/memory/memoryLayer"
import { randomness } from "@fortrolig/adapters/system/randomness"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { Instant, later } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { Policies } from "@fortrolig/core/ports/Policies"
import { SessionStore, type StoredSession } from "@fortrolig/core/ports/SessionStore"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"

/** Wednesday 7 January 2026, 16:00 in Oslo: I fengsel is open. */
export const wednesday = Instant.make(Date.UTC(2026, 0, 7, 15))

/** What the test may turn while the world runs. */
export interface Knobs {
  now: Instant
  wall: Instant
  suspect: boolean
  /** Fails the named operation of a store instead of doing it, until it is cleared. */
  failing: string | undefined
  /** Every operation that a store was asked for, in order. */
  readonly asked: Array<string>
  /** Every session that was to be saved, as it was handed over. */
  readonly saved: Array<StoredSession>
}

/** Everything that the workflows stand on. `capacity` replaces that of both reference policies. */
export const world = (options: { readonly demonstration?: boolean; readonly capacity?: number; readonly policies?: ReadonlyArray<Policy> } = {}) => {
  const knobs: Knobs = { now: wednesday, wall: wednesday, suspect: false, failing: undefined, asked: [], saved: [] }
  const served = (options.policies ?? [detfinneshjelp, ifengsel]).map((policy) => ({ ...policy, capacity: options.capacity ?? policy.capacity }))
  const policies = Layer.succeed(Policies, {
    all: served,
    of: (name) => served.find(({ service }) => service === name),
    demonstration: options.demonstration ?? true
  })
  const clock = Layer.succeed(TrustedClock, {
    read: Effect.sync(() => ({ now: knobs.now, latest: later(knobs.now, knobs.wall), suspect: knobs.suspect }))
  })
  const watched = Layer.effectContext(
    Effect.gen(function*() {
      const stores = yield* Layer.build(memoryLayer)
      const asked = <A, E, R>(name: string, effect: Effect.Effect<A, E, R>) =>
        Effect.suspend((): Effect.Effect<A, E | StoreUnavailable, R> => {
          knobs.asked.push(name)
          const outcome: Effect.Effect<A, E | StoreUnavailable, R> = knobs.failing === name ? Effect.fail(new StoreUnavailable({ operation: name })) : effect
          // A real store answers later: whoever else is about gets a turn before it does.
          return Effect.andThen(Effect.yieldNow, outcome)
        })
      const sessions = Context.get(stores, SessionStore)
      const contents = Context.get(stores, ContentStore)
      return stores.pipe(
        Context.add(SessionStore, {
          ...sessions,
          save: (session) => {
            knobs.saved.push(session)
            return asked("session.save", sessions.save(session))
          },
          end: (...ended) => asked("session.end", sessions.end(...ended))
        }),
        Context.add(ContentStore, {
          ...contents,
          keep: (...kept) => asked("content.keep", contents.keep(...kept)),
          redact: (...redacted) => asked("content.redact", contents.redact(...redacted)),
          settle: (...settled) => asked("content.settle", contents.settle(...settled))
        })
      )
    })
  )
  const ports = Layer.mergeAll(watched, policies, clock, randomness, busMemory)
  return { knobs, served, layer: Switchboard.layer.pipe(Layer.provideMerge(ports)) }
}
