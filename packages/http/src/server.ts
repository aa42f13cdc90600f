/**
 * The Node server under the app: limits on slow and large requests, and an orderly stop.
 */
import { createServer, type Server } from "node:http"
import { getRequestListener } from "@hono/node-server"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Hono } from "hono"

/** The port could not be listened on; `says` is a sentence for the person who starts the server. */
export class CannotListen extends Schema.TaggedError<CannotListen>()("CannotListen", { says: Schema.String }) {
  override get message(): string {
    return this.says
  }
}

/** A server that is not listening yet. A request that dawdles is cut off, so that slow callers cannot hold all connections. */
export const nodeServer = (app: Hono): Server => {
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false, errorHandler: () => new Response(null, { status: 500 }) })
  return createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: 8 * 1024,
      insecureHTTPParser: false
    },
    (incoming, outgoing) => void answer(incoming, outgoing)
  )
}

/** Listens; answers the port in force, which differs from `port` when that is 0. */
export const listen = (server: Server, port: number, host: string): Effect.Effect<number, CannotListen> =>
  Effect.callback((resume) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? `Port ${port} is already in use. Choose another with PORT.` : `Cannot listen on ${host}, port ${port}.`
      resume(Effect.fail(new CannotListen({ says: why })))
    }
    server.once("error", failed)
    server.listen(port, host, () => {
      server.off("error", failed)
      const address = server.address()
      resume(Effect.succeed(typeof address === "object" && address !== null ? address.port : port))
    })
  })

/** Stops listening and closes what is left open. */
export const close = (server: Server): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (!server.listening) return resume(Effect.void)
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })
