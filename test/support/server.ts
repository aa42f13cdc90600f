/**
 * The product as people run it: the built command, as a process of its own, on folders of its own and a free port.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root } from "./build.ts"

const command = join(root, "packages/cli/bin/fortrolig.js")
const startTime = 60_000

/**
 * The product runs as it is, and compiles itself for less: it lives for seconds here, too short to win back the embedded PostgreSQL's second, optimizing
 * compilation, which is a third of what a start costs; and what was compiled of its JavaScript is kept for the next process.
 */
const flags = ["--no-wasm-dynamic-tiering", "--no-wasm-tier-up"]
const compiled = join(root, "node_modules/.cache/fortrolig-compiled")

/** Folders for one install, empty at first. */
export interface TestInstall {
  readonly folder: string
  readonly data: string
  readonly keys: string
  readonly custodians: string
  readonly remove: () => void
}

/** Makes a place for an install in the temporary folder. */
export const testInstall = (): TestInstall => {
  const folder = mkdtempSync(join(tmpdir(), "fortrolig-install-"))
  return {
    folder,
    data: join(folder, "data"),
    keys: join(folder, "keys"),
    custodians: join(folder, "custodians"),
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}

/** What the process is given beside its folders; a value of `undefined` takes a variable away. */
export type Environment = Readonly<Record<string, string | undefined>>

const environment = ({ custodians, data, keys }: TestInstall, extra: Environment): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  PORT: "0",
  HOST: "127.0.0.1",
  NO_COLOR: "1",
  NODE_COMPILE_CACHE: compiled,
  FORTROLIG_DATA: data,
  FORTROLIG_KEYS: keys,
  FORTROLIG_CUSTODIANS: custodians,
  ...extra
})

/** How a command ended, and all that it said. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `fortrolig` with these arguments on an install, to its end. */
export const fortrolig = async (install: TestInstall, args: ReadonlyArray<string>, extra: Environment = {}, cwd = install.folder): Promise<Ended> => {
  const child = spawn(process.execPath, [...flags, command, ...args], { cwd, env: environment(install, extra), stdio: ["ignore", "pipe", "pipe"] })
  const heard = hear(child)
  const [code] = (await once(child, "close")) as [number | null]
  return { code, stdout: heard.stdout(), stderr: heard.stderr() }
}

const hear = (child: ChildProcess): { readonly stdout: () => string; readonly stderr: () => string } => {
  let stdout = ""
  let stderr = ""
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  return { stdout: () => stdout, stderr: () => stderr }
}

/** A running server. */
export interface TestServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string
  readonly port: number
  readonly pid: number
  /** The link that signs one counsellor in, by service. */
  readonly invitations: Readonly<Record<string, string>>
  /** Everything that it has written so far, both streams. */
  readonly output: () => string
  /** Sends a signal to the process and to nobody else. */
  readonly signal: (name: NodeJS.Signals) => void
  /** Asks it to stop, twice so that it does not wait for chats to end; answers its exit code. */
  readonly stop: () => Promise<number | null>
  /** Kills it with SIGKILL; answers when it is gone. */
  readonly kill: () => Promise<void>
}

/** Starts `fortrolig serve --demo` on an install and answers when it serves. Throws with what it said when it does not start. */
export const startServer = async (install: TestInstall, extra: Environment = {}, args: ReadonlyArray<string> = ["serve", "--demo"]): Promise<TestServer> => {
  const child = spawn(process.execPath, [...flags, command, ...args], { cwd: install.folder, env: environment(install, extra), stdio: ["ignore", "pipe", "pipe"] })
  const gone = once(child, "close")
  const heard = hear(child)
  const origin = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const line = /^Fortrolig is running at (\S+)$/m.exec(heard.stdout())
      if (line?.[1] === undefined || !heard.stdout().includes("Stop it with")) return
      clearTimeout(patience)
      resolve(line[1])
    }
    const fail = () => reject(new Error(`The server did not start.\n${heard.stdout()}${heard.stderr()}`))
    const patience = setTimeout(() => {
      child.kill("SIGKILL")
      fail()
    }, startTime)
    child.stdout.on("data", look)
    child.once("close", () => {
      clearTimeout(patience)
      fail()
    })
  })
  const links = heard.stdout().matchAll(/^ {2}.*?(\/[a-z][a-z0-9-]+)\n {4}invitation[^\n]*?(http\S+)$/gm)
  const stop = async (): Promise<number | null> => {
    child.kill("SIGTERM")
    // Once it has stopped and only tears itself down, a signal would kill it after all.
    const again = setInterval(() => !heard.stderr().includes("Stopped.") && child.kill("SIGTERM"), 1000)
    const [code] = (await gone) as [number | null]
    clearInterval(again)
    return code
  }
  return {
    origin,
    port: Number(new URL(origin).port),
    pid: child.pid ?? 0,
    invitations: Object.fromEntries([...links].map(([, path = "", link = ""]) => [path.slice(1), link])),
    output: () => heard.stdout() + heard.stderr(),
    signal: (name) => child.kill(name),
    stop: async () => (child.exitCode === null && child.signalCode === null ? stop() : child.exitCode),
    kill: async () => {
      child.kill("SIGKILL")
      await gone
    }
  }
}
