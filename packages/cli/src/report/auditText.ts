/**
 * The audit as a page for people: the verdict first, then the table, then each broken promise by name. A pure function of the document.
 */
import type { AuditRow } from "@fortrolig/core/app/audit"
import { heldLaws } from "@fortrolig/core/retention/stateLaws"
import type { AuditDocument } from "./auditDocument.ts"
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
  String(row.count),
  orNone(row.oldest),
  String(row.overdue),
  row.verdict === "broken" ? "BROKEN" : "kept"
]

const brokenLine = (row: AuditRow): string =>
  row.stored
    ? `${row.dataClass} of ${row.service}: ${row.overdue} overdue, oldest ${orNone(row.oldest)}, promised ${orNone(row.promise)} (${row.rule})`
    : `${row.dataClass} of ${row.service}: ${row.count} held, though this service promises to hold none (${row.rule})`

/** Broken laws that no row of the table shows: those over the live chats. */
const lawsBeside = (laws: AuditDocument["laws"]): AuditDocument["laws"] => laws.filter(({ broken, rule, says }) => broken > 0 && !heldLaws.some((law) => law.rule === rule && law.says === says))

/** The first line: how many promises are kept or broken. */
export const headline = ({ laws, overdueKeys, rows, undeclared }: AuditDocument): string => {
  const broken = rows.filter(({ verdict }) => verdict === "broken").length
  const bent = lawsBeside(laws).length
  const besides = [
    ...(bent === 0 ? [] : [`${counted(bent, "law")} over live chats broken`]),
    ...(undeclared.length === 0 ? [] : [`${counted(undeclared.length, "table or column", "tables or columns")} with no data class`]),
    ...(overdueKeys === 0 ? [] : [`${counted(overdueKeys, "key")} past the deadline`])
  ]
  if (broken === 0 && besides.length === 0) return `All ${rows.length} promises are kept.`
  const first = broken === 0 ? "No row is overdue, but the install is not clean" : `${broken} of ${counted(rows.length, "promise")} ${broken === 1 ? "is" : "are"} broken`
  return `${first}${besides.length === 0 ? "" : `${broken === 0 ? ": " : "; besides: "}${besides.join(", ")}`}.`
}

/** The whole report, as lines. */
export const auditLines = (document: AuditDocument): ReadonlyArray<string> => {
  const broken = document.rows.filter(({ verdict }) => verdict === "broken")
  return [
    headline(document),
    "",
    ...tableLines(columns, document.rows.map(cells)),
    ...(broken.length === 0 ? [] : ["", "Broken:", ...broken.map((row) => `  ${brokenLine(row)}`)]),
    ...(lawsBeside(document.laws).length === 0 ? [] : ["", "Laws broken:", ...lawsBeside(document.laws).map(({ broken, rule, says, service }) => `  ${service}: ${says} (${rule}), ${broken} times`)]),
    ...(document.undeclared.length === 0 ? [] : ["", "Without a data class (X-12):", ...document.undeclared.map((name) => `  ${name}`)]),
    ...(document.overdueKeys === 0 ? [] : ["", `${counted(document.overdueKeys, "key")} past the deadline still in a vault (X-03).`]),
    "",
    "At worst = the promise, plus the clock's error, plus one sweep. Time during which no server ran comes on top and is not bounded by us.",
    `Checked ${document.checkedAt.slice(0, 19).replace("T", " ")} UTC by ${document.tool}, SHA-256 ${document.sha256.slice(0, 16)}.`
  ]
}
