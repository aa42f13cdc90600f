/**
 * What somebody can read who has both databases, the vault files and the custodians' keys: everything sealed that opens, as text.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { openWith } from "@fortrolig/adapters/custody/nestedAge"
import { traceContext } from "@fortrolig/adapters/custody/traceSeal"
import { contentContext } from "@fortrolig/adapters/database/piece"
import { openConsent, openNote } from "@fortrolig/adapters/database/sealedConsent"
import { stateContext } from "@fortrolig/adapters/database/sealedState"
import type { OpenVault } from "@fortrolig/adapters/keys/vault"
import { vaultFile } from "@fortrolig/adapters/keys/vaultFile"
import { type ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { DataClass } from "@fortrolig/core/policy/accountability"
import { HoldId } from "@fortrolig/core/ports/KeyVault"
import type { Cluster } from "../support/cluster.ts"
import type { TestInstall } from "../support/server.ts"
import { identitiesOf } from "./disk.ts"
import { asking, databases } from "./postgresWorld.ts"

interface Row {
  readonly ref: string
  readonly service: string
  readonly purpose?: string
  readonly tag?: Uint8Array
  readonly sealed: Uint8Array | null
  readonly wrapped?: Uint8Array | null
  readonly delete_at: string
}

/** The kinds of rows that hold something sealed. */
const kinds = ["session", "content", "consent", "triage", "access_trace", "held_trace"] as const
type Kind = (typeof kinds)[number]

/** What was found of one kind: how many rows, and what of them could be opened. */
export type Found = Readonly<Record<string, { readonly rows: number; readonly opened: ReadonlyArray<string> }>>

const rowsOf = (cluster: Cluster, kind: Kind): Promise<ReadonlyArray<Row>> =>
  kind.endsWith("_trace")
    ? asking(cluster, databases[1], async (client) => [...await client.unsafe<Array<Row>>(`select *, replace(ref::text, '-', '') as ref from custody.${kind}`)])
    : asking(cluster, databases[0], async (client) => [...await client.unsafe<Array<Row>>(`select *, replace(ref::text, '-', '') as ref from service.${kind}`)])

/** How many rows there are of each kind. */
export const countsOn = async (cluster: Cluster): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, (await rowsOf(cluster, kind)).length] as const)))

const openRow = (kind: Kind, row: Row, service: OpenVault, custody: OpenVault, identities: readonly [string, string]) =>
  Effect.gen(function*() {
    const { delete_at, purpose, sealed, tag = new Uint8Array(), wrapped } = row
    const ref = SessionRef.make(row.ref)
    const deleteAt = Number(delete_at) as Instant
    if (sealed === null) return undefined
    const shape = { ref, service: row.service as ServiceName, deleteAt, sealed, wrapped: wrapped ?? new Uint8Array() }
    const until = (vault: OpenVault, dataClass: DataClass, context: string) => vault.openUntil(dataClass, deleteAt, shape, context)
    const trace = (closed: Uint8Array) => Effect.promise(() => openWith(identities, closed))
    switch (kind) {
      case "session":
        return yield* service.open(ref, sealed, stateContext(ref))
      case "content":
        return yield* deleteAt > 0 ? until(service, "content", contentContext(ref, tag)) : service.open(ref, sealed, contentContext(ref, tag))
      case "consent":
        return yield* Effect.map(openConsent(service, { ...shape, purpose: purpose === "referral" ? "referral" : "triage" }), Option.getOrUndefined)
      case "triage":
        return yield* Effect.map(openNote(service, shape), Option.getOrUndefined)
      case "access_trace":
        return yield* Effect.flatMap(until(custody, "accessTrace", traceContext(ref)), trace)
      case "held_trace": {
        // The hold's id comes first, then the key.
        const held = { sealed, wrapped: shape.wrapped.subarray(16) }
        const id = HoldId.make(Buffer.from(shape.wrapped.subarray(0, 16)).toString("hex"))
        const note = Buffer.from(yield* custody.noteOf(id, held.wrapped)).toString("utf8")
        return `${note} ${Buffer.from(yield* Effect.flatMap(custody.openHeld(id, held, traceContext(ref)), trace)).toString("utf8")}`
      }
    }
  }).pipe(
    Effect.map((found) => (found === undefined ? [] : [found instanceof Uint8Array ? Buffer.from(found).toString("utf8") : JSON.stringify(found)])),
    Effect.catchTag("KeyGone", () => Effect.succeed([]))
  )

/** Opens all that opens with the vault files as they are now; they are copied, so that looking changes nothing. */
export const openedOn = async (cluster: Cluster, install: TestInstall): Promise<Found> => {
  const folder = mkdtempSync(join(tmpdir(), "fortrolig-keys-"))
  try {
    for (const realm of ["service", "custody"]) cpSync(join(install.keys, `${realm}.vault`), join(folder, `${realm}.vault`))
    return await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
      const [service, custody] = [yield* vaultFile(join(folder, "service.vault")), yield* vaultFile(join(folder, "custody.vault"))]
      const found = yield* Effect.forEach(kinds, (kind) =>
        Effect.gen(function*() {
          const rows = yield* Effect.promise(() => rowsOf(cluster, kind))
          const opened = yield* Effect.forEach(rows, (row) => openRow(kind, row, service, custody, identitiesOf(install)))
          return [kind, { rows: rows.length, opened: opened.flat() }] as const
        }))
      return Object.fromEntries(found) satisfies Found
    })))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
