/**
 * The one table of booking: which state accepts what, and where that leads.
 */
import type { Table } from "../kernel/table.ts"
import type { BookingCommand, BookingState } from "./messages.ts"

/** Every accepted command of every state; the rest is refused. Leaving is possible everywhere, and undoes nothing that was sent. */
export const bookingTable = {
  NotStarted: { Choose: ["Form", "ByPhone"], Leave: ["NotStarted"] },
  Form: {
    Choose: ["Form", "ByPhone"],
    AnswerItem: ["Form"],
    DeclineInfo: ["Form"],
    Show: ["Form"],
    Submit: ["Pending", "NotCreated"],
    Leave: ["NotStarted"]
  },
  ByPhone: {
    Choose: ["Form", "ByPhone"],
    AnswerItem: ["ByPhone"],
    DeclineInfo: ["ByPhone"],
    Show: ["ByPhone"],
    Submit: ["Pending", "NotCreated"],
    Leave: ["NotStarted"]
  },
  Pending: { Submit: ["Pending"], Read: ["Pending"], Fail: ["Pending"], Acknowledge: ["Acknowledged"], Lapse: ["Lapsed"], Leave: ["Pending"] },
  Acknowledged: {
    Submit: ["Acknowledged"],
    Fail: ["Acknowledged"],
    Acknowledge: ["Acknowledged"],
    Schedule: ["Acknowledged"],
    EndTreatment: ["FollowUpOffered"],
    Leave: ["Acknowledged"]
  },
  FollowUpOffered: { EndTreatment: ["FollowUpOffered"], AnswerFollowUp: ["FollowUpAccepted", "FollowUpDeclined"], Leave: ["FollowUpOffered"] },
  FollowUpAccepted: {
    EndTreatment: ["FollowUpAccepted"],
    AnswerFollowUp: ["FollowUpAccepted", "FollowUpDeclined"],
    Contact: ["FollowUpAccepted"],
    Leave: ["FollowUpAccepted"]
  },
  FollowUpDeclined: { EndTreatment: ["FollowUpDeclined"], AnswerFollowUp: ["FollowUpAccepted", "FollowUpDeclined"], Leave: ["FollowUpDeclined"] },
  Lapsed: { Choose: ["Form", "ByPhone"], Leave: ["Lapsed"] },
  NotCreated: { Choose: ["Form", "ByPhone"], Leave: ["NotCreated"] }
} as const satisfies Table<BookingState["_tag"], BookingCommand["_tag"]>
