import { assert, describe, it } from "vitest"
import { changesOf, openOn, wallOf, zones } from "../../../../test/spec/openingHours.ts"
import { deep, quick } from "../../../../test/support/runs.ts"
import type { Instant } from "../kernel/instant.ts"
import { type Schedule, weekdays } from "../policy/schedule.ts"
import { isOpen } from "./openingHours.ts"

const minute = 60_000
const day = 24 * 60 * minute
const from2026 = Date.UTC(2026, 0, 1)
const until2036 = Date.UTC(2036, 0, 1)

/** Nights, and short windows whose edges lie in every hour that some zone skips, and that some zone repeats. */
const windows: ReadonlyArray<ReadonlyArray<readonly [opens: string, closes: string]>> = [
  [["22:00", "06:00"]],
  [["23:30", "00:15"], ["01:30", "02:15"], ["02:45", "03:15"]],
  [["23:10", "23:20"], ["01:40", "01:50"]]
]
const schedulesIn = (timeZone: string): ReadonlyArray<Schedule> =>
  windows.map((daily) => ({ timeZone, weekly: weekdays.flatMap((name) => daily.map(([opens, closes]) => ({ day: name, opens, closes }))), exceptions: [] }))

/** Compares every minute of a stretch; answers how many there were. */
const compare = (timeZone: string, from: number, to: number, schedules: ReadonlyArray<Schedule>): number => {
  const wall = wallOf(timeZone, from as Instant, to as Instant)
  for (const schedule of schedules) {
    openOn(schedule, wall).forEach((open, index) => {
      const at = (from + index * minute) as Instant
      if (isOpen(schedule, at) !== open) assert.fail(`${timeZone} is ${open ? "closed" : "open"} at ${new Date(at).toISOString()}`)
    })
  }
  return (to - from) / minute
}

const limit = { timeout: deep ? 1_200_000 : 300_000 }

describe("opening hours through ten years", limit, () => {
  // Against mutants: the zones whose clocks change by the hour and by half an hour, through one year.
  it.each(quick ? ["Europe/Oslo", "Australia/Lord_Howe"] : zones)("agree with the clocks on the wall in %s, minute by minute, around every night on which these change", (zone) => {
    const changes = changesOf(zone)
    const schedules = schedulesIn(zone)
    assert.strictEqual(changes.length, zone === "Asia/Kolkata" ? 0 : 20)
    for (const change of quick ? changes.slice(0, 2) : changes) assert.strictEqual(compare(zone, change - day, change + 2 * day, schedules), 4320)
  })

  it.skipIf(quick).each(deep ? zones : ["Europe/Oslo"])("agree with the clocks on the wall in %s in each of the 5 258 880 minutes", (zone) => {
    const schedules = schedulesIn(zone).slice(deep ? 0 : 2)
    let compared = 0
    for (let from = from2026; from < until2036; from += 84 * day) compared += compare(zone, from, Math.min(until2036, from + 84 * day), schedules)
    assert.strictEqual(compared, 5_258_880)
  })
})
