/**
 * One running server and one real browser for the journeys of a file, and the people who use them: each in a browser context of their own.
 */
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { BrowserContextOptions, LaunchOptions, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll } from "vitest"
import { deskTexts, visitorChatTexts } from "@fortrolig/core/notice/chatPhrases"
import type { Language } from "@fortrolig/core/notice/language"
import { pageTexts } from "@fortrolig/core/notice/pagePhrases"
import { staffPageTexts } from "@fortrolig/core/notice/staffPhrases"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { launchBrowser, type RealBrowser } from "../support/browser.ts"
import { type Proxy, proxyFrom } from "../support/proxy.ts"
import { type Environment, fortrolig, startServer, type TestInstall, testInstall, type TestServer } from "../support/server.ts"

/** The policies that people in journeys meet, by service. */
export const policies = { detfinneshjelp, ifengsel } as const satisfies Record<string, Policy>
export type Service = keyof typeof policies

/** Everything that a person may read, in their language. */
const wordsOf = (service: Service, language: Language) => ({
  language,
  page: pageTexts(language),
  visitor: visitorChatTexts(policies[service], language),
  staff: staffPageTexts(language),
  desk: deskTexts(language)
})
export type Words = ReturnType<typeof wordsOf>

/** A person at a page of a service, and the words that the page says. */
export interface Person {
  readonly page: Page
  readonly service: Service
  readonly words: Words
}

/** A visitor, who comes by a network of their own that can fail. */
export interface Visitor extends Person {
  readonly network: Proxy
  readonly address: string
}

/** How a person comes. */
export interface Coming {
  readonly service?: Service
  readonly language?: Language
  readonly context?: BrowserContextOptions
}

const locales = { nb: "nb-NO", en: "en-GB" } as const satisfies Record<Language, string>

/** No journey reaches anything but this machine. */
const alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

/** The title and the words of every page that stands in for one elsewhere. */
export const elsewhere = "An ordinary page about the weather"

const ordinaryPage = `<!doctype html><html lang="en"><title>${elsewhere}</title><main><h1>${elsewhere}</h1></main></html>`

interface Running {
  readonly install: TestInstall
  readonly real: RealBrowser
  readonly neutral: Server
  server: TestServer
}

/** What is on and who is there, for one file. */
export class House {
  private running: Running | undefined
  private readonly visitors: Array<Visitor> = []
  private readonly counsellors: Array<Person> = []
  private invited = new Set<string>()
  private arrivals = 0
  private readonly extra: Environment
  private readonly args: ReadonlyArray<string> | undefined
  private readonly launch: LaunchOptions

  constructor({ args, extra = {}, launch = {} }: { readonly extra?: Environment; readonly args?: ReadonlyArray<string>; readonly launch?: LaunchOptions }) {
    this.extra = extra
    this.args = args
    this.launch = launch
  }

  private get now(): Running {
    if (this.running === undefined) throw new Error("The house is not open.")
    return this.running
  }
  get server(): TestServer {
    return this.now.server
  }
  get browser(): RealBrowser["browser"] {
    return this.now.real.browser
  }
  /** Those who answer, in the order in which they came. */
  get present(): ReadonlyArray<Person> {
    return this.counsellors
  }
  /** A page of somebody else, on this machine. */
  get neutral(): string {
    return `http://127.0.0.1:${(this.now.neutral.address() as AddressInfo).port}/`
  }

  async open(): Promise<void> {
    const install = testInstall()
    const neutral = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(ordinaryPage))
    await new Promise<void>((listening) => neutral.listen(0, "127.0.0.1", listening))
    // Keys of custodians are made on the first run of a demonstration; without one, people bring their own.
    if (this.args !== undefined) await (await startServer(install, this.extra)).stop()
    const [real, server] = await Promise.all([launchBrowser({ ...this.launch, args: [alone, ...(this.launch.args ?? [])] }), startServer(install, this.extra, this.args)])
    this.running = { install, real, neutral, server }
  }

  async close(): Promise<void> {
    if (this.running === undefined) return
    const { install, neutral, real, server } = this.running
    await Promise.all([real.close(), server.stop(), new Promise((closed) => neutral.close(closed))])
    install.remove()
  }

  /** Everybody goes: visitors by the red button, so that no queue is left for the next journey. */
  async empty(): Promise<void> {
    for (const { network, page, words } of this.visitors.splice(0)) {
      if (!page.isClosed()) await page.getByRole("button", { name: words.page.exit.button }).click({ timeout: 1_000 }).catch(() => undefined)
      await page.context().close()
      await network.close()
    }
    for (const { page } of this.counsellors.splice(0)) await page.context().close()
  }

  /** Kills the server without warning. */
  kill(): Promise<void> {
    return this.now.server.kill()
  }

  /** Starts a server on the same folders and the same address. */
  async startAgain(): Promise<void> {
    this.invited = new Set()
    this.now.server = await startServer(this.now.install, { ...this.extra, PORT: String(this.now.server.port) }, this.args)
  }

  /** A link for one counsellor: the printed one first, then made with the command beside the server. */
  async invitation(service: Service): Promise<string> {
    const printed = this.server.invitations[service]
    if (printed !== undefined && !this.invited.has(service)) {
      this.invited.add(service)
      return printed
    }
    const { code, stderr, stdout } = await fortrolig(this.now.install, ["invite", service], this.extra)
    if (code !== 0) throw new Error(`No invitation: ${stderr}`)
    return stdout.trim()
  }

  /** Somebody opens the page of a service, from an address of their own. */
  async visitor({ context = {}, language = "nb", service = "detfinneshjelp" }: Coming = {}): Promise<Visitor> {
    this.arrivals += 1
    const address = `127.8.${Math.floor(this.arrivals / 200)}.${10 + (this.arrivals % 200)}`
    const network = await proxyFrom(address, this.server.port)
    const their = await this.browser.newContext({ locale: locales[language], ...context })
    await their.route(`${policies[service].exitUrl}**`, (route) => route.fulfill({ contentType: "text/html", body: ordinaryPage }))
    const page = await their.newPage()
    const visitor = { page, service, words: wordsOf(service, language), network, address }
    this.visitors.push(visitor)
    await page.goto(`http://127.0.0.1:${network.port}/${service}`)
    return visitor
  }

  /** Somebody opens the link that they were given, or the page of those who answer without one. */
  async guest(link: string, { context = {}, language = "nb", service = "detfinneshjelp" }: Coming = {}): Promise<Person> {
    const their = await this.browser.newContext({ locale: locales[language], ...context })
    const person = { page: await their.newPage(), service, words: wordsOf(service, language) }
    this.counsellors.push(person)
    await person.page.goto(link)
    return person
  }

  /** A counsellor who has signed in with a fresh link and sits at the desk. */
  async counsellor(coming: Coming = {}): Promise<Person> {
    const person = await this.guest(await this.invitation(coming.service ?? "detfinneshjelp"), coming)
    await person.page.getByRole("button", { name: person.words.staff.signIn.button }).click()
    await person.page.getByRole("heading", { name: person.words.staff.desk.queue }).waitFor()
    await person.page.getByText(person.words.desk.open, { exact: true }).waitFor()
    return person
  }
}

/** Opens a house for the journeys of the file that calls this, and closes it after them. */
export const openHouse = (options: ConstructorParameters<typeof House>[0] = {}): House => {
  const house = new House(options)
  beforeAll(() => house.open(), 120_000)
  afterEach(() => house.empty())
  afterAll(() => house.close())
  return house
}
