/**
 * The table of a referral: from which state, by which command, to which states.
 */
import type { Table } from "../kernel/table.ts"
import type { ReferralCommand, ReferralState } from "./messages.ts"

/** Every way through a referral: to `Sent` only through `Previewed` (DUV-25), and out of `Sent` only by the service's answer (DUV-23). */
export const referralTable = {
  Empty: { Write: ["Draft"], Discard: ["Empty"] },
  Draft: { Write: ["Draft"], Preview: ["Previewed"], Discard: ["Empty"] },
  Previewed: { Write: ["Draft", "Previewed"], Preview: ["Previewed"], Send: ["Sent"], Discard: ["Empty"] },
  Sent: { Send: ["Sent"], Accept: ["Accepted"], Decline: ["Declined"] },
  Accepted: { Accept: ["Accepted"] },
  Declined: { Write: ["Draft"], Decline: ["Declined"] }
} as const satisfies Table<ReferralState["_tag"], ReferralCommand["_tag"]>
