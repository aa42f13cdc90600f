/**
 * How recipients are told: prepared within the list of what they may have, called first, tried by the next way when nobody answers, and acknowledged.
 */
import { happened, nothing, refused } from "../kernel/decided.ts"
import type { Recipient } from "../policy/duties.ts"
import type { Context } from "./decision.ts"
import type { CommandOf, Notification, Open } from "./messages.ts"
import { refuseFields } from "./payload.ts"
import * as Result from "effect/Result"
import { disclosureRules as rules } from "./rules.ts"
import { alarm, type Decision } from "./timers.ts"
import { type Channel, channels } from "./vocabulary.ts"

const notDecided = refused(rules.recipients, "It was not decided to tell that recipient.")
const visitorFirst = refused(rules.toHelp, "Say first whether the visitor has been told.")
const underWay = refused(rules.onlyWay, "This is on its way already.")
const alreadyTold = refused(rules.onlyWay, "That recipient has acknowledged already.")
const otherCase = refused(rules.merge, "What is prepared must speak for this case, and for no case that is not part of it.")
const notPrepared = refused(rules.minimum, "Prepare first what is to be said.")
const notSent = refused(rules.onlyWay, "That recipient has not been contacted yet.")
const waitForAnswer = refused(rules.effort, "Somebody is being told right now. Wait for the answer.")
const canStillBeAverted = refused(rules.effort, "It can still be averted, and this has not averted it.")

/** The notification of a recipient, if it was decided. */
export const toRecipient = (state: Open, recipient: Recipient): Notification | undefined => {
  for (const notification of state.notify) if (notification.recipient === recipient) return notification
  return undefined
}

/** Prepares what is to be said, or prepares it anew. */
export const prepare = (state: Open, command: CommandOf<"Prepare">): Decision => {
  const { at, by, recipient, fields, covers } = command
  const notification = toRecipient(state, recipient)
  if (notification === undefined) return notDecided
  if (notification._tag === "Acknowledged") return alreadyTold
  if (notification._tag === "Sending" || notification._tag === "Failed") return underWay
  if (!state.fast && state.visitor._tag === "Undecided") return visitorFirst
  const tooMuch = refuseFields(recipient, fields, state)
  if (tooMuch !== undefined) return Result.fail(tooMuch)
  if (covers.length === 0 || !covers.every((ref) => notification.cases.includes(ref))) return otherCase
  return happened({ _tag: "Prepared", at, by, recipient, fields, covers })
}

/** The channel that is tried next: the telephone first, except a report to child welfare that is not imminent. */
export const nextChannel = (recipient: Recipient, fast: boolean, last: Channel | null): Channel => {
  if (last === null) return recipient === "childWelfare" && !fast ? "form" : "phone"
  switch (last) {
    case "phone":
      return channels[1]
    case "otherPhone":
      return channels[2]
    case "form":
      return channels[0]
  }
}

/** Starts telling a recipient, or tries the next channel. */
export const send = ({ periods }: Context, state: Open, { at, by, recipient }: CommandOf<"Send">): Decision => {
  const notification = toRecipient(state, recipient)
  if (notification === undefined) return notDecided
  switch (notification._tag) {
    case "Idle":
      return notPrepared
    case "Acknowledged":
      return alreadyTold
    case "Sending":
      return nothing
    case "Prepared":
    case "Failed": {
      const channel = nextChannel(recipient, state.fast, notification._tag === "Failed" ? notification.channel : null)
      return happened({ _tag: "SendingStarted", at, by, recipient, channel, alarm: alarm(at, periods.acknowledge) })
    }
  }
}

/** A channel did not work. */
export const fail = ({ periods }: Context, state: Open, { at, by, recipient }: CommandOf<"Fail">): Decision => {
  const notification = toRecipient(state, recipient)
  if (notification === undefined) return notDecided
  switch (notification._tag) {
    case "Idle":
    case "Prepared":
      return notSent
    case "Acknowledged":
      return alreadyTold
    case "Failed":
      return nothing
    case "Sending":
      return happened({ _tag: "SendingFailed", at, by, recipient, alarm: alarm(at, periods.call) })
  }
}

/** Whether an acknowledgement of one recipient leaves nothing owed to anybody. */
const isLast = (state: Open, recipient: Recipient): boolean =>
  state.notify.every((notification) =>
    notification.recipient === recipient
      ? notification._tag === "Sending" && notification.cases.every((ref) => notification.covers.includes(ref))
      : notification._tag === "Acknowledged"
  )

/** A person enters that a recipient has acknowledged, and by what reference. The last one fulfils the case. */
export const acknowledge = ({ periods }: Context, state: Open, { at, by, recipient, reference }: CommandOf<"Acknowledge">): Decision => {
  const notification = toRecipient(state, recipient)
  if (notification === undefined) return notDecided
  switch (notification._tag) {
    case "Idle":
    case "Prepared":
    case "Failed":
      return notSent
    case "Acknowledged":
      return nothing
    case "Sending": {
      const told = { _tag: "Acknowledged", at, by, recipient, reference, alarm: alarm(at, state.fast ? periods.call : periods.notify) } as const
      return isLast(state, recipient) ? happened(told, { _tag: "Fulfilled", at, alarm: alarm(at, periods.review) }) : happened(told)
    }
  }
}

/** The danger was averted in another way, which is recorded. */
export const recordAverted = ({ periods }: Context, state: Open, command: CommandOf<"RecordAverted">): Decision => {
  const { at, by, means } = command
  if (state.notify.some(({ _tag }) => _tag === "Sending")) return waitForAnswer
  if (command.stillAvertable && means !== "crisisCentre" && means !== "childWelfare") return canStillBeAverted
  return happened({ _tag: "AvertedByOther", at, by, means, alarm: alarm(at, periods.review) })
}
