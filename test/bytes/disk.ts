/**
 * What an install has on the disk, read as its owner could: keys from the vault files, and rows from a copy, so that looking changes nothing.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import * as Effect from "effect/Effect"
import { accessTrace } from "@fortrolig/adapters/database/custodySchema"
import type { Database } from "@fortrolig/adapters/database/database"
import { sql } from "@fortrolig/adapters/database/drizzle"
import { pgliteDatabase } from "@fortrolig/adapters/database/pglite"
import { content, session } from "@fortrolig/adapters/database/serviceSchema"
import { decodeSlot, slotBytes } from "@fortrolig/adapters/keys/slot"
import type { OpenVault } from "@fortrolig/adapters/keys/vault"
import { vaultFile } from "@fortrolig/adapters/keys/vaultFile"
import { type Needle, scan } from "../support/scan.ts"
import type { TestInstall } from "../support/server.ts"
import type { Person } from "./people.ts"

type Realm = "service" | "custody"
const realms: ReadonlyArray<Realm> = ["service", "custody"]

const slotsOf = ({ keys }: TestInstall, realm: Realm) => {
  const bytes = readFileSync(join(keys, `${realm}.vault`))
  return Array.from({ length: bytes.length / slotBytes - 1 }, (_, index) => ({ at: index + 1, slot: decodeSlot(bytes.subarray((index + 1) * slotBytes, (index + 2) * slotBytes)) }))
}

/** The keys of one kind that lie in the vault files now, as needles that are named by vault and slot. */
export const keysOf = (install: TestInstall, kind: "live" | "bucket"): ReadonlyArray<Needle> =>
  realms.flatMap((realm) =>
    slotsOf(install, realm).flatMap(({ at, slot }) => (slot?.kind === kind ? [{ name: `${kind} key ${at} of the ${realm} vault`, bytes: Uint8Array.from(slot.key) }] : []))
  )

/** The references of the sessions that live now. */
export const liveRefs = (install: TestInstall): ReadonlyArray<string> => slotsOf(install, "service").flatMap(({ slot }) => (slot?.kind === "live" ? [slot.label] : []))

/** One realm of a copied install. */
interface Opened {
  readonly db: Database
  readonly vault: OpenVault
  /** The names of all tables that are not the database's own, without their leaves. */
  readonly tables: ReadonlyArray<string>
}

/** Both realms of a copied install, with their rows. */
export interface Inspected {
  readonly service: Opened & {
    readonly sessions: ReadonlyArray<typeof session.$inferSelect>
    readonly contents: ReadonlyArray<typeof content.$inferSelect>
  }
  readonly custody: Opened & { readonly traces: ReadonlyArray<typeof accessTrace.$inferSelect> }
}

const openRealm = Effect.fnUntraced(function*(folder: string, realm: Realm) {
  // A copy is read as the superuser that the embedded database runs as: every service's rows, and the tables of every schema.
  const { db } = yield* pgliteDatabase(join(folder, "data", realm), realm, [])
  yield* Effect.promise(() => db.execute(sql`set role postgres`))
  const vault = yield* vaultFile(join(folder, "keys", `${realm}.vault`))
  const tables = yield* Effect.promise(() =>
    db.select({ name: sql<string>`c.relname` }).from(sql`pg_class c join pg_namespace n on n.oid = c.relnamespace`)
    .where(sql`c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema', 'drizzle')`))
  return { db, vault, tables: tables.map(({ name }) => name).sort() } satisfies Opened
})

const openBoth = Effect.fnUntraced(function*(folder: string) {
  const service = yield* openRealm(folder, "service")
  const custody = yield* openRealm(folder, "custody")
  const sessions = yield* Effect.promise(() => service.db.select().from(session))
  const contents = yield* Effect.promise(() => service.db.select().from(content))
  const traces = yield* Effect.promise(() => custody.db.select().from(accessTrace))
  return { service: { ...service, sessions, contents }, custody: { ...custody, traces } } satisfies Inspected
})

/** Opens a copy of the install with the product's own adapters, hands both realms to `use`, and removes the copy. */
export const inspect = async <A>({ data, keys }: TestInstall, use: (open: Inspected) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), "fortrolig-copy-"))
  try {
    for (const realm of realms) {
      cpSync(join(data, realm), join(folder, "data", realm), { recursive: true })
      cpSync(join(keys, `${realm}.vault`), join(folder, "keys", `${realm}.vault`))
    }
    return await Effect.runPromise(Effect.scoped(Effect.flatMap(openBoth(folder), (open) => Effect.promise(() => use(open)))))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The private identities of the two demonstration custodians, A first. */
export const identitiesOf = ({ custodians }: TestInstall): readonly [string, string] => {
  const read = (name: string) => readFileSync(join(custodians, name), "utf8").trim()
  return [read("custodian-a.txt"), read("custodian-b.txt")]
}

/** The name under which a page stores the visitor's first message. */
export const storedMessage: Needle = { name: "stored message", text: ".m.visitor.1" }

/** Chromium writes a tab's storage seconds later: waits until the page's copy of the first message is on the disk, so that this is what is scanned. */
export const untilStored = async ({ browser: { profile }, name }: Person): Promise<void> => {
  for (let tries = 0; tries < 240; tries += 1) {
    if (scan({ paths: [join(profile, "Default", "Session Storage")] }, [storedMessage]).hits.length > 0) return
    await sleep(250)
  }
  throw new Error(`The session storage of ${name} never reached the disk.`)
}
