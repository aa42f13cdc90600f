/**
 * The server's HTTP API as the browser uses it. Every call rejects with `Unreachable` when no server answered.
 */
import type { RedactedItems } from "@fortrolig/core/wire/socket"

/** No answer, or one that says nothing about the session: nothing is wiped for it. */
export class Unreachable extends Error {}

/** What the server gives a visitor's browser to (re)connect. */
export interface Access {
  readonly ref: string
  /** Opens one socket, within ten seconds. */
  readonly ticket: string
  /** The server's half of the key of the sealed history. */
  readonly half: string
  /** What the visitor deleted while this browser was away; removed before the half is used. */
  readonly redactions?: RedactedItems
  /** Where the session stands, so that the right page shows before the socket speaks. */
  readonly state?: "waiting" | "active"
  /** The next number of this browser's own messages, as far as the server has seen them. */
  readonly next?: number
}

/** What it gives a counsellor's browser: also the key of the service's lead, `null` where nothing is kept. */
export interface Joined extends Access {
  readonly leadKey: string | null
}

/** A refusal that names its rule. */
export interface Refusal {
  readonly status: number
  readonly rule: string | undefined
}

/** An answer: what was asked for, or why not. */
export type Reply<A> = { readonly ok: A } | { readonly refused: Refusal }

const call = async <A>(path: string, method: "GET" | "POST", body?: unknown): Promise<Reply<A>> => {
  const request: RequestInit = { method, cache: "no-store", credentials: "same-origin", redirect: "error" }
  let response: Response
  try {
    response = await fetch(path, body === undefined ? request : { ...request, headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  } catch {
    throw new Unreachable()
  }
  // A gateway without its server answers for it: that is no verdict on the session.
  if (response.status === 429 || response.status >= 500 && response.status !== 503) throw new Unreachable()
  const text = await response.text().catch(() => "")
  const json = text === "" ? undefined : JSON.parse(text)
  return response.ok ? { ok: json } : { refused: { status: response.status, rule: json?.rule } }
}

/** Opens a session. `after` names one that a stop of the server cut off. */
export const openSession = (service: string, body: { readonly resume: string; readonly after?: string }): Promise<Reply<Access>> =>
  call(`/api/${service}/sessions`, "POST", body)

/** Goes on with a session; `next` replaces the token. */
export const resumeSession = (service: string, body: { readonly resume: string; readonly next: string }): Promise<Reply<Access>> =>
  call(`/api/${service}/sessions/resume`, "POST", body)

/** Ends a session for good, also while the page is being left. */
export const leaveSession = (service: string, resume: string): void => {
  const body = JSON.stringify({ resume })
  const path = `/api/${service}/sessions/leave`
  if (navigator.sendBeacon(path, body)) return
  void fetch(path, { method: "POST", body, keepalive: true }).catch(() => undefined)
}

/** Signs a counsellor in with the secret of an invitation. */
export const redeem = (secret: string): Promise<Reply<{ readonly service: string }>> => call("/api/staff/redeem", "POST", { secret })
/** Who is signed in. */
export const me = (): Promise<Reply<{ readonly service: string }>> => call("/api/staff/me", "GET")
/** Signs out; visitors who were held go to the front of the queue. */
export const signOut = (): Promise<Reply<undefined>> => call("/api/staff/sign-out", "POST", {})
/** A ticket for the desk. */
export const openDesk = (): Promise<Reply<{ readonly ticket: string }>> => call("/api/staff/desk", "POST", {})
/** A ticket for a chat that this counsellor holds. */
export const joinSession = (ref: string): Promise<Reply<Joined>> => call(`/api/staff/sessions/${ref}/join`, "POST", {})

/** How far the server's clock is ahead of this browser's, in milliseconds to the second; 0 when it cannot be told. */
export const clockSkew = async (): Promise<number> => {
  try {
    const date = (await fetch("/api/staff/me", { cache: "no-store" })).headers.get("date")
    return date === null ? 0 : Date.parse(date) - Date.now()
  } catch {
    return 0
  }
}
