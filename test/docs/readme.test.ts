import { execFileSync } from "node:child_process"
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { assert, describe, it } from "@effect/vitest"

const root = join(import.meta.dirname, "../..")
const readme = readFileSync(join(root, "README.md"), "utf8")
const run = (example: string) => execFileSync(process.execPath, ["--conditions=@fortrolig/source", join(root, "examples", example)], { encoding: "utf8" })

/** Each example and exactly what it prints. */
const printed: Readonly<Record<string, string>> = {
  "consentRoute.ts": "yes: 200, taken back: 200, taken back again: 404\n",
  "ownPolicy.ts":
    "content.hoursAfterEnd: This is 96 hours, and the published text says 72.\n" +
    "What you write is locked and kept with us. It is gone at the latest 4 days after the chat is over. Only the person you talk to can read it. " +
    "If someone is in danger, or another has to take over, a lead can read it too.\n",
  "retentionCheck.ts": "3 chats, 1 kept longer than promised\n",
  "firstDeadline.ts": "text: 2026-03-27T11:40:00.000Z, IP address: 2026-04-03T11:00:00.000Z\n"
}

describe("the README", () => {
  it("shows the first example as it stands, and what it prints", () => {
    const code = readFileSync(join(root, "examples/firstDeadline.ts"), "utf8")
    assert.include(readme, `\`\`\`ts\n${code}// ${printed["firstDeadline.ts"]}\`\`\``)
  })

  it("links and shows only what exists", () => {
    const targets = [...readme.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, target]) => (target === undefined || target.startsWith("http") ? [] : [target]))
    assert.isAbove(targets.length, 2)
    for (const target of targets) assert.isTrue(existsSync(join(root, target)), target)
  })

  it("is right, as every page of docs is, that what it links to is there", () => {
    const pages = globSync("{docs/**/*.md,*.md}", { cwd: root })
    assert.isAbove(pages.length, 20)
    for (const page of pages) {
      for (const [, target = ""] of readFileSync(join(root, page), "utf8").matchAll(/\]\(([^)#\s]+)/g)) {
        if (!/^https?:/.test(target)) assert.isTrue(existsSync(join(root, dirname(page), target)), `${page}: ${target}`)
      }
    }
  })

  it("names only scripts that package.json has, and only commands that fortrolig knows", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
    for (const [, script] of readme.matchAll(/npm (?:run )?(start|test[\w:]*)/g)) assert.property(scripts, String(script))
    const known = readdirSync(join(root, "packages/cli/src/commands")).map((file) => file.replace(".ts", ""))
    for (const [, command] of readme.matchAll(/npx fortrolig (\w+)/g)) assert.include(known, command)
  })
})

describe("the examples", () => {
  for (const example of readdirSync(join(root, "examples")).filter((file) => file.endsWith(".ts"))) {
    it(`${example} runs and prints what it should`, () => {
      assert.strictEqual(run(example), printed[example])
    })
  }
})
