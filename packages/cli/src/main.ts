/**
 * The command `fortrolig`: composes the install, on PostgreSQL or embedded, with the commands, and turns how a command ended into an exit code.
 */
import { existsSync } from "node:fs"
import { join, resolve, sep } from "node:path"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { CliOutput, Command } from "effect/cli"
import type { StoresFailure } from "@fortrolig/adapters/stores"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault, type Vault } from "@fortrolig/core/ports/KeyVault"
import { Leads } from "@fortrolig/core/ports/Leads"
import { Policies } from "@fortrolig/core/ports/Policies"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { clockSkew } from "@fortrolig/core/retention/dataClass"
import type { Settings } from "@fortrolig/http/config"
import { declaredLogger } from "@fortrolig/http/log"
import { Afar } from "./Afar.ts"
import { audit } from "./commands/audit.ts"
import { doctor } from "./commands/doctor.ts"
import { invite } from "./commands/invite.ts"
import { policy } from "./commands/policy.ts"
import { reset } from "./commands/reset.ts"
import { serve } from "./commands/serve.ts"
import { tell } from "./commands/shared.ts"
import { sweep } from "./commands/sweep.ts"
import { CommandFailure, exitCodes, misused, unable } from "./failure.ts"
import { Install, type Opening, Owned, Undeclared } from "./Install.ts"
import { awayWords, tooOldWords } from "./refusal.ts"
import { instantWords } from "./report/words.ts"
import { leadsFolder } from "./settings.ts"
import { version } from "./version.ts"

/** The adapters weigh half of the start, and a command that a running server answers needs none of them. */
const loadAdapters = Effect.promise(async () => {
  const [{ busMemory }, custody, leads, { randomness }, { trustedClock }] = await Promise.all([
    import("@fortrolig/adapters/bus/memory"),
    import("@fortrolig/adapters/custody/custodians"),
    import("@fortrolig/adapters/custody/leads"),
    import("@fortrolig/adapters/system/randomness"),
    import("@fortrolig/adapters/system/trustedClock")
  ])
  return { busMemory, randomness, trustedClock, ...custody, ...leads }
})
type Adapters = Effect.Success<typeof loadAdapters>

const policies = (settings: Settings, demonstration: boolean) =>
  Layer.succeed(Policies, {
    all: settings.policies,
    of: (name) => settings.policies.find(({ service }) => service === name),
    demonstration
  })

const isWithin = (inner: string, outer: string): boolean => resolve(inner) === resolve(outer) || resolve(inner).startsWith(resolve(outer) + sep)

/** The public halves; made up with their private halves in a demonstration that has none yet. */
const custodians = Effect.fnUntraced(function*(
  { makeDemonstrationCustodians, readCustodians }: Adapters,
  { custodians: folder, data, keys }: Settings,
  { demonstration }: Opening
) {
  const file = join(keys, "custodians.json")
  if (demonstration && (isWithin(folder, data) || isWithin(folder, keys))) {
    return yield* misused("FORTROLIG_CUSTODIANS must lie outside the data folder and the keys folder.")
  }
  return yield* (demonstration ? makeDemonstrationCustodians(folder, file) : readCustodians(file)).pipe(
    Effect.mapError(() =>
      unable(`${file} is missing or does not name two custodians. Each makes an age key elsewhere; put their public halves there as {"custodians": ["age1...", "age1..."]}.`)
    )
  )
})

/** The leads that a server seals kept chats to; made up in a demonstration that has none yet. */
const leadsOf = ({ leadsFrom, makeDemonstrationLeads }: Adapters, settings: Settings, { demonstration, serving }: Opening) => {
  const file = join(settings.keys, "leads.json")
  const words = () =>
    unable(`${file} is missing or names no lead for a service that keeps chats. Each makes a P-256 key elsewhere; put the public halves there as {"leads": {"SERVICE": "..."}}.`)
  if (!serving) return Layer.succeed(Leads, { keyOf: () => undefined })
  const made = demonstration ? makeDemonstrationLeads(leadsFolder(settings), file, settings.policies) : Effect.void
  return Layer.catchCause(
    Layer.unwrap(Effect.as(made, leadsFrom(file, settings.policies))),
    (cause) => Layer.effectContext(Effect.failCause(Cause.map(cause, words)))
  )
}

const rightsWords = (lines: ReadonlyArray<string>): string =>
  ["The login of the database lacks rights that it cannot give itself. Somebody who may has to run, once:", ...lines.map((line) => `  ${line}`)].join("\n")

const refusalOf = ({ databases }: Settings) => (problem: StoresFailure): CommandFailure | Owned | Undeclared => {
  switch (problem._tag) {
    case "DatabaseTooOld":
      return unable(tooOldWords(problem, databases))
    case "FolderOwned":
      return new Owned({ folder: problem.folder, pid: problem.pid })
    case "KeysInsideData":
      return misused("FORTROLIG_KEYS must not lie inside the data folder, nor where PostgreSQL keeps its files: a copy of the data would hold the keys.")
    case "KeysLost":
      return unable(
        `The key vault of the ${problem.realm === "service" ? "service" : "vendor"} realm is missing, older than the data, or of another install. What it sealed cannot be read. Put the right vault back, or go on without: fortrolig doctor --accept-lost-keys`
      )
    case "RightsMissing":
      return unable(rightsWords(problem.statements))
    case "StoreUnavailable":
      return unable(awayWords(problem, databases))
    case "Undeclared":
      return new Undeclared({ columns: problem.columns })
    case "UndeclaredFiles":
      return unable(`The folders of the install hold what no data class covers: ${problem.files.join(", ")}. Nothing would ever forget it. Move it elsewhere, then try again.`)
  }
}

/** From now on the clock is right. The ledgers first: after a kill in between, the marks still refuse, and the clock is accepted once more. */
const accept = Effect.fnUntraced(function*(now: Instant, vaults: ReadonlyArray<Vault>) {
  for (const realm of [yield* ServiceRealm, yield* VendorRealm]) yield* realm.correctLedger(now)
  for (const vault of vaults) yield* vault.correctMark(now)
})

/** A clock that lies before what a vault has seen would bring back what is due; a step within the clock's own error is none. */
const refuseEarlyClock = Effect.fnUntraced(function*(acceptClock: boolean) {
  const { now } = yield* (yield* TrustedClock).read
  const vaults = [yield* KeyVault, yield* CustodyVault]
  if (acceptClock) return yield* accept(now, vaults)
  const latest = Math.max(...(yield* Effect.all(vaults.map(({ mark }) => mark))))
  if (now + clockSkew < latest) {
    return yield* unable(
      `The clock of this machine says ${instantWords(now)}, but the install has already seen ${instantWords(latest)}. Set the clock right and try again. If it is right now and was wrong then: fortrolig doctor --accept-clock`
    )
  }
}, Effect.catchTag("StoreUnavailable", ({ operation }: StoreUnavailable) => Effect.fail(unable(`The store could not be reached or read (${operation}).`))))

/** The stores of the engine that the settings name; the other one is not loaded. */
const storesOf = ({ databases, data, keys, policies: served }: Settings, custodianKeys: readonly [string, string], { acceptLostKeys }: Opening) => {
  const options = { dataFolder: data, keysFolder: keys, custodians: custodianKeys, services: served.map(({ service }) => service), acceptLostKeys }
  return Effect.promise(async () =>
    databases === undefined
      ? (await import("@fortrolig/adapters/embedded")).embedded(options)
      : (await import("@fortrolig/adapters/server")).server({ ...options, databases })
  )
}

const openInstall = Effect.fnUntraced(function*(settings: Settings, opening: Opening) {
  const adapters = yield* loadAdapters
  const stores = yield* storesOf(settings, yield* custodians(adapters, settings, opening), opening)
  const refused = Layer.catchCause(stores, (cause) => Layer.effectContext(Effect.failCause(Cause.map(cause, refusalOf(settings)))))
  const beside = Layer.mergeAll(adapters.trustedClock, adapters.randomness, adapters.busMemory, policies(settings, opening.demonstration), leadsOf(adapters, settings, opening))
  return Layer.provideMerge(Layer.effectDiscard(refuseEarlyClock(opening.acceptClock)), Layer.merge(refused, beside))
})

const install = Layer.succeed(Install, {
  open: (settings, opening) => Layer.unwrap(openInstall(settings, opening)),
  claim: ({ data, keys }) =>
    Effect.promise(() => import("@fortrolig/adapters/system/owner")).pipe(
      Effect.flatMap(({ claim }) =>
        Effect.forEach([["data", data], ["keys", keys]] as const, ([what, folder]) => (existsSync(folder) ? claim(folder, what) : Effect.void), { discard: true })),
      Effect.mapError((problem) => (problem._tag === "FolderOwned" ? new Owned({ folder: problem.folder, pid: problem.pid }) : unable("The folders could not be claimed.")))
    )
})

const afar = Layer.succeed(Afar, {
  at: (url) => Effect.promise(async () => (await import("@fortrolig/adapters/database/foreign")).foreignStore(url))
})

const root = Command.make("fortrolig").pipe(
  Command.withDescription(
    "Anonymous help chats whose privacy promises are code. Exit codes: 0 done, and every promise kept; 1 a promise is broken; 2 it could not be checked or done; 64 bad usage; 130 stopped by hand."
  ),
  Command.withSubcommands([serve, sweep, audit, doctor, invite, policy, reset])
)

/** Help that was asked for is data; help that was not goes with the error. */
const presenter = CliOutput.layerPresenter({
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? Effect.flatMap(CliOutput.Formatter, (formatter) => tell(formatter.formatHelpDoc(event.helpDoc), formatter.formatErrors(event.errors)))
      : CliOutput.defaultPresenter.present(event)
})

/** What a command that failed in a way nobody foresaw says: where, by the name of the fault alone, since what it carries could be a visitor's. */
const unforeseen = (cause: Cause.Cause<unknown>): CommandFailure => {
  const fault = Cause.squash(cause)
  return unable(`Something went wrong that should not (${fault instanceof Error ? fault.name : "unknown fault"}). Nothing is known to have been checked.`)
}

const program: Effect.Effect<number> = Command.run(root, { version }).pipe(
  Effect.provide(Layer.mergeAll(install, afar, NodeServices.layer, presenter, Logger.layer([declaredLogger]))),
  Effect.as<number>(exitCodes.ok),
  Effect.catchTag("ShowHelp", ({ errors }) => Effect.succeed(errors.length === 0 ? exitCodes.ok : exitCodes.usage)),
  Effect.sandbox,
  Effect.catch((cause) => {
    const failure = cause.reasons.find(Cause.isFailReason)?.error
    const { exit, says } = failure instanceof CommandFailure ? failure : unforeseen(cause)
    return Effect.as(tell(says), exit)
  })
)

const ended = await Effect.runPromiseExit(program)
process.exitCode = Exit.isSuccess(ended) ? ended.value : exitCodes.unable
