/**
 * What the linter and the diff of policies found, as lines for people.
 */
import type { Change } from "@fortrolig/core/policy/diff"
import type { Finding } from "@fortrolig/core/policy/lint/finding"
import { counted } from "../report/words.ts"

/** A finding as lines: what and where, then what is wrong, then what to do, or which question answers it. */
const findingLines = ({ answeredBy, field, remedy, rule, says, severity }: Finding): ReadonlyArray<string> => [
  `${severity}  ${field}  (${rule})`,
  `  ${says}`,
  answeredBy === null ? `  ${remedy}` : `  Answered by the question ${answeredBy}.`
]

/** Everything that the linter found, what stops the service first; one line when it is nothing. */
export const lintLines = (findings: ReadonlyArray<Finding>): ReadonlyArray<string> => {
  const open = findings.filter(({ answeredBy }) => answeredBy === null)
  const answered = findings.filter(({ answeredBy }) => answeredBy !== null)
  if (findings.length === 0) return ["Nothing to remark."]
  return [...[...open, ...answered].flatMap(findingLines), `${counted(open.length, "open finding")}, ${answered.length} answered by a named question`]
}

/** Every promise that a change touches, what it loosens first; one line when it is none. */
export const diffLines = (changes: ReadonlyArray<Change>, invalidates: boolean): ReadonlyArray<string> => {
  if (changes.length === 0) return ["Nothing changes."]
  const of = (direction: Change["direction"]) => changes.filter((change) => change.direction === direction)
  return [
    ...[...of("loosens"), ...of("tightens"), ...of("changes")].flatMap(({ direction, field, rule, says }) => [`${direction}  ${field}  (${rule})`, `  ${says}`]),
    `${of("loosens").length} loosened, ${of("tightens").length} tightened, ${of("changes").length} merely changed; ${invalidates ? "a new notice is needed" : "no new notice is needed"}`
  ]
}
