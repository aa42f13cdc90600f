/**
 * What anybody may wish of a case, and what a deed does in a state: mostly something that makes sense there, and sometimes anything at all.
 */
import { type Assessment, childGrounds, levels, likelihoods, whens } from "@fortrolig/core/disclosure/assessment"
import { childWelfare } from "@fortrolig/core/disclosure/duty"
import { CaseRef, type ConcernCommand, type ConcernState, isOpen, type Open } from "@fortrolig/core/disclosure/messages"
import type { Field } from "@fortrolig/core/disclosure/payload"
import { concernTable } from "@fortrolig/core/disclosure/table"
import type { Basis } from "@fortrolig/core/disclosure/vocabulary"
import { SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { accepts } from "@fortrolig/core/kernel/table"
import { type Recipient, recipients as everyone, triggers } from "@fortrolig/core/policy/duties"
import * as fc from "fast-check"

/** A command without its instant. */
export type Wish = { [Tag in ConcernCommand["_tag"]]: Omit<Extract<ConcernCommand, { readonly _tag: Tag }>, "at"> }[ConcernCommand["_tag"]]

/** Where every random life begins. */
export const beginning = Date.UTC(2026, 2, 27, 11)
export const [ada, ben, cleo] = ["a", "b", "c"].map((letter) => StaffId.make(letter.repeat(32))) as [StaffId, StaffId, StaffId]
export const [caseA, caseB] = ["1", "2"].map((digit) => CaseRef.make(digit.repeat(32))) as [CaseRef, CaseRef]
export const chat = SessionRef.make("e".repeat(32))

const staff = fc.oneof({ weight: 5, arbitrary: fc.constant(ada) }, { weight: 3, arbitrary: fc.constant(ben) }, { weight: 1, arbitrary: fc.constant(cleo) })
const other = fc.constantFrom(ben, ben, ben, cleo, ada)
const aCase = fc.constantFrom(caseB, caseB, caseA)
const recipient = fc.constantFrom<Recipient>("police", "police", "childWelfare", "ambulance", "fire")
const recipients = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<ReadonlyArray<Recipient>>(["police"], ["police", "childWelfare"], ["childWelfare"]) },
  { weight: 1, arbitrary: fc.array(recipient, { maxLength: 3 }) }
)
const bases = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<ReadonlyArray<Basis>>(["avert"], ["healthEmergency"], ["necessity"], ["childWelfareReport"]) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom<Basis>("avert", "healthEmergency", "necessity", "childWelfareReport", "rightToDisclose", "visitorAsked"), { maxLength: 3 }) }
)
const fields = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<ReadonlyArray<Field>>(["danger", "callbackNumber"], ["childIdentity", "ground"], ["medicalDanger"], ["hazard", "place"], ["offence"], ["bookingIdentity"]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom<Field>("danger", "offence", "reporter", "paraphrase", "location", "that", "bookingIdentity"), { maxLength: 2 }) }
)

const child = fc.oneof(fc.constant(null), fc.record({ ground: fc.constantFrom(null, ...childGrounds.slice(0, 2)), age: fc.constantFrom(null, 9, 17, 18) }))
/** Any assessment; half of them the kind that is a duty. */
export const assessments: fc.Arbitrary<Assessment> = fc.oneof(
  fc.record({
    trigger: fc.constantFrom(...triggers),
    offence: fc.constantFrom("homicide" as const, "rape" as const, "arson" as const, "notInCatalogue" as const, "none" as const),
    when: fc.constantFrom(...whens, "unknown" as const),
    likelihood: fc.constantFrom(...likelihoods, "unknown" as const),
    avertable: fc.constantFrom("yes" as const, "no" as const, "unknown" as const),
    consequencesAvertable: fc.constantFrom("yes" as const, "no" as const, "unknown" as const),
    identifiability: fc.constantFrom("content" as const, "none" as const, "unknown" as const),
    level: fc.constantFrom(...levels),
    child
  }),
  fc.record({
    trigger: fc.constantFrom("crimePlanned" as const, "dangerSelf" as const, "seriousOffence" as const),
    offence: fc.constant("homicide" as const),
    when: fc.constantFrom("will" as const, "ongoing" as const),
    likelihood: fc.constantFrom("mostLikely" as const, "certain" as const, "unlikely" as const),
    avertable: fc.constant("yes" as const),
    consequencesAvertable: fc.constantFrom("yes" as const, "no" as const),
    identifiability: fc.constant("content" as const),
    level: fc.constantFrom("none" as const, "high" as const, "imminent" as const),
    child
  })
)

const tag = <const Tag extends string>(name: Tag) => fc.constant(name)
const shiftEndsAt = fc.constantFrom(0, beginning, beginning + 60_000, beginning + 9_000_000).map((at) => at as Instant)
const sometimes = fc.integer({ min: 0, max: 5 }).map((n) => n === 0)

const raises = fc.record({
  _tag: tag("Raise"),
  by: fc.constant(ada),
  ref: fc.constant(caseA),
  session: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(beginning, null).map((endedAt) => ({ ref: chat, endedAt: endedAt as Instant | null })) },
    { weight: 1, arbitrary: fc.constantFrom(null, { ref: chat, endedAt: (beginning - 24 * 3_600_000) as Instant }) }
  ),
  flaggedBy: fc.constantFrom("person" as const, "person" as const, "person" as const, "software" as const),
  trigger: fc.constantFrom(...triggers),
  belief: fc.constantFrom("immediate" as const, "immediate" as const, "reason" as const, "mayBe" as const, "none" as const),
  visitorAsks: sometimes
})

/** One wish of each kind; a deed does one of them. */
export const wishes = fc.record({
  Assess: fc.record({ _tag: tag("Assess"), by: staff, assessment: assessments }),
  DeclareImminent: fc.record({ _tag: tag("DeclareImminent"), by: staff, level: fc.constantFrom("imminent" as const, "high" as const), minutesMatter: fc.boolean(), bases, recipients }),
  RequestConsult: fc.record({ _tag: tag("RequestConsult"), by: staff, proposes: fc.constantFrom("duty" as const, "duty" as const, "right" as const, "consent" as const, "none" as const) }),
  GiveOpinion: fc.record({ _tag: tag("GiveOpinion"), by: other, agrees: fc.boolean() }),
  DecideDuty: fc.record({ _tag: tag("DecideDuty"), by: staff, bases, recipients, shiftEndsAt }),
  ProceedDespiteDissent: fc.record({ _tag: tag("ProceedDespiteDissent"), by: staff, bases, recipients, shiftEndsAt, reason: tag("knowsMore") }),
  DecideRight: fc.record({ _tag: tag("DecideRight"), by: staff, recipients, shiftEndsAt }),
  DecideConsent: fc.record({ _tag: tag("DecideConsent"), by: staff, recipients, shiftEndsAt, visitorAgreed: fc.boolean() }),
  DecideNone: fc.record({ _tag: tag("DecideNone"), by: staff, reason: tag("noDanger") }),
  Retract: fc.record({ _tag: tag("Retract"), by: staff, assessment: assessments }),
  RecordAverted: fc.record({ _tag: tag("RecordAverted"), by: staff, means: fc.constantFrom("crisisCentre" as const, "childWelfare" as const, "dangerPassed" as const), stillAvertable: fc.boolean() }),
  Prepare: fc.record({ _tag: tag("Prepare"), by: staff, recipient, fields, covers: fc.constantFrom([caseA], [caseA], [caseA, caseB], [caseB], []) }),
  Send: fc.record({ _tag: tag("Send"), by: staff, recipient }),
  Fail: fc.record({ _tag: tag("Fail"), by: staff, recipient }),
  Acknowledge: fc.record({ _tag: tag("Acknowledge"), by: staff, recipient, reference: fc.constantFrom(null, "112-7") }),
  TellVisitor: fc.record({ _tag: tag("TellVisitor"), by: staff }),
  DeferTelling: fc.record({ _tag: tag("DeferTelling"), by: staff, reason: fc.constantFrom("increasesRisk" as const, "visitorGone" as const) }),
  CannotTell: fc.record({ _tag: tag("CannotTell"), by: staff, connected: fc.boolean() }),
  HandOver: fc.record({ _tag: tag("HandOver"), to: staff, cause: fc.constantFrom("shiftEnd" as const, "crash" as const) }),
  LearnDeadline: fc.record({ _tag: tag("LearnDeadline"), item: fc.constantFrom("accessTrace" as const, "content" as const), deadline: fc.constantFrom(0, 3_600_000, 4 * 3_600_000 + 60_000, 30 * 3_600_000).map((after) => (beginning + after) as Instant) }),
  Review: fc.record({ _tag: tag("Review"), by: other }),
  Close: fc.record({ _tag: tag("Close"), by: staff, releaseOpen: sometimes }),
  Absorb: fc.record({ _tag: tag("Absorb"), by: other, from: aCase, owes: recipients, bases, sent: sometimes }),
  MergeInto: fc.record({ _tag: tag("MergeInto"), by: other, into: aCase, taken: fc.constantFrom<ReadonlyArray<Recipient>>(everyone, ["police"], ["childWelfare"]) }),
  Expire: fc.record({ _tag: tag("Expire"), timer: fc.constantFrom("assess" as const, "consult" as const, "record" as const, "notify" as const), about: fc.constantFrom(null, "police" as const) }),
  ChatEnded: fc.constant({ _tag: "ChatEnded" as const }),
  Raise: raises,
})

/** One deed: how long after the one before it, and what is wished for. */
export interface Deed {
  readonly gap: number
  readonly pick: number
  readonly wishes: { readonly [Tag in ConcernCommand["_tag"]]: Extract<Wish, { readonly _tag: Tag }> }
  /** Tried whether or not the state accepts it. */
  readonly stubborn: boolean
  /** Done by whom, to whom and with what fits. */
  readonly sensible: boolean
}

const weights: { readonly [Tag in ConcernCommand["_tag"]]?: number } = {
  Raise: 6, Assess: 3, RequestConsult: 6, GiveOpinion: 5, DecideDuty: 4, DecideRight: 7, DecideNone: 6, ProceedDespiteDissent: 3, Prepare: 7, Send: 7, Acknowledge: 6, Review: 3, Close: 4, TellVisitor: 3, MergeInto: 3, Expire: 0
}
const tags = Object.keys(concernTable.Raised).concat(Object.keys(concernTable.Consulted), Object.keys(concernTable.DutyDecided), "Raise", "GiveOpinion", "Close") as ReadonlyArray<ConcernCommand["_tag"]>
const weighted = tags.flatMap((one, index) => (tags.indexOf(one) === index ? Array.from({ length: weights[one] ?? 1 }, () => one) : []))
const stubbornly = [...new Set(tags)]

const fits: Readonly<Record<Recipient, ReadonlyArray<Field>>> = { police: ["danger", "callbackNumber"], ambulance: ["medicalDanger"], fire: ["hazard"], childWelfare: ["ground", "observations"] }

/** The wish, by who may and to whom it applies. */
const sensibly = (wish: Wish, state: Open, pick: number): Wish => {
  const in_ = (...is: ReadonlyArray<string>) => state.notify.filter(({ _tag }) => is.includes(_tag))
  const one = (...is: ReadonlyArray<string>) => in_(...is)[pick % Math.max(1, in_(...is).length)]
  const danger = state.assessment?.trigger === "dangerSelf" || state.assessment?.trigger === "dangerOthers"
  const isChild = state.assessment !== null && childWelfare(state.assessment) === "duty"
  const basis: Basis = isChild && pick % 2 === 0 ? "childWelfareReport" : danger ? "healthEmergency" : "avert"
  const recipients: ReadonlyArray<Recipient> = isChild ? ["childWelfare", "police"] : ["police"]
  switch (wish._tag) {
    case "RequestConsult":
      return { ...wish, by: state.holder, proposes: pick % 4 === 0 ? "right" : wish.proposes }
    case "GiveOpinion":
      return { ...wish, by: state.holder === ben ? cleo : ben }
    case "Assess":
    case "DecideConsent":
    case "DecideNone":
      return { ...wish, by: state.holder }
    case "DecideRight":
      return { ...wish, by: state.holder, recipients }
    case "DeclareImminent":
      return { ...wish, by: state.holder, level: "imminent", bases: ["healthEmergency"], recipients: ["police"] }
    case "DecideDuty":
    case "ProceedDespiteDissent":
      return { ...wish, by: state.holder, bases: [basis], recipients }
    case "Prepare": {
      const idle = one("Idle")
      return idle?._tag === "Idle" ? { ...wish, recipient: idle.recipient, fields: fits[idle.recipient], covers: pick % 3 === 0 ? idle.cases.slice(0, 1) : idle.cases } : wish
    }
    case "Send":
      return { ...wish, recipient: one("Prepared", "Failed")?.recipient ?? wish.recipient }
    case "Fail":
    case "Acknowledge":
      return { ...wish, recipient: one("Sending")?.recipient ?? wish.recipient }
    case "MergeInto":
      return { ...wish, by: ben }
    case "Raise":
    case "Retract":
    case "RecordAverted":
    case "TellVisitor":
    case "DeferTelling":
    case "CannotTell":
    case "HandOver":
    case "ChatEnded":
    case "LearnDeadline":
    case "Review":
    case "Close":
    case "Absorb":
    case "Expire":
      return wish
  }
}

/** What a deed does in a state. */
export const chosen = ({ wishes: all, stubborn, sensible, pick }: Deed, state: ConcernState): Wish => {
  const may = stubborn ? [...stubbornly, "Expire" as const] : weighted.filter((one) => accepts(concernTable, state._tag, one))
  const wish = all[may[pick % Math.max(1, may.length)] ?? "ChatEnded"]
  return sensible && isOpen(state) ? sensibly(wish, state, pick) : wish
}
