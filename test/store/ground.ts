/**
 * What the workflows stand on beside the stores: a clock that the test sets, policies with short promises, and randomness that is the same each time.
 */
import { createHash } from "node:crypto"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { busMemory } from "@fortrolig/adapters/bus/memory"
import { after, type Instant, minutes } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { Bus } from "@fortrolig/core/ports/Bus"
import { Policies } from "@fortrolig/core/ports/Policies"
import { Randomness } from "@fortrolig/core/ports/Randomness"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"

/** Keeps text for two hours after the end, and the trace of an opening for two hours. */
export const keeping: Policy = { ...ifengsel, content: { store: "server", hoursAfterEnd: 2 }, accessTrace: { hoursAfterOpening: 2 } }
/** Keeps no text, asks for triage, and keeps the trace for two hours: its notes are severed then. */
export const asking: Policy = { ...detfinneshjelp, accessTrace: { hoursAfterOpening: 2 } }

/** The clock of a test: where it stands now. */
export class Hands {
  readonly start: Instant
  now: Instant
  constructor(start: Instant) {
    this.start = start
    this.now = start
  }
  /** Sets the clock to some minutes after its start. */
  to(minute: number): void {
    this.now = after(this.start, minutes(minute))
  }
}

/** What the workflows need that is no store. */
export type Ground = TrustedClock | Policies | Randomness | Bus

/** Ids and secrets that follow from a seed. */
const seeded = (seed: string): Randomness["Service"] => {
  let drawn = 0
  const digest = (text: string) => createHash("sha256").update(text)
  const next = Effect.sync(() => digest(`${seed}|${drawn++}`))
  return {
    id: Effect.map(next, (hash) => hash.digest("hex").slice(0, 32)),
    secret: Effect.map(next, (hash) => hash.digest("base64url")),
    hash: (secret) => Effect.sync(() => digest(secret).digest("hex"))
  }
}

/** The ground under one run. Every service is open whatever the hour. */
export const ground = (hands: Hands, seed: string, all: ReadonlyArray<Policy> = [keeping, asking]): Effect.Effect<Context.Context<Ground>> =>
  Effect.gen(function*() {
    const bus = Context.get(yield* Effect.scoped(Layer.build(busMemory)), Bus)
    return Context.make(TrustedClock, { read: Effect.sync(() => ({ now: hands.now, latest: hands.now, suspect: false })) }).pipe(
      Context.add(Policies, { all, of: (name) => all.find(({ service }) => service === name), demonstration: true }),
      Context.add(Randomness, seeded(seed)),
      Context.add(Bus, bus)
    )
  })
