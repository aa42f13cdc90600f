/**
 * A check for a cron job: rows of one's own database, held against what the policy promises. It prints counts, never a row, and its exit code says the rest.
 */
import { Instant } from "@fortrolig/core/kernel/instant"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { deadlines } from "@fortrolig/core/retention"

/** What a query such as `select opened_at, ended_at from chat` may answer. */
const rows = [
  { openedAt: "2026-11-13T14:05:00Z", endedAt: "2026-11-13T14:50:00Z" },
  { openedAt: "2026-11-20T14:01:00Z", endedAt: "2026-11-20T15:10:00Z" },
  { openedAt: "2026-11-20T16:20:00Z", endedAt: "2026-11-20T16:41:00Z" }
]
const now = Instant.make(Date.parse("2026-11-21T12:00:00Z"))

const instant = (text: string) => Instant.make(Date.parse(text))
const due = rows.map(({ openedAt, endedAt }) => deadlines(ifengsel, { startedAt: instant(openedAt), endedAt: instant(endedAt) }))
const overdue = due.filter(({ text }) => text <= now).length

console.log(`${rows.length} chats, ${overdue} kept longer than promised`)
// A cron job would say `process.exitCode = overdue === 0 ? 0 : 1`; this example is run by the tests.
