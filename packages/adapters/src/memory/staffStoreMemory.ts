/**
 * Invitations and sign-ins in memory.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { SecretHash, StaffStore } from "@fortrolig/core/ports/StaffStore"
import { forgetDue } from "./ledgerMemory.ts"

/** An invitation by the hash of its secret, and a sign-in by the hash of its token. */
export interface StaffRows {
  readonly invitations: Map<SecretHash, { readonly service: ServiceName; readonly deleteAt: Instant }>
  readonly signIns: Map<SecretHash, { readonly staff: StaffId; readonly service: ServiceName; readonly deleteAt: Instant }>
}

/** The staff store over two maps. */
export const staffStoreMemory = ({ invitations, signIns }: StaffRows): StaffStore["Service"] => ({
  invite: ({ deleteAt, secret, service }) => Effect.sync(() => void invitations.set(secret, { service, deleteAt })),
  redeem: (secret, at, { deleteAt, staff, token }) =>
    Effect.sync(() => {
      const invitation = invitations.get(secret)
      if (invitation === undefined || invitation.deleteAt <= at) return Option.none()
      invitations.delete(secret)
      signIns.set(token, { staff, service: invitation.service, deleteAt })
      return Option.some({ staff, service: invitation.service })
    }),
  find: (token, at) =>
    Effect.sync(() => {
      const found = signIns.get(token)
      return found === undefined || found.deleteAt <= at ? Option.none() : Option.some({ staff: found.staff, service: found.service })
    }),
  signOut: (token) => Effect.sync(() => void signIns.delete(token)),
  forget: (at) => Effect.sync(() => ({ invitations: forgetDue(invitations, at), signIns: forgetDue(signIns, at) }))
})
