/**
 * A table with its totals as one list of places, line by line: each line ends with its total, and where there are several lines a last line holds the totals of the columns.
 */
import type { Sum } from "./attack.ts"

/** The size of a table without its totals. */
export interface Size {
  readonly rows: number
  readonly columns: number
}

/** The places of a table with totals. A single line has no line of column totals. */
export const placesOf = ({ rows, columns }: Size): number => (rows === 1 ? 1 : rows + 1) * (columns + 1)

/** Every sum of a table: of each line, and of each column where there are several lines. Places are counted from `from`. */
export const sumsOf = ({ rows, columns }: Size, from = 0): ReadonlyArray<Sum> => {
  const place = (row: number, column: number) => from + row * (columns + 1) + column
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
  const across = upTo(rows === 1 ? 1 : rows + 1).map((row) => ({ parts: upTo(columns).map((column) => place(row, column)), total: place(row, columns) }))
  const down = rows === 1 ? [] : upTo(columns + 1).map((column) => ({ parts: upTo(rows).map((row) => place(row, column)), total: place(rows, column) }))
  return [...across, ...down]
}

/** The counts of a table with their totals, as one list of places. */
export const withTotals = (cells: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const closed = cells.map((row) => [...row, row.reduce((sum, count) => sum + count, 0)])
  const [first = []] = closed
  const totals = closed.length === 1 ? [] : first.map((_, column) => closed.reduce((sum, row) => sum + (row[column] ?? 0), 0))
  return [...closed.flat(), ...totals]
}

/** A list of places as lines again. */
export const asLines = <Value>(places: ReadonlyArray<Value>, { columns }: Size): ReadonlyArray<ReadonlyArray<Value>> =>
  Array.from({ length: places.length / (columns + 1) }, (_, row) => places.slice(row * (columns + 1), (row + 1) * (columns + 1)))
