/**
 * `fortrolig doctor`: the settings in force, who owns the install, and what to worry about.
 */
import * as Effect from "effect/Effect"
import { Command, Flag } from "effect/cli"
import type { Settings } from "@fortrolig/http/config"
import { ask, askServer, isInstalled, ownedWords } from "../control/ask.ts"
import { perform } from "../control/perform.ts"
import { doctorDocument } from "../doctor/document.ts"
import { lookAt } from "../doctor/fileSystem.ts"
import { doctorLines } from "../doctor/text.ts"
import { unable } from "../failure.ts"
import { Install, type Opening, type Undeclared } from "../Install.ts"
import { leadsFolder, originOf, settingsInForce } from "../settings.ts"
import { stoppable } from "../signals.ts"
import { json, printJson, printLines, tell, tool } from "./shared.ts"

const notCovered = ({ columns }: Undeclared) => Effect.fail(unable(`The databases hold what no data class covers: ${columns.join(", ")}.`))

const ownerFacts = Effect.fnUntraced(function*(settings: Settings) {
  if (!isInstalled(settings)) return undefined
  const answer = yield* ask(settings, { _tag: "Inspect" }).pipe(Effect.catchTag("Undeclared", notCovered))
  return answer._tag === "Inspected" ? answer.facts : yield* unable("The running server answered another question.")
})

/** Opens the install once although something speaks against it: from then on the vaults that are there, or the clock as it is, are the install's. */
const accept = Effect.fnUntraced(function*(settings: Settings, accepted: Pick<Opening, "acceptClock" | "acceptLostKeys">) {
  const install = yield* Install
  if (!isInstalled(settings)) return yield* unable("There is no install in the data folder.")
  if ((yield* askServer(settings, { _tag: "Inspect" })) !== undefined) return yield* unable("A server is running, so its keys are there. Stop it first if you mean another folder.")
  const performer = { serving: false, origin: originOf(settings), endOverdue: Effect.succeed(0) }
  yield* perform({ _tag: "Inspect" }, performer).pipe(
    Effect.provide(install.open(settings, { serving: false, demonstration: false, ...accepted })),
    Effect.catchTags({ Undeclared: notCovered, Owned: (owned) => Effect.fail(unable(`${ownedWords(owned)} Stop it first.`)) })
  )
  if (accepted.acceptLostKeys) yield* tell("Accepted: what the lost keys had sealed can never be read again. It is removed when its time is up.")
  if (accepted.acceptClock) yield* tell("Accepted: the clock of this machine is right.")
})

/** Prints what is in force. Exit code 0, or 2 when the install could not be opened. */
export const doctor = Command.make(
  "doctor",
  {
    json,
    acceptLostKeys: Flag.Boolean("accept-lost-keys").pipe(
      Flag.withDescription("Go on although key vaults are missing, older or foreign: what they sealed is lost for good"),
      Flag.withDefault(false)
    ),
    acceptClock: Flag.Boolean("accept-clock").pipe(
      Flag.withDescription("Believe this machine's clock although it once was set to a later time"),
      Flag.withDefault(false)
    )
  },
  Effect.fn(function*(flags) {
    const settings = yield* settingsInForce
    if (flags.acceptClock || flags.acceptLostKeys) yield* accept(settings, flags)
    const document = doctorDocument({
      tool,
      node: process.versions.node,
      settings,
      folders: [lookAt("data", settings.data), lookAt("keys", settings.keys), lookAt("custodians", settings.custodians), lookAt("leads", leadsFolder(settings))],
      owner: yield* ownerFacts(settings)
    })
    yield* flags.json ? printJson(document) : printLines(doctorLines(document))
  }, stoppable)
).pipe(Command.withDescription("Show the settings in force, who owns the data folder, and what to worry about. Never shows a secret."))
