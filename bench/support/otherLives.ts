/**
 * One representative life each of a police request, a booking, a referral, a chat as statistics sees it, and the ledger; with refusals on the way.
 */
import { type BookingCommand, CheckedIdentity, DraftId, HandOverKey, ItemId, ReaderRef, SealedPayload } from "@fortrolig/core/booking/messages"
import { CustodianId, type CustodyCommand } from "@fortrolig/core/custody/messages"
import type { ReferralCommand } from "@fortrolig/core/guidance/messages"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { CaseRef } from "@fortrolig/core/retention/messages"
import type { Band } from "@fortrolig/core/statistics/bands"
import { CalendarPeriod } from "@fortrolig/core/statistics/calendar"
import type { ContactCommand, LedgerCommand } from "@fortrolig/core/statistics/messages"

const start = Date.UTC(2026, 2, 27, 11)
const at = (second: number) => Instant.make(start + second * 1000)

const trace = SessionRef.make("e".repeat(32))
const [ada, ben] = [CustodianId.make(`custodian-${"a".repeat(32)}`), CustodianId.make(`custodian-${"b".repeat(32)}`)]
const request = { channel: "phone", authority: "police", caseRef: CaseRef.make("112-7"), basis: "averting", secret: false } as const
const receive = { _tag: "Receive", request, target: { _tag: "Session", ref: trace }, caseNotified: true, found: [{ trace, until: at(80_000) }] } as const

/** Received, called back on the wrong number and on the right one, approved, released by another custodian. */
export const custodyLife: ReadonlyArray<CustodyCommand> = [
  { _tag: "Approve", at: at(0), by: ada },
  { ...receive, at: at(1) },
  { ...receive, at: at(2) },
  { _tag: "Approve", at: at(3), by: ada },
  { _tag: "CheckAuthenticity", at: at(4), by: ada, number: "given", confirmed: true },
  { _tag: "CheckAuthenticity", at: at(5), by: ada, number: "ownDirectory", confirmed: true },
  { _tag: "FollowRecord", at: at(6), until: at(70_000) },
  { _tag: "Release", at: at(7), by: ben, latest: at(7) },
  { _tag: "Approve", at: at(8), by: ada },
  { _tag: "Approve", at: at(9), by: ada },
  { _tag: "Release", at: at(10), by: ada, latest: at(10) },
  { _tag: "Release", at: at(11), by: ben, latest: at(90_000) },
  { _tag: "Release", at: at(12), by: ben, latest: at(12) },
  { _tag: "Release", at: at(13), by: ben, latest: at(13) },
  { _tag: "Reject", at: at(14), by: ada, reason: "withdrawn" }
]

const [one, two, three] = [ItemId.make(1), ItemId.make(2), ItemId.make(3)]
const draft = DraftId.make("d".repeat(32))
const key = HandOverKey.make("1".repeat(32))
const checked = CheckedIdentity.make({ kind: "FNR", age: "oldEnough", on: "2026-03-27" })
const appointment = { on: "2026-04-10", site: "Bergen", performer: "psychiatrist" } as const
const submit = { _tag: "Submit", checked, appointment, draft, key, sealed: SealedPayload.make("5".repeat(32)) } as const
const read = { _tag: "Read", reader: ReaderRef.make("9".repeat(32)), role: "bookingClerk", purpose: "treatment" } as const

/** By form, with three items of which two are approved, shown, sent at the second attempt, one more appointment, follow-up accepted and used. */
export const bookingLife: ReadonlyArray<BookingCommand> = [
  { ...submit, at: at(0) },
  { _tag: "Choose", at: at(1), route: "form" },
  { _tag: "AnswerItem", at: at(2), item: two, approved: true },
  { _tag: "AnswerItem", at: at(3), item: one, approved: true },
  { _tag: "AnswerItem", at: at(4), item: three, approved: false },
  { _tag: "Show", at: at(5), draft, info: [three], characters: 90 },
  { _tag: "Show", at: at(6), draft, info: [one, two], characters: 900 },
  { ...submit, at: at(7), appointment: { ...appointment, site: "Nowhere" } },
  { ...submit, at: at(8) },
  { ...submit, at: at(9) },
  { ...read, at: at(10), purpose: "statistics" },
  { ...read, at: at(11) },
  { _tag: "Fail", at: at(12), key },
  { _tag: "Acknowledge", at: at(13), key },
  { ...read, at: at(14) },
  { _tag: "Schedule", at: at(15), appointment },
  { _tag: "Contact", at: at(16) },
  { _tag: "EndTreatment", at: at(17) },
  { _tag: "AnswerFollowUp", at: at(18), accept: true },
  { _tag: "Contact", at: at(19) },
  { _tag: "Leave", at: at(20) }
]

const words = {
  referrer: "gp",
  request: { to: "sanks", therapist: "psychologist", competences: ["violenceAndAbuse"], interpreter: { language: "se" } },
  words: ""
} as const
const rewritten = { ...words, words: "Once more." }

/** Written to a service that is not in the guide, then to one that is, looked through, changed, sent and accepted. */
export const referralLife: ReadonlyArray<ReferralCommand> = [
  { _tag: "Preview", at: at(0) },
  { _tag: "Write", at: at(1), draft: { ...words, request: { ...words.request, to: "elsewhere" } } },
  { _tag: "Write", at: at(2), draft: words },
  { _tag: "Send", at: at(3) },
  { _tag: "Preview", at: at(4) },
  { _tag: "Write", at: at(5), draft: rewritten },
  { _tag: "Write", at: at(6), draft: rewritten },
  { _tag: "Preview", at: at(7) },
  { _tag: "Send", at: at(8) },
  { _tag: "Send", at: at(9) },
  { _tag: "Write", at: at(10), draft: words },
  { _tag: "Accept", at: at(11), receivedOn: "2026-04-27" },
  { _tag: "Accept", at: at(12), receivedOn: "2026-03-27" },
  { _tag: "Accept", at: at(13), receivedOn: "2026-03-27" }
]

/** An age stated, stated again and taken back, then counted once. */
export const contactLife: ReadonlyArray<ContactCommand> = [
  { _tag: "State", at: at(0), age: 14 },
  { _tag: "State", at: at(1), age: 15 },
  { _tag: "State", at: at(2), age: null },
  { _tag: "State", at: at(3), age: 17 },
  { _tag: "Close", at: at(4), categories: [{ by: "county", code: "vestland" }] },
  { _tag: "Close", at: at(5), categories: [] },
  { _tag: "Close", at: at(6), categories: [] },
  { _tag: "State", at: at(7), age: 18 }
]

/** What one quarter of a year is published from: one line of counts, the last of them of those who gave no age. */
const release = (year: number, quarter: number, bands: ReadonlyArray<Band>, at: Instant) => ({
  _tag: "Release" as const,
  at,
  period: CalendarPeriod.make(`${year}-Q${quarter}`),
  by: null,
  purpose: "whoWeReach" as const,
  counts: { rows: ["all"], bands, cells: [bands.map((_, index) => 3 + 7 * ((index + quarter) % 4))] }
})

/** Two years of quarters in these groups, with a yearly total that became public elsewhere, another purpose and one quarter too early. */
export const ledgerLife = (bands: ReadonlyArray<Band>): ReadonlyArray<LedgerCommand> => [
  { _tag: "Note", at: at(0), known: { first: CalendarPeriod.make("2024"), last: CalendarPeriod.make("2024"), band: null, count: 400 } },
  ...[2024, 2025].flatMap((year) => [1, 2, 3, 4].map((quarter) => release(year, quarter, bands, at(year + quarter)))),
  release(2025, 4, bands, at(3000)),
  release(2026, 1, bands, at(3001)),
  { ...release(2026, 1, bands, at(9_000_000)), purpose: "other" }
]
