/**
 * `fortrolig serve`: the server, until it is asked to stop.
 */
import { resolve } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Command, Flag } from "effect/cli"
import { invite } from "@fortrolig/core/app/staff"
import type { Settings } from "@fortrolig/http/config"
import type { RunningServer } from "@fortrolig/http/main"
import { ownedWords } from "../control/ask.ts"
import { perform } from "../control/perform.ts"
import { listenForControl } from "../control/server.ts"
import { misused, unable } from "../failure.ts"
import { Install, type Owned } from "../Install.ts"
import { isLoopback, leadsFolder, originOf, settingsInForce } from "../settings.ts"
import { askedToStop, surviveSignals } from "../signals.ts"
import { printLines, tell } from "./shared.ts"

/** One line for each service, and in a demonstration the link that signs one counsellor in. */
const serviceLines = (settings: Settings, origin: string, demonstration: boolean) =>
  Effect.forEach(settings.policies, ({ name, service }) =>
    Effect.gen(function*() {
      const lines = [`  ${name.nb}: ${origin}/${service}`]
      if (!demonstration) return lines
      const secret = yield* invite(service)
      return [...lines, `    invitation for one counsellor, works once: ${origin}/staff#${secret}`]
    })).pipe(
      Effect.map((lines) => lines.flat()),
      Effect.mapError(() => unable("The invitations could not be stored."))
    )

const demonstrationLines = (settings: Settings): ReadonlyArray<string> => [
  "This is a demonstration: every service is open whatever the hour. Do not use it for real chats.",
  `  data: ${resolve(settings.data)}`,
  `  keys: ${resolve(settings.keys)}`,
  `  private keys of the two demonstration custodians: ${resolve(settings.custodians)} (in production each makes a key elsewhere)`,
  `  private keys of the demonstration leads, if a service keeps chats: ${resolve(leadsFolder(settings))}`,
  "  erase all of it with: fortrolig reset"
]

const introduce = Effect.fnUntraced(function*(settings: Settings, origin: string, demonstration: boolean) {
  const services = yield* serviceLines(settings, origin, demonstration)
  yield* printLines([
    `Fortrolig is running at ${origin}`,
    ...services,
    ...(demonstration ? demonstrationLines(settings) : [`Make an invitation for a counsellor with: fortrolig invite ${settings.policies[0]?.service ?? "SERVICE"}`]),
    "Stop it with Ctrl-C."
  ])
})

/** Lets chats end, unless it is asked to stop once more; then stops. */
const stopInOrder = Effect.fnUntraced(function*(server: RunningServer) {
  yield* tell("Stopping: no new chats; those that are going on may end, for ten minutes at most. Ask once more to stop at once.")
  yield* Effect.raceFirst(server.drain, askedToStop)
  yield* server.stop
  yield* tell("Stopped.")
})

const refuseOpenDemonstration = Effect.fnUntraced(function*({ databases, host }: Settings) {
  if (!isLoopback(host)) return yield* misused("A demonstration is reachable from this machine only. Leave HOST at 127.0.0.1, or serve without --demo.")
  if (databases !== undefined) return yield* misused("A demonstration keeps everything in its own folder. Unset DATABASE_URL, or serve without --demo.")
})

/** What to do about a folder that another process owns. */
const ownedAdvice = ({ folder }: Owned): string =>
  folder === "data" ? "One server at a time: stop that one, or set FORTROLIG_DATA to another folder." : "The key vaults in it are one server's at a time: stop that one first."

/** Serves until it is asked to stop. Exit code 0 after an orderly stop, 2 when it could not start, 64 when a setting is wrong. */
export const serve = Command.make(
  "serve",
  {
    demo: Flag.Boolean("demo").pipe(
      Flag.withDescription("A demonstration on this machine: open whatever the hour, with custodians made up on first run"),
      Flag.withDefault(false)
    )
  },
  Effect.fn(function*({ demo }) {
    const settings = yield* settingsInForce
    if (demo) yield* refuseOpenDemonstration(settings)
    yield* surviveSignals
    const install = yield* Install
    const ports = yield* Layer.build(install.open(settings, { serving: true, demonstration: demo, acceptLostKeys: false, acceptClock: false })).pipe(
      Effect.catchTags({
        Owned: (owned) => Effect.fail(unable(`${ownedWords(owned)} ${ownedAdvice(owned)}`)),
        Undeclared: ({ columns }) => Effect.fail(unable(`The databases hold what no data class covers: ${columns.join(", ")}. The server does not start on them.`))
      })
    )
    yield* Effect.gen(function*() {
      const { serve: serving } = yield* Effect.promise(() => import("@fortrolig/http/main"))
      const server = yield* serving(settings).pipe(
        Effect.catchTags({
          BadSetting: (problem) => Effect.fail(misused(`${problem.variable} ${problem.says}.`)),
          CannotListen: ({ says }) => Effect.fail(unable(says)),
          StoreUnavailable: ({ operation }) => Effect.fail(unable(`The store could not be reached or read (${operation}), so the server did not start.`))
        })
      )
      const origin = originOf({ ...settings, port: server.port })
      // The server itself ends what is overdue every second.
      yield* listenForControl(settings.data, (request) => perform(request, { serving: true, origin, endOverdue: Effect.succeed(0) }))
      yield* introduce(settings, origin, demo)
      yield* askedToStop
      yield* stopInOrder(server)
    }).pipe(Effect.provide(ports))
  }, Effect.scoped)
).pipe(
  Command.withDescription("Run the server until it is asked to stop."),
  Command.withExamples([{ command: "fortrolig serve --demo", description: "Try both services on this machine" }])
)
