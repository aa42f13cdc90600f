/**
 * A preload that moves the clock of a whole process, as `NODE_OPTIONS` of that process: the product reads nothing of it.
 * Monotonic time is left alone, as when an operating system's clock is set.
 */
/** The environment that starts a Node process with its clock moved by `milliseconds`. */
export const movedClock = (milliseconds: number): { readonly NODE_OPTIONS: string; readonly TEST_CLOCK_OFFSET: string } => ({
  NODE_OPTIONS: `--import=${new URL("./clockPreload.ts", import.meta.url).href}`,
  TEST_CLOCK_OFFSET: String(milliseconds)
})

/** Eight days, in milliseconds. */
export const eightDays = 8 * 24 * 60 * 60 * 1000
