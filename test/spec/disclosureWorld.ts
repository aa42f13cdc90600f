/**
 * A small world of one case, walked breadth first: few people, two recipients, and every command that could matter, with instants left out of what
 * makes two states the same.
 */
import type { Assessment } from "@fortrolig/core/disclosure/assessment"
import type { ConcernState } from "@fortrolig/core/disclosure/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { DisclosureTerms } from "@fortrolig/core/policy/duties"
import { at, type ConcernMachine } from "./disclosureLives.ts"
import { ada, beginning, ben, caseA, caseB, chat, cleo, type Wish } from "./disclosureWishes.ts"

/** The terms of the small world. */
export const smallTerms: DisclosureTerms = {
  openCaseAt: "reasonToBelieve",
  triggers: ["seriousOffence", "dangerSelf", "dangerOthers", "childWelfare"],
  crimeNeedsIdentification: false,
  recipients: ["police", "ambulance", "fire", "childWelfare"],
  rightToDisclose: true,
  timers: {
    assessMinutes: 10, consultHighMinutes: 10, consultMinutes: 30, callMinutes: 2, notifyMinutes: 60, childWelfareMinutes: 240, acknowledgeMinutes: 15, reviewHours: 24,
    warnHours: [1], recordDays: 90
  }
}

/** A homicide that will most likely happen and can be averted: a duty. */
export const grave: Assessment = {
  trigger: "seriousOffence", offence: "homicide", when: "will", likelihood: "mostLikely", avertable: "yes", consequencesAvertable: "no", identifiability: "content", level: "none", child: null
}
/** Nothing at all. */
export const light: Assessment = { ...grave, offence: "none" }

const until = 8e12 as Instant
const police = ["police"] as const

/** Every wish of the small world. */
export const smallWishes: ReadonlyArray<Wish> = [
  { _tag: "Raise", by: ada, ref: caseA, session: { ref: chat, endedAt: null }, flaggedBy: "person", trigger: "seriousOffence", belief: "reason", visitorAsks: false },
  { _tag: "Assess", by: ada, assessment: grave },
  { _tag: "Assess", by: ada, assessment: light },
  { _tag: "DeclareImminent", by: ada, level: "imminent", minutesMatter: true, bases: ["avert"], recipients: police },
  { _tag: "RequestConsult", by: ada, proposes: "duty" },
  { _tag: "RequestConsult", by: ada, proposes: "right" },
  { _tag: "RequestConsult", by: ada, proposes: "none" },
  { _tag: "GiveOpinion", by: ben, agrees: true },
  { _tag: "GiveOpinion", by: ben, agrees: false },
  { _tag: "DecideDuty", by: ada, bases: ["avert"], recipients: police, shiftEndsAt: until },
  { _tag: "DecideDuty", by: ben, bases: ["avert"], recipients: ["police", "ambulance"], shiftEndsAt: until },
  { _tag: "ProceedDespiteDissent", by: ada, bases: ["avert"], recipients: police, shiftEndsAt: until, reason: "knowsMore" },
  { _tag: "DecideRight", by: ada, recipients: ["police", "ambulance"], shiftEndsAt: until },
  { _tag: "DecideConsent", by: ada, recipients: ["police", "ambulance"], shiftEndsAt: until, visitorAgreed: true },
  { _tag: "DecideNone", by: ada, reason: "noDanger" },
  { _tag: "Retract", by: ada, assessment: light },
  { _tag: "Retract", by: ben, assessment: light },
  { _tag: "RecordAverted", by: ada, means: "crisisCentre", stillAvertable: true },
  { _tag: "Prepare", by: ada, recipient: "police", fields: ["danger"], covers: [caseA] },
  { _tag: "Prepare", by: ada, recipient: "ambulance", fields: ["medicalDanger"], covers: [caseA] },
  { _tag: "Send", by: ada, recipient: "police" },
  { _tag: "Send", by: ada, recipient: "ambulance" },
  { _tag: "Fail", by: ada, recipient: "police" },
  { _tag: "Acknowledge", by: ada, recipient: "police", reference: null },
  { _tag: "Acknowledge", by: ada, recipient: "ambulance", reference: null },
  { _tag: "TellVisitor", by: ada },
  { _tag: "DeferTelling", by: ada, reason: "increasesRisk" },
  { _tag: "CannotTell", by: ada, connected: false },
  { _tag: "HandOver", to: cleo, cause: "crash" },
  { _tag: "HandOver", to: ada, cause: "shiftEnd" },
  { _tag: "ChatEnded" },
  { _tag: "LearnDeadline", item: "accessTrace", deadline: (beginning + 65 * 60_000) as Instant },
  { _tag: "Review", by: cleo },
  { _tag: "Close", by: ada, releaseOpen: false },
  { _tag: "Absorb", by: ben, from: caseB, owes: police, bases: ["avert"], sent: false },
  { _tag: "MergeInto", by: ben, into: caseB, taken: ["police", "ambulance"] }
]

/** A state without its instants: two states that differ in nothing else are walked once. */
const shape = (state: ConcernState): string => JSON.stringify(state, (key, value: unknown) => (key === "at" || key === "again" || key === "deadline" || key === "keepUntil" ? undefined : Array.isArray(value) && key === "warnAt" ? value.length : value))

/** What a walk found: how many states, how many ways between them by name, and whether nothing was left to walk. */
export interface Walk {
  readonly states: number
  readonly steps: number
  readonly edges: ReadonlyArray<string>
  readonly closed: boolean
}

/** Walks every command and every timer from nothing, `depth` commands deep or to closure; `visit` sees each accepted step. */
export const walk = (machine: ConcernMachine, depth: number, wishes: ReadonlyArray<Wish>): Walk => {
  const seen = new Set([shape(machine.initial)])
  const edges = new Set<string>()
  let steps = 0
  let edge: Array<{ readonly state: ConcernState; readonly now: number }> = [{ state: machine.initial, now: beginning }]
  for (let n = 0; n < depth && edge.length > 0; n++) {
    const next: typeof edge = []
    for (const { state, now } of edge) {
      const timer = machine.due(state)
      const commands = wishes.map((wish) => at(now, wish))
      for (const command of timer === undefined ? commands : [...commands, timer.command]) {
        const decided = machine.decide(state, command)
        if (decided._tag === "Failure") continue
        let after = state
        for (const event of decided.success) after = machine.evolve(after, event)
        steps++
        edges.add(`${state._tag} ${command._tag} ${after._tag}`)
        const key = shape(after)
        if (seen.has(key)) continue
        seen.add(key)
        next.push({ state: after, now: Math.max(now, command.at) })
      }
    }
    edge = next
  }
  return { states: seen.size, steps, edges: [...edges].toSorted(), closed: edge.length === 0 }
}
