/**
 * The Hono app: headers, limits, the API, pages and the decision on sockets.
 */
import type { IncomingMessage } from "node:http"
import { Hono } from "hono"
import { compress } from "hono/compress"
import type { Policy } from "@fortrolig/core/policy/policy"
import { limitBody } from "./bodyLimit.ts"
import type { Incoming } from "./edge/address.ts"
import type { Edge } from "./edge/edge.ts"
import { privacyHeaders } from "./headers.ts"
import { problemResponse } from "./problem.ts"
import type { ApiHandler } from "./routes/api.ts"
import type { Assets } from "./routes/assets.ts"
import { addHealthRoutes } from "./routes/health.ts"
import type { Health } from "./routes/metrics.ts"
import { addPageRoutes, neutralPage, type PageContext } from "./routes/pages.ts"
import { sameOrigin } from "./socket/upgrade.ts"

/** The largest request body, in bytes. */
export const bodyBytes = 16 * 1024

/** What an app is made of. */
export interface AppParts {
  readonly policies: ReadonlyArray<Policy>
  readonly edge: Edge
  readonly api: ApiHandler
  /** Decides on upgrades; asked over plain HTTP it says so. */
  readonly upgrades: Hono
  readonly health: Health
  readonly assets: Assets
  readonly pages: PageContext
  /** The address that visitors see, when a proxy stands before this server. */
  readonly origin: string | undefined
}

/** Composes the app. Whatever it is asked, it answers with words of its own and nothing of the request. */
export const makeApp = (parts: AppParts): Hono => {
  const { edge, api, origin } = parts
  const app = new Hono({ strict: true })
  app.use(privacyHeaders(parts.policies.map(({ exitUrl }) => exitUrl)))
  app.use(limitBody(bodyBytes))
  app.use(async (c, next) => {
    const fetchedByAPage = c.req.path.startsWith("/api/") && c.req.method !== "GET" && c.req.method !== "HEAD"
    // A page of another site may not open a chat in a visitor's name. A beacon or form of our own names no origin, because we tell none.
    const leaving = c.req.path.endsWith("/leave")
    if (fetchedByAPage && !leaving && c.req.header("origin") !== undefined && !sameOrigin(c.req.raw, origin)) return problemResponse(403)
    return next()
  })

  app.post("/api/:service/sessions", async (c, next) => {
    if (!edge.admits(incomingOf(c.env))) return problemResponse(429, { "retry-after": "300" })
    return next()
  })
  app.all("/api/*", (c) => api.handle(c.req.raw, edge.callerOf(incomingOf(c.env))))
  addHealthRoutes(app, parts.health)
  app.route("/", parts.upgrades)
  parts.assets.serve(app)
  app.use(compress())
  addPageRoutes(app, parts.pages)
  app.notFound((c) => {
    const method = c.req.method
    if (method !== "GET" && method !== "HEAD") return problemResponse(405)
    return neutralPage(c, parts.pages, "notFound")
  })
  app.onError((_error, c) => (c.req.path.startsWith("/api/") ? problemResponse(500) : neutralPage(c, parts.pages, "trouble")))
  return app
}

/** The connection behind a request; without one the edge knows no address and registers nothing. */
const incomingOf = (env: unknown): Incoming =>
  typeof env === "object" && env !== null && "incoming" in env && isIncoming(env.incoming) ? env.incoming : nobody

const nobody: Incoming = { socket: { remoteAddress: undefined }, headers: {} }
const isIncoming = (value: unknown): value is IncomingMessage => typeof value === "object" && value !== null && "socket" in value && "headers" in value
