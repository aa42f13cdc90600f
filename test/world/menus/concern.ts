/**
 * What anybody may do about a case: mostly who may and what fits, so that cases come to an end.
 */
import type { Assessment } from "@fortrolig/core/disclosure/assessment"
import { childWelfare } from "@fortrolig/core/disclosure/duty"
import { type CaseRef, type ConcernCommand, type ConcernState, isOpen, type Open } from "@fortrolig/core/disclosure/messages"
import type { Field } from "@fortrolig/core/disclosure/payload"
import { concernTable } from "@fortrolig/core/disclosure/table"
import type { Basis } from "@fortrolig/core/disclosure/vocabulary"
import type { StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Recipient } from "@fortrolig/core/policy/duties"
import { type House, releaseOpen } from "../house.ts"
import type { Random } from "../random.ts"
import { type Case, isLive, type Visitor } from "../visitor.ts"
import { chooser } from "./choose.ts"

const choose = chooser<ConcernState["_tag"], ConcernCommand["_tag"]>(concernTable, {
  Raise: 4, Assess: 3, DeclareImminent: 1, RequestConsult: 5, GiveOpinion: 8, DecideDuty: 4, ProceedDespiteDissent: 5, DecideRight: 5, DecideConsent: 4, DecideNone: 6, Retract: 4,
  RecordAverted: 1, Prepare: 6, Send: 6, Fail: 2, Acknowledge: 6, TellVisitor: 3, DeferTelling: 2, CannotTell: 2, Review: 3, Close: 5, Absorb: 2, MergeInto: 5, Expire: 0
})

/** A danger that is a duty, and one that is nothing. */
export const grave: Assessment = {
  trigger: "seriousOffence", offence: "homicide", when: "will", likelihood: "mostLikely", avertable: "yes", consequencesAvertable: "no", identifiability: "content", level: "none", child: null
}
const light: Assessment = { ...grave, offence: "none" }
const assessments: ReadonlyArray<Assessment> = [
  grave,
  light,
  light,
  { ...light, trigger: "dangerSelf", level: "low" },
  { ...grave, trigger: "dangerSelf", level: "imminent" },
  { ...light, child: { ground: "abuseOrNeglect", age: 9 } },
  { ...grave, when: "ongoing", offence: "arson", child: { ground: "abuseOrNeglect", age: null } }
]

/** What each recipient may be told, as much as there is need for. */
export const fits: Readonly<Record<Recipient, ReadonlyArray<Field>>> = { police: ["danger", "callbackNumber"], ambulance: ["medicalDanger"], fire: ["hazard"], childWelfare: ["ground", "observations"] }

const basesFor = (random: Random, assessment: Assessment | null): { readonly bases: ReadonlyArray<Basis>; readonly recipients: ReadonlyArray<Recipient> } => {
  const child = assessment !== null && childWelfare(assessment) === "duty"
  const danger = assessment?.trigger === "dangerSelf" || assessment?.trigger === "dangerOthers"
  if (random.chance(0.08)) return { bases: random.pick([[], ["visitorAsked"]]), recipients: random.pick([[], ["childWelfare"]]) }
  return { bases: [child ? "childWelfareReport" : danger ? "healthEmergency" : "avert"], recipients: child ? ["childWelfare"] : random.chance(0.6) ? ["police"] : ["police", "ambulance"] }
}

const others = (house: House, state: Open): ReadonlyArray<StaffId> => house.staff.map(({ id }) => id).filter((id) => id !== state.holder && id !== state.raisedBy)

/** What another case owes, if it is one that can be joined with. */
const owed = ({ state }: Case): ReadonlyArray<Recipient> =>
  state._tag === "DutyDecided" ? state.notify.flatMap((one) => (one._tag === "Acknowledged" ? [] : [one.recipient])) : []

/** The next command to a case of a visitor. Facts about the chat are looked up when it is given. */
export const concernMenu = (random: Random, at: Instant, visitor: Visitor, one: Case, house: House): ConcernCommand => {
  const { state } = one
  const anyone = random.pick(house.staff).id
  const open = isOpen(state) ? state : undefined
  const holder = open === undefined || random.chance(0.06) ? anyone : open.holder
  const other = open === undefined || random.chance(0.1) ? anyone : random.pick([...others(house, open), anyone])
  const { bases, recipients } = basesFor(random, open?.assessment ?? null)
  const shiftEndsAt = (at + random.pick([0, 600_000, 9_000_000])) as Instant
  const notify = open?.notify ?? []
  const toOne = (...tags: ReadonlyArray<string>): Recipient => {
    const able = notify.filter(({ _tag }) => tags.includes(_tag))
    return able.length > 0 && random.chance(0.95) ? random.pick(able).recipient : random.pick(["police", "ambulance", "fire"])
  }
  const elsewhere = house.visitors.flatMap(({ cases }) => cases).find((another) => another !== one && another.state._tag === "DutyDecided")
  const agreed = open?._tag === "Consulted" && open.opinion?.agrees === true && random.chance(0.5) ? open.proposal : null
  const tag = agreed === "right" ? "DecideRight" : agreed === "none" ? "DecideNone" : choose(random, state._tag)
  switch (tag) {
    case "Raise":
      return {
        _tag: tag, at, by: anyone, ref: random.hex(32) as CaseRef, session: { ref: visitor.ref, endedAt: null }, flaggedBy: random.chance(0.93) ? "person" : "software",
        trigger: random.pick(["seriousOffence", "dangerSelf", "dangerOthers", "crimePlanned"]), belief: random.pick(["immediate", "immediate", "reason", "mayBe"]), visitorAsks: random.chance(0.3)
      }
    case "Assess":
    case "Retract":
      return { _tag: tag, at, by: tag === "Retract" ? anyone : holder, assessment: tag === "Retract" && random.chance(0.8) ? light : random.pick(assessments) }
    case "DeclareImminent":
      return { _tag: tag, at, by: holder, level: random.chance(0.85) ? "imminent" : "high", minutesMatter: true, bases: random.chance(0.9) ? ["necessity"] : bases, recipients: ["police"] }
    case "RequestConsult":
      return { _tag: tag, at, by: holder, proposes: random.pick(["duty", "duty", "right", "right", "right", "consent", "none"]) }
    case "GiveOpinion":
      return { _tag: tag, at, by: other, agrees: random.chance(0.65) }
    case "DecideDuty":
      return { _tag: tag, at, by: holder, bases, recipients, shiftEndsAt }
    case "ProceedDespiteDissent":
      return { _tag: tag, at, by: holder, bases, recipients, shiftEndsAt, reason: "knowsMore" }
    case "DecideRight":
      return { _tag: tag, at, by: holder, recipients, shiftEndsAt }
    case "DecideConsent":
      return { _tag: tag, at, by: holder, recipients, shiftEndsAt, visitorAgreed: random.chance(0.85) }
    case "DecideNone":
      return { _tag: tag, at, by: holder, reason: "noDanger" }
    case "RecordAverted":
      return { _tag: tag, at, by: holder, means: random.pick(["crisisCentre", "dangerPassed"]), stillAvertable: random.chance(0.5) }
    case "Prepare": {
      const recipient = toOne("Idle")
      const cases = notify.find((idle) => idle.recipient === recipient)
      const covers = cases !== undefined && "cases" in cases ? cases.cases : []
      return { _tag: tag, at, by: holder, recipient, fields: random.chance(0.93) ? fits[recipient] : random.pick([[], ["paraphrase"], ["offence"]]), covers: random.chance(0.9) ? covers : covers.slice(1) }
    }
    case "Send":
      return { _tag: tag, at, by: holder, recipient: toOne("Prepared", "Failed") }
    case "Fail":
      return { _tag: tag, at, by: holder, recipient: toOne("Sending") }
    case "Acknowledge":
      return { _tag: tag, at, by: holder, recipient: toOne("Sending"), reference: random.pick([null, "112-7"]) }
    case "TellVisitor":
      return { _tag: tag, at, by: holder }
    case "DeferTelling":
      return { _tag: tag, at, by: holder, reason: random.pick(["increasesRisk", "visitorGone"]) }
    case "CannotTell":
      return { _tag: tag, at, by: holder, connected: isLive(visitor) }
    case "HandOver":
      return { _tag: tag, at, to: anyone, cause: random.pick(["shiftEnd", "crash", "asked"]) }
    case "ChatEnded":
      return { _tag: tag, at }
    case "LearnDeadline":
      return { _tag: tag, at, item: "accessTrace", deadline: "deleteAt" in visitor.trace.state ? visitor.trace.state.deleteAt : at }
    case "Review":
      return { _tag: tag, at, by: other }
    case "Close":
      return { _tag: tag, at, by: holder, releaseOpen: releaseOpen(house, visitor.ref) }
    case "Absorb": {
      const from = elsewhere?.state._tag === "DutyDecided" ? elsewhere.state : undefined
      const ref = open?.ref ?? (random.hex(32) as CaseRef)
      if (elsewhere === undefined || from === undefined) return { _tag: tag, at, by: other, from: ref, owes: [], bases: [], sent: false }
      return { _tag: tag, at, by: other, from: from.ref, owes: owed(elsewhere), bases: from.bases, sent: from.sent }
    }
    case "MergeInto": {
      // Only into a case that has taken this one over; else it would be dropped.
      const into = house.visitors.flatMap(({ cases }) => cases).find((another) => open !== undefined && isOpen(another.state) && another.state.absorbed.includes(open.ref))
      const target = into !== undefined && isOpen(into.state) ? into.state : open
      return { _tag: tag, at, by: other, into: target?.ref ?? (random.hex(32) as CaseRef), taken: target === open ? [] : owed(one) }
    }
    case "Expire":
      return { _tag: tag, at, timer: random.pick(["assess", "record"]), about: null }
  }
}
