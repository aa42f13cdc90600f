/**
 * Databases on the PostgreSQL of this test project that live as long as a test.
 */
import { randomBytes } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { inject } from "vitest"
import { makePool } from "../postgres/pool.ts"

/** Runs one statement as the superuser, over a connection of its own, and answers its rows. */
export const asSuperuser = (url: Redacted.Redacted, statement: string): Effect.Effect<ReadonlyArray<Readonly<Record<string, unknown>>>> =>
  Effect.promise(async () => {
    const { client, close } = makePool(url, 1, {})
    try {
      return [...await client.unsafe(statement)]
    } finally {
      await close()
    }
  })

/** The address of another database, for a login, where the superuser's address of the cluster is `url`. */
export const addressOf = (url: Redacted.Redacted, database: string, login = "postgres"): Redacted.Redacted => {
  const address = new URL(Redacted.value(url))
  address.pathname = `/${database}`
  address.username = login
  return Redacted.make(address.href)
}

const temporaryDatabase = (how: string): Effect.Effect<Redacted.Redacted, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.suspend(() => {
      const name = `test_${randomBytes(6).toString("hex")}`
      const cluster = Redacted.make(inject("postgres"))
      return Effect.as(asSuperuser(cluster, `create database ${name} ${how}`), addressOf(cluster, name))
    }),
    (url) => asSuperuser(Redacted.make(inject("postgres")), `drop database ${new URL(Redacted.value(url)).pathname.slice(1)} with (force)`)
  )

/** An empty database, with nothing migrated yet. */
export const emptyDatabase: Effect.Effect<Redacted.Redacted, never, Scope.Scope> = temporaryDatabase("")

/** A database with the schemas and tables of both realms and no rows. */
export const copiedDatabase: Effect.Effect<Redacted.Redacted, never, Scope.Scope> = temporaryDatabase("template migrated")
