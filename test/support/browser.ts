/**
 * A real Chromium for journeys, from npm alone, with folders of its own that a test can search afterwards, and no traffic of its own.
 */
import { execFile } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type LaunchOptions } from "playwright-core"
import { root } from "./build.ts"

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const packed = dirname(dirname(require.resolve("@sparticuz/chromium")))
const cache = join(root, "node_modules/.cache/fortrolig-chromium")

const unpacking = `
import chromium, { inflate } from "@sparticuz/chromium"
await chromium.executablePath()
await inflate(process.argv[1])
`

/** Unpacks the browser once for all runs, in a process of its own, since it unpacks to wherever that process's temporary folder is. */
const unpacked = async (): Promise<string> => {
  if (existsSync(join(cache, "chromium"))) return cache
  mkdirSync(dirname(cache), { recursive: true })
  const half = mkdtempSync(`${cache}-`)
  await run(process.execPath, ["--input-type=module", "-e", unpacking, join(packed, "bin/al2023.tar.br")], { cwd: root, env: { ...process.env, TMPDIR: half } })
  writeFileSync(join(half, "fonts.conf"), `<fontconfig><dir>${join(cache, "fonts")}</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>`)
  try {
    renameSync(half, cache)
  } catch {
    // Another run was faster; its copy is the same.
    rmSync(half, { recursive: true, force: true })
  }
  return cache
}

/** The environment of the browser: fonts and libraries that came with it where the machine has none, and no folder but the run's. */
const environment = async (folder: string): Promise<{ readonly executablePath: string; readonly env: Record<string, string> }> => {
  const home = await unpacked()
  const executablePath = join(home, "chromium")
  const inherited = Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
  const base = { ...inherited, HOME: folder, TMPDIR: folder, XDG_CACHE_HOME: join(folder, "cache"), XDG_CONFIG_HOME: join(folder, "config"), NODE_OPTIONS: "" }
  const withLibraries = { ...base, LD_LIBRARY_PATH: join(home, "al2023/lib") }
  const starts = await run(executablePath, ["--version"], { env: base }).then(() => true, () => false)
  const fonts: Record<string, string> = existsSync("/etc/fonts/fonts.conf") ? {} : { FONTCONFIG_FILE: join(home, "fonts.conf") }
  return { executablePath, env: { ...(starts ? base : withLibraries), ...fonts } }
}

/** Quiet, and no background networking: a journey's traffic is the page's alone. */
const args = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-pings",
  "--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication"
]

/** A running browser and the folder that holds everything it writes. */
export interface RealBrowser {
  readonly browser: Browser
  readonly folder: string
  readonly close: () => Promise<void>
}

/** A running browser with one profile that is kept on disk, as a person's is. */
export interface PersistentBrowser {
  readonly context: BrowserContext
  /** The profile; a journey scans it as bytes. */
  readonly profile: string
  readonly folder: string
  readonly close: () => Promise<void>
}

const options = async (folder: string, extra: LaunchOptions): Promise<LaunchOptions> => ({
  ...(await environment(folder)),
  headless: true,
  ignoreDefaultArgs: ["--disable-back-forward-cache"],
  ...extra,
  args: [...args, ...(extra.args ?? [])]
})

const ownFolder = (): string => mkdtempSync(join(tmpdir(), "fortrolig-browser-"))

/** Starts Chromium; each context of it is a person with nothing in common with the others. The npm build is a headless shell, which never brings a page back whole: a journey about that sends the page the events itself. */
export const launchBrowser = async (extra: LaunchOptions = {}): Promise<RealBrowser> => {
  const folder = ownFolder()
  const browser = await chromium.launch(await options(folder, extra))
  return {
    browser,
    folder,
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Starts Chromium with a profile on disk. `close` leaves the folder in place when `keep` is true, so that it can be scanned; the caller removes it. */
export const launchPersistent = async (
  { context: contextOptions = {}, extra = {}, keep = false, profile }: {
    readonly context?: BrowserContextOptions
    readonly extra?: LaunchOptions
    readonly keep?: boolean
    readonly profile?: string
  } = {}
): Promise<PersistentBrowser> => {
  const folder = profile === undefined ? ownFolder() : dirname(profile)
  const place = profile ?? join(folder, "profile")
  mkdirSync(place, { recursive: true })
  const context = await chromium.launchPersistentContext(place, { ...(await options(folder, extra)), ...contextOptions })
  return {
    context,
    profile: place,
    folder,
    close: async () => {
      await context.close()
      if (!keep) rmSync(folder, { recursive: true, force: true })
    }
  }
}
