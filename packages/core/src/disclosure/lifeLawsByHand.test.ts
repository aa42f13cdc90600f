import { assert, describe, it } from "vitest"
import {
  answered, at, averted, cannot, closed, closes, decided, done, duty, failed, fulfilled, gone, hold, merges, type More, no, noDuty, nothing, past, raised, retracted, right, type Row, sending,
  step, told
} from "../../../../test/spec/disclosureByHand.ts"
import * as does from "../../../../test/spec/disclosureSteps.ts"
import { ada, ben, chat, cleo, type Wish } from "../../../../test/spec/disclosureWishes.ts"
import { smallTerms } from "../../../../test/spec/disclosureWorld.ts"
import { hours } from "../kernel/instant.ts"
import { thresholds } from "../policy/duties.ts"
import { beliefs } from "./assessment.ts"
import * as laws from "./laws.ts"
import type { ConcernState } from "./messages.ts"

const ends = step(does.close, [closes()])
const refuses = (before: ConcernState, wish: Wish = does.close) => step(wish, [], { before, refusal: no("noDrop") })
const settled = past(duty(), done, told)

hold(laws.nothingOwedIsClosed, "a case closed with something open, or was kept open", [
  ["fulfilled and told", false, ends, settled],
  ["fulfilled, and it cannot be told", false, ends, past(duty(), done, cannot)],
  ["averted in another way and told", false, ends, past(right, averted, told)],
  ["not fulfilled", true, ends, past(duty(), told)],
  ["not told", true, ends, past(duty(), done)],
  ["decided that there is nothing", false, ends, past(nothing)],
  ["taken back", false, ends, past(duty(), retracted)],
  ["nothing decided", true, ends, past(told)],
  ["fulfilled without a decision", true, ends, past(done, told)],
  ["first nothing, then a right that is owed", true, ends, past(nothing, right)],
  ["fulfilled, told and closed at once", false, step(does.close, [done, told, closes()]), past(duty())],
  ["a notification under way", true, ends, past(duty(), done, told, sending)],
  ["a notification that was acknowledged", false, ends, past(duty(), sending, answered, done, told)],
  ["a notification that failed", false, ends, past(duty(), sending, failed, averted, told)],
  ["a second notification under way", true, ends, past(duty(), sending, answered, sending, done, told)],
  ["one that failed, tried again", true, ends, past(duty(), sending, failed, sending, done, told)],
  ["merged while it owes", false, step(does.mergeInto, [merges()]), past(duty())],
  ["something else while it owes", false, step(does.tell, [told], { before: decided }), past(duty())],
  ["kept open", true, refuses(fulfilled), settled],
  ["kept open with nothing to pass on", true, refuses(noDuty), past(nothing)],
  ["not kept open", false, step(does.close, [], { before: fulfilled }), settled],
  ["kept open while it owes", false, refuses(fulfilled), past(duty(), told)],
  ["kept open until it is told", false, refuses(fulfilled), past(duty(), done)],
  ["kept open while a custodian works", false, refuses(fulfilled, { ...does.close, releaseOpen: true }), settled],
  ["kept open until somebody has looked", false, refuses({ ...fulfilled, alone: ada }), settled],
  ["kept open before it is decided", false, refuses(decided), settled],
  ["something else refused", false, refuses(fulfilled, does.tell), settled]
])

const day = 24 * 60
const begun = [step(does.raise, [], { after: raised, when: at(0) })]
const call = (minute: number, ms = 0) => ({ _tag: "Paged", at: at(minute, ms), timer: "assess", about: null, whom: "lead", alarm: { at: at(0), again: hours(1) } }) as const
const acts = (minute: number, ms = 0) => step(does.tell, [], { before: raised, when: at(minute, ms) })
/** Looked at `minute`, after timers of which `called` rang. */
const looks = (minute: number, called: ReadonlyArray<ReturnType<typeof call>>, more: More = {}) => step({ _tag: "ChatEnded" }, called, { before: raised, when: at(minute), ...more })
const kept = [...begun, step(does.close, [closes(at(10))], { before: fulfilled, after: closed, when: at(10) })]
const merged = [...begun, step(does.mergeInto, [merges(at(10))], { before: decided, after: closed, when: at(10) })]
const forgets = (minute: number, ms = 0, when = at(minute, ms)) => step({ _tag: "ChatEnded" }, [{ _tag: "Forgotten", at: at(minute, ms) }], { before: closed, after: gone, when })
const still = (after: ConcernState, minute: number, ms = 0) => step({ _tag: "ChatEnded" }, [], { before: closed, after, when: at(minute, ms) })
const end = 90 * day + 10

hold(laws.neverSilent, "nobody was called upon in time, or a case was kept too long", [
  ["opened long after the beginning", false, step(does.raise, [{ ...call(0), at: at(2 * day) }], { after: raised, when: at(2 * day) })],
  ["opened after a long quiet", false, step(does.raise, [], { after: raised, when: at(5 * day) }), [step(does.tell, [], { when: at(0) })]],
  ["silent for a day", false, acts(day), begun],
  ["silent for longer", true, acts(day, 1), begun],
  ["silent for longer than a day where a look may take longer", false, acts(30 * 60), begun, { timers: { ...smallTerms.timers, reviewHours: 30 } }],
  ["silent for longer than a look may take", true, acts(30 * 60, 1), begun, { timers: { ...smallTerms.timers, reviewHours: 30 } }],
  ["somebody acts in between", false, acts(2 * day), [...begun, acts(day)]],
  ["somebody is called upon in between", false, looks(2 * day, [call(day)]), begun],
  ["somebody is called upon too late", true, looks(day + 1, [call(day, 1)]), begun],
  ["nobody is called upon after that", true, looks(2 * day + 1, [call(day)]), begun],
  ["silent while the clock is set back", false, acts(day + 60), [...begun, acts(60), acts(30)]],
  ["silent for longer while the clock is set back", true, acts(day + 60, 1), [...begun, acts(60), acts(30)]],
  ["closed in silence", false, still(closed, 2 * day), kept],
  ["kept to its last moment", false, still(closed, end, -1), kept],
  ["kept after it", true, still(closed, end), kept],
  ["forgotten on its day", false, forgets(end), kept],
  ["forgotten at the next look", false, forgets(end, 0, at(end + day)), kept],
  ["forgotten early", true, forgets(end, -1, at(end)), kept],
  ["forgotten late", true, forgets(end, 1), kept],
  ["gone before its day", true, still(gone, end, -1), kept],
  ["gone on its day", false, still(gone, end), kept],
  ["merged and kept", false, still(closed, end, -1), merged],
  ["merged and kept too long", true, still(closed, end), merged],
  ["merged and forgotten on its day", false, forgets(end), merged]
])

it("the longest silence is a day, or the longest of the periods in which somebody should act", () => {
  const { timers } = smallTerms
  const longest = (more: Partial<typeof timers>) => laws.longestSilence({ ...smallTerms, timers: { ...timers, ...more } })
  assert.deepStrictEqual([longest({}), longest({ reviewHours: 25 }), longest({ reviewHours: 1, warnHours: [100], recordDays: 366 })], [hours(24), hours(25), hours(24)])
})

type Raise = Extract<Wish, { readonly _tag: "Raise" }>
const opens = (more: Partial<Raise>, refused: boolean) => {
  const wish = { ...does.raise, ...more }
  return refused ? step(wish, [], { refusal: no("onlyPeople") }) : step(wish, [], { after: raised })
}
const ended = (minutesAgo: number, ms = 0) => ({ session: { ref: chat, endedAt: at(1 - minutesAgo, ms) } })
/** A wish to open a case that is heard, and the same wish refused: one of the two is wrong. */
const either = (title: string, heard: boolean, more: Partial<Raise>, under = {}): ReadonlyArray<Row> => [
  [`${title}: opened`, !heard, opens(more, false), [], under],
  [`${title}: refused`, heard, opens(more, true), [], under]
]
const accepted: Readonly<Record<string, ReadonlyArray<string>>> = { immediateRisk: ["immediate"], reasonToBelieve: ["reason", "immediate"], mayBeDanger: ["mayBe", "reason", "immediate"] }

hold(laws.onlyPeopleRaise, "a case and a person's wish do not fit", [
  ...thresholds.flatMap((openCaseAt) =>
    beliefs.flatMap((belief) => either(`${belief} under ${openCaseAt}`, accepted[openCaseAt]?.includes(belief) === true, { belief }, { openCaseAt }))
  ),
  ...either("another trigger", false, { trigger: "crimeVictim" }),
  ...either("another trigger, and the visitor asks", true, { trigger: "crimeVictim", visitorAsks: true }),
  ...either("no belief, and the visitor asks", true, { belief: "none", visitorAsks: true }),
  ...either("no chat", false, { session: null }),
  ...either("no chat, and the visitor asks", false, { session: null, visitorAsks: true }),
  ...either("a chat that ended a day ago", true, ended(day)),
  ...either("a chat that ended before that", false, ended(day, -1)),
  ["opened by software", true, opens({ flaggedBy: "software" }, false)],
  ["not opened by software", false, opens({ flaggedBy: "software" }, true)],
  ["opened by something else", true, step(does.tell, [], { after: raised })],
  ["not opened by something else", false, step(does.tell, [], { refusal: no("onlyPeople") })],
  ["not opened a second time", false, step(does.raise, [], { before: raised, refusal: no("noDrop") })]
])

const hands = { _tag: "HandOver", to: cleo, cause: "crash" } as const
const quiet: ReadonlyArray<Wish> = [{ _tag: "ChatEnded" }, { _tag: "Expire", timer: "assess", about: null }]
hold(laws.nothingClosesByItself, "a case was closed, or left with nobody", [
  ...quiet.flatMap((wish): ReadonlyArray<Row> => [
    [`${wish._tag} closes nothing`, false, step(wish, [], { before: raised })],
    [`${wish._tag} closes a case`, true, step(wish, [], { before: raised, after: closed })],
    [`${wish._tag} ends what is closed`, false, step(wish, [], { before: closed, after: gone })]
  ]),
  ["a case is closed", false, step(does.close, [], { before: fulfilled, after: closed })],
  ["handed over", false, step(hands, [], { before: raised, after: { ...raised, holder: cleo } })],
  ["handed over to nobody", true, step(hands, [], { before: raised })],
  ["handed over to somebody else", true, step(hands, [], { before: raised, after: { ...raised, holder: ben } })],
  ["handed over and closed", true, step(hands, [], { before: raised, after: closed })],
  ["a closed case is not handed over", false, step(hands, [], { before: closed })]
])

const run = (...steps: ReadonlyArray<laws.ConcernStep>) => ({ terms: smallTerms, steps })
const steps = [step(does.raise, [], { after: raised }), step(does.tell, [], { before: raised, after: decided }), step(does.tell, [], { before: decided, after: fulfilled })] as const

describe(laws.replays.says, () => {
  const broken = (first: laws.ConcernHistory, again: laws.ConcernHistory, applied: ConcernState) => laws.replays.broken({ first, again, applied })

  it("is true of the same steps that lead to the same case, and of no steps", () => {
    assert.deepStrictEqual(broken(run(...steps), run(...steps), { ...fulfilled }), [])
    assert.deepStrictEqual(broken(run(), run(), { _tag: "None" }), [])
  })

  it("tells a second run that differs from events that lead elsewhere", () => {
    assert.deepStrictEqual(broken(run(...steps), run(steps[0], steps[1]), fulfilled), ["a second run went another way"])
    assert.deepStrictEqual(broken(run(...steps), run(...steps), decided), ["the events alone lead elsewhere"])
  })
})

describe(laws.tickingMakesNoDifference.says, () => {
  it("tells ticking from ticking twice", () => {
    const broken = laws.tickingMakesNoDifference.broken
    assert.deepStrictEqual(broken({ withCommands: raised, ticked: { ...raised }, tickedTwice: { ...raised } }), [])
    assert.deepStrictEqual(broken({ withCommands: raised, ticked: decided, tickedTwice: decided }), ["ticking changed the case"])
    assert.deepStrictEqual(broken({ withCommands: raised, ticked: raised, tickedTwice: decided }), ["ticking twice changed the case"])
  })
})

describe(laws.consentIsNoGuard.says, () => {
  const broken = (yes: ReadonlyArray<laws.ConcernStep>, not: ReadonlyArray<laws.ConcernStep>) => laws.consentIsNoGuard.broken({ withYes: run(...yes), withNo: run(...not) })
  const says = (n: number, tag: string) => [`step ${n} (${tag}): a yes changed a decision that does not depend on it`]

  it("is true of two runs that go the same way, or part only where the visitor is asked", () => {
    assert.deepStrictEqual(broken(steps, steps), [])
    const [asked, not] = [step(does.consent, [], { before: decided, after: fulfilled }), step(does.consent, [], { before: decided })]
    assert.deepStrictEqual(broken([asked], [not]), [])
    assert.deepStrictEqual(broken([asked, step(does.tell, [], { before: fulfilled })], [not, step(does.tell, [], { before: decided })]), [])
  })

  it("names the step at which a yes made a difference, or after which one run ends", () => {
    assert.deepStrictEqual(broken(steps, [steps[0], step(does.tell, [], { before: raised }), steps[2]]), says(2, "TellVisitor"))
    assert.deepStrictEqual(broken(steps, steps.slice(0, 2)), says(3, "TellVisitor"))
  })
})

it("are all of the laws over one history", () => {
  assert.deepStrictEqual(laws.concernLaws, [
    laws.decidedFirst,
    laws.imminentIsReviewed,
    laws.withinTheList,
    laws.nothingIdentifies,
    laws.dissentDisablesNobody,
    laws.nothingOwedIsClosed,
    laws.neverSilent,
    laws.onlyPeopleRaise,
    laws.nothingClosesByItself
  ])
})
