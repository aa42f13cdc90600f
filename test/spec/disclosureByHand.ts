/**
 * The laws of a case by hand: states and events to write histories of, right or wrong, and what holds a law against them.
 */
import type { ConcernHistory, ConcernStep } from "@fortrolig/core/disclosure/laws"
import { type ConcernEvent, type ConcernState, isOpen, type Open } from "@fortrolig/core/disclosure/messages"
import { disclosureRules as rules } from "@fortrolig/core/disclosure/rules"
import type { Basis } from "@fortrolig/core/disclosure/vocabulary"
import { Instant, minutes } from "@fortrolig/core/kernel/instant"
import type { Law, Refusal } from "@fortrolig/core/kernel/rule"
import type { DisclosureTerms } from "@fortrolig/core/policy/duties"
import { assert, describe, it } from "vitest"
import * as does from "./disclosureSteps.ts"
import { ada, beginning, caseA, caseB, cleo, type Wish } from "./disclosureWishes.ts"
import { smallTerms } from "./disclosureWorld.ts"

/** Minutes from the beginning, and milliseconds beside them. */
export const at = (minute: number, ms = 0): Instant => Instant.make(beginning + minute * 60_000 + ms)
const now = at(1)

/** States of a case: none yet, and what is left when it is forgotten. */
export const nobody: ConcernState = { _tag: "None" }
export const gone: ConcernState = { _tag: "Gone" }
const open = (state: ConcernState): Open => (isOpen(state) ? state : assert.fail("an open case is needed"))
const toSecond = [does.raise, does.assess, does.ask] as const
/** Open states, by the steps that lead to them. */
export const raised = open(does.led(does.raise))
export const assessed = open(does.led(does.raise, does.assess))
export const consulting = open(does.led(...toSecond))
export const agreed = open(does.led(...toSecond, does.yes))
export const disagreed = open(does.led(...toSecond, { ...does.yes, agrees: false }))
export const decided = open(does.led(...toSecond, does.yes, does.duty))
export const fast = open(does.led(does.raise, does.imminent))
export const fulfilled = open(does.led(...toSecond, does.yes, does.duty, does.tell, does.prepare, does.send, does.acknowledge))
export const noDuty: ConcernState = { ...fulfilled, _tag: "NoDuty" }
export const closed = does.led(...toSecond, does.yes, does.duty, does.tell, does.prepare, does.send, does.acknowledge, does.close)

/** What may be said of a step besides its wish and its events. */
export interface More {
  readonly before?: ConcernState
  readonly after?: ConcernState
  readonly refusal?: Refusal
  readonly when?: Instant
}
/** One step as it may be written down: right or wrong, the law decides. What is not said of it is nothing, and nothing changes. */
export const step = (wish: Wish, events: ReadonlyArray<ConcernEvent> = [], { before = nobody, after = before, refusal, when = now }: More = {}): ConcernStep => ({
  command: { ...wish, at: when },
  before,
  after,
  events,
  refusal
})
/** A refusal by a rule. */
export const no = (rule: keyof typeof rules): Refusal => ({ rule: rules[rule].id, says: "No." })
/** A step of which only the events matter. */
export const past = (...events: ReadonlyArray<ConcernEvent>) => [step(does.tell, events)]

/** Whether a law is broken by a last step, after the steps before it, under other terms than those of the small world. */
export type Row = readonly [title: string, broken: boolean, last: ConcernStep, before?: ReadonlyArray<ConcernStep>, under?: Partial<DisclosureTerms>]
const said = (law: Law<ConcernHistory>, [, , last, before = [], under = {}]: Row) => law.broken({ terms: { ...smallTerms, ...under }, steps: [...before, last] })
/** Holds each row's last step, after the steps before it, against a law that says `what` of it. */
export const hold = (law: Law<ConcernHistory>, what: string, rows: ReadonlyArray<Row>) =>
  describe(law.says, () => {
    it.each(rows.map((row) => [row[0], row] as const))("%s", (_, row) => {
      const [, broken, { command }, before = []] = row
      assert.deepStrictEqual(said(law, row), broken ? [`step ${before.length + 1} (${command._tag}): ${what}`] : [])
    })
  })

const alarm = { at: at(2), again: minutes(1) }
const byAda = { at: now, by: ada } as const
const police = { ...byAda, recipient: "police" } as const
type How = Extract<ConcernEvent, { readonly _tag: "DutyDecided" }>["how"]
/** Events of a case, all a minute after the beginning. */
export const duty = (how: How = "consulted", bases: ReadonlyArray<Basis> = ["avert"]): ConcernEvent => ({ _tag: "DutyDecided", ...byAda, how, reason: null, bases, notify: [], review: null })
export const right: ConcernEvent = { _tag: "RightDecided", ...byAda, notify: [] }
export const consent: ConcernEvent = { _tag: "ConsentDecided", ...byAda, notify: [] }
export const nothing: ConcernEvent = { _tag: "NoDutyDecided", ...byAda, reason: "noDanger", alarm }
export const retracted: ConcernEvent = { _tag: "DutyRetracted", ...byAda, alarm }
export const takenBack: ConcernEvent = { _tag: "ConsentTakenBack", ...byAda, alarm }
export const prepared = (...fields: Extract<ConcernEvent, { readonly _tag: "Prepared" }>["fields"]): ConcernEvent => ({ _tag: "Prepared", ...police, fields, covers: [caseA] })
export const sending: ConcernEvent = { _tag: "SendingStarted", ...police, channel: "phone", alarm }
export const failed: ConcernEvent = { _tag: "SendingFailed", ...police, alarm }
export const answered: ConcernEvent = { _tag: "Acknowledged", ...police, reference: null, alarm }
export const done: ConcernEvent = { _tag: "Fulfilled", at: now, alarm }
export const averted: ConcernEvent = { _tag: "AvertedByOther", ...byAda, means: "crisisCentre", alarm }
export const told: ConcernEvent = { _tag: "VisitorTold", ...byAda, when: "after" }
export const cannot: ConcernEvent = { _tag: "TellingNotPossible", ...byAda }
export const looked = (by = cleo): ConcernEvent => ({ _tag: "Reviewed", at: now, by })
export const closes = (when = now): ConcernEvent => ({ _tag: "Closed", at: when, by: ada, keepUntil: at(0) })
export const merges = (when = now): ConcernEvent => ({ _tag: "MergedInto", at: when, by: ada, into: caseB, keepUntil: at(0) })
