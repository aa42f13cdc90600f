/**
 * Children that are killed, from one bundle that is made once, and what a server that starts after them finds.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { rolldown } from "rolldown"
import { vaultFile } from "@fortrolig/adapters/keys/vaultFile"
import { recover } from "@fortrolig/core/app/recover"
import { sweep } from "@fortrolig/core/app/sweep"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { root } from "../support/build.ts"
import { ground, Hands } from "./ground.ts"
import { type Databases, stack } from "./stack.ts"

/** A proof is seen failing in the children too (`vitest.workspace.ts`). */
const Disabled = Schema.fromJsonString(Schema.Struct({ file: Schema.String, find: Schema.String, replace: Schema.String }))
const disabled = Option.getOrUndefined(Schema.decodeUnknownOption(Disabled)(process.env["FORTROLIG_DISABLE"]))
const disabling = {
  name: "disable",
  transform: (code: string, id: string) =>
    disabled !== undefined && id.endsWith(`/${disabled.file}`) ? code.replace(disabled.find, () => disabled.replace) : undefined
}

/** What a child is told. */
export interface Told {
  readonly url: string
  readonly keys: string
  readonly start: Instant
  readonly call: number
  readonly sweepAt?: number
  /** Milliseconds after it has begun when it is killed from outside, should it still live. */
  readonly within?: number
}

/** Bundles the child, so that it starts in a fraction of the time, and answers how one is started and waited for; it must have died by SIGKILL. */
export const children = Effect.acquireRelease(
  Effect.promise(async () => {
    const folder = join(root, "test-output", `store-${process.pid}`)
    mkdirSync(folder, { recursive: true })
    const bundle = await rolldown({
      input: join(import.meta.dirname, "child.ts"),
      platform: "node",
      plugins: [disabling],
      resolve: { conditionNames: ["@fortrolig/source", "node", "import"] },
      logLevel: "silent"
    })
    await bundle.write({ dir: folder, format: "esm", codeSplitting: false, entryFileNames: "child.mjs" })
    await bundle.close()
    return { folder, program: join(folder, "child.mjs") }
  }),
  ({ folder }) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
).pipe(
  Effect.map(({ program }) => ({ within, ...told }: Told) =>
    Effect.promise(async () => {
      const child = spawn(process.execPath, [program, JSON.stringify(told)], { stdio: ["ignore", "pipe", "pipe"] })
      const said: Array<string> = []
      child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text))
      const gone = once(child, "exit")
      if (within !== undefined) {
        await Promise.race([once(child.stdout, "data"), gone])
        await Promise.race([sleep(within), gone])
        child.kill("SIGKILL")
      }
      const [code, signal]: ReadonlyArray<unknown> = await gone
      if (signal !== "SIGKILL") throw new Error(`the child ended with ${String(code ?? signal)}: ${said.join("")}`)
    })
  )
)

/** A server that starts on what a killed one left, at some minute: sweeps, recovers, sweeps. Then does `then` with the vaults open, at any later minute. */
export const startAfter = Effect.fnUntraced(function*<A, E, R>(on: Databases, keys: string, start: Instant, minute: number, then: (at: { readonly vaults: Parameters<typeof stack>[1]; readonly sweepAt: (minute: number) => Effect.Effect<void, unknown> }) => Effect.Effect<A, E, R>) {
  const vaults = { service: yield* vaultFile(join(keys, "service.vault")), custody: yield* vaultFile(join(keys, "custody.vault")) }
  const hands = new Hands(start)
  const services = Context.merge(yield* stack(on, vaults), yield* ground(hands, "after"))
  const sweepAt = (at: number) => Effect.suspend(() => {
    hands.to(at)
    return Effect.asVoid(sweep)
  }).pipe(Effect.provide(services))
  const reached = yield* vaults.service.mark
  yield* sweepAt(minute)
  yield* Effect.provide(recover(reached), services)
  yield* sweepAt(minute)
  return yield* then({ vaults, sweepAt })
})
