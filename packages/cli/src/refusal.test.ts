import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { Databases } from "@fortrolig/http/databases"
import { awayWords, tooOldWords } from "./refusal.ts"

const address = (name: string) => Redacted.make(`postgres://planted:secret@db.example.org/${name}`)
const shared = address("help")
const one: Databases = { service: shared, custody: shared }
const two: Databases = { service: shared, custody: address("vendor") }

const away = (realm: "service" | "custody", state?: string) =>
  new StoreUnavailable({ operation: `prepare the ${realm} database`, ...(state === undefined ? {} : { cause: new Error(`SQLSTATE ${state}`) }) })

describe("a database that is too old", () => {
  it("is told with its version, the one that is needed, and the variable that names it", () => {
    const old = (databases: Databases, realm: "service" | "custody") => tooOldWords({ realm, found: "15.19", needed: 16 }, databases)
    const says = (variable: string) => `PostgreSQL 15.19 is too old: 16 or later is needed. Nothing was changed in it. Bring it up to date, or put the address of a newer one in ${variable}.`
    assert.strictEqual(old(one, "service"), says("DATABASE_URL"))
    assert.strictEqual(old(one, "custody"), says("DATABASE_URL"))
    assert.strictEqual(old(two, "service"), says("DATABASE_URL"))
    assert.strictEqual(old(two, "custody"), says("CUSTODY_DATABASE_URL"))
  })
})

describe("a database that is away", () => {
  it.each([
    [undefined, " Is PostgreSQL running, and is DATABASE_URL right?"],
    ["28P01", " PostgreSQL refused the login or the password in DATABASE_URL."],
    ["28000", " PostgreSQL does not let the login in DATABASE_URL in from here."],
    ["3D000", " PostgreSQL has no database of the name in DATABASE_URL."],
    ["42501", " The login in DATABASE_URL may not do that in this database."],
    ["53300", " PostgreSQL has no connection left for one more."],
    ["57P03", " PostgreSQL is starting or stopping; try again in a moment."],
    ["40001", ""]
  ])("is told with what to look at (%s)", (state, hint) => {
    assert.strictEqual(awayWords(away("service", state), one), `The store could not be reached or read (prepare the service database).${hint}`)
  })

  it("is told by the variable of its realm, and without a hint where there is none to give", () => {
    assert.strictEqual(awayWords(away("custody", "3D000"), two), "The store could not be reached or read (prepare the custody database). PostgreSQL has no database of the name in CUSTODY_DATABASE_URL.")
    assert.strictEqual(awayWords(away("service"), undefined), "The store could not be reached or read (prepare the service database).")
    assert.strictEqual(awayWords(new StoreUnavailable({ operation: "open the vault" }), one), "The store could not be reached or read (open the vault).")
  })
})
