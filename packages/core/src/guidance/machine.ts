/**
 * A referral as a machine: written, shown, sent, and answered; an outpatient clinic's yes starts the patient pathway, once.
 */
import * as Equal from "effect/Equal"
import { type Decided, happened, nothing, refused } from "../kernel/decided.ts"
import type { Machine } from "../kernel/machine.ts"
import { accepts } from "../kernel/table.ts"
import { instantOf } from "../kernel/timeZone.ts"
import type { GuidePolicy } from "../policy/guide.ts"
import type { LocalDate } from "../policy/values.ts"
import { dayOf, workingDaysAfter } from "./calendar.ts"
import type { ReferralCommand, ReferralEvent, ReferralState } from "./messages.ts"
import { guidanceRules } from "./rules.ts"
import { needsReferral } from "./route.ts"
import { referralTable } from "./table.ts"

type Decision = Decided<ReferralEvent>
type Of<Tag extends ReferralCommand["_tag"]> = Extract<ReferralCommand, { readonly _tag: Tag }>

const unknownService = refused(guidanceRules.accessMode, "That service is not in the guide.")
const comeYourself = refused(guidanceRules.accessMode, "You can contact that service yourself, without a referral.")
const notYet = refused(guidanceRules.assessmentDeadline, "A referral cannot be received on a day that has not come yet.")
const tooEarly = refused(guidanceRules.assessmentDeadline, "A referral cannot be received before it was sent.")

/** Why each command is refused in the states that the table does not name for it. */
const refusals: Readonly<Record<ReferralCommand["_tag"], Decision>> = {
  Write: refused(guidanceRules.ownWords, "This referral has been sent and cannot be changed here."),
  Preview: refused(guidanceRules.ownWords, "There is no draft to look through."),
  Send: refused(guidanceRules.ownWords, "Only a referral that you have looked through can be sent."),
  Discard: refused(guidanceRules.ownWords, "This referral has been sent and cannot be taken back here."),
  Accept: refused(guidanceRules.pathway, "There is no referral waiting for an answer."),
  Decline: refused(guidanceRules.pathway, "There is no referral waiting for an answer.")
}

const dayLength = 86_400_000
/** The instant at which a day begins by Norwegian clocks. */
const startOf = (day: number) => instantOf("Europe/Oslo", day * dayLength, "earlier")

const write = (guide: Pick<GuidePolicy, "entries">, state: ReferralState, { at, draft }: Of<"Write">): Decision => {
  const entry = guide.entries.find(({ id }) => id === draft.request.to)
  if (entry === undefined) return unknownService
  if (!needsReferral(entry, false)) return comeYourself
  const already = (state._tag === "Draft" || state._tag === "Previewed") && Equal.equals(state.draft, draft)
  return already ? nothing : happened({ _tag: "Written", at, draft, type: entry.type })
}

const accept = (workingDays: number, state: Extract<ReferralState, { readonly _tag: "Sent" }>, { at, receivedOn }: Of<"Accept">): Decision => {
  const day = dayOf(receivedOn)
  if (startOf(day) > at) return notYet
  if (startOf(day + 1) <= state.sentAt) return tooEarly
  const accepted: ReferralEvent = { _tag: "Accepted", at, receivedOn, assessBy: assessBy(receivedOn, workingDays) }
  // The text promises a pathway from the outpatient clinics only.
  return state.type === "dps" ? happened(accepted, { _tag: "PathwayStarted", at }) : happened(accepted)
}

/** The last day on which a referral that was received on a day is to be assessed (DUV-24). */
export const assessBy = (receivedOn: LocalDate, workingDays: number): LocalDate => workingDaysAfter(receivedOn, workingDays)

const decideWith = (guide: Pick<GuidePolicy, "entries" | "assessmentWorkingDays">) => (state: ReferralState, command: ReferralCommand): Decision => {
  if (!accepts(referralTable, state._tag, command._tag)) return refusals[command._tag]
  const { at } = command
  switch (command._tag) {
    case "Write":
      return write(guide, state, command)
    case "Preview":
      return state._tag === "Previewed" ? nothing : happened({ _tag: "Previewed", at })
    case "Send":
      return state._tag === "Sent" ? nothing : happened({ _tag: "Sent", at })
    case "Discard":
      return state._tag === "Empty" ? nothing : happened({ _tag: "Discarded", at })
    case "Accept":
      return state._tag === "Sent" ? accept(guide.assessmentWorkingDays, state, command) : nothing
    case "Decline":
      return state._tag === "Sent" ? happened({ _tag: "Declined", at }) : nothing
  }
}

/** Applies an event. An event that `decide` cannot give in a state leaves the state as it is. */
const evolve = (state: ReferralState, event: ReferralEvent): ReferralState => {
  switch (event._tag) {
    case "Written":
      return state._tag === "Sent" || state._tag === "Accepted" ? state : { _tag: "Draft", draft: event.draft, type: event.type }
    case "Previewed":
      return state._tag === "Draft" ? { ...state, _tag: "Previewed" } : state
    case "Sent":
      return state._tag === "Previewed" ? { ...state, _tag: "Sent", sentAt: event.at } : state
    case "Discarded":
      return state._tag === "Draft" || state._tag === "Previewed" ? { _tag: "Empty" } : state
    case "Accepted": {
      if (state._tag !== "Sent") return state
      const { receivedOn, assessBy: last } = event
      return { _tag: "Accepted", request: state.draft.request, receivedOn, assessBy: last, pathwayStartedAt: null }
    }
    case "PathwayStarted":
      return state._tag === "Accepted" && state.pathwayStartedAt === null ? { ...state, pathwayStartedAt: event.at } : state
    case "Declined":
      return state._tag === "Sent" ? { _tag: "Declined", declinedAt: event.at } : state
  }
}

/** The machine of a referral under one guide. It has no timers: nothing here runs out. */
export const referralMachine = (
  guide: Pick<GuidePolicy, "entries" | "assessmentWorkingDays">
): Machine<ReferralState, ReferralCommand, ReferralEvent> => ({
  initial: { _tag: "Empty" },
  due: () => undefined,
  decide: decideWith(guide),
  evolve
})
