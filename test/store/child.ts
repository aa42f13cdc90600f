/**
 * A process that lives through the scenario, or sweeps once, and kills itself at one call of a port: no handler runs, no file is closed, no connection is told.
 */
import { join } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { vaultFile } from "@fortrolig/adapters/keys/vaultFile"
import { sweep } from "@fortrolig/core/app/sweep"
import { Instant } from "@fortrolig/core/kernel/instant"
import { ground, Hands } from "./ground.ts"
import { begin, steps } from "./scenario.ts"
import { databases, stack } from "./stack.ts"
import type { Gate } from "./trap.ts"

/** What the process is told. */
const Told = Schema.fromJsonString(
  Schema.Struct({
    url: Schema.String,
    keys: Schema.String,
    start: Instant,
    /** Before which call it dies. */
    call: Schema.Int,
    /** Sweeps once at this minute, instead of living through the scenario. */
    sweepAt: Schema.optionalKey(Schema.Int)
  })
)

/** Both vaults in a folder. */
const vaultsIn = (keys: string) => Effect.all({ service: vaultFile(join(keys, "service.vault")), custody: vaultFile(join(keys, "custody.vault")) })

const die = Effect.sync(() => process.kill(process.pid, "SIGKILL")).pipe(Effect.andThen(Effect.never))

const life = Effect.gen(function*() {
  const { call: last, keys, start, sweepAt, url } = yield* Schema.decodeUnknownEffect(Told)(process.argv[2])
  const on = yield* databases(Redacted.make(url))
  let calls = 0
  const gate: Gate = (_name, call) => Effect.suspend(() => (calls++ === last ? die : call))
  const stores = yield* stack(on, yield* vaultsIn(keys), gate)
  const hands = new Hands(start)
  yield* Effect.gen(function*() {
    // The parent counts time from here.
    process.stdout.write("begun\n")
    if (sweepAt !== undefined) {
      hands.to(sweepAt)
      yield* sweep
      return
    }
    const living = yield* begin(hands)
    for (const { minute, run } of steps) {
      hands.to(minute)
      yield* run(living)
    }
  }).pipe(Effect.provide(Context.merge(stores, yield* ground(hands, String(start)))))
  yield* die
})

await Effect.runPromise(Effect.scoped(life))
