/**
 * The API as a contract: one declaration gives the handlers, OpenAPI 3.1 and a typed client. Runs in a browser too.
 */
import * as Context from "effect/Context"
import * as Schema from "effect/Schema"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import * as OpenApi from "effect/http-api/OpenApi"
import { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { SignedIn } from "@fortrolig/core/ports/StaffStore"
import { RedactedItems } from "@fortrolig/core/wire/socket"
import { ChatGone, ContinuedElsewhere, Forbidden, InvalidInput, InvitationGone, NoSuchService, SignInNeeded, TryLater } from "../problem.ts"
import type { CookieName } from "./cookies.ts"

/** 256 random bits as 43 characters of base64url. */
export const Secret = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{43}$/))

/** What starts a chat: a token that the browser made, and, after the server cut a chat off, the reference of that chat. Nothing about the visitor (DFH-05). */
export const OpenSession = Schema.Struct({ resume: Secret, after: Schema.optionalKey(SessionRef) })

/** A ticket opens one socket within ten seconds; `half` is the server's half of the key that seals the browser's copy. */
export const SessionOpened = Schema.Struct({ ref: SessionRef, ticket: Secret, half: Secret, noticeVersion: Schema.String })

/** Continues a chat after a reload or a lost connection; `next` replaces `resume`. */
export const ResumeSession = Schema.Struct({ resume: Secret, next: Secret })

/** What was redacted comes before the half key is used. */
export const SessionResumed = Schema.Struct({
  ref: SessionRef,
  ticket: Secret,
  half: Secret,
  redactions: RedactedItems,
  state: Schema.Literals(["waiting", "active"]),
  /** The next number of this visitor's own messages. */
  next: Schema.Int
})

/** The counsellor's way into a chat. */
export const SessionJoined = Schema.Struct({
  ticket: Secret,
  half: Secret,
  redactions: RedactedItems,
  next: Schema.Int,
  /** The key of the service's lead, to whom the keys of a kept chat are sealed; `null` where nothing is kept. */
  leadKey: Schema.NullOr(Schema.String)
})

/** What leaving a chat takes: the token that the browser holds. */
export const LeaveSession = Schema.Struct({ resume: Secret })

/** Who is signed in, on the server's side. */
export class CurrentStaff extends Context.Service<CurrentStaff, SignedIn & { readonly token: string }>()("@fortrolig/http/routes/CurrentStaff") {}

/** Lets only staff through, by the cookie that redeeming an invitation set. */
export class StaffOnly extends HttpApiMiddleware.Service<StaffOnly, { provides: CurrentStaff }>()("@fortrolig/http/routes/StaffOnly", {
  security: { staff: HttpApiSecurity.apiKey({ in: "cookie", key: "staff" satisfies CookieName }) },
  error: [SignInNeeded, TryLater]
}) {}

/** Turns what cannot be decoded into a problem that names the field and never its value. */
export class SafeProblems extends HttpApiMiddleware.Service<SafeProblems>()("@fortrolig/http/routes/SafeProblems", {
  error: [InvalidInput]
}) {}

/** What a visitor may ask; nothing needs a sign-in. */
export class Visitors extends HttpApiGroup.make("visitors").add(
  HttpApiEndpoint.post("open", "/:service/sessions", {
    params: { service: Schema.String },
    payload: OpenSession,
    success: SessionOpened.pipe(HttpApiSchema.status(201)),
    error: [NoSuchService, Forbidden, TryLater]
  }),
  HttpApiEndpoint.post("resume", "/:service/sessions/resume", {
    params: { service: Schema.String },
    payload: ResumeSession,
    success: SessionResumed,
    error: [ChatGone, ContinuedElsewhere, TryLater]
  }),
  // Always 204, whatever is sent: whoever leaves is never asked to read an error. Also sent by a beacon, as text.
  HttpApiEndpoint.post("leave", "/:service/sessions/leave", {
    params: { service: Schema.String },
    payload: LeaveSession
  })
) {}

/** What staff may ask; all but redeeming an invitation needs the cookie. */
export class Staff extends HttpApiGroup.make("staff").add(
  HttpApiEndpoint.post("redeem", "/staff/redeem", {
    payload: Schema.Struct({ secret: Secret }),
    success: Schema.Struct({ service: ServiceName }),
    error: [InvitationGone, TryLater]
  }),
  HttpApiEndpoint.get("me", "/staff/me", { success: Schema.Struct({ service: ServiceName }) }).middleware(StaffOnly),
  HttpApiEndpoint.post("signOut", "/staff/sign-out", { error: TryLater }).middleware(StaffOnly),
  HttpApiEndpoint.post("desk", "/staff/desk", { success: Schema.Struct({ ticket: Secret }) }).middleware(StaffOnly),
  HttpApiEndpoint.post("join", "/staff/sessions/:ref/join", {
    params: { ref: SessionRef },
    success: SessionJoined,
    error: [Forbidden, ChatGone, TryLater]
  }).middleware(StaffOnly)
) {}

/** The whole contract. */
export class Api extends HttpApi.make("fortrolig")
  .add(Visitors, Staff)
  .middleware(SafeProblems)
  .prefix("/api")
  .annotate(OpenApi.Title, "Fortrolig")
  .annotate(OpenApi.Description, "Anonymous help chats. Problems follow RFC 9457 and repeat nothing of the request.")
{}
