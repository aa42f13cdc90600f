/**
 * Problems as the outside sees them (RFC 9457): a type, a title in plain words, a status, and where it helps the rule or the failing path.
 * No problem repeats anything of the request.
 */
import * as Schema from "effect/Schema"
import * as HttpApiError from "effect/http-api/HttpApiError"

/** A field of the request is missing or wrong; `path` names the field, never its value. */
export class InvalidInput extends HttpApiError.Problem<InvalidInput>()(
  "InvalidInput",
  { type: "urn:fortrolig:invalid-input", status: 400, title: "Something in the request is missing or wrong." },
  { path: Schema.String }
) {}

/** Nobody is signed in, or no longer. */
export class SignInNeeded extends HttpApiError.Problem<SignInNeeded>()(
  "SignInNeeded",
  { type: "urn:fortrolig:sign-in-needed", status: 401, title: "You are not signed in. Ask for a new invitation link." }
) {}

/** A rule forbids it; `detail` is the rule's own plain sentence. */
export class Forbidden extends HttpApiError.Problem<Forbidden>()(
  "Forbidden",
  { type: "urn:fortrolig:refused", status: 403, title: "This is not possible now." },
  { rule: Schema.String, detail: Schema.String }
) {}

/** There is no such service here. */
export class NoSuchService extends HttpApiError.Problem<NoSuchService>()(
  "NoSuchService",
  { type: "urn:fortrolig:no-such-service", status: 404, title: "There is no such service here." }
) {}

/** The same chat was continued in another tab. */
export class ContinuedElsewhere extends HttpApiError.Problem<ContinuedElsewhere>()(
  "ContinuedElsewhere",
  { type: "urn:fortrolig:continued-elsewhere", status: 409, title: "The chat was continued in another tab." }
) {}

/** The chat is over, or never was; what belongs to it must be wiped. */
export class ChatGone extends HttpApiError.Problem<ChatGone>()(
  "ChatGone",
  { type: "urn:fortrolig:chat-gone", status: 410, title: "The chat is over." }
) {}

/** The invitation link is used up or too old. */
export class InvitationGone extends HttpApiError.Problem<InvitationGone>()(
  "InvitationGone",
  { type: "urn:fortrolig:invitation-gone", status: 410, title: "The invitation link is used up or too old. Ask for a new one." }
) {}

/** The server cannot do it now; nothing was half done. */
export class TryLater extends HttpApiError.Problem<TryLater>()(
  "TryLater",
  { type: "urn:fortrolig:try-later", status: 503, title: "This does not work right now. Please try again in a little while." }
) {}

const titles: Readonly<Record<number, string>> = {
  400: "The request could not be understood.",
  401: "The connection was not accepted. Please try again.",
  403: "This address is not allowed to do that.",
  404: "There is nothing here.",
  405: "This cannot be done with this address.",
  408: "The request took too long.",
  410: "The chat is over.",
  413: "The request is too large.",
  415: "The request is in a form that is not understood here.",
  426: "Only a WebSocket can be opened here.",
  429: "There have been many new chats from here in a short time. Please wait a few minutes, then try again.",
  500: "Something went wrong here. Please try again.",
  503: "This does not work right now. Please try again in a little while."
}

/** A neutral problem for a status, as a response; a status without words of its own becomes 500. */
export const problemResponse = (status: number, headers: Readonly<Record<string, string>> = {}): Response => {
  const known = titles[status] === undefined ? 500 : status
  const body = { type: "about:blank", title: titles[known], status: known }
  return new Response(JSON.stringify(body), { status: known, headers: { "content-type": "application/problem+json", ...headers } })
}
