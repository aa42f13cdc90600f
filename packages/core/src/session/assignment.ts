/**
 * Who gets a chat: acceptance from the queue, and the transfer to another named counsellor with the visitor's yes (E-08, DFH-29, IF-12).
 */
import { happened, nothing } from "../kernel/decided.ts"
import { after } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import type { Active, SessionCommand, Standing, Waiting } from "./messages.ts"
import type { Limits } from "./limits.ts"
import { type Decision, no, unbound } from "./refusals.ts"

type Of<Tag extends SessionCommand["_tag"]> = Extract<SessionCommand, { readonly _tag: Tag }>

/** What a policy asks of a counsellor who gets one more chat. */
export type AnswerTerms = Pick<Policy, "capacity" | "answeredBy">

const standings = { healthProfessionals: "healthProfessional", declaredHosts: "declaredHost" } as const satisfies Record<Policy["answeredBy"], Standing>

/** The standing that a service asks of whoever answers in it. A health professional who answers among declared hosts signs the declaration like everyone. */
export const standingFor = ({ answeredBy }: Pick<Policy, "answeredBy">): Exclude<Standing, "none"> => standings[answeredBy]

/** Takes a visitor from the queue; a chat that is with this counsellor already stays so. */
export const accept = (terms: AnswerTerms, state: Waiting | Active, command: Of<"Accept">): Decision => {
  if (state._tag === "Active") return state.counsellor === command.counsellor ? nothing : no.taken
  if (command.standing !== standings[terms.answeredBy]) return unbound[terms.answeredBy]
  if (command.reserved) return no.awaitsCall
  return command.holding < terms.capacity ? happened({ _tag: "Accepted", at: command.at, counsellor: command.counsellor }) : no.handsFull
}

/** Why a named counsellor cannot get the chat, or nothing. */
const unable = (terms: AnswerTerms, command: Of<"OfferTransfer"> | Of<"AnswerTransfer">): Decision | undefined => {
  if (command.standing !== standings[terms.answeredBy]) return unbound[terms.answeredBy]
  if (command.reserved) return no.theyAwaitCall
  return command.holding < terms.capacity ? undefined : no.theirHandsFull
}

/** Asks the visitor about another counsellor: one at a time, so that a yes is never about somebody else. */
export const offerTransfer = (terms: AnswerTerms, limits: Limits, state: Active, command: Of<"OfferTransfer">): Decision => {
  const { at, to } = command
  if (state.counsellor !== command.counsellor) return no.notYours
  if (to === state.counsellor) return nothing
  if (state.transfer !== undefined) return state.transfer.to === to ? nothing : no.askedAlready
  return unable(terms, command) ?? happened({ _tag: "TransferOffered", at, to, until: after(at, limits.transfer) })
}

/** The visitor's yes or no about the counsellor who was named. A no to what is not asked, or no longer, changes nothing. */
export const answerTransfer = (terms: AnswerTerms, state: Active, command: Of<"AnswerTransfer">): Decision => {
  const { at, to } = command
  const asked = state.transfer?.to === to
  if (!command.yes) return asked ? happened({ _tag: "TransferDropped", at, cause: "declined" }) : nothing
  if (!asked) return state.counsellor === to ? nothing : no.notOffered
  return unable(terms, command) ?? happened({ _tag: "Transferred", at, counsellor: to })
}

/** The counsellor takes the offer back; without one nothing changes. */
export const withdrawTransfer = (state: Active, command: Of<"WithdrawTransfer">): Decision => {
  if (state.counsellor !== command.counsellor) return no.notYours
  return state.transfer === undefined ? nothing : happened({ _tag: "TransferDropped", at: command.at, cause: "withdrawn" })
}
