/**
 * One whole life of a consent to a triage note: shown, asked, no, shown and asked once more, yes, repeated, made shorter, taken back and gone;
 * with refusals on the way.
 */
import { type ConsentCommand, ReceiptHash } from "@fortrolig/core/consent/messages"
import { Instant } from "@fortrolig/core/kernel/instant"

const start = Date.UTC(2026, 2, 27, 11)
const at = (second: number) => Instant.make(start + second * 1000)
const notice = { version: "1", language: "nb" } as const
const facts = { notice, chatActive: true, statedAge: 30 } as const
const show = { _tag: "ShowNotice", openedAt: at(0), ...facts } as const
const ask = { _tag: "Ask", ...facts } as const
const receiptHash = ReceiptHash.make("7".repeat(64))
const grant = { _tag: "Grant", by: "visitor", question: 2, notice, purposes: ["research", "quality"], receiptHash } as const

/** Its commands, a few seconds apart. */
export const consentLife: ReadonlyArray<ConsentCommand> = [
  { ...ask, at: at(1) },
  { ...show, at: at(2), chatActive: false },
  { ...show, at: at(3) },
  { ...show, at: at(4) },
  { ...ask, at: at(5), notice: { version: "2", language: "nb" } },
  { ...ask, at: at(6) },
  { _tag: "StateAge", at: at(7), years: 31 },
  { _tag: "Decline", at: at(8), by: "counsellor", question: 1 },
  { _tag: "Decline", at: at(9), by: "visitor", question: 1 },
  { ...ask, at: at(10) },
  { ...show, at: at(11) },
  { ...ask, at: at(12) },
  { ...grant, at: at(13), by: "counsellor" },
  { ...grant, at: at(14) },
  { ...grant, at: at(15) },
  { _tag: "Shorten", at: at(16), deleteAt: at(3600) },
  { _tag: "SessionOver", at: at(17) },
  { _tag: "Withdraw", at: at(18), receiptHash: ReceiptHash.make("8".repeat(64)) },
  { _tag: "Withdraw", at: at(19), receiptHash },
  { _tag: "Withdraw", at: at(20), receiptHash },
  { _tag: "Expire", at: at(3600) }
]
