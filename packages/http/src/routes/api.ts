/**
 * The API as one web handler, ready to be mounted.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SchemaIssue from "effect/SchemaIssue"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import type { Switchboard } from "@fortrolig/core/app/Switchboard"
import type { Leads } from "@fortrolig/core/ports/Leads"
import type { Policies } from "@fortrolig/core/ports/Policies"
import type { Randomness } from "@fortrolig/core/ports/Randomness"
import type { StaffStore } from "@fortrolig/core/ports/StaffStore"
import type { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { Caller } from "../caller.ts"
import { InvalidInput, problemResponse } from "../problem.ts"
import type { Hub } from "../socket/Hub.ts"
import { Api, SafeProblems } from "./contract.ts"
import type { Lobby } from "./lobby.ts"
import { staff, staffOnly } from "./staff.ts"
import { visitors } from "./visitors.ts"

/** What the API needs of the rest of the server. */
export type ApiNeeds = Hub | Leads | Lobby | Policies | Randomness | StaffStore | Switchboard | TrustedClock

/** The API as a function from request to response. */
export interface ApiHandler {
  /** Answers one request. Whatever goes wrong becomes a problem that repeats nothing. */
  readonly handle: (request: Request, caller: Caller["Service"]) => Promise<Response>
  readonly dispose: () => Promise<void>
}

/** Only the names of fields that the contract itself has may be told; anything else came from outside. */
const pathOf = (issue: SchemaIssue.Issue): string => {
  const first = SchemaIssue.makeFormatterStandardSchemaV1()(issue).issues[0]?.path ?? []
  const names = first.map((segment) => String(typeof segment === "object" ? segment.key : segment))
  return names.filter((name) => known.has(name)).join(".") || "body"
}
const known = new Set(["resume", "next", "after", "secret", "ref"])

const safeProblems = HttpApiMiddleware.layerSchemaErrorTransform(SafeProblems, (error) =>
  error.kind === "Body" || error.kind === "ResponseHeaders"
    // An answer of ours that breaks the contract is our fault; what it holds stays here.
    ? Effect.die(new Error("an answer does not fit the contract"))
    : Effect.fail(new InvalidInput({ path: pathOf(error.cause.issue) }))
)

/** Builds the API over services that already run. */
export const makeApi = (services: Context.Context<ApiNeeds>, secure: boolean): ApiHandler => {
  const live = Layer.succeedContext(services)
  const layer = HttpApiBuilder.layer(Api, { openapiPath: "/api/openapi.json" }).pipe(
    Layer.provide([visitors, staff(secure)]),
    Layer.provide(staffOnly),
    Layer.provide(safeProblems),
    Layer.provide(live),
    Layer.provide(HttpServer.layerServices)
  )
  const web = HttpRouter.toWebHandler(layer, { disableLogger: true })
  return {
    handle: async (request, caller) => {
      const response = await web.handler(request, Context.make(Caller, caller))
      const type = response.headers.get("content-type") ?? ""
      return response.status >= 400 && !type.startsWith("application/problem+json") ? problemResponse(response.status) : response
    },
    dispose: web.dispose
  }
}
