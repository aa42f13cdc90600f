/**
 * The table of every machine of which a world is made, by the name of its actors.
 */
import { bookingTable } from "@fortrolig/core/booking/table"
import { consentTable } from "@fortrolig/core/consent/table"
import { custodyTable } from "@fortrolig/core/custody/table"
import { concernTable } from "@fortrolig/core/disclosure/table"
import { referralTable } from "@fortrolig/core/guidance/table"
import { retentionTable } from "@fortrolig/core/retention/table"
import type { Table } from "@fortrolig/core/kernel/table"
import { sessionTable } from "@fortrolig/core/session/table"
import { contactTable, ledgerTable } from "@fortrolig/core/statistics/table"

/** The tables whose every edge the worlds together must walk. */
export const tables: Readonly<Record<string, Table<string, string>>> = {
  session: sessionTable,
  consent: consentTable,
  retention: retentionTable,
  concern: concernTable,
  custody: custodyTable,
  booking: bookingTable,
  contact: contactTable,
  ledger: ledgerTable,
  referral: referralTable
}
