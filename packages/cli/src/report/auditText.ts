/**
 * The audit as a page for people: the verdict first, then the table, then each broken promise by name. A pure function of the document.
 */
import { type AuditedJoins, type AuditRow, isSevered } from "@fortrolig/core/app/auditReport"
import { heldLaws } from "@fortrolig/core/retention/stateLaws"
import type { AuditDocument } from "./auditDocument.ts"
import { storeCounts, storeLines } from "./storeText.ts"
import { type Column, counted, periodWords, tableLines } from "./words.ts"

const columns: ReadonlyArray<Column> = [
  { heading: "Service" },
  { heading: "Data class" },
  { heading: "Rule" },
  { heading: "Promise", right: true },
  { heading: "At worst", right: true },
  { heading: "Held", right: true },
  { heading: "Oldest", right: true },
  { heading: "Overdue", right: true },
  { heading: "Verdict" }
]

const orNone = (period: number | null): string => (period === null ? "-" : periodWords(period))

const cells = (row: AuditRow): ReadonlyArray<string> => [
  row.service,
  row.dataClass,
  row.rule,
  row.stored ? orNone(row.promise) : "never kept",
  row.stored ? orNone(row.worstCase) : "never kept",
  row.count === null ? "not counted" : String(row.count),
  orNone(row.oldest),
  row.overdue === null ? "-" : String(row.overdue),
  row.verdict === "broken" ? "BROKEN" : row.verdict
]

const brokenLine = (row: AuditRow): string =>
  row.stored
    ? `${row.dataClass} of ${row.service}: ${row.overdue} overdue, oldest ${orNone(row.oldest)}, promised ${orNone(row.promise)} (${row.rule})`
    : `${row.dataClass} of ${row.service}: ${row.count ?? "some"} held, though this service promises to hold none (${row.rule})`

/** Broken laws that no row of the table shows: those over the live chats. */
const lawsBeside = (laws: AuditDocument["laws"]): AuditDocument["laws"] => laws.filter(({ broken, rule, says }) => broken > 0 && !heldLaws.some((law) => law.rule === rule && law.says === says))

/** Rows that are past a deadline that nobody here promised: of services that this install does not serve. */
const unservedDue = ({ unserved }: Pick<AuditDocument, "unserved">): number => unserved.reduce((sum, { overdue }) => sum + overdue, 0)

/** The first line: how many promises are kept or broken, and what else there is to say. */
export const headline = (document: AuditDocument): string => {
  const { joins, laws, overdueKeys, rows, store, undeclared } = document
  const broken = rows.filter(({ verdict }) => verdict === "broken").length
  const unchecked = rows.filter(({ verdict }) => verdict === "not checked").length
  const bent = lawsBeside(laws).length
  const set = storeCounts(store)
  const besides = [
    ...(bent === 0 ? [] : [`${counted(bent, "law")} over live chats broken`]),
    ...(undeclared.length === 0 ? [] : [`${counted(undeclared.length, "table or column", "tables or columns")} with no data class`]),
    ...((overdueKeys ?? 0) === 0 ? [] : [`${counted(overdueKeys ?? 0, "key")} past the deadline`]),
    ...(unservedDue(document) === 0 ? [] : [`${counted(unservedDue(document), "row")} overdue of services that are not served here`]),
    ...(joins === null || isSevered(joins) ? [] : ["something leads to an anonymous note"]),
    ...(set.broken === 0 ? [] : [`the store is set up so that ${counted(set.broken, "promise")} cannot be kept`])
  ]
  const shells = set.cautions === 0 ? "" : ` ${counted(set.cautions, "thing")} in the store could be set more carefully.`
  if (broken === 0 && besides.length === 0) {
    if (unchecked === 0) return `All ${rows.length} promises are kept.${shells}`
    return `${rows.length - unchecked} of ${counted(rows.length, "promise")} are kept, ${unchecked} could not be checked.${shells}`
  }
  const first = broken === 0 ? "No row is overdue, but the install is not clean" : `${broken} of ${counted(rows.length, "promise")} ${broken === 1 ? "is" : "are"} broken`
  return `${first}${besides.length === 0 ? "" : `${broken === 0 ? ": " : "; besides: "}${besides.join(", ")}`}.${shells}`
}

const section = (heading: string, lines: ReadonlyArray<string>): ReadonlyArray<string> => (lines.length === 0 ? [] : ["", heading, ...lines.map((line) => `  ${line}`)])

const joinLines = (joins: AuditedJoins): ReadonlyArray<string> => [
  ...joins.strange.map((name) => `the table of notes has a ${name} that it should not have`),
  ...([
    [joins.openText, "hold more than closed codes"],
    [joins.linked, "can be computed from a stored reference"],
    [joins.overdue, "are past their deadline and still linked"],
    [joins.apart, "have another deadline than their consent"],
    [joins.outliving, "would outlive every access trace"]
  ] as const).flatMap(([count, words]) => (count === 0 ? [] : [`${count} ${words}`]))
]

const joinSection = (joins: AuditDocument["joins"]): ReadonlyArray<string> => {
  if (joins === null) return []
  if (!isSevered(joins)) return section("Something leads to an anonymous note (DFH-18):", joinLines(joins))
  return ["", `No reference, hash or address leads to any of ${counted(joins.notes, "anonymous note")} (DFH-18).`]
}

const howWords = ({ how, rows }: AuditDocument): string => {
  if (how === "proof") return "Nothing is due by the ledger, the catalogue and the vaults, so rows were not counted one by one, and nobody looked for a way from an address to a note. To do both: fortrolig audit --full"
  return rows.some(({ count }) => count === null) ? "Every row that could be seen was counted." : "Every row was counted."
}

/** What to do now; nothing when nothing is broken. */
export const nextSteps = ({ joins, overdueKeys, rows, store, undeclared, ...document }: AuditDocument): ReadonlyArray<string> => {
  const overdue = rows.some((row) => row.verdict === "broken" && row.stored) || (overdueKeys ?? 0) > 0 || unservedDue(document) > 0
  const written = rows.some((row) => row.verdict === "broken" && !row.stored) || undeclared.length > 0 || (joins !== null && !isSevered(joins))
  return [
    ...(overdue ? ["run fortrolig sweep, and audit again."] : []),
    ...(written ? ["find out what wrote this; sweeping does not repair it."] : []),
    ...(storeCounts(store).broken > 0 ? ["have whoever runs the database put right what is marked BROKEN, and audit again."] : []),
    ...(storeCounts(store).cautions > 0 ? ["docs/operations.md says how to set what is marked caution."] : [])
  ]
}

/** The whole report, as lines. */
export const auditLines = (document: AuditDocument): ReadonlyArray<string> => {
  const { joins, laws, overdueKeys, rows, store, unchecked, undeclared, unserved } = document
  return [
    headline(document),
    "",
    ...tableLines(columns, rows.map(cells)),
    ...section("Broken:", rows.filter(({ verdict }) => verdict === "broken").map(brokenLine)),
    ...section("Laws broken:", lawsBeside(laws).map(({ broken, rule, says, service }) => `${service}: ${says} (${rule}), ${broken} times`)),
    ...section("Without a data class (X-12):", undeclared),
    ...((overdueKeys ?? 0) === 0 ? [] : ["", `${counted(overdueKeys ?? 0, "key")} past the deadline still in a vault (X-03).`]),
    ...section("Of services that are not served here:", unserved.map(({ count, dataClass, overdue, service }) => `${dataClass} of ${service}: ${count} held, ${overdue} overdue`)),
    ...joinSection(joins),
    ...storeLines(store),
    ...section("Not checked:", unchecked),
    ...section("Next:", nextSteps(document)),
    "",
    howWords(document),
    "At worst = the promise, plus the clock's error, plus one sweep. Time during which no server ran comes on top and is not bounded by us.",
    `Checked ${document.checkedAt.slice(0, 19).replace("T", " ")} UTC by ${document.tool}, SHA-256 ${document.sha256.slice(0, 16)}.`
  ]
}
