/**
 * A database looked at from outside: an install by the audit's role and by lesser logins, and a database that is not ours. About 5 seconds.
 */
import { randomBytes } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Measured } from "@fortrolig/core/ports/Inspection"
import { addressOf, asSuperuser, copiedDatabase, emptyDatabase } from "../contracts/postgres.contract.ts"
import { foreignStore } from "./foreign.ts"

const hour = Math.floor(Date.UTC(2026, 10, 21, 12) / 3_600_000)
const at = (hour * 3_600_000 + 1_800_000) as Instant
const due = at - 1
const later = at + 1
const service = "ifengsel" as ServiceName

/** The install's database with one trace that is due and two that are not, and the address of a login that has been granted `roles`. */
const install = (...roles: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const url = yield* copiedDatabase
    const login = `afar_${randomBytes(4).toString("hex")}`
    yield* asSuperuser(url, `select custody.make_leaf('access_trace', 'accessTrace', ${hour})`)
    for (const deleteAt of [due, later, later]) {
      yield* asSuperuser(url, `insert into custody.access_trace select gen_random_uuid(), '${service}', '', '', ${deleteAt}`)
    }
    yield* asSuperuser(url, `create role ${login} login`)
    yield* Effect.addFinalizer(() => asSuperuser(url, `drop role ${login}`))
    for (const role of roles) yield* asSuperuser(url, `grant ${role} to ${login}`)
    return { url, outside: addressOf(url, new URL(Redacted.value(url)).pathname.slice(1), login) }
  })

const look = (url: Redacted.Redacted) => foreignStore(url).look(at)
const counts = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  const { realms } = yield* look(url)
  return realms.map(({ measured, realm }) => [realm, measured?.filter(({ dataClass }) => dataClass !== "installation")] as const)
})
const traces: ReadonlyArray<Measured> = [{ dataClass: "accessTrace", service, count: 3, earliestDeleteAt: due as Instant, overdue: 1 }]

describe("an install, from outside", () => {
  it.effect("the audit's role counts every row, finds nothing undeclared, and judges the store", () =>
    Effect.gen(function*() {
      const { outside } = yield* install("fortrolig_audit")
      assert.deepStrictEqual<unknown>(yield* counts(outside), [["service", []], ["vendor", traces]])
      const { personal, store, undeclared } = yield* look(outside)
      assert.deepStrictEqual([undeclared, personal], [[], []])
      assert.deepStrictEqual(store.filter(({ verdict, weight }) => weight === "promise" && verdict === "broken"), [])
    }))

  it.effect("a login that may read nothing, or from which rows are hidden, counts nothing rather than none", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual<unknown>(yield* counts((yield* install()).outside), [["service", undefined], ["vendor", undefined]])
      // The server's own role sees the rows of the services that its connection names, and this one names none.
      assert.deepStrictEqual<unknown>(yield* counts((yield* install("fortrolig_app", "fortrolig_custody")).outside), [["service", undefined], ["vendor", undefined]])
    }))

  it.effect("the audit's role counts nothing once the rule that shows it every row is gone or narrowed", () =>
    Effect.gen(function*() {
      const { outside, url } = yield* install("fortrolig_audit")
      yield* asSuperuser(url, "drop policy counted on custody.access_trace")
      assert.deepStrictEqual<unknown>(yield* counts(outside), [["service", []], ["vendor", undefined]])
      yield* asSuperuser(url, "create policy counted on custody.access_trace for select to fortrolig_audit using (true)")
      yield* asSuperuser(url, "create policy narrow on custody.access_trace as restrictive for select using (delete_at > 9)")
      assert.deepStrictEqual<unknown>(yield* counts(outside), [["service", []], ["vendor", undefined]])
      yield* asSuperuser(url, "drop policy narrow on custody.access_trace")
      assert.deepStrictEqual<unknown>(yield* counts(outside), [["service", []], ["vendor", traces]])
    }))

  it.effect("what somebody else made beside it is undeclared", () =>
    Effect.gen(function*() {
      const { outside, url } = yield* install("fortrolig_audit")
      yield* asSuperuser(url, "create table visits (id int, client_ip inet)")
      const { personal, undeclared } = yield* look(outside)
      assert.deepStrictEqual(undeclared, ["public.visits.client_ip", "public.visits.id"])
      assert.deepStrictEqual(personal, ["public.visits.client_ip (inet)"])
    }))
})

describe("a database that is not ours", () => {
  it.effect("has no realm; its columns are listed, those about people by type or name, and only the whole PostgreSQL is judged", () =>
    Effect.gen(function*() {
      const url = yield* emptyDatabase
      yield* asSuperuser(url, "create schema service")
      yield* asSuperuser(url, "create table service.session (ref uuid, seen cidr, fodselsnummer text, tag text, user_name text, shipping int)")
      const { personal, realms, store, undeclared } = yield* look(url)
      assert.deepStrictEqual(realms, [])
      assert.strictEqual(undeclared.length, 6)
      assert.deepStrictEqual(personal, ["service.session.fodselsnummer (text)", "service.session.seen (cidr)", "service.session.user_name (text)"])
      assert.deepStrictEqual([store.length, store.some(({ id }) => id === "archive-mode"), store.some(({ id }) => id === "row-security")], [14, true, false])
    }))

  it.effect("that is away fails without a word of its address", () =>
    Effect.gen(function*() {
      const away = yield* Effect.flip(foreignStore(Redacted.make("postgres://somebody:secret@127.0.0.1:1/nothing")).look(at))
      assert.deepStrictEqual([away._tag, away.operation], ["StoreUnavailable", "look for the schemas"])
      assert.notInclude(JSON.stringify(away), "secret")
    }))
})
