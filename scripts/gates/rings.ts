/**
 * Which folder may import what, as an allow-list: modules of this repository and packages alike. Data flows inwards only.
 */
import { posix } from "node:path"
import { type Finding, isTest, leadsNowhere, type Module, walk } from "./graph.ts"

/** One ring: the files in it, and all that they may import. */
interface Ring {
  readonly name: string
  readonly files: string
  /** Globs of files in this repository. `<topic>` stands for the importing module's own folder of the core. */
  readonly modules: ReadonlyArray<string>
  /** Packages, as written; a trailing `*` allows what follows. */
  readonly packages: ReadonlyArray<string>
  /** Packages of which only types may be imported. */
  readonly types?: ReadonlyArray<string>
}

const topics = "{kernel,policy,session,consent,retention,disclosure,custody,booking,statistics,hours,guidance,notice}"

/** Modules of Effect that compute and do nothing else: no runtime, no clock, no randomness. */
const pure = [
  "Array", "BigInt", "Boolean", "Brand", "Data", "Duration", "Equal", "Function", "HashMap", "HashSet", "Match", "Number", "Option", "Order", "Predicate",
  "Record", "Result", "Schema", "SchemaGetter", "SchemaIssue", "SchemaTransformation", "String", "Struct", "Tuple"
].map((name) => `effect/${name}`)

/** What a workflow needs besides: effects, and what holds them together. The clock and randomness are ports of our own. */
const workflow = [
  ...pure,
  ...["Cause", "Context", "Deferred", "Effect", "Exit", "Fiber", "FiberMap", "FiberSet", "Latch", "Layer", "PubSub", "Queue", "Ref", "Schedule", "Scope", "Semaphore", "Stream", "SynchronizedRef"].map(
    (name) => `effect/${name}`
  )
]

/** The deadlines, classes and lifetimes of a policy are arithmetic on it, and read as part of it. */
const policy = ["packages/core/src/policy/**", "packages/core/src/retention/{deadlines,dataClass,lifetime,places,productPlaces}.ts"]
const innerCore = [`packages/core/src/${topics}/**`, "packages/core/src/wire/**", "packages/core/src/ports/**"]

/** In order: the first ring whose files match is the module's. */
export const rings: ReadonlyArray<Ring> = [
  { name: "core/kernel", files: "packages/core/src/kernel/**", modules: ["packages/core/src/kernel/**"], packages: pure },
  {
    name: "core topic",
    files: `packages/core/src/${topics}/**`,
    modules: ["packages/core/src/kernel/**", "<topic>/**", `packages/core/src/${topics}/messages.ts`, ...policy],
    packages: pure
  },
  { name: "core/wire", files: "packages/core/src/wire/**", modules: [`packages/core/src/${topics}/**`, "packages/core/src/wire/**"], packages: pure },
  {
    name: "core/ports",
    files: "packages/core/src/ports/**",
    modules: [`packages/core/src/${topics}/**`, "packages/core/src/ports/**"],
    packages: [...pure, "effect/Context"],
    types: ["effect/Effect", "effect/Stream", "effect/Scope"]
  },
  { name: "core/app", files: "packages/core/src/app/**", modules: [...innerCore, "packages/core/src/app/**"], packages: workflow },
  {
    name: "adapters",
    files: "packages/adapters/src/**",
    modules: [...innerCore, "packages/adapters/src/**"],
    packages: ["node:*", "effect/*", "drizzle-orm", "drizzle-orm/*", "@electric-sql/pglite", "@electric-sql/pglite/*", "postgres", "age-encryption"]
  },
  {
    name: "http/client",
    files: "packages/http/src/client/**",
    modules: ["packages/core/src/{kernel,policy,session,wire,notice,hours}/**", "packages/http/src/client/**"],
    packages: [...pure, "@hpke/core"]
  },
  {
    name: "http/main",
    files: "packages/http/src/main.ts",
    modules: ["packages/core/src/**", "packages/http/src/*.ts", "packages/http/src/!(client)/**", "packages/adapters/src/**"],
    packages: ["node:*", "effect/*", "hono", "hono/*", "@hono/node-server", "@hono/node-server/*", "ws"]
  },
  {
    name: "http",
    files: "packages/http/src/**",
    modules: ["packages/core/src/**", "packages/http/src/*.ts", "packages/http/src/!(client)/**"],
    packages: ["node:*", "effect/*", "hono", "hono/*", "@hono/node-server", "@hono/node-server/*", "ws"]
  },
  {
    name: "cli/main",
    files: "packages/cli/src/main.ts",
    modules: ["packages/core/src/**", "packages/http/src/*.ts", "packages/cli/src/**", "packages/adapters/src/**"],
    packages: ["node:*", "effect/*", "@effect/platform-node/*"]
  },
  {
    name: "cli",
    files: "packages/cli/src/**",
    modules: ["packages/core/src/**", "packages/http/src/*.ts", "packages/cli/src/**"],
    packages: ["node:*", "effect/*", "@effect/platform-node/*"]
  }
]

/** An address may be imported, and named, by these modules only (DFH-10, IF-14, X-06). */
const addressModule = "packages/core/src/custody/ipAddress.ts"
const mayKnowAddresses = ["packages/core/src/custody/**", "packages/core/src/ports/AccessRegister.ts", "packages/adapters/src/custody/**", "packages/http/src/edge/**"]

const isOneOf = (file: string, globs: ReadonlyArray<string>): boolean => globs.some((glob) => posix.matchesGlob(file, glob))
const isPackage = (specifier: string, allowed: ReadonlyArray<string>): boolean =>
  allowed.some((entry) => (entry.endsWith("*") ? specifier.startsWith(entry.slice(0, -1)) : specifier === entry))

/** Imports that cross a ring the wrong way, lead nowhere, or bring a test into the product. A source of a package outside every ring is a finding too. */
export const ringGate = (root: string, modules: ReadonlyArray<Module>): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = []
  for (const module of modules.filter(({ file }) => /^packages\/[^/]+\/src\//.test(file) && !isTest(file))) {
    const at = (line: number, says: string) => findings.push({ gate: "ring", file: module.file, line, says })
    const ring = rings.find(({ files }) => posix.matchesGlob(module.file, files))
    if (ring === undefined) {
      at(1, "lies in no ring: every source belongs to a folder that the rings name")
      continue
    }
    const allowed = ring.modules.map((glob) => glob.replace("<topic>", module.file.split("/").slice(0, 4).join("/")))
    for (const imported of module.imports) {
      if (imported.file === undefined) {
        const permitted = isPackage(imported.specifier, ring.packages) || (imported.typeOnly && isPackage(imported.specifier, ring.types ?? []))
        if (!permitted) at(imported.line, `${ring.name} may not import ${imported.specifier}`)
      } else if (leadsNowhere(root, imported)) {
        at(imported.line, `imports ${imported.specifier}, which is not there`)
      } else if (isTest(imported.file)) {
        at(imported.line, `imports ${imported.specifier}, which exists for tests only`)
      } else if (!isOneOf(imported.file, allowed)) {
        at(imported.line, `${ring.name} may not import ${imported.file}`)
      }
    }
  }
  return findings
}

/** Modules that import or name an address without being of the vendor realm. */
export const realmGate = (modules: ReadonlyArray<Module>): ReadonlyArray<Finding> =>
  modules
    .filter(({ file }) => /^packages\/[^/]+\/src\//.test(file) && !isTest(file) && !isOneOf(file, mayKnowAddresses))
    .flatMap(({ file, imports, program, text }) => {
      const findings: Array<Finding> = imports
        .filter((imported) => imported.file === addressModule)
        .map(({ line }) => ({ gate: "realm", file, line, says: "imports the type of an IP address; only the vendor realm may" }))
      walk(program, (node) => {
        if (node.type !== "Identifier" || node.name !== "IpAddress") return
        findings.push({ gate: "realm", file, line: text.slice(0, node.start).split("\n").length, says: "names an IP address; only the vendor realm may" })
      })
      return findings
    })
