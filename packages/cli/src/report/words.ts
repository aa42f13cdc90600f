/**
 * Numbers as people read them in a report: lengths of time, instants, and tables whose columns line up.
 */
import { displayWidth } from "effect/cli/CliOutput"

const units = [
  { name: "d", milliseconds: 86_400_000 },
  { name: "h", milliseconds: 3_600_000 },
  { name: "min", milliseconds: 60_000 },
  { name: "s", milliseconds: 1000 }
] as const

/** Below this many of a unit, the next smaller one is shown too: "72 h" and not "3 d", since the promises say hours. */
const wholeDays = 7

/** A length of time in its two largest units, rounded up to the smaller: "7 d", "72 h", "7 d 6 min", "90 s". */
export const periodWords = (milliseconds: number): string => {
  if (milliseconds === 0) return "0"
  const fitting = units.filter(({ name, milliseconds: length }) => milliseconds >= length * (name === "d" ? wholeDays : 1))
  const [largest = units[3], ...smaller] = fitting
  const rest = milliseconds % largest.milliseconds
  const whole = Math.floor(milliseconds / largest.milliseconds)
  const finer = smaller.find((unit) => rest >= unit.milliseconds)
  if (rest === 0) return `${whole} ${largest.name}`
  if (finer === undefined) return `${whole + 1} ${largest.name}`
  const fine = Math.ceil(rest / finer.milliseconds)
  return fine * finer.milliseconds === largest.milliseconds ? `${whole + 1} ${largest.name}` : `${whole} ${largest.name} ${fine} ${finer.name}`
}

/** An instant in UTC, to the second. */
export const instantWords = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`

/** `n` things, in the singular where there is one. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** One column of a table: its heading, and whether its cells are numbers, which line up on the right. */
export interface Column {
  readonly heading: string
  readonly right?: boolean
}

const pad = (text: string, width: number, right: boolean): string => {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)))
  return right ? space + text : text + space
}

/** A table as lines, aligned by what a terminal shows and not by how many code units there are. No line ends in a space. */
export const tableLines = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  const all = [columns.map(({ heading }) => heading), ...rows]
  const widths = columns.map((_, at) => Math.max(...all.map((row) => displayWidth(row[at] ?? ""))))
  return all.map((row) => columns.map(({ right = false }, at) => pad(row[at] ?? "", widths[at] ?? 0, right)).join("  ").trimEnd())
}
