/**
 * The one table of the consent machine. What a state does not name here, it refuses.
 */
import type { Table } from "../kernel/table.ts"
import type { ConsentCommand, ConsentState } from "./messages.ts"

/** From which state, by which command, to which states. */
export const consentTable = {
  NotShown: { ShowNotice: ["NoticeShown"], SessionOver: ["NotShown"], StateAge: ["NotShown"], Halt: ["NotShown"] },
  NoticeShown: {
    ShowNotice: ["NoticeShown"],
    Ask: ["Asked"],
    SessionOver: ["NoticeShown"],
    StateAge: ["NoticeShown"],
    Halt: ["NoticeShown"],
    Shorten: ["NoticeShown"],
    Expire: ["Expired"]
  },
  Asked: {
    ShowNotice: ["Asked"],
    Ask: ["Asked"],
    Grant: ["Granted"],
    /** A no to an earlier question, late, leaves the one that is open. */
    Decline: ["Asked", "Declined"],
    SessionOver: ["Declined"],
    StateAge: ["Asked", "Declined"],
    Halt: ["Declined"],
    Shorten: ["Asked"],
    Expire: ["Expired"]
  },
  Granted: {
    Grant: ["Granted"],
    Withdraw: ["Withdrawn"],
    SessionOver: ["Granted"],
    StateAge: ["Granted", "Invalidated"],
    Halt: ["Halted"],
    Shorten: ["Granted"],
    Expire: ["Expired"]
  },
  Declined: {
    ShowNotice: ["NoticeShown"],
    Decline: ["Declined"],
    SessionOver: ["Declined"],
    StateAge: ["Declined"],
    Halt: ["Declined"],
    Shorten: ["Declined"],
    Expire: ["Expired"]
  },
  Withdrawn: { SessionOver: ["Withdrawn"], StateAge: ["Withdrawn"], Halt: ["Withdrawn"], Shorten: ["Withdrawn"], Expire: ["Expired"] },
  Invalidated: { SessionOver: ["Invalidated"], StateAge: ["Invalidated"], Halt: ["Invalidated"], Shorten: ["Invalidated"], Expire: ["Expired"] },
  Halted: { SessionOver: ["Halted"], StateAge: ["Halted"], Halt: ["Halted"], Shorten: ["Halted"], Expire: ["Expired"] },
  Expired: { SessionOver: ["Expired"], StateAge: ["Expired"], Halt: ["Expired"], Shorten: ["Expired"] }
} as const satisfies Table<ConsentState["_tag"], ConsentCommand["_tag"]>
