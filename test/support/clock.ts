/**
 * Moves the clocks of a whole process, by a preload that stands in its NODE_OPTIONS: the product reads nothing of it.
 */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { Environment, TestServer } from "./server.ts"

const preload = `--import=${new URL("./clockPreload.ts", import.meta.url).href}`

/** Eight days, in milliseconds: longer than any promise of the built-in services. */
export const eightDays = 8 * 24 * 60 * 60 * 1000

/** The environment of a process whose clock is moved by `milliseconds` from its start. */
export const movedClock = (milliseconds: number): Environment => ({ NODE_OPTIONS: preload, TEST_CLOCK_OFFSET: String(milliseconds) })

/** A clock that a test moves while the process runs. */
export interface MovableClock {
  readonly environment: Environment
  /** Moves both clocks from now on, as when that time had passed. */
  readonly pass: (server: TestServer, milliseconds: number) => Promise<void>
  /** Moves the wall clock alone, as when somebody had set it. */
  readonly set: (server: TestServer, milliseconds: number) => Promise<void>
}

/** A movable clock that is told through a file in `folder`. */
export const movableClock = (folder: string): MovableClock => {
  const file = join(folder, "clock.txt")
  writeFileSync(file, "0 0")
  const move = async (server: TestServer, wall: number, monotonic: number): Promise<void> => {
    writeFileSync(file, `${wall} ${monotonic}`)
    server.signal("SIGUSR2")
    await sleep(200)
  }
  return {
    environment: { NODE_OPTIONS: preload, TEST_CLOCK_FILE: file },
    pass: (server, milliseconds) => move(server, milliseconds, milliseconds),
    set: (server, milliseconds) => move(server, milliseconds, 0)
  }
}
