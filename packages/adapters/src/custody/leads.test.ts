import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { Leads } from "@fortrolig/core/ports/Leads"
import { leadsFrom, makeDemonstrationLeads } from "./leads.ts"

const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "leads-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true }))
)
const keyOf = (file: string, service: typeof ifengsel.service) =>
  Effect.map(Leads, (leads) => leads.keyOf(service)).pipe(Effect.provide(leadsFrom(file, [detfinneshjelp, ifengsel])))

describe("leads", () => {
  it.effect("exist for services that keep content and for no other; the private half lies only in its own folder", () =>
    Effect.gen(function*() {
      const root = yield* folder
      const file = join(root, "keys", "leads.json")
      yield* makeDemonstrationLeads(join(root, "custodians"), file, [detfinneshjelp, ifengsel])
      const key = yield* keyOf(file, ifengsel.service)
      assert.match(key ?? "", /^[A-Za-z0-9_-]{87}$/)
      assert.isUndefined(yield* keyOf(file, detfinneshjelp.service))
      assert.deepStrictEqual(yield* Effect.promise(() => readdir(join(root, "custodians"))), ["lead-ifengsel.pem"])
      assert.strictEqual((yield* Effect.promise(() => stat(join(root, "custodians", "lead-ifengsel.pem")))).mode & 0o777, 0o600)
      assert.notInclude(yield* Effect.promise(() => readFile(file, "utf8")), "PRIVATE")
      yield* makeDemonstrationLeads(join(root, "custodians"), file, [detfinneshjelp, ifengsel])
      assert.strictEqual(yield* keyOf(file, ifengsel.service), key)
    }))

  it.effect("must be named for a service that keeps content, by a real point of the curve", () =>
    Effect.gen(function*() {
      const file = join(yield* folder, "leads.json")
      for (const text of ["", "{}", `{"leads":{}}`, `{"leads":{"ifengsel":"${"A".repeat(87)}"}}`, `{"leads":{"ifengsel":"short"}}`]) {
        yield* Effect.promise(() => writeFile(file, text))
        assert.strictEqual((yield* Effect.flip(keyOf(file, ifengsel.service)))._tag, "LeadsUnreadable")
      }
      yield* Effect.provide(Leads, leadsFrom(join(file, "missing"), [detfinneshjelp]))
    }))
})
