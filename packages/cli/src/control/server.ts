/**
 * The control socket of a running server: whoever may write in its data folder may ask, one line in, one line out.
 */
import { chmodSync, rmSync } from "node:fs"
import { createServer, type Server, type Socket } from "node:net"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { exitCodes, type CommandFailure, unable } from "../failure.ts"
import { type Answer, AnswerLine, type Request, RequestLine } from "./messages.ts"
import { socketPath } from "./socketPath.ts"

const longestRequest = 4096
const patience = 30_000

const notUnderstood: Answer = { _tag: "Failed", exit: exitCodes.usage, says: "The server did not understand the request. Is it of another version?" }
const wentWrong: Answer = { _tag: "Failed", exit: exitCodes.unable, says: "The server could not do it." }

/**
 * Listens until the scope closes, and answers each request by `answer`. A socket file that a killed server left behind is replaced:
 * the caller must own the data folder.
 */
export const listenForControl = <R>(
  dataFolder: string,
  answer: (request: Request) => Effect.Effect<Answer, CommandFailure, R>
): Effect.Effect<void, CommandFailure, R | Scope.Scope> =>
  Effect.gen(function*() {
    const path = yield* socketPath(dataFolder)
    const context = yield* Effect.context<R>()
    const respond = (line: string): Promise<string> =>
      Schema.decodeUnknownEffect(RequestLine)(line).pipe(
        Effect.matchEffect({
          onFailure: () => Effect.succeed(notUnderstood),
          onSuccess: (request) => Effect.catch(answer(request), ({ exit, says }) => Effect.succeed<Answer>({ _tag: "Failed", exit, says }))
        }),
        Effect.catchCause(() => Effect.succeed(wentWrong)),
        Effect.flatMap(Schema.encodeEffect(AnswerLine)),
        Effect.orDie,
        Effect.runPromiseWith(context)
      )
    const open = new Set<Socket>()
    yield* Effect.acquireRelease(
      Effect.tryPromise({ try: () => listen(path, open, respond), catch: () => unable("The control socket could not be opened in the data folder.") }),
      (server) => Effect.promise(() => close(server, open))
    )
  })

const listen = async (path: string, open: Set<Socket>, respond: (line: string) => Promise<string>): Promise<Server> => {
  rmSync(path, { force: true })
  const server = createServer((socket) => serve(socket, open, respond))
  const former = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject)
      server.listen(path, () => resolve())
      // The socket file is made within this call, so that nobody else ever sees it with a wider mode.
      process.umask(former)
    })
  } finally {
    process.umask(former)
  }
  chmodSync(path, 0o600)
  return server
}

const serve = (socket: Socket, open: Set<Socket>, respond: (line: string) => Promise<string>): void => {
  let received = ""
  let asked = false
  open.add(socket)
  socket.setEncoding("utf8")
  socket.setTimeout(patience, () => socket.destroy())
  socket.on("error", () => socket.destroy())
  socket.on("close", () => open.delete(socket))
  socket.on("data", (chunk: string) => {
    if (asked) return
    received += chunk
    const end = received.indexOf("\n")
    if (end < 0 && received.length <= longestRequest) return
    asked = true
    socket.setTimeout(0)
    respond(end < 0 ? "" : received.slice(0, end)).then((line) => socket.end(`${line}\n`), () => socket.destroy())
  })
}

const close = (server: Server, open: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of open) socket.destroy()
  })
