/**
 * `fortrolig audit`: every promise of the running install, and whether it is kept; or of a database that is looked at by its address.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { Argument, Command, Flag } from "effect/cli"
import { auditAfar } from "@fortrolig/core/app/auditAfar"
import { Instant } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { Afar } from "../Afar.ts"
import { ask } from "../control/ask.ts"
import { CommandFailure, exitCodes, misused, unable } from "../failure.ts"
import { type AuditDocument, auditDocument, schemaVersion, type UncheckedDocument } from "../report/auditDocument.ts"
import { awayHint } from "../refusal.ts"
import { auditLines } from "../report/auditText.ts"
import { strangerLines } from "../report/strangerText.ts"
import { settingsInForce } from "../settings.ts"
import { stoppable } from "../signals.ts"
import { json, printJson, printLines, tool } from "./shared.ts"

/** The databases were not opened, since they hold what nothing covers: that alone breaks a promise. */
const undeclaredWords = (columns: ReadonlyArray<string>): string =>
  `The databases hold ${columns.length === 1 ? "a table or column" : "tables or columns"} that no data class covers (X-12): ${columns.join(", ")}.`

const unchecked = (why: string, seen?: UncheckedDocument["seen"]): UncheckedDocument => ({
  schemaVersion,
  tool,
  verdict: "unchecked",
  why,
  ...(seen === undefined ? {} : { seen })
})

/** The install of the settings in force. */
const checkInstall = Effect.fnUntraced(function*(full: boolean) {
  const settings = yield* settingsInForce
  const answer = yield* ask(settings, { _tag: "Audit", full })
  if (answer._tag !== "Audited") return yield* unable("The running server answered another question.")
  return auditDocument(answer.report, settings.policies, tool)
})

const address = Effect.fnUntraced(function*(written: string) {
  const scheme = URL.canParse(written) ? new URL(written).protocol : undefined
  if (scheme !== "postgres:" && scheme !== "postgresql:") return yield* misused("The database has to be given as postgres://login@host:port/database.")
  return Redacted.make(written)
})

const noSchema = "There is no schema of Fortrolig in this database, so its promises could not be checked."

/** A database by its address: the document, or what was seen of one that is not ours. */
const checkAfar = Effect.fnUntraced(function*(url: Redacted.Redacted, policies: ReadonlyArray<Policy>) {
  const at = Instant.make(Math.floor(yield* Clock.currentTimeMillis))
  const store = yield* (yield* Afar).at(url)
  const seen = yield* store.look(at).pipe(Effect.mapError((away) => unable(`The database could not be reached or read (${away.operation}).${awayHint(away, "the address")}`)))
  const report = auditAfar(seen, policies, at)
  return report === undefined ? unchecked(noSchema, { columns: seen.undeclared, personal: seen.personal, store: seen.store }) : auditDocument(report, policies, tool, seen.realms.every(({ measured }) => measured !== undefined))
})

const notCounted = "This login may not count every row, so the promises could not be checked. Log in with the role fortrolig_audit."

const check = Effect.fnUntraced(function*(url: string | undefined, full: boolean) {
  if (url === undefined) return yield* checkInstall(full)
  return yield* checkAfar(yield* address(url), (yield* settingsInForce).policies)
})

const lines = (document: AuditDocument | UncheckedDocument): ReadonlyArray<string> => ("rows" in document ? auditLines(document) : strangerLines(document))

/** Audits. Exit code 0 when every promise that could be checked is kept, 1 when one is broken, 2 when nothing could be checked. */
export const audit = Command.make(
  "audit",
  {
    json,
    full: Flag.Boolean("full").pipe(Flag.withDescription("Count every row, also where the ledger proves that nothing is due"), Flag.withDefault(false)),
    url: Argument.String("database").pipe(
      Argument.withDescription("The address of a database to look at from outside, with any login; fortrolig_audit sees what it needs"),
      Argument.optional
    )
  },
  Effect.fn(function*({ full, json: asJson, url }) {
    const document = yield* check(Option.getOrUndefined(url), full).pipe(
      Effect.catchTag("Undeclared", ({ columns }) => Effect.fail(new CommandFailure({ exit: exitCodes.broken, says: undeclaredWords(columns) }))),
      Effect.tapError((failure) => (asJson && failure.exit === exitCodes.unable ? printJson(unchecked(failure.says)) : Effect.void))
    )
    yield* asJson ? printJson(document) : printLines(lines(document))
    if (document.verdict === "unchecked") return yield* unable("rows" in document ? notCounted : document.why)
    if (document.verdict === "broken") return yield* new CommandFailure({ exit: exitCodes.broken, says: "A promise is broken." })
  }, stoppable)
).pipe(
  Command.withDescription("Check every promise against the live data: 0 all are kept, 1 one is broken, 2 it could not be checked."),
  Command.withExamples([
    { command: "fortrolig audit", description: "The verdict, then a table of every data class" },
    { command: "fortrolig audit --full --json > audit.json", description: "Every row counted, as a document with a fingerprint of itself" },
    { command: 'fortrolig audit "$AUDIT_URL"', description: "A database by its address, for somebody who may read deadlines alone; the password may come from PGPASSWORD" }
  ])
)
