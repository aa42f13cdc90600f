/** About 40 s: docs/postgresql.md, followed as it is written, on an empty PostgreSQL that asks for passwords. */
import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { makeDemonstrationCustodians } from "@fortrolig/adapters/custody/custodians"
import { makeDemonstrationLeads } from "@fortrolig/adapters/custody/leads"
import { makePool } from "@fortrolig/adapters/postgres/pool"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { root } from "../support/build.ts"
import { type Cluster, startCluster } from "../support/cluster.ts"
import { fortrolig, startServer, type TestInstall, testInstall, type TestServer } from "../support/server.ts"

const page = readFileSync(join(root, "docs/postgresql.md"), "utf8")
const blocks = (language: string): ReadonlyArray<string> => [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(([, code = ""]) => code)
const [roles = "", settings = "", auditor = ""] = blocks("sql")
const [lead = "", start = "", beside = "", audit = "", outside = ""] = blocks("sh")

let cluster: Cluster
let install: TestInstall
let server: TestServer | undefined

const administrator = async (statements: string): Promise<void> => {
  const { client, close } = makePool(Redacted.make(cluster.url()), 1, {})
  for (const statement of statements.split(";").map((line) => line.trim()).filter((line) => line !== "")) await client.unsafe(statement)
  await close()
}

/** The variables that a block exports, for a PostgreSQL on another port. */
const exported = (block: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...here(block).matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = "", value = ""]) => [name, value]))
const here = (text: string): string => text.replaceAll(":5432", `:${cluster.port}`)

/** Runs the commands of a block with these variables, holds each to the exit code that stands behind it, and answers what they said. */
const follow = async (block: string, variables: Readonly<Record<string, string>>): Promise<ReadonlyArray<string>> => {
  const said: Array<string> = []
  for (const [line, words = "", code] of here(block).matchAll(/^npx fortrolig ([^#\n]+?) +# (\d+):.*$/gm)) {
    const ended = await fortrolig(install, words.split(" "), { PORT: "3000", ...variables })
    assert.strictEqual(ended.code, Number(code), `${line}\n${ended.stdout}${ended.stderr}`)
    said.push(ended.stdout)
  }
  assert.lengthOf(said, block.split("\n").filter((line) => line.startsWith("npx ")).length)
  return said
}

beforeAll(async () => {
  cluster = await startCluster()
  install = testInstall()
  writeFileSync(join(cluster.dataFolder, "pg_hba.conf"), "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
  await administrator("select pg_reload_conf()")
})
afterAll(async () => {
  await server?.stop()
  await cluster.remove()
  install.remove()
})

describe("the page about PostgreSQL", () => {
  it.skipIf(spawnSync(lead.split(" ")[0] ?? "", ["version"]).status !== 0)("makes a lead's key with lines that work, and says how long its public half is", () => {
    mkdirSync(join(install.folder, "elsewhere"))
    const half = execFileSync("sh", ["-c", lead], { cwd: join(install.folder, "elsewhere"), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
    assert.match(half, /^B[A-Za-z0-9_-]{86}$/)
  })

  it("leads from nothing to a server that is audited from beside it and from outside", async () => {
    await administrator(roles)
    await administrator(settings)
    mkdirSync(install.keys, { recursive: true, mode: 0o700 })
    await Effect.runPromise(makeDemonstrationCustodians(install.custodians, join(install.keys, "custodians.json")))
    await Effect.runPromise(makeDemonstrationLeads(join(install.folder, "leads"), join(install.keys, "leads.json"), [ifengsel]))

    const variables = exported(start)
    assert.deepStrictEqual(Object.keys(variables), ["DATABASE_URL", "CUSTODY_DATABASE_URL"])
    assert.include(start, "\nnpx fortrolig serve\n")
    server = await startServer(install, variables, ["serve"])
    for (const path of ["", "/ifengsel", "/detfinneshjelp", "/ifengsel/privacy", "/readyz"]) assert.strictEqual((await fetch(`${server.origin}${path}`)).status, 200, path)

    assert.deepStrictEqual(exported(beside), variables)
    const [doctor = ""] = await follow(beside, variables)
    assert.include(doctor, "The vendor realm has a login of its own.")
    const [quick = "", full = ""] = await follow(audit, variables)
    assert.match(quick, /^All \d+ promises are kept\.$/m)
    assert.include(full, "Every row was counted.")

    await administrator(auditor)
    const [service = "", vendor = ""] = await follow(outside, exported(outside))
    assert.include(service, "  the vendor realm is not in this database.")
    assert.include(vendor, "  the service realm is not in this database.")
  })
})
