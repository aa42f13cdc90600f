/**
 * One violation of each kind: what is planted, where, and the gate that must go red and name the file.
 */

/** A violation to plant. */
export interface Plant {
  /** What must not be, as a phrase. */
  readonly what: string
  readonly gate: string
  /** The new file that the violation lies in, and that the gate must name. */
  readonly file: string
  readonly text: string
  /** Another file that the violation needs. */
  readonly beside?: { readonly file: string; readonly text: string }
  /** What the finding must say besides. */
  readonly says: string
}

const doc = "/** Planted. */\n"
const value = `${doc}export const planted = 1\n`
const uses = (specifier: string): string => `import * as X from ${JSON.stringify(specifier)}\n${doc}export const planted: unknown = X\n`
const usesType = (specifier: string): string => `import type * as X from ${JSON.stringify(specifier)}\n${doc}export type Planted = typeof X\n`

const ring = (what: string, file: string, specifier: string, says: string, text = uses(specifier)): Plant => ({ what, gate: "ring", file, text, says })

const routes = "packages/http/src/routes/planted.ts"
const plantedIn = (what: string, gate: "log" | "place", says: string, body: string, file = routes): Plant => ({ what, gate, file, text: body, says })
const exporting = (imports: string, expression: string): string => `${imports}${doc}export const planted = (text: string): unknown => ${expression}\n`
const effects = 'import * as Effect from "effect/Effect"\n'

/** What must not leave a process or stay behind it: lines, words, cookies, figures, storage and files outside their declared modules. */
const spoken: ReadonlyArray<Plant> = [
  plantedIn("a line on the console", "log", "uses the console", exporting("", "console.log(text)")),
  plantedIn("a line through Effect", "log", "logs: lines go through", exporting(effects, 'Effect.logError("Something.")')),
  plantedIn("a line with a value in it", "log", "logs: lines go through", exporting(effects, "Effect.logInfo(`Somebody wrote ${text}`)")),
  plantedIn("words printed beside the declared ones", "log", "prints: words for people", exporting('import * as Console from "effect/Console"\n', "Console.error(text)"), "packages/cli/src/commands/planted.ts"),
  plantedIn("bytes on standard output", "log", "writes to stdout", exporting("", "process.stdout.write(text)")),
  plantedIn("a logger of one's own", "log", "makes a logger", exporting('import * as Logger from "effect/Logger"\n', "Logger.make(() => text)")),
  plantedIn("a value of no declared kind in the log's own module", "log", "puts text into a sentence", exporting("", "`Somebody wrote ${text}`"), "packages/http/src/log.ts"),
  plantedIn("a cookie that nobody declared", "place", "sets a cookie", exporting("", '({ headers: { "Set-Cookie": text } })')),
  plantedIn("a cookie through the framework", "place", "sets a cookie", exporting('import * as Cookies from "hono/cookie"\n', "Cookies.setCookie")),
  plantedIn("a cookie of the page", "place", "in a cookie of the page", exporting("", "(document.cookie = text)"), "packages/http/src/client/planted.ts"),
  plantedIn("a storage that outlives the tab", "place", "keeps something in localStorage", exporting("", 'localStorage.setItem("a", text)'), "packages/http/src/client/planted.ts"),
  plantedIn("a figure that nobody declared", "place", "tells a figure", exporting("", "`# TYPE fortrolig_chats gauge\\nfortrolig_chats ${text}`")),
  plantedIn("a figure through Effect", "place", "tells a figure", exporting('import * as Metric from "effect/Metric"\n', 'Metric.counter("chats")')),
  plantedIn("a label on a figure", "place", "gives a figure a label", exporting("", '`fortrolig_ready{service="${text}"} 1`'), "packages/http/src/routes/metrics.ts"),
  plantedIn("a file in a folder of the product", "place", "makes files (writeFile)", exporting('import { writeFile } from "node:fs/promises"\n', 'writeFile("notes.txt", text)'))
]

/** What the import graph must refuse. */
export const graphPlants: ReadonlyArray<Plant> = [
  ring("a topic that runs effects", "packages/core/src/session/planted.ts", "effect/Effect", "may not import effect/Effect"),
  ring("a topic that names effect types only", "packages/core/src/session/planted.ts", "effect/Effect", "may not import effect/Effect", usesType("effect/Effect")),
  ring("a topic that loads the whole of Effect", "packages/core/src/retention/planted.ts", "effect", "may not import effect"),
  ring("a topic that reads the clock through Effect", "packages/core/src/hours/planted.ts", "effect/Clock", "may not import effect/Clock"),
  ring("a topic that knows Node", "packages/core/src/notice/planted.ts", "node:fs", "may not import node:fs"),
  ring("a topic with a package that nobody allowed", "packages/core/src/session/planted.ts", "hono", "may not import hono"),
  ring("a topic that loads something while it runs", "packages/core/src/session/planted.ts", "", "may not import node:fs", `${doc}export const planted = () => import("node:fs")\n`),
  ring("a topic that knows another's machine", "packages/core/src/hours/planted.ts", "../session/machine.ts", "may not import packages/core/src/session/machine.ts"),
  ring("a topic that knows a port", "packages/core/src/session/planted.ts", "../ports/Bus.ts", "may not import packages/core/src/ports/Bus.ts"),
  ring("a kernel that knows a topic", "packages/core/src/kernel/planted.ts", "../session/messages.ts", "may not import packages/core/src/session/messages.ts"),
  ring("a port that knows a workflow", "packages/core/src/ports/planted.ts", "../app/sweep.ts", "may not import packages/core/src/app/sweep.ts"),
  ring("a port that runs effects", "packages/core/src/ports/planted.ts", "effect/Effect", "may not import effect/Effect"),
  ring("a wire format that knows a workflow", "packages/core/src/wire/planted.ts", "../app/sweep.ts", "may not import packages/core/src/app/sweep.ts"),
  ring("a workflow that knows an adapter", "packages/core/src/app/planted.ts", "@fortrolig/adapters/keys/slot", "may not import packages/adapters/src/keys/slot.ts"),
  ring("a workflow that knows Node", "packages/core/src/app/planted.ts", "node:crypto", "may not import node:crypto"),
  ring("a workflow with a clock of its own", "packages/core/src/app/planted.ts", "effect/Clock", "may not import effect/Clock"),
  ring("a workflow with chance of its own", "packages/core/src/app/planted.ts", "effect/Random", "may not import effect/Random"),
  ring("an adapter that knows a workflow", "packages/adapters/src/planted.ts", "@fortrolig/core/app/sweep", "may not import packages/core/src/app/sweep.ts"),
  ring("an adapter that knows the web", "packages/adapters/src/planted.ts", "hono", "may not import hono"),
  ring("the web that knows an adapter", "packages/http/src/routes/planted.ts", "@fortrolig/adapters/keys/slot", "may not import packages/adapters/src/keys/slot.ts"),
  ring("the web that knows a database driver", "packages/http/src/routes/planted.ts", "@electric-sql/pglite", "may not import @electric-sql/pglite"),
  ring("the browser's code that knows the server's", "packages/http/src/client/planted.ts", "@fortrolig/core/app/sweep", "may not import packages/core/src/app/sweep.ts"),
  ring("the browser's code that runs on Node", "packages/http/src/client/planted.ts", "node:crypto", "may not import node:crypto"),
  ring("a command that knows an adapter", "packages/cli/src/commands/planted.ts", "@fortrolig/adapters/keys/slot", "may not import packages/adapters/src/keys/slot.ts"),
  ring("a command that knows a database driver", "packages/cli/src/commands/planted.ts", "drizzle-orm", "may not import drizzle-orm"),
  ring("an import that leads nowhere", "packages/core/src/session/planted.ts", "./nothing.ts", "which is not there"),
  ring("a source in no ring", "packages/core/src/elsewhere/planted.ts", "", "lies in no ring", value),
  {
    ...ring("a product that needs a test", "packages/core/src/session/planted.ts", "./other.test.ts", "exists for tests only"),
    beside: { file: "packages/core/src/session/other.test.ts", text: value }
  },
  {
    what: "a service realm that imports an address",
    gate: "realm",
    file: "packages/core/src/ports/planted.ts",
    text: usesType("../custody/ipAddress.ts"),
    says: "imports the type of an IP address"
  },
  {
    what: "a service realm that names an address",
    gate: "realm",
    file: "packages/http/src/routes/planted.ts",
    text: `${doc}export interface Planted {\n  readonly of: IpAddress\n}\ntype IpAddress = string\n`,
    says: "names an IP address"
  },
  {
    what: "a barrel",
    gate: "barrel",
    file: "packages/core/src/session/planted.ts",
    text: 'export { SessionState } from "./messages.ts"\n',
    says: "only passes on"
  },
  {
    what: "a barrel that imports first",
    gate: "barrel",
    file: "packages/core/src/session/planted.ts",
    text: 'import { SessionState } from "./messages.ts"\nexport { SessionState }\n',
    says: "only passes on"
  },
  {
    what: "an export of everything",
    gate: "barrel",
    file: "packages/core/src/session/planted.ts",
    text: `export * from "./messages.ts"\n${value}`,
    says: "exports everything"
  },
  {
    what: "a circle of two",
    gate: "circle",
    file: "packages/core/src/session/planted.ts",
    text: `import { other } from "./plantedToo.ts"\n${doc}export const planted: number = other\n`,
    beside: { file: "packages/core/src/session/plantedToo.ts", text: `import { planted } from "./planted.ts"\n${doc}export const other: number = planted\n` },
    says: "is in a circle"
  },
  {
    what: "a circle of types",
    gate: "circle",
    file: "packages/core/src/session/planted.ts",
    text: `import type { Other } from "./plantedToo.ts"\n${doc}export interface Planted {\n  readonly other: Other\n}\n`,
    beside: { file: "packages/core/src/session/plantedToo.ts", text: `import type { Planted } from "./planted.ts"\n${doc}export interface Other {\n  readonly planted: Planted\n}\n` },
    says: "is in a circle"
  },
  { what: "a file of 301 lines", gate: "length", file: "packages/core/src/session/planted.ts", text: `${value}${"// more\n".repeat(299)}`, says: "has 301 lines" },
  { what: "a test of 301 lines", gate: "length", file: "test/gates/planted.ts", text: "// more\n".repeat(301), says: "has 301 lines" },
  { what: "a value without a docstring", gate: "docstring", file: "packages/core/src/session/planted.ts", text: "/** A head. */\n\nexport const other = 1\n\nexport const bare = 1\n", says: "exports bare" },
  { what: "a type without a docstring", gate: "docstring", file: "packages/core/src/session/planted.ts", text: `${value}export interface Bare {\n  readonly n: number\n}\n`, says: "exports Bare" },
  { what: "an export list without docstrings", gate: "docstring", file: "packages/core/src/session/planted.ts", text: "const bare = 1\nexport { bare }\n", says: "exports bare" },
  { what: "a cast through unknown", gate: "cast", file: "packages/core/src/session/planted.ts", text: `${doc}export const planted = "text" as unknown as number\n`, says: "casts through unknown" },
  ...spoken
]

/** What the lint must refuse: the rule is named in `gate`. */
export const lintPlants: ReadonlyArray<Omit<Plant, "says" | "what">> = [
  { gate: "eslint(no-restricted-globals)", file: "packages/core/src/session/plantedDate.ts", text: "export const planted = () => Date.now()\n" },
  { gate: "eslint(no-restricted-globals)", file: "packages/core/src/session/plantedNewDate.ts", text: "export const planted = () => new Date()\n" },
  { gate: "eslint(no-restricted-globals)", file: "packages/core/src/session/plantedCrypto.ts", text: "export const planted = () => crypto.randomUUID()\n" },
  { gate: "eslint(no-restricted-globals)", file: "packages/core/src/session/plantedPerformance.ts", text: "export const planted = () => performance.now()\n" },
  { gate: "eslint(no-restricted-globals)", file: "packages/core/src/session/plantedGlobal.ts", text: "export const planted = () => globalThis\n" },
  { gate: "eslint(no-restricted-globals)", file: "packages/core/src/app/plantedTimer.ts", text: "export const planted = () => setTimeout(() => {}, 1)\n" },
  { gate: "eslint(no-restricted-globals)", file: "packages/core/src/session/plantedConsole.ts", text: 'export const planted = () => console.log("a")\n' },
  { gate: "eslint(no-restricted-properties)", file: "packages/core/src/session/plantedRandom.ts", text: "export const planted = () => Math.random()\n" },
  { gate: "eslint(no-restricted-imports)", file: "packages/http/src/routes/plantedRoot.ts", text: 'import { Effect } from "effect"\nexport const planted: unknown = Effect\n' },
  { gate: "typescript(no-explicit-any)", file: "packages/core/src/session/plantedAny.ts", text: "export const planted = (x: any): number => x.y\n" },
  { gate: "typescript(ban-ts-comment)", file: "packages/core/src/session/plantedIgnore.ts", text: "// @ts-ignore\nexport const planted: number = 1\n" },
  {
    gate: "typescript(no-floating-promises)",
    file: "packages/http/src/routes/plantedPromise.ts",
    text: "const later = async (): Promise<number> => 1\nexport const planted = (): void => {\n  later()\n}\n"
  },
  {
    gate: "typescript(switch-exhaustiveness-check)",
    file: "packages/core/src/session/plantedSwitch.ts",
    text: 'export const planted = (x: "a" | "b"): number => {\n  switch (x) {\n    case "a":\n      return 1\n  }\n  return 2\n}\n'
  },
  { gate: "eslint(no-warning-comments)", file: "packages/core/src/session/plantedLater.ts", text: `// ${"TO"}${"DO"} later\nexport const planted = 1\n` }
]

/** What knip must call unused. */
export const unusedPlants: ReadonlyArray<Omit<Plant, "gate" | "what">> = [
  { file: "packages/core/src/session/planted.ts", text: value, says: "exports: planted" },
  { file: "packages/core/src/session/plantedType.ts", text: `${doc}export interface PlantedType {\n  readonly n: number\n}\n`, says: "types: PlantedType" },
  { file: "scripts/gates/planted.ts", text: value, says: "is used by nothing" },
  { file: "test/support/planted.ts", text: value, says: "is used by nothing" }
]
