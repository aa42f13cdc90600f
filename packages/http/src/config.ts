/**
 * The settings of a server, read from the environment once. What is missing or wrong stops the start, with a message that names the variable.
 */
import { readFileSync } from "node:fs"
import { BlockList, isIP } from "node:net"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { unservable } from "@fortrolig/core/policy/lint"
import { carrying, type Part } from "@fortrolig/core/policy/parts"
import { decodePolicy } from "@fortrolig/core/policy/decode"
import type { Policy } from "@fortrolig/core/policy/policy"
import { PolicyRefused, problemLine } from "@fortrolig/core/policy/problems"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { type Databases, databasesOf } from "./databases.ts"
import { placed } from "@fortrolig/core/retention/places"
import { productPlaces } from "@fortrolig/core/retention/productPlaces"

/** A setting is missing or wrong; `says` is a sentence for the person who starts the server. */
export class BadSetting extends Schema.TaggedError<BadSetting>()("BadSetting", { variable: Schema.String, says: Schema.String }) {
  override get message(): string {
    return `${this.variable}: ${this.says}`
  }
}

/** Everything that the environment says of one server. */
export interface Settings {
  /** 0 means any free port. */
  readonly port: number
  readonly host: string
  readonly policies: ReadonlyArray<Policy>
  /** PostgreSQL; `undefined` means the embedded databases. */
  readonly databases: Databases | undefined
  /** Folder of the embedded databases, of the owner's lock and of the control socket. */
  readonly data: string
  /** Folder of the key vaults and of the custodians' public keys. */
  readonly keys: string
  /** Folder of the demonstration custodians' private keys. */
  readonly custodians: string
  /** Networks, as CIDR, whose forwarded address is believed; empty means none. */
  readonly trustProxy: ReadonlyArray<string>
  /** The address that visitors see, such as `https://chat.example.org`, when a proxy stands before this server. */
  readonly origin: string | undefined
}

/** The policies that are built in, by name. */
export const builtInPolicies: ReadonlyMap<string, Policy> = new Map([detfinneshjelp, ifengsel].map((policy) => [policy.service, policy]))

/** What this server does beside the chat itself. The rest of a policy is left out, so that no page promises it. */
const carriedOut: ReadonlyArray<Part> = []

const list = (text: string): ReadonlyArray<string> => text.split(",").map((part) => part.trim()).filter((part) => part !== "")

const raw = Config.all({
  port: Config.String("PORT").pipe(Config.withDefault("3000")),
  host: Config.String("HOST").pipe(Config.withDefault("127.0.0.1")),
  policies: Config.String("FORTROLIG_POLICY").pipe(Config.option),
  database: Config.Redacted("DATABASE_URL").pipe(Config.option),
  custodyDatabase: Config.Redacted("CUSTODY_DATABASE_URL").pipe(Config.option),
  data: Config.String("FORTROLIG_DATA").pipe(Config.withDefault(".fortrolig/data")),
  keys: Config.String("FORTROLIG_KEYS").pipe(Config.withDefault(".fortrolig/keys")),
  custodians: Config.String("FORTROLIG_CUSTODIANS").pipe(Config.withDefault(".fortrolig/custodians")),
  trustProxy: Config.String("FORTROLIG_TRUST_PROXY").pipe(Config.withDefault("")),
  origin: Config.String("FORTROLIG_ORIGIN").pipe(Config.option)
})

/** Reads the settings from the environment (or from the `ConfigProvider` in force). Fails with `BadSetting`. */
export const settings: Effect.Effect<Settings, BadSetting> = Effect.gen(function*() {
  const found = yield* raw.pipe(Effect.mapError(() => new BadSetting({ variable: "environment", says: "could not be read" })))
  const origin = Option.getOrUndefined(found.origin)
  return {
    port: yield* port(found.port),
    host: yield* filled("HOST", found.host),
    policies: yield* policies(Option.getOrUndefined(found.policies)),
    databases: yield* databases(found),
    data: yield* filled("FORTROLIG_DATA", found.data),
    keys: yield* filled("FORTROLIG_KEYS", found.keys),
    custodians: yield* filled("FORTROLIG_CUSTODIANS", found.custodians),
    trustProxy: yield* networks(found.trustProxy),
    origin: origin === undefined ? undefined : yield* publicOrigin(origin)
  }
})

const bad = (variable: string, says: string) => Effect.fail(new BadSetting({ variable, says }))

const filled = (variable: string, text: string) => (text.trim() === "" ? bad(variable, "must not be empty") : Effect.succeed(text))

const databases = ({ custodyDatabase, database }: Config.Success<typeof raw>) => {
  const named = databasesOf(Option.getOrUndefined(database), Option.getOrUndefined(custodyDatabase))
  return named !== undefined && "says" in named ? bad(named.variable, named.says) : Effect.succeed(named)
}

const port = (text: string) => {
  const number = Number(text)
  return /^\d{1,5}$/.test(text) && number <= 65_535 ? Effect.succeed(number) : bad("PORT", "must be a whole number from 0 to 65535")
}

const publicOrigin = (text: string) => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") && url.origin === text
    ? Effect.succeed(text)
    : bad("FORTROLIG_ORIGIN", "must be an origin without a path, such as https://chat.example.org")
}

const networks = Effect.fnUntraced(function*(text: string) {
  const cidrs = list(text)
  for (const cidr of cidrs) {
    if (blockListOf([cidr]) === undefined) return yield* bad("FORTROLIG_TRUST_PROXY", "must be networks such as 10.0.0.0/8, separated by commas")
  }
  return cidrs
})

/** The networks as a list that addresses can be checked against, or nothing when one of them is not a network or an address. */
export const blockListOf = (cidrs: ReadonlyArray<string>): BlockList | undefined => {
  const blocks = new BlockList()
  for (const cidr of cidrs) {
    const [network = "", prefix, ...rest] = cidr.split("/")
    const version = isIP(network)
    const widest = version === 4 ? 32 : 128
    const bits = prefix === undefined ? widest : Number(prefix)
    if (version === 0 || rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) || bits > widest) return undefined
    blocks.addSubnet(network, bits, version === 4 ? "ipv4" : "ipv6")
  }
  return blocks
}

const policies = Effect.fnUntraced(function*(text: string | undefined) {
  const names = list(text ?? "")
  if (names.length === 0) {
    return yield* bad("FORTROLIG_POLICY", `must name at least one service (${[...builtInPolicies.keys()].join(", ")}) or a policy file`)
  }
  const found: Array<Policy> = []
  for (const name of names) {
    const policy = builtInPolicies.get(name) ?? (yield* policyFile(name))
    if (found.some(({ service }) => service === policy.service)) return yield* bad("FORTROLIG_POLICY", `names the service ${policy.service} twice`)
    yield* honest(name, policy)
    const carried = carrying(policy, carriedOut)
    yield* everythingPlaced(name, carried)
    found.push(carried)
  }
  return found
})

/** A policy that contradicts itself, or does more than people were told, is not served. */
const honest = (name: string, policy: Policy) => {
  const findings = unservable(policy)
  return findings.length === 0 ? Effect.void : bad("FORTROLIG_POLICY", [`${name} must not be served as it is`, ...findings.map(problemLine)].join("\n"))
}

/** A class that a policy stores and no place of the product holds, or the other way round, would never be forgotten as declared. Fails with `BadSetting`. */
export const everythingPlaced = (name: string, policy: Policy): Effect.Effect<void, BadSetting> => {
  const found = placed(policy, productPlaces)
  return Result.isSuccess(found) ? Effect.void : bad("FORTROLIG_POLICY", `${name} must not be served by this version. ${found.failure.says} (${found.failure.rule})`)
}

const policyFile = (path: string) =>
  Effect.try({
    try: () => decodePolicy(JSON.parse(readFileSync(path, "utf8"))),
    catch: (error) => {
      const why = error instanceof SyntaxError ? "is not JSON" : error instanceof PolicyRefused ? `is not a valid policy: ${error.message}` : "cannot be read"
      return new BadSetting({ variable: "FORTROLIG_POLICY", says: `${path} is no built-in policy, and as a file it ${why}` })
    }
  })
