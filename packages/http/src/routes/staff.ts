/**
 * What staff ask of the API: redeem an invitation, open the desk, enter a chat, sign out.
 */
import { performance } from "node:perf_hooks"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { redeem, signOut, whoIs } from "@fortrolig/core/app/staff"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { Leads } from "@fortrolig/core/ports/Leads"
import { Randomness } from "@fortrolig/core/ports/Randomness"
import type { StaffStore } from "@fortrolig/core/ports/StaffStore"
import type { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { sessionRules } from "@fortrolig/core/session/rules"
import { ChatGone, Forbidden, InvitationGone, SignInNeeded, TryLater } from "../problem.ts"
import { Hub } from "../socket/Hub.ts"
import { Api, CurrentStaff, StaffOnly } from "./contract.ts"
import { endingCookie, settingCookie } from "./cookies.ts"

/** The handlers of the staff's group; `secure` is whether browsers reach this server by https. */
export const staff = (secure: boolean) =>
  HttpApiBuilder.group(
    Api,
    "staff",
    Effect.fnUntraced(function*(handlers) {
      const switchboard = yield* Switchboard
      const hub = yield* Hub
      const randomness = yield* Randomness
      const leads = yield* Leads
      const context = yield* Effect.context<Randomness | StaffStore | TrustedClock>()

      return handlers
        .handle(
          "redeem",
          Effect.fnUntraced(function*({ payload }) {
            const signedIn = yield* redeem(payload.secret).pipe(
              Effect.provide(context),
              Effect.catchTags({ NotSignedIn: () => Effect.fail(new InvitationGone()), StoreUnavailable: () => Effect.fail(new TryLater()) })
            )
            return HttpServerResponse.jsonUnsafe({ service: signedIn.service }, { headers: settingCookie("staff", signedIn.token, secure) })
          }),
          { uninterruptible: true }
        )
        .handle("me", () => Effect.map(CurrentStaff, ({ service }) => ({ service })))
        .handle(
          "signOut",
          Effect.fnUntraced(function*() {
            const { staff, token } = yield* CurrentStaff
            // Held visitors go to the front of the queue before the counsellor is gone.
            for (const ref of switchboard.holding(staff)) yield* Effect.ignore(switchboard.command(ref, { _tag: "Return", counsellor: staff }))
            yield* signOut(token).pipe(Effect.provide(context), Effect.mapError(() => new TryLater()))
            hub.desks.signOut(staff)
            return HttpServerResponse.empty({ status: 204, headers: endingCookie("staff", secure) })
          }),
          { uninterruptible: true }
        )
        .handle(
          "desk",
          Effect.fnUntraced(function*() {
            const { staff, service, token } = yield* CurrentStaff
            return { ticket: hub.tickets.issue(yield* randomness.secret, { _tag: "Desk", staff, service, token }, performance.now()) }
          })
        )
        .handle(
          "join",
          Effect.fnUntraced(function*({ params: { ref } }) {
            const { staff, service } = yield* CurrentStaff
            const link = hub.find(ref)
            // A chat of another service is as unknown as one that never was.
            if (link === undefined || link.service !== service) return yield* new ChatGone()
            const joining = hub.join(ref, staff)
            if (joining === undefined) return yield* new Forbidden({ rule: sessionRules.oneCounsellor.id, detail: "This chat is not with you." })
            return { ticket: hub.tickets.issue(yield* randomness.secret, { _tag: "Counsellor", ref, staff }, performance.now()), ...joining, leadKey: leads.keyOf(service) ?? null }
          })
        )
    })
  )

/** Knows staff by the token in their cookie. */
export const staffOnly = Layer.effect(
  StaffOnly,
  Effect.gen(function*() {
    const context = yield* Effect.context<Randomness | StaffStore | TrustedClock>()
    return StaffOnly.of({
      staff: Effect.fnUntraced(function*(httpEffect, { credential }) {
        const token = Redacted.value(credential)
        const signedIn = yield* whoIs(token).pipe(
          Effect.provide(context),
          Effect.catchTags({ NotSignedIn: () => Effect.fail(new SignInNeeded()), StoreUnavailable: () => Effect.fail(new TryLater()) })
        )
        return yield* Effect.provideService(httpEffect, CurrentStaff, { ...signedIn, token })
      })
    })
  })
)
