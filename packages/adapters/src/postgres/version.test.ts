/** About 3 s. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { claimedVersion } from "../../../../test/support/oldPostgres.ts"
import { asSuperuser, emptyDatabase } from "../contracts/postgres.contract.ts"
import { postgresDatabase } from "./connect.ts"
import { DatabaseTooOld } from "./version.ts"

/** A database whose PostgreSQL says that it is of another version. */
const saying = (number: number, version: string) =>
  Effect.tap(emptyDatabase, (url) => Effect.forEach(claimedVersion(new URL(Redacted.value(url)).pathname.slice(1), number, version), (line) => asSuperuser(url, line), { discard: true }))

const made = (url: Redacted.Redacted) =>
  asSuperuser(url, "select nspname as name from pg_catalog.pg_namespace where nspname in ('service', 'custody', 'drizzle') order by 1")

describe("a PostgreSQL", () => {
  it.effect.each([
    [150_019, "15.19 (Debian 15.19-1.pgdg130+1)", "15.19"],
    [159_999, "15.9999", "15.9999"],
    [90_624, "9.6.24", "9.6.24"]
  ] as const)("that is too old is named by its version, and nothing is made in it: %i", ([number, version, found]) =>
    Effect.gen(function*() {
      const url = yield* saying(number, version)
      for (const realm of ["service", "custody"] as const) {
        const failure = yield* Effect.flip(Effect.scoped(postgresDatabase({ url, services: ["ifengsel"] }, realm)))
        assert.instanceOf(failure, DatabaseTooOld)
        assert.deepStrictEqual({ ...failure }, { _tag: "DatabaseTooOld", realm, found, needed: 16 })
      }
      assert.deepStrictEqual(yield* made(url), [])
    }))

  it.effect.each([[160_000, "16.0"], [190_000, "19beta1"]] as const)("that is new enough is used: %i", ([number, version]) =>
    Effect.gen(function*() {
      const url = yield* saying(number, version)
      yield* Effect.scoped(postgresDatabase({ url, services: ["ifengsel"] }, "service"))
      assert.deepStrictEqual(yield* made(url), [{ name: "drizzle" }, { name: "service" }])
    }))
})
