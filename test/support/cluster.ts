/**
 * A real PostgreSQL for tests and benches, in a folder of its own, that can be restarted, killed as by a power cut of its process, and searched as bytes.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, existsSync, lchownSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import { type Account, clusterAccount, postgresPrograms } from "./postgresBinaries.ts"

const run = promisify(execFile)

/** How a cluster is made. */
export interface ClusterOptions {
  /** Whether PostgreSQL waits for the disk; a test that kills the process alone needs none of it. `false` by default. */
  readonly fsync?: boolean
  /** Further settings of `postgresql.conf`, by name. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where the cluster's folder is made; memory where the system has such a folder, otherwise the temporary folder. */
  readonly base?: string
}

/** A running PostgreSQL. The superuser is `postgres`; from 127.0.0.1 every login is believed without a password. */
export interface Cluster {
  readonly port: number
  /** What PostgreSQL calls PGDATA: tables, write-ahead log, everything but the server's log. */
  readonly dataFolder: string
  /** Everything that the server said. */
  readonly logFile: string
  /** A connection address of a database, `postgres` by default, for a login, `postgres` by default. */
  readonly url: (database?: string, login?: string) => string
  /** Starts it where it is stopped or killed; where it runs, stops it in order first, cutting every connection. Same port. */
  readonly restart: () => Promise<void>
  /** SIGKILL to the server and everything that it started; answers when all of them are gone. Files stay as they are. */
  readonly kill: () => Promise<void>
  /** Stops in order (a fast shutdown: connections are cut, a checkpoint is written). Files stay. */
  readonly stop: () => Promise<void>
  /** Stops at once and removes the folder. */
  readonly remove: () => Promise<void>
}

/** Makes a cluster in a folder of its own and starts it on a free port. A start that fails is tried once more, from nothing. */
export const startCluster = async (options: ClusterOptions = {}): Promise<Cluster> => make(options).catch(() => make(options))

/** Starts PostgreSQL on `folder/data`, which is there already, such as a backup of another cluster that was brought back; `remove` removes `folder`. */
export const openCluster = async (folder: string): Promise<Cluster> => {
  const account = own(folder)
  const { postgres } = postgresPrograms()
  const dataFolder = join(folder, "data")
  const logFile = join(folder, "server.log")
  const port = await freePort()
  let server: ChildProcess | undefined

  const start = async (): Promise<void> => {
    const log = openSync(logFile, "a", 0o600)
    const started = spawn(postgres, ["-D", dataFolder, "-p", String(port)], { ...account, stdio: ["ignore", log, log], cwd: folder })
    closeSync(log)
    server = started
    await ready(started, dataFolder)
  }
  const signal = async (how: NodeJS.Signals): Promise<void> => {
    const running = server
    server = undefined
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const gone = once(running, "exit")
    running.kill(how)
    await gone
  }
  const kill = async (): Promise<void> => {
    const children = childrenOf(server?.pid)
    await signal("SIGKILL")
    for (const child of children) killNow(child)
    while (children.some((child) => parentOf(child) !== undefined)) await sleep(5)
  }
  const atExit = (): void => void server?.kill("SIGQUIT")

  process.once("exit", atExit)
  await start()
  return {
    port,
    dataFolder,
    logFile,
    url: (database = "postgres", login = "postgres") => `postgres://${login}@127.0.0.1:${port}/${database}`,
    restart: async () => {
      await signal("SIGINT")
      await start()
    },
    kill,
    stop: () => signal("SIGINT"),
    remove: async () => {
      process.removeListener("exit", atExit)
      await signal("SIGQUIT")
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const make = async ({ base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), fsync = false, settings = {} }: ClusterOptions): Promise<Cluster> => {
  const folder = mkdtempSync(join(base, "fortrolig-postgres-"))
  try {
    const dataFolder = join(folder, "data")
    mkdirSync(dataFolder, { mode: 0o700 })
    const account = own(folder)
    const all = {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: "200",
      ...(fsync ? {} : { fsync: "off" }),
      ...settings
    }
    const flags = Object.entries(all).flatMap(([name, value]) => ["--set", `${name}=${value}`])
    await run(
      postgresPrograms().initdb,
      ["-D", dataFolder, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions", ...flags],
      { ...account, cwd: folder }
    )
    return await openCluster(folder)
  } catch (problem) {
    rmSync(folder, { recursive: true, force: true })
    throw problem
  }
}

/** Hands a folder and everything in it to the account that clusters run as, and answers that account. */
const own = (folder: string): Account => {
  const { uid, gid } = clusterAccount()
  if (uid === undefined || gid === undefined) return {}
  for (const path of ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" })]) lchownSync(join(folder, path), uid, gid)
  return { uid, gid }
}

/** The server writes its state into the eighth line of its pid file; what an earlier, killed server wrote there names another process. */
const ready = async (server: ChildProcess, dataFolder: string): Promise<void> => {
  for (const patience = Date.now() + 60_000; Date.now() < patience; await sleep(10)) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error("PostgreSQL did not start; its log says why.")
    const lines = existsSync(join(dataFolder, "postmaster.pid")) ? readFileSync(join(dataFolder, "postmaster.pid"), "utf8").split("\n") : []
    if (lines[0] === String(server.pid) && lines[7]?.trim() === "ready") return
  }
  server.kill("SIGKILL")
  throw new Error("PostgreSQL was not ready within a minute.")
}

/** What `/proc` tells of a process: its parent, and nothing of one that has ended, also when nobody has taken note of that yet. */
const parentOf = (pid: number | string): number | undefined => {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ")
    return state === "Z" ? undefined : Number(parent)
  } catch {
    return undefined
  }
}

/** Where there is no `/proc`, the children see by themselves that their server is gone. */
const childrenOf = (pid: number | undefined): ReadonlyArray<number> =>
  pid === undefined || !existsSync("/proc/self/stat") ? [] : readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === pid).map(Number)

const killNow = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL")
  } catch {
    // It was gone already.
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}
