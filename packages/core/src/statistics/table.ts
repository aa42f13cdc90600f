/**
 * The tables of the two machines of statistics: which state accepts which command, and where that may lead.
 */
import type { Table } from "../kernel/table.ts"
import type { ContactCommand, ContactState, LedgerCommand, LedgerState } from "./messages.ts"

/** One chat: an age may be stated while it is open; it is counted once, and closing it again changes nothing (E-11). */
export const contactTable = {
  Open: { State: ["Open"], Close: ["Counted"] },
  Counted: { Close: ["Counted"] }
} as const satisfies Table<ContactState["_tag"], ContactCommand["_tag"]>

/** The ledger of everything public: it is only added to (E-12). */
export const ledgerTable = {
  Kept: { Release: ["Kept"], Note: ["Kept"] }
} as const satisfies Table<LedgerState["_tag"], LedgerCommand["_tag"]>
