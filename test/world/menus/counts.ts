/**
 * What is counted of a chat, and what is published of the counts.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import { bandsOf } from "@fortrolig/core/statistics/bands"
import { CalendarPeriod } from "@fortrolig/core/statistics/calendar"
import type { ContactCommand, LedgerCommand } from "@fortrolig/core/statistics/messages"
import { countsOf, tally } from "@fortrolig/core/statistics/tally"
import type { House } from "../house.ts"
import type { Random } from "../random.ts"
import type { Visitor } from "../visitor.ts"

/** The next command to the counter of a chat; nothing when it would not be true. */
export const contactMenu = (random: Random, at: Instant, visitor: Visitor): ContactCommand | undefined => {
  if (random.chance(0.7)) return { _tag: "State", at, age: random.pick([null, 9, 12, 17, 18, 40, 200]) }
  const topic = { by: "topic", code: "images" } as const
  const categories = random.pick([[], [topic], [topic, topic], [{ by: "county", code: "oslo" } as const]])
  return visitor.session.state._tag === "Ended" ? { _tag: "Close", at, categories } : undefined
}

const quarters = ["2025-Q3", "2025-Q4", "2026-Q1", "2026"].map((period) => CalendarPeriod.make(period))

/** The next command to the ledger: a quarter that is over, or one that is not; what other chats added is made up. */
export const ledgerMenu = (random: Random, at: Instant, { service, counted }: House): LedgerCommand => {
  const bands = bandsOf(service.statistics)
  const period = random.pick(quarters)
  if (random.chance(0.3)) return { _tag: "Note", at, known: { first: period, last: random.chance(0.9) ? period : random.pick(quarters), band: random.pick([null, ...bands]), count: random.whole(0, 40) } }
  const real = countsOf(service.statistics, tally(counted), period, null)
  const cells = real.cells.map((row) => row.map((count) => count + random.pick([0, 1, 3, 8, 15, 30])))
  return {
    _tag: "Release", at, period, by: random.chance(0.92) ? null : "county", purpose: random.pick(["betterChat", "whoWeReach", "whoWeReach", "other"]), counts: random.chance(0.93) ? { ...real, cells } : { ...real, cells: [] }
  }
}
