/**
 * `fortrolig sweep`: destroy what is due, now.
 */
import * as Effect from "effect/Effect"
import { Command } from "effect/cli"
import { ask } from "../control/ask.ts"
import type { SweepCounts } from "../control/messages.ts"
import { unable } from "../failure.ts"
import { counted, instantWords, periodWords } from "../report/words.ts"
import { settingsInForce } from "../settings.ts"
import { stoppable } from "../signals.ts"
import { json, printJson, printLines } from "./shared.ts"

const lines = (counts: SweepCounts): ReadonlyArray<string> => {
  const { accessTrace, at, consent, content, ended, endedSession, keys, lateness, lost, severed, staff, stayed } = counts
  const destroyed = [
    counted(keys, "key"),
    counted(content, "message"),
    counted(accessTrace, "access trace"),
    counted(endedSession, "ended session"),
    counted(consent, "answer or receipt", "answers and receipts"),
    counted(staff, "invitation or sign-in", "invitations and sign-ins")
  ]
  return [
    `Destroyed ${destroyed.join(", ")}.`,
    ...(ended === 0 ? [] : [`Ended ${counted(ended, "session")} first.`]),
    ...(severed === 0 ? [] : [`Made ${counted(severed, "triage note")} anonymous.`]),
    ...(lost === 0 ? [] : [`${counted(lost, "triage note")} could not be opened any more, and ${lost === 1 ? "is" : "are"} gone.`]),
    ...(stayed === 0 ? [] : [`Somebody reads ${counted(stayed, "table")} that ${stayed === 1 ? "is" : "are"} over. Nothing in ${stayed === 1 ? "it" : "them"} can be opened; the next sweep drops ${stayed === 1 ? "it" : "them"}.`]),
    `At ${instantWords(at)}${lateness === 0 ? "" : `; the latest had been due for ${periodWords(lateness)}`}.`
  ]
}

/** Destroys everything that is due. Exit code 0, or 2 when it could not. */
export const sweep = Command.make("sweep", { json }, Effect.fn(function*(flags) {
  const settings = yield* settingsInForce
  const answer = yield* ask(settings, { _tag: "Sweep" }).pipe(
    Effect.catchTag("Undeclared", ({ columns }) => Effect.fail(unable(`The databases hold what no data class covers: ${columns.join(", ")}. Nothing was swept.`)))
  )
  if (answer._tag !== "Swept") return yield* unable("The running server answered another question.")
  const { counts } = answer
  if (counts.paused) return yield* unable("The clock of this machine has jumped and is not confirmed yet, so nothing was destroyed. Try again in 15 minutes.")
  yield* flags.json ? printJson({ schemaVersion: 1, ...counts }) : printLines(lines(counts))
}, stoppable)).pipe(
  Command.withDescription("Destroy everything whose time is up. Works beside a running server and without one."),
  Command.withExamples([{ command: "fortrolig sweep && fortrolig audit", description: "Forget what is due, then prove it" }])
)
