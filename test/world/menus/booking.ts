/**
 * What a visitor, the booking desk, the patient record and the clinic may do with one booking.
 */
import { dateAt } from "@fortrolig/core/kernel/calendar"
import { type BookingCommand, type BookingState, CheckedIdentity, ItemId, type ReaderRef } from "@fortrolig/core/booking/messages"
import { bookingTable } from "@fortrolig/core/booking/table"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Random } from "../random.ts"
import { timeZone } from "../services.ts"
import type { Visitor } from "../visitor.ts"
import { chooser } from "./choose.ts"

const choose = chooser<BookingState["_tag"], BookingCommand["_tag"]>(bookingTable, { Choose: 2, AnswerItem: 2, DeclineInfo: 1, Show: 4, Submit: 5, Leave: 1, Read: 2, Fail: 1, Acknowledge: 4, Lapse: 0, Schedule: 2, EndTreatment: 3, AnswerFollowUp: 4, Contact: 2 })
const items = [0, 1, 2].map((item) => ItemId.make(item))
const appointments = [
  { on: "2026-12-01", site: "Oslo", performer: "psychiatrist" },
  { on: "2026-12-02", site: "Tromsø", performer: "clinicalPsychologist" },
  { on: "2020-12-31", site: "Tromsø", performer: "psychiatrist" },
  { on: "2026-12-01", site: "Elsewhere", performer: "psychiatrist" }
] as const
const verdicts = ["oldEnough", "tooYoung", "unknown"] as const
const dates = new Map<string, CheckedIdentity>()
const checked = (age: (typeof verdicts)[number], on: string): CheckedIdentity => {
  const known = dates.get(`${age} ${on}`) ?? CheckedIdentity.make({ kind: "FNR", age, on })
  dates.set(`${age} ${on}`, known)
  return known
}

/** The next command to a booking. */
export const bookingMenu = (random: Random, at: Instant, { booking, keys, drafts, payload }: Visitor): BookingCommand => {
  const { state } = booking
  const tag = choose(random, state._tag)
  const approved = "answers" in state ? state.answers.filter((answer) => answer.approved).map(({ item }) => item) : []
  const appointment = random.chance(0.9) ? random.pick(appointments.slice(0, 2)) : random.pick(appointments)
  const key = random.chance(0.93) ? keys[0] : keys[1]
  switch (tag) {
    case "Choose":
      return { _tag: tag, at, route: random.pick(["form", "phone"]) }
    case "AnswerItem":
      return { _tag: tag, at, item: random.pick(items), approved: random.chance(0.6) }
    case "Show": {
      const info = random.chance(0.9) ? approved : random.some(items)
      return { _tag: tag, at, draft: random.pick(drafts), info, characters: info.length === 0 ? 0 : random.pick([10, 40, 41]) }
    }
    case "Submit": {
      const draft = "shown" in state && state.shown !== null && random.chance(0.93) ? state.shown.draft : drafts[0]
      const on = random.chance(0.96) ? dateAt(timeZone, at) : "2026-01-01"
      return { _tag: tag, at, checked: checked(random.chance(0.85) ? "oldEnough" : random.pick(verdicts), on), appointment, draft, key, sealed: payload }
    }
    case "Read":
      return {
        _tag: tag,
        at,
        reader: random.hex(32) as ReaderRef,
        role: random.pick(["bookingClerk", "bookingClerk", "assignedCounsellor", "otherCounsellor", "lead", "vendor"]),
        purpose: random.pick(["treatment", "treatment", "treatment", "quality", "disclosure"])
      }
    case "Fail":
    case "Acknowledge":
      return { _tag: tag, at, key: "key" in state && random.chance(0.9) ? state.key : "reference" in state && random.chance(0.9) ? state.reference : key }
    case "Schedule":
      return { _tag: tag, at, appointment }
    case "AnswerFollowUp":
      return { _tag: tag, at, accept: random.chance(0.6) }
    case "DeclineInfo":
    case "Leave":
    case "Lapse":
    case "EndTreatment":
    case "Contact":
      return { _tag: tag, at }
  }
}
