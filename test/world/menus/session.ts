/**
 * What a visitor, a counsellor, a connection or the house may do with a chat.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Active, Limit, SessionCommand, SessionState } from "@fortrolig/core/session/messages"
import { sessionTable } from "@fortrolig/core/session/table"
import { hasOpenCase, type House } from "../house.ts"
import type { Random } from "../random.ts"
import type { Visitor } from "../visitor.ts"
import { chooser } from "./choose.ts"

const choose = chooser<SessionState["_tag"], SessionCommand["_tag"]>(sessionTable, {
  Accept: 8, Activity: 14, OfferTransfer: 6, AnswerTransfer: 4, RequestPhone: 7, TakeCall: 2, Choose: 2, Away: 5, Back: 5, Redact: 3, End: 1, Leave: 1, Stop: 1, Concern: 0, Close: 1, Return: 2, Expire: 0
})
const limits: ReadonlyArray<Limit> = ["queue", "visitorGrace", "counsellorGrace", "idle", "length", "closing", "call", "transfer"]
/** Looked up when the command is given, whatever the menu says. */
const unknown = { holding: 0, standing: "none", reserved: false } as const

/** What a transfer that is asked about, or a call that is expected, makes people do. */
const pressing = (random: Random, active: Active | undefined): SessionCommand["_tag"] | undefined => {
  if (active?.transfer !== undefined && random.chance(0.4)) return "AnswerTransfer"
  if (active?.call === undefined || random.chance(0.4)) return undefined
  if (active.call.asked !== "no") return "Choose"
  // Whoever waits for a counsellor that is gone writes meanwhile.
  if (active.counsellorAway !== null) return "Activity"
  return random.pick(["Away", "Away", "TakeCall"])
}

/** The next command to a chat. */
export const sessionMenu = (random: Random, at: Instant, visitor: Visitor, house: House): SessionCommand => {
  const { state } = visitor.session
  const anyone = random.pick(house.staff).id
  const active = state._tag === "Active" ? state : undefined
  const counsellor = active !== undefined && random.chance(0.92) ? active.counsellor : anyone
  const party = random.chance(0.5) ? "visitor" : "counsellor"
  const keepChat = random.chance(0.5)
  // Somebody who is offered or asked something mostly answers.
  const tag = pressing(random, active) ?? (state._tag === "Waiting" && random.chance(0.3) ? "Accept" : choose(random, state._tag))
  switch (tag) {
    case "Open":
      return { _tag: tag, at, service: house.service.policy.service, noticeVersion: "1", serviceOpen: random.chance(0.93), front: random.chance(0.1) }
    case "Accept":
      return { _tag: tag, at, counsellor: anyone, ...unknown }
    case "Return":
    case "WithdrawTransfer":
      return { _tag: tag, at, counsellor }
    case "OfferTransfer":
      return { _tag: tag, at, counsellor, to: anyone, ...unknown }
    case "AnswerTransfer":
      return { _tag: tag, at, to: active?.transfer !== undefined && random.chance(0.9) ? active.transfer.to : anyone, yes: random.chance(0.75), ...unknown }
    case "RequestPhone":
      return { _tag: tag, at, codeHash: random.pick(visitor.codes), keepChat, reserved: false }
    case "TakeCall":
      return { _tag: tag, at, counsellor, codeHash: active?.call !== undefined && random.chance(0.85) ? active.call.codeHash : random.pick(visitor.codes), keepChat }
    case "Choose":
      return { _tag: tag, at, choice: random.pick(["wait", "other", "stop"]) }
    case "Close":
      return { _tag: tag, at, closesAt: (at + random.pick([-60_000, 0, 60_000, 600_000, 3_600_000])) as Instant }
    case "Concern":
      return { _tag: tag, at, open: hasOpenCase(visitor) }
    case "Away":
    case "Back":
      return { _tag: tag, at, party: active?.call !== undefined && random.chance(0.8) ? "counsellor" : party }
    case "Activity":
    case "Leave":
    case "Stop":
      return { _tag: tag, at }
    case "Redact":
      return { _tag: tag, at, by: random.chance(0.85) ? "visitor" : "counsellor" }
    case "End":
      return { _tag: tag, at, by: party }
    case "Expire":
      return { _tag: tag, at, limit: random.pick(limits) }
  }
}
