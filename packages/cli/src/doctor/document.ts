/**
 * What `doctor` found: the settings in force, who owns the install, and what to worry about. No secret is in it.
 */
import * as Schema from "effect/Schema"
import type { Settings } from "@fortrolig/http/config"
import { hasOwnLogin, placeOf } from "@fortrolig/http/databases"
import { OwnerFacts } from "../control/messages.ts"
import { isLoopback } from "../settings.ts"
import { type FolderFacts, isInMemory } from "./fileSystem.ts"

const Folder = Schema.Struct({
  name: Schema.Literals(["data", "keys", "custodians", "leads"]),
  path: Schema.String,
  exists: Schema.Boolean,
  mode: Schema.NullOr(Schema.String),
  fileSystem: Schema.NullOr(Schema.String),
  keepsCopies: Schema.NullOr(Schema.String)
})

/** Host and name are all that is shown of an address: the rest of it is for nobody. */
const Database = Schema.Struct({ realm: Schema.Literals(["service", "vendor"]), host: Schema.String, name: Schema.String, encrypted: Schema.Boolean })

/** The document that `doctor --json` prints. */
export const DoctorDocument = Schema.Struct({
  schemaVersion: Schema.Literal(1),
  tool: Schema.String,
  node: Schema.String,
  settings: Schema.Struct({
    host: Schema.String,
    port: Schema.Int,
    origin: Schema.NullOr(Schema.String),
    trustProxy: Schema.Array(Schema.String),
    services: Schema.Array(Schema.String),
    /** `null` where the databases are embedded. */
    databases: Schema.NullOr(Schema.Array(Database))
  }),
  folders: Schema.Array(Folder),
  /** `null` where there is no install yet. */
  owner: Schema.NullOr(OwnerFacts),
  openQuestions: Schema.Array(Schema.Struct({ service: Schema.String, question: Schema.String })),
  warnings: Schema.Array(Schema.String)
})
export type DoctorDocument = typeof DoctorDocument.Type

/** Everything that `doctor` looked at. */
export interface Findings {
  readonly tool: string
  readonly node: string
  readonly settings: Settings
  readonly folders: ReadonlyArray<FolderFacts>
  readonly owner: OwnerFacts | undefined
}

const folderWarnings = ({ exists, fileSystem, keepsCopies, mode, name, path }: FolderFacts): ReadonlyArray<string> => [
  ...(exists && mode !== "0700" ? [`The ${name} folder has mode ${mode}; others on this machine may look into it. Make it 0700: ${path}`] : []),
  ...(name === "keys" && keepsCopies !== null ? [`The keys lie where destroying them may leave a copy: ${keepsCopies}. Put FORTROLIG_KEYS on tmpfs that is never swapped out.`] : []),
  ...(name === "keys" && keepsCopies === null && fileSystem !== null && !isInMemory(fileSystem)
    ? [`The keys lie on a disk (${fileSystem}). A destroyed key is overwritten where it lay, which an SSD may not do. Put FORTROLIG_KEYS on tmpfs or a mounted secret store.`]
    : []),
  ...(name === "leads" && exists ? ["The demonstration leads' private keys lie on this machine. In production each lead makes a key elsewhere and hands over the public half."] : []),
  ...(name === "custodians" && exists ? ["The demonstration custodians' private keys lie on this machine. In production each custodian makes a key elsewhere and hands over the public half."] : [])
]

const networkWarnings = ({ host, origin, trustProxy }: Settings): ReadonlyArray<string> => [
  ...(origin !== undefined && trustProxy.length === 0
    ? ["A public address is set, but FORTROLIG_TRUST_PROXY names no network: every access trace would carry the address of the proxy."]
    : []),
  ...(!isLoopback(host) && origin?.startsWith("https:") !== true ? ["The server is reachable from outside without HTTPS. Browsers then refuse to encrypt, and no chat starts."] : [])
]

/** The databases in force, as far as they may be shown. */
const databasesShown = ({ databases }: Settings): DoctorDocument["settings"]["databases"] =>
  databases === undefined ? null : [{ realm: "service", ...placeOf(databases.service) }, { realm: "vendor", ...placeOf(databases.custody) }]

/** What everybody should know of where the data lie. */
const databaseWarnings = (settings: Settings): ReadonlyArray<string> => {
  const { databases } = settings
  const shared = "One process and one account hold both realms, so whoever controls them can reach both. Real separation needs two logins."
  if (databases === undefined) return ["The embedded database does not wait for the disk: it survives a kill, not a power cut.", shared]
  const open = [...new Set(databasesShown(settings)?.filter(({ encrypted, host }) => !encrypted && !isLoopback(host)).map(({ host }) => host))]
  return [
    ...open.map((host) => `What goes to and from ${host} is not encrypted. Add sslmode=verify-full to the address.`),
    hasOwnLogin(databases)
      ? "The vendor realm has a login of its own. The server still speaks with both, so whoever controls the server can reach both."
      : `${shared} Set CUSTODY_DATABASE_URL.`
  ]
}

/** Puts together what was found and what to worry about. */
export const doctorDocument = ({ folders, node, owner, settings, tool }: Findings): DoctorDocument => {
  const demonstration = owner?.demonstration === true
  return {
    schemaVersion: 1,
    tool,
    node,
    settings: {
      host: settings.host,
      port: settings.port,
      origin: settings.origin ?? null,
      trustProxy: settings.trustProxy,
      services: settings.policies.map(({ service }) => service),
      databases: databasesShown(settings)
    },
    folders,
    owner: owner ?? null,
    openQuestions: settings.policies.flatMap(({ questions, service }) => questions.map(({ asks, answer }) => ({ service, question: `${asks} Answered: ${answer}` }))),
    warnings: [
      ...folders.flatMap(folderWarnings),
      ...networkWarnings(settings),
      ...settings.policies.filter(({ openingHours }) => openingHours === null && !demonstration).map(
        ({ service }) => `${service} publishes no opening hours, so it stays closed until they are configured.`
      ),
      ...(owner?.clock.suspect === true ? ["The clock has jumped and is not confirmed yet. Nothing is destroyed until it is; what may be due is hidden."] : []),
      ...databaseWarnings(settings)
    ]
  }
}
