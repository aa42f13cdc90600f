/**
 * `fortrolig audit`: every promise of the running install, and whether it is kept.
 */
import * as Effect from "effect/Effect"
import { Command } from "effect/cli"
import { ask } from "../control/ask.ts"
import { CommandFailure, exitCodes, unable } from "../failure.ts"
import { type AuditDocument, auditDocument, type UncheckedDocument } from "../report/auditDocument.ts"
import { auditLines } from "../report/auditText.ts"
import { settingsInForce } from "../settings.ts"
import { stoppable } from "../signals.ts"
import { json, printJson, printLines, tell, tool } from "./shared.ts"

/** The databases were not opened, since they hold what nothing covers: that alone breaks a promise. */
const undeclaredWords = (columns: ReadonlyArray<string>): string =>
  `The databases hold ${columns.length === 1 ? "a table or column" : "tables or columns"} that no data class covers (X-12): ${columns.join(", ")}.`

const print = (document: AuditDocument, asJson: boolean) => (asJson ? printJson(document) : printLines(auditLines(document)))

const check = Effect.gen(function*() {
  const settings = yield* settingsInForce
  const answer = yield* ask(settings, { _tag: "Audit" })
  if (answer._tag !== "Audited") return yield* unable("The running server answered another question.")
  return auditDocument(answer.report, settings.policies, tool)
})

/** Audits the install. Exit code 0 when every promise is kept, 1 when one is broken, 2 when it could not be checked. */
export const audit = Command.make("audit", { json }, Effect.fn(function*(flags) {
  const document = yield* check.pipe(
    Effect.catchTag("Undeclared", ({ columns }) => Effect.fail(new CommandFailure({ exit: exitCodes.broken, says: undeclaredWords(columns) }))),
    Effect.tapError((failure) => {
      const unchecked: UncheckedDocument = { schemaVersion: 1, tool, verdict: "unchecked", why: failure.says }
      return flags.json && failure.exit === exitCodes.unable ? printJson(unchecked) : Effect.void
    })
  )
  yield* print(document, flags.json)
  if (document.verdict === "kept") return
  const overdue = document.rows.some((row) => row.verdict === "broken" && row.stored)
  yield* tell(overdue || document.overdueKeys > 0 ? "Next: run fortrolig sweep, and audit again." : "Next: find out what wrote this; sweeping does not repair it.")
  return yield* new CommandFailure({ exit: exitCodes.broken, says: "A promise is broken." })
}, stoppable)).pipe(
  Command.withDescription("Check every promise against the live data: 0 all are kept, 1 one is broken, 2 it could not be checked."),
  Command.withExamples([
    { command: "fortrolig audit", description: "The verdict, then a table of every data class" },
    { command: "fortrolig audit --json > audit.json", description: "The same as a document with a fingerprint of itself" }
  ])
)
