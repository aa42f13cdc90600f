import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import { databasesOf, hasOwnLogin, placeOf } from "./databases.ts"

const of = (service: string | undefined, custody?: string) => databasesOf(service === undefined ? undefined : Redacted.make(service), custody === undefined ? undefined : Redacted.make(custody))
const opened = (service: string, custody?: string) => {
  const found = of(service, custody)
  if (found === undefined || "says" in found) throw new Error("these addresses are refused")
  return found
}

describe("the addresses of databases", () => {
  it("are none where neither is set, and one for both realms where the vendor realm has none", () => {
    assert.strictEqual(of(undefined), undefined)
    const { custody, service } = opened("postgres://login@db.example/fortrolig")
    assert.deepStrictEqual([Redacted.value(service), Redacted.value(custody)], ["postgres://login@db.example/fortrolig", "postgres://login@db.example/fortrolig"])
  })

  it.each([
    "postgres://db.example/x", "postgresql://login:word@db.example:5433/x", "postgres://[::1]/x?sslmode=require", "postgres://db.example/x?sslmode=verify-full", "postgres://db.example/x?sslmode=disable",
    "postgres://l%40gin:w%2Ford@db.example/x"
  ])("%s is one", (address) => {
    assert.deepStrictEqual(Object.keys(opened(address)), ["service", "custody"])
    assert.deepStrictEqual(Object.keys(opened("postgres://db.example/x", address)), ["service", "custody"])
  })

  it.each([
    "", "planted", "mysql://planted@db.example/x", "postgres:///planted", "postgres://planted.example", "postgres://planted.example/", "postgres://db.example/planted/y", "postgres://planted,other/x",
    "postgres://db.example:port/planted", "postgres://db.example/planted#y", "postgres://db.example/planted?options=-crole%3Dpostgres", "postgres://db.example/planted?role=postgres",
    "postgres://db.example/planted?sslmode=prefer&role=x", "postgres://db.example/planted?sslmode=allow", "postgres://planted%:x@db.example/x", "http://planted.example/x"
  ])("%s is none, and the refusal names the variable and nothing of the value", (address) => {
    for (const [refused, variable] of [[of(address), "DATABASE_URL"], [of("postgres://db.example/x", address), "CUSTODY_DATABASE_URL"]] as const) {
      assert.deepStrictEqual(refused, {
        variable,
        says: "must be the address of a PostgreSQL database, such as postgres://login:password@host:5432/name, with no option but sslmode (disable, prefer, require or verify-full)"
      })
    }
  })

  it("of the vendor realm alone are refused", () => {
    assert.deepStrictEqual(of(undefined, "postgres://db.example/x"), { variable: "CUSTODY_DATABASE_URL", says: "is set, but DATABASE_URL is not. Set both, or neither" })
  })

  it("show host and name, and never login or password", () => {
    const places = ["postgres://planted:planted@db.example:5433/my%20chats?sslmode=require", "postgres://planted:planted@db.example/x?sslmode=prefer"].map((address) => placeOf(Redacted.make(address)))
    assert.deepStrictEqual(places, [{ host: "db.example", name: "my chats", encrypted: true }, { host: "db.example", name: "x", encrypted: false }])
    assert.strictEqual(placeOf(Redacted.make("postgres://db.example/x?sslmode=verify-full")).encrypted, true)
  })

  it("are separate where the vendor realm has another login or another PostgreSQL, not where it has another database alone", () => {
    const own = (custody?: string) => hasOwnLogin(opened("postgres://one@db.example/x", custody))
    assert.deepStrictEqual([own(), own("postgres://one@db.example/y"), own("postgres://two@db.example/x"), own("postgres://one@other.example/x"), own("postgres://one@db.example:5433/x")], [false, false, true, true, true])
  })
})
