/**
 * Does what was asked, on the ports of an open install: the same whether a server does it or the command itself.
 */
import * as Effect from "effect/Effect"
import { audit, auditQuickly } from "@fortrolig/core/app/audit"
import { invite } from "@fortrolig/core/app/staff"
import { sweep } from "@fortrolig/core/app/sweep"
import { CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { KeyVault, type Vault } from "@fortrolig/core/ports/KeyVault"
import { Policies } from "@fortrolig/core/ports/Policies"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { type CommandFailure, misused, unable } from "../failure.ts"
import type { InstallPorts } from "../Install.ts"
import type { Answer, OwnerFacts, Request } from "./messages.ts"

/** What depends on who performs: a server, or a command that opened the install itself. */
export interface Performer {
  readonly serving: boolean
  /** The address that invitations lead to. */
  readonly origin: string
  /** Ends the sessions whose time is up, or that a stop cut off; answers how many. */
  readonly endOverdue: Effect.Effect<number, StoreUnavailable, InstallPorts>
}

/** Performs one request. Fails with the exit code and the sentence that the command should end with. */
export const perform = (request: Request, performer: Performer): Effect.Effect<Answer, CommandFailure, InstallPorts> => {
  switch (request._tag) {
    case "Sweep":
      return sweepNow(performer)
    case "Audit":
      return Effect.map(request.full ? audit : auditQuickly, (report): Answer => ({ _tag: "Audited", report })).pipe(Effect.mapError(unreachable))
    case "Inspect":
      return Effect.map(inspect(performer), (facts): Answer => ({ _tag: "Inspected", facts })).pipe(Effect.mapError(unreachable))
    case "Invite":
      return invite(request.service).pipe(
        Effect.map((secret): Answer => ({ _tag: "Invited", link: `${performer.origin}/staff#${secret}` })),
        Effect.catchTags({
          UnknownService: () => Effect.flatMap(unknownService, (failure) => Effect.fail(failure)),
          StoreUnavailable: (problem) => Effect.fail(unreachable(problem))
        })
      )
  }
}

const unreachable = ({ operation }: StoreUnavailable): CommandFailure => unable(`The store could not be reached or read (${operation}). Nothing was half done.`)

const unknownService = Effect.map(Policies, ({ all }) => misused(`This install does not serve that. It serves: ${all.map(({ service }) => service).join(", ")}.`))

const sweepNow = Effect.fnUntraced(function*({ endOverdue }: Performer) {
  const { suspect } = yield* (yield* TrustedClock).read
  const ended = suspect ? 0 : yield* Effect.mapError(endOverdue, unreachable)
  const counts = yield* Effect.mapError(sweep, ({ operation }) => unable(`Not everything that is due could be destroyed (${operation}). All the rest was tried; the next sweep goes on from here.`))
  return { _tag: "Swept", counts: { ...counts, ended } } satisfies Answer
})

const inspect = Effect.fnUntraced(function*({ origin, serving }: Performer) {
  const { now, suspect } = yield* (yield* TrustedClock).read
  const { demonstration } = yield* Policies
  const vaults = [yield* vaultFacts("service", yield* KeyVault), yield* vaultFacts("vendor", yield* CustodyVault)]
  return { pid: process.pid, serving, demonstration, origin, node: process.versions.node, clock: { now, suspect }, vaults } satisfies OwnerFacts
})

const vaultFacts = Effect.fnUntraced(function*(realm: "service" | "vendor", vault: Vault) {
  const { buckets, live } = yield* vault.inventory
  return { realm, liveKeys: live.length, bucketKeys: buckets.length, mark: yield* vault.mark }
})
