/**
 * The whole product as one server of the bench: its own `serve` over the embedded stores in a folder of this run.
 */
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { busMemory } from "@fortrolig/adapters/bus/memory"
import { makeDemonstrationCustodians } from "@fortrolig/adapters/custody/custodians"
import { embedded } from "@fortrolig/adapters/embedded"
import { randomness } from "@fortrolig/adapters/system/randomness"
import { trustedClock } from "@fortrolig/adapters/system/trustedClock"
import { invite } from "@fortrolig/core/app/staff"
import { decodePolicy } from "@fortrolig/core/policy/decode"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { Leads } from "@fortrolig/core/ports/Leads"
import { Policies } from "@fortrolig/core/ports/Policies"
import { serve } from "@fortrolig/http/main"
import { tellAbout } from "./server.ts"
import { benchService, capacity } from "./ways.ts"

/** Det finnes hjelp as it is, but for a counsellor's capacity and a pace that no person types at. */
const policy = decodePolicy({
  ...detfinneshjelp,
  service: benchService,
  capacity,
  limits: { ...detfinneshjelp.limits, idleMinutes: 240, messagesPerMinute: 6000 }
})

const [folder = ""] = process.argv.slice(2)
const keysFolder = join(folder, "keys")
const scope = Effect.runSync(Scope.make())

const started = Effect.gen(function*() {
  const custodians = yield* makeDemonstrationCustodians(join(folder, "custodians"), join(keysFolder, "custodians.json"))
  const policies = Policies.of({ all: [policy], of: (name) => (name === policy.service ? policy : undefined), demonstration: true })
  const ports = yield* Layer.buildWithScope(
    Layer.mergeAll(
      embedded({ dataFolder: join(folder, "data"), keysFolder, custodians, services: [policy.service] }),
      trustedClock,
      randomness,
      busMemory,
      Layer.succeed(Policies, policies),
      // Only a service that keeps messages has leads.
      Layer.succeed(Leads, Leads.of({ keyOf: () => undefined }))
    ),
    scope
  )
  const running = yield* serve({ port: 0, host: "127.0.0.1", trustProxy: [], origin: undefined, openings: 1_000_000 }).pipe(
    Effect.provideContext(ports),
    Effect.provideService(Scope.Scope, scope)
  )
  return { ports, port: running.port }
})
const running = Effect.runPromise(started)

process.once("beforeExit", () => void Effect.runPromise(Scope.close(scope, Exit.void)))
tellAbout(
  running.then(({ port }) => port),
  async (count) => {
    const { ports } = await running
    return Effect.runPromise(Effect.all(Array.from({ length: count }, () => invite(policy.service)), { concurrency: 1 }).pipe(Effect.provideContext(ports)))
  }
)
