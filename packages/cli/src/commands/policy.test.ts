import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { Command } from "effect/cli"
import { afterAll, assert, describe, it } from "vitest"
import { diff } from "@fortrolig/core/policy/diff"
import { explainAll } from "@fortrolig/core/policy/explain"
import { lint } from "@fortrolig/core/policy/lint"
import { policyPage } from "@fortrolig/core/policy/page"
import { decodePolicy, policyProblems } from "@fortrolig/core/policy/decode"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { exitCodes } from "../failure.ts"
import { readPolicy } from "../policy/read.ts"
import { diffLines, lintLines } from "../policy/text.ts"
import { version } from "../version.ts"
import { policy } from "./policy.ts"
import { tool } from "./shared.ts"

const folder = mkdtempSync(join(tmpdir(), "fortrolig-policy-"))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content))
  return path
}
/** The command as a process of its own: once for each exit code, since a process is slow to start. */
const fortrolig = (...args: ReadonlyArray<string>) => {
  const main = join(import.meta.dirname, "../main.ts")
  const { status, stderr, stdout } = spawnSync(process.execPath, ["--conditions=@fortrolig/source", main, "policy", ...args], { encoding: "utf8" })
  return { status, stderr, stdout }
}
/** The same commands in this process: what they print, and the exit code and sentence that `main.ts` is handed. */
const here = async (...args: ReadonlyArray<string>) => {
  const printed: Array<string> = []
  const terminal: Console.Console = { ...globalThis.console, log: (...lines) => void printed.push(...lines.map((line) => `${line}\n`)) }
  const ended = Command.runWith(policy, { version })(args).pipe(
    Effect.as({ status: exitCodes.ok, says: "" }),
    Effect.catchTag("CommandFailure", ({ exit, says }) => Effect.succeed({ status: exit, says })),
    Effect.provide(NodeServices.layer),
    Effect.provideService(Console.Console, terminal)
  )
  return { ...(await Effect.runPromise(ended)), stdout: printed.join("") }
}
const longer = { ...ifengsel, content: { store: "server", hoursAfterEnd: 73 } }
const shorter = { ...ifengsel, content: { store: "server", hoursAfterEnd: 71 } }

describe("fortrolig policy explain", () => {
  it("prints the page", () => {
    assert.deepStrictEqual(fortrolig("explain"), { status: 0, stderr: "", stdout: policyPage() })
  })

  it("prints every field for a machine", async () => {
    const { status, stdout } = await here("explain", "--json")
    assert.deepStrictEqual([status, JSON.parse(stdout)], [0, { schemaVersion: 1, tool, fields: explainAll() }])
  })
})

describe("fortrolig policy lint", () => {
  it("accepts a built-in policy, exit code 0, and prints what its questions answer", async () => {
    const { says, status, stdout } = await here("lint", "ifengsel")
    assert.deepStrictEqual([status, says], [0, ""])
    assert.include(stdout, "missing  holds  (X-02)\n")
    assert.include(stdout, "  Answered by the question authority-orders.\n")
  })

  it("refuses a policy that does more than people were told, exit code 1, with field, rule and remedy", async () => {
    const path = file("longer.json", longer)
    const { status, stderr, stdout } = fortrolig("lint", path)
    assert.deepStrictEqual([status, stderr], [1, "This policy must not be served as it is.\n"])
    assert.isTrue(
      stdout.startsWith("dishonest  content.hoursAfterEnd  (IF-17)\n  This is 73 hours, and the published text says 72.\n  Shorten it to what the published text says"),
      stdout
    )
    const machine = await here("lint", path, "--json")
    const { findings, ...rest } = JSON.parse(machine.stdout)
    assert.deepStrictEqual([machine.status, rest], [1, { schemaVersion: 1, tool, verdict: "refused", problems: [] }])
    const timeless = (found: ReadonlyArray<{ readonly severity: string }>) => found.filter(({ severity }) => severity !== "stale")
    assert.deepStrictEqual(timeless(findings), timeless(lint(decodePolicy(longer), "2026-11-21")))
  })

  it("refuses what is no policy, exit code 1, with every fault", async () => {
    assert.deepStrictEqual(await here("lint", file("wrong.json", { ...ifengsel, capacity: 0 })), {
      status: 1,
      says: "This is not a policy yet.",
      stdout: "capacity: This is not from 1 to 20. (E-14) Write a whole number of chats from 1 to 20.\n"
    })
  })

  it("cannot check what it cannot read, exit code 2, and is misused without a policy, exit code 64", () => {
    const absent = join(folder, "absent.json")
    assert.deepStrictEqual(fortrolig("lint", absent), { status: 2, stderr: `${absent} is no built-in policy, and as a file it cannot be read.\n`, stdout: "" })
    const { status, stdout } = fortrolig("lint")
    assert.deepStrictEqual([status, stdout], [64, ""])
  })
})

describe("fortrolig policy diff", () => {
  it("says what is loosened, exit code 1, and what is only tightened, exit code 0", async () => {
    const path = file("shorter.json", shorter)
    const says = "How long a locked chat is kept after it has ended."
    assert.deepStrictEqual(await here("diff", path, "ifengsel"), {
      status: 1,
      says: "A promise is loosened.",
      stdout: `loosens  content.hoursAfterEnd  (IF-17)\n  ${says} Was: 71 hours. Becomes: 72 hours.\n1 loosened, 0 tightened, 0 merely changed; a new notice is needed\n`
    })
    const machine = await here("diff", "ifengsel", path, "--json")
    assert.deepStrictEqual([machine.status, machine.says, JSON.parse(machine.stdout)], [
      0,
      "",
      { schemaVersion: 1, tool, newNotice: true, changes: diff(ifengsel, decodePolicy(shorter)) }
    ])
  })

  it.each(["old", "new"])("cannot compare with an %s that is no policy, exit code 2", async (which) => {
    const path = file("none.json", {})
    const both = which === "old" ? [path, "ifengsel"] : ["ifengsel", path]
    assert.deepStrictEqual(await here("diff", ...both), { status: 2, says: `${path} is not a policy yet; fortrolig policy lint says why.`, stdout: "" })
  })
})

describe("a policy that a person names", () => {
  it("is a built-in one, a file, or what is wrong with it", async () => {
    const read = (name: string) => Effect.runPromise(Effect.result(readPolicy(name)))
    const failed = async (name: string) => Result.match(await read(name), { onFailure: ({ exit, says }) => [exit, says], onSuccess: () => [] })
    assert.deepStrictEqual(await read("ifengsel"), Result.succeed({ policy: ifengsel, problems: [] }))
    assert.deepStrictEqual(await read(file("own.json", shorter)), Result.succeed({ policy: decodePolicy(shorter), problems: [] }))
    assert.deepStrictEqual(await read(file("empty.json", 3)), Result.succeed({ policy: undefined, problems: policyProblems(3) }))
    const broken = file("broken.json", "{")
    assert.deepStrictEqual(await failed(broken), [2, `${broken} is no built-in policy, and as a file it is not JSON.`])
    assert.deepStrictEqual(await failed(folder), [2, `${folder} is no built-in policy, and as a file it cannot be read.`])
  })
})

describe("what is found in a policy", () => {
  it("is one line when it is nothing", () => {
    assert.deepStrictEqual([lintLines([]), diffLines([], false)], [["Nothing to remark."], ["Nothing changes."]])
  })

  it("begins with what is open and with what is loosened", () => {
    const lines = lintLines(lint(decodePolicy({ ...longer, questions: ifengsel.questions.filter(({ field }) => field !== "holds") }), "2026-11-21"))
    assert.deepStrictEqual(lines.filter((line) => !line.startsWith(" ")), [
      "dishonest  content.hoursAfterEnd  (IF-17)",
      "dishonest  holds  (X-02)",
      "missing  accessTrace.hoursAfterOpening  (IF-30)",
      "2 open findings, 1 answered by a named question"
    ])
    const changes = diff(ifengsel, decodePolicy({ ...shorter, capacity: 2, exitUrl: "https://www.nrk.no/", accessTrace: { hoursAfterOpening: 73 } }))
    assert.deepStrictEqual(diffLines(changes, false).filter((line) => !line.startsWith(" ")), [
      "loosens  accessTrace.hoursAfterOpening  (DFH-11)",
      "tightens  content.hoursAfterEnd  (IF-17)",
      "changes  capacity  (E-14)",
      "changes  exitUrl  (DFH-08)",
      "1 loosened, 1 tightened, 2 merely changed; no new notice is needed"
    ])
  })
})
