/**
 * From HTTP to a socket: the route only decides, the server's own listener then hands the connection to `ws`.
 */
import type { IncomingMessage, Server } from "node:http"
import { performance } from "node:perf_hooks"
import type { Duplex } from "node:stream"
import { Hono } from "hono"
import { type WebSocket, WebSocketServer } from "ws"
import { problemResponse } from "../problem.ts"
import type { Hub } from "./Hub.ts"
import { CloseCode, PartySocket } from "./partySocket.ts"
import type { Admission } from "./tickets.ts"

/** The protocol that both ends speak. */
export const subprotocol = "fortrolig.v1"
/** The largest message that is read at all, in bytes: a redaction of a thousand messages, or the longest message of a policy. */
const leastPayload = 40_000

/** Marks a request that the server's upgrade listener made; nothing from outside can set it. */
export interface UpgradeEnv {
  readonly upgrade?: true
}

/** Whom the route let through, until the listener picks it up. */
const admitted = new WeakMap<Request, Admission>()

/** The origin of a request, compared with where it was sent: the configured public origin, else the Host it names. */
export const sameOrigin = (request: Request, publicOrigin: string | undefined): boolean => {
  const origin = URL.parse(request.headers.get("origin") ?? "")
  if (origin === null) return false
  return publicOrigin === undefined ? origin.host === request.headers.get("host")?.toLowerCase() : origin.origin === publicOrigin
}

/** The app that decides on upgrades and on nothing else: `GET /ws` answers 204 for a connection that may go on, 426 for a plain request, 403 for a foreign origin and 401 without a working ticket. */
export const upgradeApp = (hub: Hub["Service"], publicOrigin: string | undefined): Hono => {
  const app = new Hono({ strict: true })
  app.get("/ws", (c) => {
    const env: unknown = c.env
    const request = c.req.raw
    if (!isUpgrade(env)) return problemResponse(426, { upgrade: "websocket" })
    if (!sameOrigin(request, publicOrigin)) return problemResponse(403)
    const protocols = (request.headers.get("sec-websocket-protocol") ?? "").split(",").map((part) => part.trim())
    const ticket = protocols.find((part) => part.startsWith("ticket."))?.slice("ticket.".length)
    if (ticket === undefined || !protocols.includes(subprotocol)) return problemResponse(401)
    const admission = hub.tickets.take(ticket, performance.now())
    if (admission === undefined) return problemResponse(401)
    admitted.set(request, admission)
    return new Response(null, { status: 204 })
  })
  return app
}

const isUpgrade = (env: unknown): boolean => typeof env === "object" && env !== null && "upgrade" in env && env.upgrade === true

/** Listens for upgrades on a server; answers the sockets that are open. `longest` is the longest message of any policy, in bytes. */
export const listenForUpgrades = (server: Server, app: Hono, hub: Hub["Service"], longest: number): WebSocketServer => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: Math.max(leastPayload, longest),
    perMessageDeflate: false,
    WebSocket: PartySocket,
    handleProtocols: () => subprotocol
  })
  server.on("upgrade", (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A connection reset while the app decides must not become an uncaught error.
    socket.on("error", ignore)
    void decide(app, incoming).then((verdict) => {
      if (typeof verdict === "number") return reject(socket, verdict)
      if (socket.destroyed) return
      // The answer to the upgrade and the first messages leave in one write.
      socket.cork()
      sockets.handleUpgrade(incoming, socket, head, (opened) => {
        if (opened instanceof PartySocket) serve(hub, opened, verdict)
      })
      socket.uncork()
    })
  })
  return sockets
}

/** Asks the app; answers whom to serve, or the status to refuse with. */
const decide = async (app: Hono, incoming: IncomingMessage): Promise<Admission | number> => {
  const target = incoming.url ?? ""
  if (!/^\/(?![/\\])/.test(target)) return 400
  if (incoming.headers.upgrade?.toLowerCase() !== "websocket") return 400
  if (incoming.method !== "GET") return 405
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name === "connection" || name === "upgrade" || value === undefined) continue
    headers.set(name, Array.isArray(value) ? value.join(", ") : value)
  }
  try {
    // The Host of the URL is of no importance here; the route compares the header itself.
    const request = new Request(`http://localhost${target}`, { method: "GET", headers })
    const response = await app.fetch(request, { upgrade: true } satisfies UpgradeEnv)
    const admission = admitted.get(request)
    return response.status === 204 && admission !== undefined ? admission : response.status < 400 ? 404 : response.status
  } catch {
    return 400
  }
}

const reject = (socket: Duplex, status: number): void => {
  if (socket.destroyed) return
  const words = problems[status] ?? "Bad Request"
  socket.end(`HTTP/1.1 ${problems[status] === undefined ? 400 : status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n`)
}
const problems: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  500: "Internal Server Error",
  503: "Service Unavailable"
}

const serve = (hub: Hub["Service"], socket: PartySocket, admission: Admission): void => {
  socket.heardAt = performance.now()
  socket.on("error", ignore)
  socket.on("close", onClose)
  socket.on("pong", onPong)
  socket.on("message", onMessage)
  socket.listener = hub
  // Over by the time the socket opened: the browser asks again and is told.
  if (!hub.attach(socket, admission)) socket.close(CloseCode.over, "The chat is over.")
}

// One function for all sockets, so that an idle connection costs no closure.
function onClose(this: WebSocket): void {
  if (this instanceof PartySocket) this.listener?.detach(this)
}
function onPong(this: WebSocket): void {
  if (this instanceof PartySocket) this.heardAt = performance.now()
}
function onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
  if (this instanceof PartySocket && this.end !== undefined && Buffer.isBuffer(data)) this.listener?.hear(this, data, isBinary)
}
const ignore = (): void => {}
