/**
 * `fortrolig policy`: explains the fields of a policy, checks one, and says what a change does to the promises.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Argument, Command } from "effect/cli"
import { diff, invalidatesNotice } from "@fortrolig/core/policy/diff"
import { explainAll } from "@fortrolig/core/policy/explain"
import { lint, unservable } from "@fortrolig/core/policy/lint"
import { policyPage } from "@fortrolig/core/policy/page"
import { problemLine } from "@fortrolig/core/policy/problems"
import { CommandFailure, exitCodes, unable } from "../failure.ts"
import { readPolicy } from "../policy/read.ts"
import { diffLines, lintLines } from "../policy/text.ts"
import { json, printJson, printLines, tool } from "./shared.ts"

const broken = (says: string) => new CommandFailure({ exit: exitCodes.broken, says })

const explainFields = Command.make("explain", { json }, Effect.fn(function*(flags) {
  yield* flags.json ? printJson({ schemaVersion: 1, tool, fields: explainAll() }) : printLines([policyPage().trimEnd()])
})).pipe(Command.withDescription("Explain every field: what it decides, its unit, its rule, what to write, and what a change does."))

const check = Command.make("lint", { policy: Argument.String("policy"), json }, Effect.fn(function*(flags) {
  const { policy, problems } = yield* readPolicy(flags.policy)
  if (policy === undefined) {
    yield* flags.json ? printJson({ schemaVersion: 1, tool, verdict: "refused", problems, findings: [] }) : printLines(problems.map(problemLine))
    return yield* broken("This is not a policy yet.")
  }
  const today = new Date(yield* Clock.currentTimeMillis).toISOString().slice(0, 10)
  const findings = lint(policy, today)
  const servable = unservable(policy).length === 0
  yield* flags.json ? printJson({ schemaVersion: 1, tool, verdict: servable ? "servable" : "refused", problems, findings }) : printLines(lintLines(findings))
  if (!servable) return yield* broken("This policy must not be served as it is.")
})).pipe(Command.withDescription("Check a policy: 0 it may be served, 1 it must not be, 2 it could not be read."))

const compare = Command.make("diff", { before: Argument.String("old"), after: Argument.String("new"), json }, Effect.fn(function*(flags) {
  const [before, after] = yield* Effect.all([readPolicy(flags.before), readPolicy(flags.after)])
  if (before.policy === undefined) return yield* unable(`${flags.before} is not a policy yet; fortrolig policy lint says why.`)
  if (after.policy === undefined) return yield* unable(`${flags.after} is not a policy yet; fortrolig policy lint says why.`)
  const changes = diff(before.policy, after.policy)
  const newNotice = invalidatesNotice(before.policy, after.policy)
  yield* flags.json ? printJson({ schemaVersion: 1, tool, newNotice, changes }) : printLines(diffLines(changes, newNotice))
  if (changes.some(({ direction }) => direction === "loosens")) return yield* broken("A promise is loosened.")
})).pipe(Command.withDescription("Say, promise by promise, what a change does: 0 nothing is loosened, 1 something is, 2 a policy could not be read."))

/** The three commands about policies. */
export const policy = Command.make("policy").pipe(
  Command.withDescription("Explain the fields of a policy, check one, or compare two. A policy is the name of a built-in service or a JSON file."),
  Command.withSubcommands([explainFields, check, compare])
)
