import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { eightDays, type MovableClock, movableClock, movedClock } from "../support/clock.ts"
import { describeHits, scan } from "../support/scan.ts"
import { type Ended, fortrolig, startServer, type TestInstall, testInstall, type TestServer } from "../support/server.ts"
import { openChat } from "./visitor.ts"

const installs: Array<TestInstall> = []
const servers: Array<TestServer> = []
afterAll(async () => {
  for (const server of servers) await server.kill()
  for (const install of installs) install.remove()
})

const newInstall = (): TestInstall => {
  const install = testInstall()
  installs.push(install)
  return install
}
const start = async (install: TestInstall, extra: Record<string, string | undefined> = {}): Promise<TestServer> => {
  const server = await startServer(install, extra)
  servers.push(server)
  return server
}

/** Two visitors, one of each service, from addresses of their own. */
const addresses = ["127.8.3.7", "127.9.4.11"] as const
const openBoth = async ({ port }: TestServer): Promise<void> => {
  await openChat(port, "detfinneshjelp", addresses[0])
  await openChat(port, "ifengsel", addresses[1])
}

interface Row {
  readonly service: string
  readonly dataClass: string
  readonly count: number
  readonly overdue: number
  readonly verdict: string
}
const rows = ({ stdout }: Ended): ReadonlyArray<Row> => (JSON.parse(stdout) as { readonly rows: ReadonlyArray<Row> }).rows
const held = (ended: Ended, dataClass: string): ReadonlyArray<number> => rows(ended).filter((row) => row.dataClass === dataClass).map(({ count }) => count)
const said = ({ code, stderr, stdout }: Ended): string => `exit ${code}\n${stdout}\n${stderr}`
const ends = (ended: Ended, code: number): Ended => {
  assert.strictEqual(ended.code, code, said(ended))
  return ended
}

/** A process that runs a line of its own first. */
const preloaded = (code: string) => ({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` })

const later = movedClock(eightDays)
const brokenTraces = [
  /accessTrace of detfinneshjelp: 1 overdue, oldest 8 d[^\n]*, promised 7 d \(DFH-11\)/,
  /accessTrace of ifengsel: 1 overdue, oldest 8 d[^\n]*, promised 72 h \(IF-30\)/
]
const assertBroken = (ended: Ended): void => {
  ends(ended, 1)
  for (const line of brokenTraces) assert.match(ended.stdout, line)
}
const assertNothingLeft = (ended: Ended): void => {
  ends(ended, 0)
  const kept = rows(ended).filter(({ count, dataClass }) => count > 0 && dataClass !== "installation")
  assert.deepStrictEqual(kept, [])
}

/** What groups that run beside each other may take: two cores start several servers at once. */
const patience = { timeout: 300_000 }
/** Within a group, of tests that share one install. */
const inOrder = { concurrent: false }

/** An install whose server was killed while both visitors had a chat, with all that was said; made once and only looked at. */
const killed = (() => {
  const make = async () => {
    const install = newInstall()
    const server = await start(install)
    await openBoth(server)
    const outputs = [await fortrolig(install, ["audit", "--full", "--json"]), await fortrolig(install, ["doctor"]), await fortrolig(install, ["sweep", "--json"])]
    await server.kill()
    return { install, texts: { server: server.output(), commands: outputs.map(said).join("\n") } }
  }
  let made: ReturnType<typeof make> | undefined
  return () => (made ??= make())
})()

/** That install once more, file by file, its stale socket with it. */
const copyOfKilled = async (): Promise<TestInstall> => {
  const { install } = await killed()
  const copy = newInstall()
  execFileSync("cp", ["-a", install.data, install.keys, install.custodians, copy.folder])
  return copy
}

describe.concurrent("beside a live server", patience, () => {
  let install: TestInstall
  let server: TestServer
  let clock: MovableClock
  beforeAll(async () => {
    install = newInstall()
    clock = movableClock(install.folder)
    server = await start(install, clock.environment)
    await openBoth(server)
  }, 120_000)

  it("sweep, audit, doctor and invite are answered by it, and a second server is refused by name", inOrder, async () => {
    ends(await fortrolig(install, ["sweep"]), 0)
    const audit = ends(await fortrolig(install, ["audit", "--full", "--json"]), 0)
    assert.deepStrictEqual(held(audit, "accessTrace"), [1, 1])
    assert.deepStrictEqual(held(audit, "liveSession"), [1, 1])
    const doctor = ends(await fortrolig(install, ["doctor", "--json"]), 0)
    const { owner } = JSON.parse(doctor.stdout) as { readonly owner: { readonly pid: number; readonly serving: boolean } }
    assert.deepStrictEqual({ pid: owner.pid, serving: owner.serving }, { pid: server.pid, serving: true })
    const link = ends(await fortrolig(install, ["invite", "ifengsel"]), 0).stdout.trim()
    assert.match(link, new RegExp(`^${server.origin}/staff#[A-Za-z0-9_-]{43}$`))
    const second = ends(await fortrolig(install, ["serve", "--demo"]), 2)
    assert.include(second.stderr, `pid ${server.pid}`)
    ends(await fortrolig(install, ["reset", "--yes"]), 2)
    assert.isTrue(existsSync(join(install.data, "service")))
  })

  it("a server that does not answer can be given up on", inOrder, async () => {
    server.signal("SIGSTOP")
    const asked = fortrolig(install, ["audit"], preloaded('setTimeout(() => process.kill(process.pid, "SIGINT"), 3000).unref()'))
    try {
      ends(await asked, 130)
    } finally {
      server.signal("SIGCONT")
    }
  })

  it("a clock that only jumped destroys nothing, and what may be due counts as overdue", inOrder, async () => {
    await clock.set(server, eightDays)
    assertBroken(await fortrolig(install, ["audit"]))
    ends(await fortrolig(install, ["sweep"]), 2)
    await clock.set(server, 0)
    assert.deepStrictEqual(held(ends(await fortrolig(install, ["audit", "--full", "--json"]), 0), "accessTrace"), [1, 1])
  })

  it("eight days later the audit names class, count and rule until a sweep has run; then nothing is left", inOrder, async () => {
    await clock.pass(server, eightDays)
    assertBroken(await fortrolig(install, ["audit"]))
    ends(await fortrolig(install, ["sweep"]), 0)
    assertNothingLeft(await fortrolig(install, ["audit", "--full", "--json"]))
  })
})

describe.concurrent("after the server was killed", patience, () => {
  it("no file of the install and no output holds an address", async () => {
    const { install, texts } = await killed()
    const scanned = scan({ paths: [install.data, install.keys], texts }, addresses.map((text) => ({ name: `visitor ${addresses.indexOf(text) + 1}`, text })))
    assert.isAbove(scanned.files, 300)
    assert.strictEqual(describeHits(scanned.hits), "")
  })

  it("audit and doctor open the install themselves; sweep and audit leave no trace eight days later", async () => {
    const install = await copyOfKilled()
    assert.isTrue(existsSync(join(install.data, "control.sock")), "the socket file is stale")
    assert.deepStrictEqual(held(ends(await fortrolig(install, ["audit", "--full", "--json"]), 0), "accessTrace"), [1, 1])
    assert.include(ends(await fortrolig(install, ["doctor"]), 0).stdout, "no server is running")
    assertBroken(await fortrolig(install, ["audit"], later))
    ends(await fortrolig(install, ["sweep"], later), 0)
    assertNothingLeft(await fortrolig(install, ["audit", "--full", "--json"], later))
  })
})

describe.concurrent("when the killed server's time has gone on", patience, () => {
  let takenOver: TestInstall

  it("the next server takes over, answers on its own socket, and serves only after all that is due is gone", inOrder, async () => {
    takenOver = await copyOfKilled()
    const install = takenOver
    assert.isTrue(existsSync(join(install.data, "control.sock")), "the socket file is stale")
    const server = await start(install, later)
    ends(await fortrolig(install, ["sweep"], later), 0)
    const audit = ends(await fortrolig(install, ["audit", "--full", "--json"], later), 0)
    assert.deepStrictEqual(held(audit, "accessTrace"), [0, 0])
    assert.deepStrictEqual(held(audit, "liveSession"), [0, 0])
    assert.strictEqual(await server.stop(), 0)
  })

  it("a clock before what the install has seen is refused, with words on how to repair it", inOrder, async () => {
    const install = takenOver
    for (const command of [["serve", "--demo"], ["audit"], ["sweep"]]) {
      const { stderr } = ends(await fortrolig(install, command), 2)
      assert.include(stderr, "Set the clock right")
    }
    ends(await fortrolig(install, ["audit"], later), 0)
    ends(await fortrolig(install, ["doctor", "--accept-clock"]), 0)
    ends(await fortrolig(install, ["audit"]), 0)
  })

  it("once the clock is accepted, chats open again, and what they leave is kept as long as is promised", inOrder, async () => {
    const server = await start(takenOver)
    await openBoth(server)
    assert.deepStrictEqual(held(ends(await fortrolig(takenOver, ["audit", "--full", "--json"]), 0), "accessTrace"), [1, 1])
    assert.strictEqual(await server.stop(), 0)
  })
})

describe.concurrent("keys that are lost", patience, () => {
  it("stop everything until that is accepted, and then are gone for good", async () => {
    const install = await copyOfKilled()
    rmSync(join(install.keys, "custody.vault"))
    for (const command of [["serve", "--demo"], ["audit"], ["doctor"]]) {
      const { stderr } = ends(await fortrolig(install, command), 2)
      assert.include(stderr, "fortrolig doctor --accept-lost-keys")
    }
    ends(await fortrolig(install, ["doctor", "--accept-lost-keys"]), 0)
    ends(await fortrolig(install, ["audit"]), 0)
    await start(install)
  })
})

describe.concurrent("folders, sockets, and a server of one service", patience, () => {
  let far: TestInstall
  let deep: string
  let server: TestServer
  beforeAll(async () => {
    const install = newInstall()
    deep = join(install.folder, "a".repeat(100), "b".repeat(60))
    mkdirSync(deep, { recursive: true })
    far = { ...install, data: join(deep, "data") }
    server = await start(far, { FORTROLIG_POLICY: "ifengsel" })
  }, 120_000)

  it("only their owner may look into them, at any depth of path", inOrder, async () => {
    ends(await fortrolig(far, ["audit"]), 0)
    ends(await fortrolig(far, ["audit"], {}, deep), 0)
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
    assert.deepStrictEqual([far.data, far.keys, far.custodians, join(far.data, "control.sock")].map(mode), ["700", "700", "700", "600"])
  })

  it("invites nobody to a service that is not served", inOrder, async () => {
    const { stderr } = ends(await fortrolig(far, ["invite", "detfinneshjelp"]), 64)
    assert.include(stderr, "It serves: ifengsel")
  })

  it("reset erases everything, and only what is the product's", inOrder, async () => {
    assert.strictEqual(await server.stop(), 0)
    ends(await fortrolig(far, ["reset"]), 64)
    const stray = join(far.keys, "letter.txt")
    mkdirSync(stray)
    ends(await fortrolig(far, ["reset", "--yes"]), 2)
    rmSync(stray, { recursive: true })
    ends(await fortrolig(far, ["reset", "--yes"]), 0)
    assert.deepStrictEqual([far.data, far.keys, far.custodians].filter(existsSync), [])
  })
})

describe("bad usage", patience, () => {
  it.concurrent.each<[string, ReadonlyArray<string>, Record<string, string>]>([
    ["an unknown command", ["swep"], {}],
    ["an unknown flag", ["audit", "--all"], {}],
    ["a missing argument", ["invite"], {}],
    ["a name that no service can have", ["invite", "../x"], {}],
    ["a demonstration for the outside", ["serve", "--demo"], { HOST: "0.0.0.0" }],
    ["a demonstration on a database", ["serve", "--demo"], { DATABASE_URL: "postgres://db.example/x" }],
    ["an address that is no database's", ["audit"], { DATABASE_URL: "mysql://db.example/x" }],
    ["a database for the vendor realm alone", ["audit"], { CUSTODY_DATABASE_URL: "postgres://db.example/x" }],
    ["a port that is none", ["serve", "--demo"], { PORT: "x" }],
    ["an old Node", ["audit"], preloaded('Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } })')]
  ])("%s ends with 64, says so on standard error and changes nothing", async (_, args, extra) => {
    const install = newInstall()
    const { stderr, stdout } = ends(await fortrolig(install, args, extra), 64)
    assert.strictEqual(stdout, "")
    assert.isAbove(stderr.trim().length, 20)
    assert.deepStrictEqual([install.data, install.keys, install.custodians].filter(existsSync), [])
  })

  it.concurrent("where there is no install nothing was checked, and nothing is made", async () => {
    const install = newInstall()
    for (const command of ["audit", "sweep"]) assert.include(ends(await fortrolig(install, [command]), 2).stderr, "no install")
    const { stdout } = ends(await fortrolig(install, ["audit", "--full", "--json"]), 2)
    assert.strictEqual((JSON.parse(stdout) as { readonly verdict: string }).verdict, "unchecked")
    assert.deepStrictEqual([install.data, install.keys].filter(existsSync), [])
  })
})
