/**
 * The one table of the session machine. `decide` refuses what it does not name before it looks at anything else; diagrams and coverage are read from it too.
 */
import type { Table } from "../kernel/table.ts"
import type { SessionCommand, SessionState } from "./messages.ts"

/** Which state accepts which command, and where that may lead. A command that changes nothing leads back to its own state. */
export const sessionTable = {
  Unopened: { Open: ["Waiting"] },
  Waiting: {
    Accept: ["Active"],
    Away: ["Waiting"],
    Back: ["Waiting"],
    Redact: ["Waiting"],
    Close: ["Waiting"],
    Concern: ["Waiting"],
    End: ["Ended"],
    Leave: ["Ended"],
    Stop: ["Ended"],
    Expire: ["Ended"]
  },
  Active: {
    Accept: ["Active"],
    Return: ["Waiting"],
    OfferTransfer: ["Active"],
    AnswerTransfer: ["Active"],
    WithdrawTransfer: ["Active"],
    RequestPhone: ["Active"],
    TakeCall: ["Active", "Ended"],
    Choose: ["Active", "Waiting", "Ended"],
    Away: ["Active"],
    Back: ["Active"],
    Activity: ["Active"],
    Redact: ["Active"],
    Close: ["Active"],
    Concern: ["Active"],
    End: ["Ended"],
    Leave: ["Ended"],
    Stop: ["Ended"],
    Expire: ["Active", "Waiting", "Ended"]
  },
  Ended: { Away: ["Ended"], Back: ["Ended"], Close: ["Ended"], Concern: ["Ended"], End: ["Ended"], Leave: ["Ended"], Stop: ["Ended"] }
} as const satisfies Table<SessionState["_tag"], SessionCommand["_tag"]>
