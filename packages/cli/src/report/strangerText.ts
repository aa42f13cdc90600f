/**
 * A database that is not an install, as a page for people: what was seen, and what nobody can know of it.
 */
import type { UncheckedDocument } from "./auditDocument.ts"
import { storeLines } from "./storeText.ts"
import { counted } from "./words.ts"

/** So many columns are written out. */
const most = 20

const listed = (names: ReadonlyArray<string>): ReadonlyArray<string> => [...names.slice(0, most).map((name) => `  ${name}`), ...(names.length > most ? [`  and ${names.length - most} more`] : [])]

/** The table of a column that is written `schema.table.column`. */
const tableOf = (column: string): string => column.split(".").slice(0, 2).join(".")

/** What was seen; no line when nothing was. */
export const strangerLines = ({ seen }: UncheckedDocument): ReadonlyArray<string> => {
  if (seen === undefined) return []
  const tables = new Set(seen.columns.map(tableOf))
  return [
    `Not checked: there is no schema of Fortrolig here. ${counted(tables.size, "table")} with ${counted(seen.columns.length, "column")} ${tables.size === 1 ? "stands" : "stand"} in it.`,
    "What is not declared has no deadline that anybody promised: how much is kept, for how long, and whether it is overdue cannot be known.",
    ...(seen.personal.length === 0 ? [] : ["", "By type or name these hold something about people:", ...listed(seen.personal)]),
    ...storeLines(seen.store, false),
    "",
    "Next: if this should be an install, look at the address; if it is a system of your own, each table above needs a period, a reason and somebody who deletes."
  ]
}
