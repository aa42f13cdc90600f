/**
 * Asks whoever owns the install: the running server through its socket, or, when none runs, the install itself, opened for this one request.
 */
import { existsSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { recover } from "@fortrolig/core/app/recover"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import type { Settings } from "@fortrolig/http/config"
import { CommandFailure, unable } from "../failure.ts"
import { Install, type Opening, type Owned, type Undeclared } from "../Install.ts"
import { originOf } from "../settings.ts"
import { type Answer, AnswerLine, type Request, RequestLine } from "./messages.ts"
import { perform } from "./perform.ts"
import { socketPath } from "./socketPath.ts"

/** Nobody listens: no server runs, or it was killed and left its socket behind. */
const nobody = Symbol("nobody listens")

/** How long an owner without a socket is waited for: a server that is starting, or another command that is at work. */
const tries = 20
const pause = "250 millis"

/** How long a server that took the question may think about it, in milliseconds. */
const patience = 60_000

const afterwards: Opening = { serving: false, demonstration: false, acceptLostKeys: false, acceptClock: false }

/** Whether there is an install in the data folder at all. */
export const isInstalled = ({ data, databases }: Settings): boolean => existsSync(join(data, databases === undefined ? "service" : "owner.json"))

/** The owner of a folder, as a sentence. */
export const ownedWords = ({ folder, pid }: Owned): string => `Another process${pid === null ? "" : ` (pid ${pid})`} owns the ${folder} folder.`

/** What the running server answers, or `undefined` when none listens. A failure that it answers becomes this command's. */
export const askServer = (settings: Settings, request: Request): Effect.Effect<Answer | undefined, CommandFailure> =>
  Effect.scoped(
    Effect.gen(function*() {
      if (!existsSync(settings.data)) return undefined
      const path = yield* socketPath(settings.data)
      const line = yield* Schema.encodeEffect(RequestLine)(request).pipe(Effect.orDie)
      const answered = yield* exchange(path, line)
      if (answered === nobody) return undefined
      const answer = yield* Schema.decodeUnknownEffect(AnswerLine)(answered).pipe(
        Effect.mapError(() => unable("The running server answered something that this version does not understand."))
      )
      return answer._tag === "Failed" ? yield* new CommandFailure({ exit: answer.exit, says: answer.says }) : answer
    })
  )

/** Asks the server, or performs the request on the install when no server runs. Changes nothing where there is no install. */
export const ask = (settings: Settings, request: Request): Effect.Effect<Answer, CommandFailure | Undeclared, Install> =>
  Effect.gen(function*() {
    const install = yield* Install
    if (!isInstalled(settings)) return yield* unable("There is no install in the data folder, so there is nothing to check. Start a server first, or set FORTROLIG_DATA.")
    for (let attempt = 1; ; attempt += 1) {
      const answer = yield* askServer(settings, request)
      if (answer !== undefined) return answer
      const opened = yield* perform(request, {
        serving: false,
        origin: originOf(settings),
        endOverdue: Effect.map(Effect.flatMap(Effect.flatMap(KeyVault, ({ mark }) => mark), recover), ({ ended }) => ended.length)
      }).pipe(
        Effect.provide(install.open(settings, afterwards)),
        Effect.catchTag("Owned", (owned) => (attempt < tries ? Effect.succeed(undefined) : Effect.fail(unable(`${ownedWords(owned)} It does not answer, so nothing could be checked.`))))
      )
      if (opened !== undefined) return opened
      yield* Effect.sleep(pause)
    }
  })

const exchange = (path: string, line: string): Effect.Effect<string | typeof nobody, CommandFailure> =>
  Effect.callback((resume) => {
    const socket = connect(path)
    let received = ""
    socket.setEncoding("utf8")
    socket.setTimeout(patience, () => socket.destroy(new Error("no answer in time")))
    socket.on("connect", () => socket.write(`${line}\n`))
    socket.on("data", (chunk: string) => {
      received += chunk
    })
    socket.on("end", () => resume(Effect.succeed(received)))
    socket.on("error", (problem) => {
      const code = "code" in problem ? problem.code : undefined
      resume(code === "ENOENT" || code === "ECONNREFUSED" ? Effect.succeed(nobody) : Effect.fail(unable("The running server did not answer.")))
    })
    return Effect.sync(() => socket.destroy())
  })
