/**
 * An install with its server, the people who chat through it, and one look at everything that they left anywhere.
 */
import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import type { Needle, Scanned } from "../support/scan.ts"
import { type Environment, fortrolig, startServer, type TestInstall, testInstall, type TestServer } from "../support/server.ts"
import { pageOf, type Person, personAt, signIn } from "./people.ts"
import { type Recorder, recordFrom } from "./recorder.ts"
import { scanApart } from "./scanApart.ts"

/** Two people of one service. */
export interface Pair {
  readonly service: string
  readonly visitor: Person
  readonly counsellor: Person
}

/** What the two of a pair type, and where the visitor comes from. */
export interface Canaries {
  /** Letters that nobody else writes; every text below has them. */
  readonly letters: string
  readonly visitorSays: string
  readonly counsellorSays: string
  readonly visitorDrafts: string
  readonly counsellorDrafts: string
  readonly visitorAddress: string
}

/** New texts for one pair, and an address in the net 127.`net`. */
export const newCanaries = (net: number): Canaries => {
  const letters = [...randomBytes(20)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")
  return {
    letters,
    visitorSays: `Hei, ${letters} sier den besøkende.`,
    counsellorSays: `Hei, ${letters} sier den som svarer.`,
    visitorDrafts: `Ikke sendt av den besøkende: ${letters}`,
    counsellorDrafts: `Ikke sendt av den som svarer: ${letters}`,
    visitorAddress: `127.${net}.183.141`
  }
}

/** Canaries as needles: whatever was typed, and the address. */
export const needlesOf = (about: string, { letters, visitorAddress }: Canaries): ReadonlyArray<Needle> => [
  { name: `words of ${about}`, text: letters },
  { name: `address of the visitor of ${about}`, text: visitorAddress }
]

/** Words of a session's state, which the service realm's disk must not show. */
export const stateNeedle: Needle = { name: "state of a session", text: `"noticeVersion":` }

/** A running world. */
export interface World {
  readonly install: TestInstall
  readonly server: () => TestServer
  /** Starts the server, again after a kill. */
  readonly start: () => Promise<TestServer>
  /** A connection to the server from an address, recorded. */
  readonly from: (name: string, address: string) => Promise<Recorder>
  /** Two people with browsers; the counsellor has signed in. `sabotage` is a script that runs first in the pages of those named. */
  readonly pair: (service: string, canaries: Canaries, sabotage?: { readonly visitor?: string; readonly counsellor?: string }) => Promise<Pair>
  /** All that the live server says of itself: metrics, health, audit and doctor, by name. */
  readonly tells: () => Promise<Readonly<Record<string, string>>>
  /** What the people's pages hold now, by name. */
  readonly pages: () => Promise<Readonly<Record<string, string>>>
  /** Searches the data and key folders, what the servers wrote, what went to every client, the browsers' folders, and what is handed in. */
  readonly look: (needles: ReadonlyArray<Needle>, texts?: Readonly<Record<string, string>>) => Promise<Scanned>
  /** Searches the data and key folders alone. */
  readonly lookOnDisk: (needles: ReadonlyArray<Needle>) => Promise<Scanned>
  /** Closes the browsers; their folders stay. */
  readonly closeBrowsers: () => Promise<void>
  readonly end: () => Promise<void>
}

/** Makes a world; `environment` is given to its servers. */
export const makeWorld = async (environment: Environment = {}): Promise<World> => {
  const install = testInstall()
  const servers: Array<TestServer> = []
  const recorders: Array<Recorder> = []
  const people: Array<Person> = []
  const start = async (): Promise<TestServer> => {
    const server = await startServer(install, environment)
    servers.push(server)
    return server
  }
  await start().catch((problem: unknown) => {
    install.remove()
    throw problem
  })
  const server = (): TestServer => {
    const last = servers.at(-1)
    if (last === undefined) throw new Error("No server was started.")
    return last
  }
  const from = async (name: string, address: string): Promise<Recorder> => {
    const recorder = await recordFrom(name, address, server().port)
    recorders.push(recorder)
    return recorder
  }
  const person = async (name: string, address: string, sabotage: string | undefined): Promise<Person> => {
    const made = await personAt(name, await from(name, address), sabotage)
    people.push(made)
    return made
  }
  const disk = [install.data, install.keys]
  const closeBrowsers = async () => {
    await Promise.all(people.map(({ browser }) => browser.close()))
  }
  return {
    install,
    server,
    start,
    from,
    pair: async (service, { visitorAddress }, sabotage = {}) => {
      const [visitor, counsellor] = await Promise.all([
        person(`the visitor of ${service}`, visitorAddress, sabotage.visitor),
        person(`the counsellor of ${service}`, "127.0.0.1", sabotage.counsellor)
      ])
      await signIn(counsellor, server().invitations[service] ?? "")
      return { service, visitor, counsellor }
    },
    tells: async () => {
      const pages = ["/metrics", "/healthz", "/readyz", "/"].map(async (path) => [path, await (await fetch(server().origin + path)).text()] as const)
      const commands = [["audit", "--json"], ["doctor", "--json"]].map(async (args) => {
        const { stderr, stdout } = await fortrolig(install, args)
        return [`fortrolig ${args.join(" ")}`, stdout + stderr] as const
      })
      return Object.fromEntries(await Promise.all([...pages, ...commands]))
    },
    pages: async () => Object.assign({}, ...(await Promise.all(people.map(pageOf)))),
    look: (needles, texts = {}) => {
      const heard = Object.assign({}, ...recorders.map((recorder) => recorder.heard()))
      const logs = Object.fromEntries(servers.map((one, at) => [`output of server ${at + 1}`, one.output()]))
      return scanApart({ paths: [...disk, ...people.map(({ browser }) => browser.folder)], texts: { ...heard, ...logs, ...texts } }, needles)
    },
    lookOnDisk: (needles) => scanApart({ paths: disk }, needles),
    closeBrowsers,
    end: async () => {
      await closeBrowsers()
      for (const one of servers) await one.stop()
      for (const recorder of recorders) await recorder.close()
      for (const { browser } of people) rmSync(browser.folder, { recursive: true, force: true })
      install.remove()
    }
  }
}
