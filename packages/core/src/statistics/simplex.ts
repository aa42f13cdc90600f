/**
 * Linear programs in whole numbers, without rounding: the simplex method with integer pivoting (every entry is an integer over one common denominator).
 * Bland's rule makes it end. A number too large to be exact is not guessed at: the answer is then "not known".
 */

/** Equations `rows · x = right` over unknowns that are at least zero. */
export interface Program {
  readonly unknowns: number
  readonly rows: ReadonlyArray<ReadonlyMap<number, number>>
  readonly right: ReadonlyArray<number>
}

/** How the search for the greatest or least value of one unknown ended. */
export type Optimum = "reached" | "unbounded" | "stopped"

/** A program that has been found to have a solution, standing at one of its corners. */
export interface Corner {
  /** Goes from corner to corner towards the greatest (`1`) or least (`-1`) value of an unknown, until `visit` answers true at a corner. */
  readonly seek: (unknown: number, direction: 1 | -1, visit: () => boolean) => Optimum
  /** The solution at this corner, as numerators over `denominator`. */
  readonly values: () => Float64Array
  readonly denominator: () => number
}

/** A number grew too large to be exact. */
class TooLarge extends Error {}

const exactly = (value: number): number => {
  if (!Number.isSafeInteger(value)) throw new TooLarge()
  return value
}

class Tableau implements Corner {
  /** One line for each equation, the last entry its right side. */
  private readonly lines: Array<Float64Array>
  private readonly basis: Array<number>
  private readonly width: number
  private scale = 1

  constructor({ unknowns, rows, right }: Program) {
    this.width = unknowns
    this.lines = rows.map((row, index) => {
      const line = new Float64Array(unknowns + 1)
      const sign = (right[index] ?? 0) < 0 ? -1 : 1
      for (const [unknown, factor] of row) line[unknown] = sign * factor
      line[unknowns] = sign * (right[index] ?? 0)
      return line
    })
    // Each equation begins with a stand-in of its own, numbered past the unknowns; stand-ins need no column, as they never come back.
    this.basis = rows.map((_, index) => unknowns + index)
  }

  /** Lets unknown `column` take the place of the one that line `at` stands for. `extra` is carried along. */
  private pivot(at: number, column: number, extra: Float64Array): void {
    const chosen = this.lines[at] as Float64Array
    if ((chosen[column] as number) < 0) for (let j = 0; j <= this.width; j++) chosen[j] = -(chosen[j] as number)
    const factor = chosen[column] as number
    for (const line of [...this.lines, extra]) {
      if (line === chosen) continue
      const own = line[column] as number
      if (own === 0 && factor === this.scale) continue
      for (let j = 0; j <= this.width; j++) {
        line[j] = exactly(exactly((line[j] as number) * factor) - exactly(own * (chosen[j] as number))) / this.scale
      }
    }
    this.scale = factor
    this.basis[at] = column
  }

  /** The line that lets `column` in first, the lowest unknown among equals; none when nothing stops it. */
  private leaving(column: number): number {
    let best = -1
    for (let i = 0; i < this.lines.length; i++) {
      const line = this.lines[i] as Float64Array
      const own = line[column] as number
      if (own <= 0) continue
      if (best === -1) {
        best = i
        continue
      }
      const other = this.lines[best] as Float64Array
      const here = exactly((line[this.width] as number) * (other[column] as number))
      const there = exactly((other[this.width] as number) * own)
      if (here < there || (here === there && (this.basis[i] as number) < (this.basis[best] as number))) best = i
    }
    return best
  }

  /** Improves while some entry of `goal` is negative. */
  private improve(goal: Float64Array, visit: () => boolean): Optimum {
    for (;;) {
      let column = 0
      while (column < this.width && (goal[column] as number) >= 0) column += 1
      if (column === this.width) return "reached"
      const at = this.leaving(column)
      if (at === -1) return "unbounded"
      this.pivot(at, column, goal)
      if (visit()) return "stopped"
    }
  }

  /** Finds a first corner; false when the equations contradict one another. */
  begin(): boolean {
    const goal = new Float64Array(this.width + 1)
    for (const line of this.lines) for (let j = 0; j <= this.width; j++) goal[j] = (goal[j] as number) - (line[j] as number)
    this.improve(goal, () => false)
    if (goal[this.width] !== 0) return false
    for (let i = this.lines.length - 1; i >= 0; i--) {
      if ((this.basis[i] as number) < this.width) continue
      const column = (this.lines[i] as Float64Array).findIndex((entry, j) => j < this.width && entry !== 0)
      if (column >= 0) {
        this.pivot(i, column, goal)
      } else {
        this.lines.splice(i, 1)
        this.basis.splice(i, 1)
      }
    }
    return true
  }

  seek(unknown: number, direction: 1 | -1, visit: () => boolean): Optimum {
    const goal = new Float64Array(this.width + 1)
    const at = this.basis.indexOf(unknown)
    if (at === -1) {
      goal[unknown] = -direction * this.scale
    } else {
      const line = this.lines[at] as Float64Array
      for (let j = 0; j <= this.width; j++) goal[j] = direction * (line[j] as number)
      goal[unknown] = 0
    }
    return this.improve(goal, visit)
  }

  values(): Float64Array {
    const found = new Float64Array(this.width)
    this.basis.forEach((unknown, i) => (found[unknown] = (this.lines[i] as Float64Array)[this.width] as number))
    return found
  }

  denominator(): number {
    return this.scale
  }
}

/** Runs `use` at a first corner of a program; `undefined` when it has no solution, or when a number grew too large to be exact. */
export const atCorner = <Answer>(program: Program, use: (corner: Corner) => Answer): Answer | undefined => {
  try {
    const tableau = new Tableau(program)
    return tableau.begin() ? use(tableau) : undefined
  } catch (error) {
    if (error instanceof TooLarge) return undefined
    throw error
  }
}
