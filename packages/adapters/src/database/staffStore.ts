/**
 * Invitations and sign-ins of staff in the service realm's database, by the hashes of their secrets.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import type { SecretHash, StaffStore } from "@fortrolig/core/ports/StaffStore"
import { attempt } from "./database.ts"
import { and, eq, gt } from "./drizzle.ts"
import { eachOf, forgetRows } from "./forget.ts"
import type { RealmDatabase } from "./realmDatabase.ts"
import { invitation, staffSession } from "./serviceSchema.ts"

const hash = (secret: SecretHash): Uint8Array => Buffer.from(secret, "hex")

/** The staff store over a realm's database. */
export const staffStore = (realm: RealmDatabase): StaffStore["Service"] => ({
  invite: ({ deleteAt, secret, service }) =>
    Effect.asVoid(attempt("make an invitation", () => realm.db.insert(invitation).values({ secret: hash(secret), service, deleteAt }))),
  redeem: (secret, at, { deleteAt, staff, token }) =>
    attempt("redeem an invitation", () =>
      realm.db.transaction(async (tx) => {
        const [used] = await tx
          .delete(invitation)
          .where(and(eq(invitation.secret, hash(secret)), gt(invitation.deleteAt, at)))
          .returning({ service: invitation.service })
        if (used === undefined) return Option.none()
        await tx.insert(staffSession).values({ token: hash(token), staff, service: used.service, deleteAt })
        return Option.some({ staff, service: used.service as ServiceName })
      })),
  find: (token, at) =>
    Effect.map(
      attempt("find a sign-in", () =>
        realm.db
          .select({ staff: staffSession.staff, service: staffSession.service })
          .from(staffSession)
          .where(and(eq(staffSession.token, hash(token)), gt(staffSession.deleteAt, at)))),
      ([row]) => (row === undefined ? Option.none() : Option.some({ staff: StaffId.make(row.staff), service: row.service as ServiceName }))
    ),
  signOut: (token) => Effect.asVoid(attempt("sign out", () => realm.db.delete(staffSession).where(eq(staffSession.token, hash(token))))),
  forget: (at) =>
    Effect.map(eachOf(forgetRows(realm, "invitation", invitation, at), forgetRows(realm, "staffSession", staffSession, at)), ([invitations, signIns]) => ({
      invitations,
      signIns
    }))
})
