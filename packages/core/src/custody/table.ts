/**
 * The one table of a request for a record: which state accepts which command, and where it leads.
 */
import type { Table } from "../kernel/table.ts"
import type { CustodyCommand, CustodyState } from "./messages.ts"

/** The edges of a request. What a state does not name is refused there. */
export const custodyTable = {
  NoRequest: { Receive: ["Received", "Rejected", "Unavailable"] },
  Received: {
    CheckAuthenticity: ["AuthenticityChecked", "Rejected"],
    Reject: ["Rejected"],
    FollowRecord: ["Received", "Unavailable"],
    Expire: ["Rejected", "Unavailable"]
  },
  AuthenticityChecked: {
    CheckAuthenticity: ["AuthenticityChecked", "Rejected"],
    Approve: ["Approved"],
    Reject: ["Rejected"],
    FollowRecord: ["AuthenticityChecked", "Unavailable"],
    Expire: ["Rejected", "Unavailable"]
  },
  Approved: {
    CheckAuthenticity: ["Approved", "Rejected"],
    Approve: ["Approved"],
    Release: ["Released"],
    Reject: ["Rejected"],
    FollowRecord: ["Approved", "Unavailable"],
    Expire: ["Rejected", "Unavailable"]
  },
  Released: { Release: ["Released"], FollowRecord: ["Released"] },
  Rejected: { Reject: ["Rejected"], FollowRecord: ["Rejected"] },
  Unavailable: { FollowRecord: ["Unavailable"] }
} as const satisfies Table<CustodyState["_tag"], CustodyCommand["_tag"]>
