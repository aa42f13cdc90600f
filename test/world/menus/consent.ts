/**
 * What a counsellor and a visitor may do about one of the two consents.
 */
import type { ConsentCommand, ConsentState, ConsentPurpose, Purposes, ReceiptHash, ShownNotice } from "@fortrolig/core/consent/messages"
import { consentTable } from "@fortrolig/core/consent/table"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { House } from "../house.ts"
import type { Random } from "../random.ts"
import type { ConsentName, Visitor } from "../visitor.ts"
import { chooser } from "./choose.ts"

const choose = chooser<ConsentState["_tag"], ConsentCommand["_tag"]>(consentTable, { ShowNotice: 4, Ask: 8, Grant: 9, Decline: 4, Withdraw: 6, StateAge: 0, Shorten: 0, Halt: 2, SessionOver: 1, Expire: 0 })
const notices: ReadonlyArray<ShownNotice> = [{ version: "1", language: "nb" }, { version: "1", language: "en" }, { version: "2", language: "nb" }]

/** The next command about a consent; nothing when it would not be true. */
export const consentMenu = (random: Random, at: Instant, visitor: Visitor, name: ConsentName, house: House): ConsentCommand | undefined => {
  const { state } = visitor.consents[name]
  const again = state._tag === "Declined" && state.timesAsked === 1 && random.chance(0.4)
  // A no to the first question may arrive when the second one is open.
  const late = state._tag === "Asked" && state.timesAsked === 2 && random.chance(0.4)
  const tag = again ? "ShowNotice" : late ? "Decline" : choose(random, state._tag)
  const notice = "notice" in state && random.chance(0.93) ? state.notice : random.pick(notices)
  const timesAsked = "timesAsked" in state ? state.timesAsked : 0
  const by = random.chance(0.94) ? "visitor" : "counsellor"
  const facts = { chatActive: false, statedAge: null }
  switch (tag) {
    case "ShowNotice":
      return { _tag: tag, at, openedAt: at, notice: state._tag === "Asked" ? notice : random.pick(notices), ...facts }
    case "Ask":
      return { _tag: tag, at, notice, ...facts }
    case "Grant": {
      const all: Purposes = house.service.consents[name].purposes
      const chosen: ReadonlyArray<ConsentPurpose> = random.chance(0.8) ? all : random.chance(0.8) ? random.some(all) : ["treatment", "research"]
      const [first, ...rest] = chosen.length === 0 ? all : chosen
      if (first === undefined) return undefined
      return { _tag: tag, at, by, question: random.chance(0.93) ? timesAsked : random.whole(0, 2), notice, purposes: [first, ...rest], receiptHash: visitor.receipts[name] }
    }
    case "Decline":
      return { _tag: tag, at, by, question: late ? 1 : random.chance(0.8) ? timesAsked : random.whole(0, timesAsked) }
    case "Withdraw":
      return { _tag: tag, at, receiptHash: random.chance(0.8) ? visitor.receipts[name] : (random.hex(64) as ReceiptHash) }
    case "SessionOver":
      return visitor.session.state._tag === "Ended" ? { _tag: tag, at } : undefined
    case "Halt":
      return { _tag: tag, at }
    case "StateAge":
      return { _tag: tag, at, years: random.pick([9, 12, 15, 17, 18, 18, 25, 40]) }
    case "Shorten":
    case "Expire":
      // A stricter policy is about the whole visitor, not about one consent.
      return { _tag: "Expire", at }
  }
}
