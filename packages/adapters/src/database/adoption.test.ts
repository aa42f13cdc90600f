import { cp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { drizzle as drizzlePglite } from "drizzle-orm/pglite/driver"
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { emptyDatabase } from "../contracts/postgres.contract.ts"
import { dueAt, longOver, newRef, permit, piece, service, start, waiting } from "../contracts/fixtures.contract.ts"
import { temporaryFolder } from "../contracts/temporary.contract.ts"
import { traceContext } from "../custody/traceSeal.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { drizzle, migrate } from "../postgres/driver.ts"
import { makePool } from "../postgres/pool.ts"
import { contentStore } from "./contentStore.ts"
import { accessTrace } from "./custodySchema.ts"
import { attempt } from "./database.ts"
import { eq } from "./drizzle.ts"
import { forgetLeaves } from "./forget.ts"
import { serviceRealm, vendorRealm } from "./inspection.ts"
import { contentLeaves, hourOf, leavesIn, type LeafTable, sessionLeaves, traceLeaves } from "./leaves.ts"
import { openFolder, pgliteDatabase } from "./pglite.ts"
import { contentContext, encodePiece } from "./piece.ts"
import type { RealmDatabase, RealmName } from "./realmDatabase.ts"
import { realmRoles } from "./roles.ts"
import { encodeState, stateContext } from "./sealedState.ts"
import { content } from "./serviceSchema.ts"
import { sessionStore } from "./sessionStore.ts"

/** The migrations as an earlier version shipped them, the first so many. */
const earlier = (realm: RealmName, count: number) =>
  Effect.flatMap(temporaryFolder, (folder) =>
    Effect.promise(async () => {
      await cp(fileURLToPath(new URL(`../../drizzle/${realm}`, import.meta.url)), folder, { recursive: true })
      const journal = join(folder, "meta/_journal.json")
      const whole: { readonly entries: ReadonlyArray<unknown> } = JSON.parse(await readFile(journal, "utf8"))
      await writeFile(journal, JSON.stringify({ ...whole, entries: whole.entries.slice(0, count) }))
      return folder
    }))

/** How many migrations each earlier version shipped: all but the newest. */
const versions = [1, 2, 3] as const
/** From this one on, what has a deadline lies in leaves, in the schema of its realm, and a living row's deadline is 0. */
const inLeaves = 3

/** Makes a database as an earlier version left it, with what `lines` store in it, and opens it with this one. */
type Adopt = (realm: RealmName, count: number, lines: ReadonlyArray<string>) => Effect.Effect<RealmDatabase, unknown, Scope.Scope>

const onPglite: Adopt = Effect.fnUntraced(function*(realm, count, lines) {
  const migrationsFolder = yield* earlier(realm, count)
  const folder = join(yield* temporaryFolder, realm)
  yield* Effect.promise(async () => {
    const client = await openFolder(folder)
    await migratePglite(drizzlePglite({ client }), { migrationsFolder })
    for (const line of lines) await client.exec(line)
    await client.close()
  })
  return yield* pgliteDatabase(folder, realm, [service])
})

const onPostgres: Adopt = Effect.fnUntraced(function*(realm, count, lines) {
  const migrationsFolder = yield* earlier(realm, count)
  const url = yield* emptyDatabase
  yield* Effect.promise(async () => {
    const { client, close } = makePool(url, 1, {})
    await migrate(drizzle({ client }), { migrationsFolder })
    for (const line of lines) await client.unsafe(line)
    await close()
  })
  return yield* postgresDatabase({ url, services: [service] }, realm)
})

const bytes = (of: Uint8Array | null): string => (of === null ? "null" : `'\\x${Buffer.from(of).toString("hex")}'`)
const standing = ({ asOwner, realm }: RealmDatabase, table: LeafTable) =>
  Effect.map(attempt("look", () => asOwner((tx) => leavesIn(tx, realm, [table]))), (leaves) => leaves.map(({ hour }) => hour))

describe("the function that forgets leaves", () => {
  it("is the same in both realms, which may lie in different databases, but for their names", async () => {
    const [service, custody] = await Promise.all((["service", "custody"] as const).map((realm) => readFile(fileURLToPath(new URL(`../../drizzle/${realm}/0003_forget.sql`, import.meta.url)), "utf8")))
    const { service: ofService, custody: ofCustody } = realmRoles
    assert.strictEqual(custody?.replaceAll(ofCustody.owner, ofService.owner).replaceAll("custody", "service"), service)
  })
})

for (const [engine, adopt] of [["PGlite", onPglite], ["PostgreSQL", onPostgres]] as const) {
  describe(`an install of an earlier version, on ${engine}`, () => {
    it(`is tried at every version before this one`, async () => {
      for (const realm of ["service", "custody"]) {
        const { entries } = JSON.parse(await readFile(fileURLToPath(new URL(`../../drizzle/${realm}/meta/_journal.json`, import.meta.url)), "utf8"))
        assert.deepStrictEqual(versions.map((count) => count), Array.from({ length: entries.length - 1 }, (_, index) => index + 1))
      }
    })

    for (const count of versions) {
      const live = count < inLeaves ? "null" : "0"
      const leaf = (realm: RealmName, { dataClass, name }: LeafTable, at: number) => (count < inLeaves ? [] : [`set role ${realmRoles[realm].owner}; select ${realm}.make_leaf('${name}', '${dataClass}', ${hourOf(at)}); reset role`])
      const into = (realm: RealmName, table: string) => `insert into ${count < inLeaves ? "" : `${realm}.`}${table} values`

      it.effect(`of migration ${count} keeps living sessions as they are, and what has a deadline lies in the leaf of its hour`, () =>
        Effect.gen(function*() {
          const vault = vaultMemory()
          const [living, over] = [newRef(), newRef()]
          const kept = Effect.fnUntraced(function*(ref: typeof living) {
            yield* vault.begin(ref)
            const tag = yield* vault.tag(ref, "visitor|1")
            return { tag, sealed: yield* vault.seal(ref, encodePiece(piece("visitor", 1)), contentContext(ref, tag)) }
          })
          const [one, other] = [yield* kept(living), yield* kept(over)]
          const state = yield* vault.seal(living, encodeState(waiting()), stateContext(living))
          const wrapped = yield* vault.wrap(over, "content", dueAt)
          yield* vault.end(over)
          const realm = yield* adopt("service", count, [
            ...leaf("service", sessionLeaves, longOver),
            ...leaf("service", contentLeaves, dueAt),
            `${into("service", "session")} ('${living}', '${service}', 3, ${bytes(state)}, ${live}), ('${over}', '${service}', null, null, ${longOver})`,
            `${into("service", "content")} ('${living}', ${bytes(one.tag)}, '${service}', ${bytes(one.sealed)}, null, ${live}), ('${over}', ${bytes(other.tag)}, '${service}', ${bytes(other.sealed)}, ${bytes(wrapped)}, ${dueAt})`
          ])
          assert.deepStrictEqual(yield* sessionStore(realm, vault).load(living), Option.some({ ref: living, version: 3, state: waiting() }))
          assert.deepStrictEqual(yield* contentStore(realm, vault).lastKeptAt(permit, living), Option.some(start))
          assert.deepStrictEqual((yield* serviceRealm(realm).measure(start)).filter(({ dataClass }) => dataClass !== "installation"), [
            { dataClass: "content", service, count: 2, earliestDeleteAt: dueAt, overdue: 0 },
            { dataClass: "liveSession", service, count: 1, earliestDeleteAt: null, overdue: 0 },
            { dataClass: "endedSession", service, count: 1, earliestDeleteAt: longOver, overdue: 1 }
          ])
          const [row] = yield* attempt("look", () => realm.db.select().from(content).where(eq(content.deleteAt, dueAt)))
          assert.isTrue(row !== undefined && row.wrapped !== null)
          if (row?.wrapped) yield* vault.openUntil("content", dueAt, { sealed: row.sealed, wrapped: row.wrapped }, contentContext(over, other.tag))
          assert.deepStrictEqual([yield* standing(realm, sessionLeaves), yield* standing(realm, contentLeaves)], [[hourOf(longOver)], [hourOf(dueAt)]])
          assert.deepStrictEqual(yield* serviceRealm(realm).undeclared, [])
          assert.deepStrictEqual(yield* forgetLeaves(realm, sessionLeaves, start), { count: 1, earliest: longOver, through: start, stayed: 0 })
        }), 60_000)

      it.effect(`of migration ${count} keeps access traces, each in the leaf of its hour`, () =>
        Effect.gen(function*() {
          const vault = vaultMemory()
          const ref = newRef()
          const { sealed, wrapped } = yield* vault.sealUntil("accessTrace", dueAt, Buffer.from("synthetic"), traceContext(ref))
          const realm = yield* adopt("custody", count, [...leaf("custody", traceLeaves, dueAt), `${into("custody", "access_trace")} ('${ref}', '${service}', ${bytes(wrapped)}, ${bytes(sealed)}, ${dueAt})`])
          const [row] = yield* attempt("look", () => realm.db.select().from(accessTrace).where(eq(accessTrace.deleteAt, dueAt)))
          assert.strictEqual(row?.ref, ref)
          if (row !== undefined) assert.deepStrictEqual(Buffer.from(yield* vault.openUntil("accessTrace", dueAt, row, traceContext(ref))).toString(), "synthetic")
          assert.deepStrictEqual(yield* standing(realm, traceLeaves), [hourOf(dueAt)])
          assert.deepStrictEqual(yield* vendorRealm(realm).undeclared, [])
        }), 60_000)
    }
  })
}
