/**
 * Vitest's global set-up for tests that start the product as a process of its own: what is built is what is written.
 */
import { execFileSync } from "node:child_process"
import { rmSync, mkdirSync, statSync } from "node:fs"
import { join } from "node:path"

/** The root of this repository. */
export const root = join(import.meta.dirname, "../..")

const lock = join(root, "node_modules/.fortrolig-build")
const pause = new Int32Array(new SharedArrayBuffer(4))

/** Waits until no other run builds. A lock older than two minutes belongs to a run that was killed. */
const takeLock = (): void => {
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch {
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
      if (age > 120_000) rmSync(lock, { recursive: true, force: true })
      Atomics.wait(pause, 0, 0, 100)
    }
  }
}

/** Builds the product; what is fresh already is left alone. Throws with the compiler's words when it does not build. */
export default function build(): void {
  takeLock()
  try {
    execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" })
  } catch (problem) {
    const said = typeof problem === "object" && problem !== null && "stdout" in problem ? String(problem.stdout) : ""
    throw new Error(`The product does not build.\n${said.slice(0, 4000)}`, { cause: problem })
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
