/**
 * The one table of the retention clock: which state accepts which command, and where it leads.
 */
import type { Table } from "../kernel/table.ts"
import type { RetentionCommand, RetentionState } from "./messages.ts"

/** The edges of the retention clock. What a state does not name is refused there. */
export const retentionTable = {
  Unstarted: { Start: ["Running"], Touch: ["Unstarted"] },
  Running: { Shorten: ["Running"], Touch: ["Running"], Order: ["Running"], Release: ["Running"], Expire: ["Held", "Hidden"] },
  Held: { Shorten: ["Held"], Touch: ["Held"], Order: ["Held", "Hidden"], Release: ["Held", "Hidden"], Expire: ["Hidden"] },
  Hidden: { Shorten: ["Hidden"], Touch: ["Hidden"], Release: ["Hidden"], Destroy: ["Destroyed"], Expire: ["Hidden"] },
  Destroyed: { Shorten: ["Destroyed"], Touch: ["Destroyed"], Release: ["Destroyed"], Destroy: ["Destroyed"], Expire: ["Destroyed"] }
} as const satisfies Table<RetentionState["_tag"], RetentionCommand["_tag"]>
