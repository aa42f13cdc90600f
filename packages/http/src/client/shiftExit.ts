/**
 * Leaving by the keyboard: Shift pressed and released alone three times. Any other key, and any press of a button or screen in between, starts the count over.
 */

/** A counter of lone presses of Shift. */
export interface ShiftCount {
  /** Tells of a key that went down; a repeat of a held key counts once. */
  readonly down: (key: string, repeat: boolean) => void
  /** Tells of a key that came up; says whether this was the third lone Shift. */
  readonly up: (key: string, now: number) => boolean
  readonly reset: () => void
}

/** Presses further apart than this are not one gesture, in milliseconds. */
const together = 5_000

/** A fresh counter. */
export const countShift = (): ShiftCount => {
  let count = 0
  let alone = false
  let last = 0
  const reset = () => {
    count = 0
    alone = false
  }
  return {
    down: (key, repeat) => {
      if (key !== "Shift") reset()
      else if (!repeat) alone = true
    },
    up: (key, now) => {
      if (key !== "Shift") return false
      if (!alone) {
        reset()
        return false
      }
      alone = false
      count = now - last > together ? 1 : count + 1
      last = now
      return count >= 3
    },
    reset
  }
}

/** Calls `leave` at the third lone Shift on this page. */
export const watchShift = (leave: () => void): void => {
  const shift = countShift()
  addEventListener("keydown", (event) => shift.down(event.key, event.repeat), true)
  addEventListener("keyup", (event) => {
    if (shift.up(event.key, event.timeStamp)) leave()
  }, true)
  addEventListener("pointerdown", shift.reset, true)
  addEventListener("blur", shift.reset)
}
