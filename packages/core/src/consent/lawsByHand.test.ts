import { assert, describe, it } from "vitest"
import { receipts } from "../../../../test/spec/consentLives.ts"
import { Instant } from "../kernel/instant.ts"
import { type Law, type Refusal, RuleId } from "../kernel/rule.ts"
import * as laws from "./laws.ts"
import { unknownReceipt } from "./machine.ts"
import type { ConsentCommand, ConsentEvent, ConsentState } from "./messages.ts"
import type { ConsentTerms } from "./terms.ts"

/** Minutes from the opening; the deadline is at 60. */
const at = (minute: number): Instant => Instant.make(1_800_000_000_000 + minute * 60_000)
const terms: ConsentTerms = { purposes: ["quality", "research"], bundled: false, timesAsked: 2, minimumAge: 18, traceHours: 1, bucketMinutes: 1 }
const notice = { version: "1", language: "nb" } as const
const english = { version: "1", language: "en" } as const
const [mine, foreign] = receipts

const notShown: ConsentState = { _tag: "NotShown" }
const shown: ConsentState = { _tag: "NoticeShown", deleteAt: at(60), timesAsked: 0, notice }
const asked: ConsentState = { _tag: "Asked", deleteAt: at(60), timesAsked: 1, notice }
const granted: ConsentState = { _tag: "Granted", deleteAt: at(60), timesAsked: 1, notice, purposes: ["quality"], receiptHash: mine, grantedAt: at(3) }
const declined: ConsentState = { _tag: "Declined", deleteAt: at(60), timesAsked: 1 }
const withdrawn: ConsentState = { _tag: "Withdrawn", deleteAt: at(60) }
const invalidated: ConsentState = { _tag: "Invalidated", deleteAt: at(60) }
const expired: ConsentState = { _tag: "Expired" }

/** One step as it may be written down: right or wrong, the law decides. */
const step = (command: ConsentCommand, before: ConsentState, after: ConsentState, events: ReadonlyArray<ConsentEvent> = [], refusal?: Refusal): laws.ConsentStep => ({
  command,
  before,
  after,
  events,
  refusal
})
type Row = readonly [title: string, broken: boolean, last: laws.ConsentStep, before?: ReadonlyArray<laws.ConsentStep>, under?: Partial<ConsentTerms>]

/** Holds each row's last step, after the steps before it, against a law that says `what` of it. */
const hold = (law: Law<laws.ConsentHistory>, what: string, rows: ReadonlyArray<Row>) =>
  describe(law.says, () => {
    const cases = rows.map(([title, broken, last, before = [], under = {}]) => [title, { broken, last, before, under }] as const)
    it.each(cases)("%s", (_, { broken, last, before, under }) => {
      const said = law.broken({ terms: { ...terms, ...under }, steps: [...before, last] })
      assert.deepStrictEqual(said, broken ? [`step ${before.length + 1} (${last.command._tag}): ${what}`] : [])
    })
  })

type Grant = Extract<ConsentCommand, { readonly _tag: "Grant" }>
const grant = (more: Partial<Grant> = {}): Grant => ({ _tag: "Grant", at: at(3), by: "visitor", question: 1, notice, purposes: ["quality"], receiptHash: mine, ...more })
const yes = { _tag: "Granted", at: at(3), purposes: ["quality"], receiptHash: mine } as const
const refuses = (command: ConsentCommand, before: ConsentState = asked) => step(command, before, before)

hold(laws.yesIsAnAct, "the yes and the visitor's act disagree", [
  ["a yes", false, step(grant(), asked, granted, [yes])],
  ["a yes that is not heard", true, refuses(grant())],
  ["a yes without its event", true, step(grant(), asked, granted)],
  ["a yes that leaves nothing", true, step(grant(), asked, asked, [yes])],
  ["a yes that nobody gave", true, step({ _tag: "SessionOver", at: at(3) }, asked, granted, [yes])],
  ["a yes without a question", false, refuses(grant(), shown)],
  ["a yes at the deadline", false, refuses(grant({ at: at(60) }))],
  ["a yes by the counsellor", false, refuses(grant({ by: "counsellor" }))],
  ["a yes to another question", false, refuses(grant({ question: 2 }))],
  ["a yes to another text", false, refuses(grant({ notice: english }))],
  ["a yes to another purpose", false, refuses(grant({ purposes: ["quality", "treatment"] }))],
  ["a yes to half of a bundle", false, refuses(grant()), [], { bundled: true }],
  ["a yes to a bundle", true, refuses(grant({ purposes: ["research", "quality"] })), [], { bundled: true }],
  ["a yes that stays", false, refuses(grant(), granted)]
])

const both: ConsentState = { ...granted, purposes: ["quality", "research"] }
hold(laws.onlyWhatWasChosen, "the purposes are not those that were chosen", [
  ["as chosen", false, step(grant(), asked, granted)],
  ["one more than chosen", true, step(grant(), asked, both)],
  ["one twice", true, step(grant(), asked, { ...granted, purposes: ["quality", "quality"] })],
  ["in another order", false, step(grant({ purposes: ["research", "quality"] }), asked, both)],
  ["as before", false, refuses(grant({ purposes: ["research"] }), granted)],
  ["changed afterwards", true, step(grant({ purposes: ["quality", "research"] }), granted, both)],
  ["chosen by nobody", true, step({ _tag: "SessionOver", at: at(3) }, asked, granted)],
  ["no yes", false, refuses(grant())]
])

const facts = { chatActive: true, statedAge: null, notice } as const
type Ask = Extract<ConsentCommand, { readonly _tag: "Ask" }>
const ask = (more: Partial<Ask> = {}): Ask => ({ _tag: "Ask", at: at(2), ...facts, ...more })
type Show = Extract<ConsentCommand, { readonly _tag: "ShowNotice" }>
const show = (more: Partial<Show> = {}): Show => ({ _tag: "ShowNotice", at: at(1), openedAt: at(0), ...facts, ...more })
const put = { _tag: "Asked", at: at(2), question: 1 } as const
const showing = { _tag: "NoticeShown", at: at(1), deleteAt: at(60), notice } as const
const puts = step(ask(), shown, asked, [put])

hold(laws.notPressed, "asked too often, too early or too late, or not when it could be", [
  ["asked", false, puts],
  ["not asked", true, step(ask(), shown, shown)],
  ["asked twice at once", true, step(ask(), shown, asked, [put, put])],
  ["asked without a notice", true, step(ask(), notShown, asked, [put])],
  ["asked by nobody", true, step({ _tag: "SessionOver", at: at(2) }, shown, asked, [put])],
  ["asked already", false, step(ask(), asked, asked)],
  ["asked at the deadline", false, step(ask({ at: at(60) }), shown, expired)],
  ["asked outside the chat", false, step(ask({ chatActive: false }), shown, shown)],
  ["asked a child", false, step(ask({ statedAge: 17 }), shown, shown)],
  ["asked at the limit of age", true, step(ask({ statedAge: 18 }), shown, shown)],
  ["asked under another text", false, step(ask({ notice: english }), shown, shown)],
  ["asked once more", false, puts, [puts]],
  ["asked a third time", true, puts, [puts, puts]],
  ["shown again after a no", false, step(show(), declined, shown, [showing]), [puts]],
  ["not shown again after a no", true, step(show(), declined, declined), [puts]],
  ["shown again after the last no", true, step(show(), declined, shown, [showing]), [puts, puts]],
  ["not shown again after the last no", false, step(show(), declined, declined), [puts, puts]],
  ["not shown again at the deadline", false, step(show({ at: at(60) }), declined, expired), [puts]],
  ["not shown again outside the chat", false, step(show({ chatActive: false }), declined, declined), [puts]],
  ["not shown again to one whose age is known", false, step(show({ statedAge: 17 }), declined, declined), [puts]],
  ["not shown where there was no no", false, step(show(), shown, shown), [puts]]
])

const no = { _tag: "Declined", at: at(4) } as const
const decline = (more: object = {}) => ({ _tag: "Decline", at: at(4), by: "visitor", question: 1, ...more }) as const
const age = (years: number, minute = 4) => ({ _tag: "StateAge", at: at(minute), years }) as const
hold(laws.silenceIsNo, "an open question was not answered with no", [
  ["a no", false, step(decline(), asked, declined, [no])],
  ["a no without its event", true, step(decline(), asked, declined)],
  ["a no that changes nothing", true, step(decline(), asked, asked, [no])],
  ["a no that is not heard", true, step(decline(), asked, asked)],
  ["a no by the counsellor", false, step(decline({ by: "counsellor" }), asked, asked)],
  ["a no to another question", false, step(decline({ question: 2 }), asked, asked)],
  ["a no at the deadline", false, step(decline({ at: at(60) }), asked, expired)],
  ["a no to nothing", false, step(decline(), shown, shown)],
  ["the end", true, step({ _tag: "SessionOver", at: at(4) }, asked, asked)],
  ["no use any more", true, step({ _tag: "Halt", at: at(4) }, asked, asked)],
  ["a child", true, step(age(17), asked, asked)],
  ["an adult", false, step(age(18), asked, asked)],
  ["an adult who is taken to say no", true, step(age(18), asked, declined, [no])],
  ["nobody said anything", true, step(ask(), asked, declined, [no])]
])

const withdraw = (receiptHash: typeof mine = mine, minute = 5) => ({ _tag: "Withdraw", at: at(minute), receiptHash }) as const
const back = { _tag: "Withdrawn", at: at(5) } as const
const told: Refusal = { rule: RuleId.make("E-03"), says: "There was a yes once." }
hold(laws.withdrawalIsCertain, "a withdrawal did too little or told too much", [
  ["taken back", false, step(withdraw(), granted, withdrawn, [back])],
  ["taken back and refused", true, step(withdraw(), granted, withdrawn, [back], unknownReceipt)],
  ["taken back without its event", true, step(withdraw(), granted, withdrawn)],
  ["not taken back", true, step(withdraw(), granted, granted, [], unknownReceipt)],
  ["not taken back, in silence", true, step(withdraw(), granted, granted)],
  ["another receipt", false, step(withdraw(foreign), granted, granted, [], unknownReceipt)],
  ["another receipt, in silence", true, step(withdraw(foreign), granted, granted)],
  ["another receipt takes it back", true, step(withdraw(foreign), granted, withdrawn, [back])],
  ["another receipt, with an event", true, step(withdraw(foreign), granted, granted, [back], unknownReceipt)],
  ["at the deadline", false, step(withdraw(mine, 60), granted, expired, [], unknownReceipt)],
  ["without a yes", false, step(withdraw(), declined, declined, [], unknownReceipt)],
  ["a second time", false, step(withdraw(), withdrawn, withdrawn, [], unknownReceipt)],
  ["told the same", false, step(withdraw(), withdrawn, withdrawn, [], { ...unknownReceipt }), [step(withdraw(foreign), granted, granted, [], unknownReceipt)]],
  ["told something else", true, step(withdraw(), withdrawn, withdrawn, [], told), [step(withdraw(foreign), granted, granted, [], unknownReceipt)]],
  ["another refusal", false, step(withdraw(), withdrawn, withdrawn, [], unknownReceipt), [step(ask(), granted, granted, [], told)]],
  ["taken back by nobody", true, step(age(3), granted, withdrawn, [back])],
  ["nothing taken back", false, step(age(30), granted, granted)]
])

const left: Refusal = { rule: RuleId.make("E-10"), says: "Left out." }
const other: Refusal = { rule: RuleId.make("DFH-13"), says: "No." }
const void_ = { _tag: "Invalidated", at: at(4) } as const
hold(laws.tooYoungIsLeftOut, "age was not respected", [
  ["a child is left out", false, step(ask({ statedAge: 17 }), shown, shown, [], left)],
  ["a child is left out, in silence", true, step(ask({ statedAge: 17 }), shown, shown)],
  ["a child is asked", true, step(ask({ statedAge: 17 }), shown, asked, [put], left)],
  ["a child is shown the notice", true, step(show({ statedAge: 17 }), notShown, shown, [showing], left)],
  ["a child is not shown it", false, step(show({ statedAge: 17 }), notShown, notShown, [], left)],
  ["an adult is left out", true, step(ask({ statedAge: 18 }), shown, shown, [], left)],
  ["an adult is refused for another reason", false, step(ask({ statedAge: 18 }), shown, shown, [], other)],
  ["one of no stated age is left out", true, step(ask(), shown, shown, [], left)],
  ["something else is left out", true, step(age(3), shown, shown, [], left)],
  ["the yes of a child", false, step(age(17), granted, invalidated, [void_])],
  ["the yes of a child stands", true, step(age(17), granted, granted)],
  ["the yes of an adult", false, step(age(18), granted, granted)],
  ["the yes of an adult is void", true, step(age(18), granted, invalidated, [void_])],
  ["the yes of an adult is void, in silence", true, step(age(18), granted, invalidated)],
  ["the yes of a child at the deadline", false, step(age(17, 60), granted, expired)],
  ["an adult at the deadline", false, step(age(18, 60), granted, expired)],
  ["no yes of a child", true, step(age(17), declined, declined, [void_])],
  ["void by nobody", true, step(ask(), granted, invalidated, [void_])]
])
