/**
 * What a visitor asks of the API: start a chat, continue it, leave it. Nothing here knows an address.
 */
import { performance } from "node:perf_hooks"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Policy } from "@fortrolig/core/policy/policy"
import { Policies } from "@fortrolig/core/ports/Policies"
import { Randomness } from "@fortrolig/core/ports/Randomness"
import { accessTraceDeleteAt } from "@fortrolig/core/retention/deadlines"
import { Caller } from "../caller.ts"
import { ChatGone, ContinuedElsewhere, Forbidden, InvalidInput, NoSuchService, TryLater } from "../problem.ts"
import { Hub, redactionsOf } from "../socket/Hub.ts"
import type { Link } from "../socket/link.ts"
import { parsed } from "../socket/parsed.ts"
import { Api, LeaveSession } from "./contract.ts"
import { Lobby } from "./lobby.ts"

const decodeLeave = Schema.decodeUnknownOption(LeaveSession)

/** The handlers of the visitors' group. */
export const visitors = HttpApiBuilder.group(
  Api,
  "visitors",
  Effect.fnUntraced(function*(handlers) {
    const policies = yield* Policies
    const switchboard = yield* Switchboard
    const hub = yield* Hub
    const randomness = yield* Randomness
    const lobby = yield* Lobby
    const policyOf = (service: string) => policies.all.find((policy) => policy.service === service)

    const ticketFor = (ref: SessionRef) =>
      Effect.map(randomness.secret, (secret) => hub.tickets.issue(secret, { _tag: "Visitor", ref }, performance.now()))

    const opened = Effect.fnUntraced(function*(link: Link, noticeVersion: string) {
      return { ref: link.ref, ticket: yield* ticketFor(link.ref), half: link.visitor.half, noticeVersion }
    })

    /** Opens the session and registers the opening: both, or neither. */
    const open = Effect.fnUntraced(function*(policy: Policy, resume: string, after: SessionRef | undefined) {
      const caller = yield* Caller
      const { service } = policy
      const noticeVersion = lobby.noticeVersion(policy)
      const { ref, state } = yield* switchboard.open({ service, noticeVersion, front: lobby.wasCutOff(after) })
      if (state._tag !== "Waiting") return yield* new TryLater()
      const { openedAt } = state
      yield* caller.register({ sessionRef: ref, service, openedAt, deleteAt: accessTraceDeleteAt(policy, openedAt) }).pipe(
        Effect.tapCause(() => Effect.ignore(switchboard.command(ref, { _tag: "Stop" })))
      )
      lobby.served(after)
      return yield* opened(hub.begin(policy, ref, openedAt, resume), noticeVersion)
    })

    return handlers
      .handle(
        "open",
        Effect.fnUntraced(function*({ params, payload }) {
          const policy = policyOf(params.service)
          if (policy === undefined) return yield* new NoSuchService()
          const resume = yield* randomness.hash(payload.resume)
          // The answer to the same press of Start was lost on the way: it is the same chat.
          const started = hub.resumes.holder(resume)
          if (started !== undefined && started.service === policy.service) return yield* opened(started, lobby.noticeVersion(policy))
          return yield* open(policy, resume, payload.after).pipe(
            Effect.catchTags({
              Refused: ({ rule, says }) => Effect.fail(new Forbidden({ rule, detail: says })),
              UnknownService: () => Effect.fail(new NoSuchService()),
              StoreUnavailable: () => Effect.fail(new TryLater())
            })
          )
        }),
        { uninterruptible: true }
      )
      .handle(
        "resume",
        Effect.fnUntraced(function*({ params, payload }) {
          const policy = policyOf(params.service)
          if (policy === undefined) return yield* new ChatGone()
          if (payload.resume === payload.next) return yield* new InvalidInput({ path: "next" })
          const [used, next] = [yield* randomness.hash(payload.resume), yield* randomness.hash(payload.next)]
          const answer = hub.resumes.use(policy.service, used, next)
          if (answer._tag === "Gone") return yield* new ChatGone()
          if (answer._tag === "Elsewhere") return yield* new ContinuedElsewhere()
          const { link } = answer
          return {
            ref: link.ref,
            ticket: yield* ticketFor(link.ref),
            half: link.visitor.half,
            redactions: redactionsOf(link),
            state: link.staff === undefined ? ("waiting" as const) : ("active" as const),
            next: link.visitor.highest + 1
          }
        }),
        { uninterruptible: true }
      )
      .handleRaw(
        "leave",
        Effect.fnUntraced(function*({ request }) {
          const text = yield* request.text.pipe(Effect.orElseSucceed(() => ""))
          const left = Option.flatMap(parsed(text), decodeLeave)
          const link = Option.isNone(left) ? undefined : hub.resumes.holder(yield* randomness.hash(left.value.resume))
          if (link !== undefined) yield* Effect.ignore(switchboard.command(link.ref, { _tag: "Leave" }))
          return HttpServerResponse.empty({ status: 204, headers: { "clear-site-data": clearSiteData } })
        }),
        { uninterruptible: true }
      )
  })
)

/** What the browser forgets of this site when a visitor leaves; clearing its cache too was measured to take half a minute. */
export const clearSiteData = `"storage", "cookies"`
