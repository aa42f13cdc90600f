import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { type Deed, beginning, commandOf, deeds, drafts, firstDraft, NaiveReferral, referralBugs, type ReferralMachine } from "../../../../test/spec/guidanceReferral.ts"
import { completeGuide } from "../../../../test/spec/guidanceWorlds.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { RuleId } from "../kernel/rule.ts"
import { edgesOf } from "../kernel/table.ts"
import { assessBy, referralMachine } from "./machine.ts"
import { type ReferralCommand, ReferralDraft, type ReferralState } from "./messages.ts"
import { referralTable } from "./table.ts"

interface Real {
  readonly machine: ReferralMachine
  state: ReferralState
  now: number
}

/** One deed done to the naive and to the real referral, which must answer exactly alike. */
class Does implements fc.Command<NaiveReferral, Real> {
  readonly deed: Deed
  constructor(deed: Deed) {
    this.deed = deed
  }
  check(): boolean {
    return true
  }
  run(naive: NaiveReferral, real: Real): void {
    real.now += this.deed.gap
    const command = commandOf(this.deed.wish, real.now)
    const expected = naive.run(command)
    const { state, events, refusal } = step(real.machine, real.state, command)
    real.state = state
    assert.deepStrictEqual(refusal?.rule ?? events.map(({ _tag }) => String(_tag)), expected)
    const draft = "draft" in state ? state.draft : undefined
    assert.deepStrictEqual(draft, naive.answer === "yes" ? undefined : naive.written)
    assert.deepStrictEqual(
      state._tag === "Accepted" ? [state.request, state.assessBy, state.pathwayStartedAt !== null] : undefined,
      naive.answer === "yes" ? [naive.written?.request, naive.assessBy, naive.pathway] : undefined
    )
  }
  toString(): string {
    return `${this.deed.wish._tag} after ${this.deed.gap} ms`
  }
}

const right = referralMachine(completeGuide)
const agreement = (machine: ReferralMachine) =>
  fc.property(fc.commands([deeds.map((deed) => new Does(deed))], { maxCommands: 30, size: "max" }), (commands) => {
    fc.modelRun(() => ({ model: new NaiveReferral(), real: { machine, state: machine.initial, now: beginning } }), commands)
  })

describe("the referral and the naive referral", () => {
  it("answer every command alike (DUV-10, DUV-16, DUV-19, DUV-23, DUV-24, DUV-25)", () => {
    fc.assert(agreement(right), runs(1500))
  }, patience)

  it.skipIf(quick).each(Object.entries(referralBugs))("notice a planted bug: %s", (_, plant) => {
    assert.isTrue(fc.check(agreement(plant(right)), { numRuns: 3000, seed: 7, endOnFailure: true }).failed)
  }, patience)
})

const noon = Instant.make(beginning)
const other: ReferralDraft = { ...firstDraft, request: { ...firstDraft.request, to: "contract" } }
const vocabulary: ReadonlyArray<ReferralCommand> = [
  { _tag: "Write", at: noon, draft: firstDraft },
  { _tag: "Write", at: noon, draft: other },
  { _tag: "Preview", at: noon },
  { _tag: "Send", at: noon },
  { _tag: "Discard", at: noon },
  { _tag: "Accept", at: noon, receivedOn: "2026-06-12" },
  { _tag: "Decline", at: noon }
]

describe("every referral there can be, to closure", () => {
  const states = new Map<string, ReferralState>([[JSON.stringify(right.initial), right.initial]])
  const edges = new Set<string>()
  for (const state of states.values()) {
    for (const command of vocabulary) {
      const { state: next, refusal } = step(right, state, command)
      states.set(JSON.stringify(next), next)
      if (refusal === undefined) edges.add(`${state._tag} ${command._tag} ${next._tag}`)
    }
  }

  it("has 10 states and 16 edges, and the edges are those of the table", () => {
    assert.strictEqual(states.size, 10)
    assert.strictEqual(edges.size, 16)
    assert.deepStrictEqual([...edges].toSorted(), edgesOf(referralTable).map(({ from, by, to }) => `${from} ${by} ${to}`).toSorted())
  })

  it("waits for no timer", () => {
    assert.deepStrictEqual([...states.values()].map(right.due), [...states.values()].map(() => undefined))
  })

  it("is left as it is by an event that cannot happen in it", () => {
    for (const state of states.values()) {
      for (const from of states.values()) {
        for (const command of vocabulary) {
          for (const event of step(right, from, command).events) {
            const next = right.evolve(state, event)
            const possible = edgesOf(referralTable).some((edge) => edge.from === state._tag && edge.to === next._tag)
            assert.isTrue(possible || next === state, `${event._tag} in ${state._tag}`)
          }
        }
      }
    }
  })
})

const reach = (...commands: ReadonlyArray<ReferralCommand>): ReferralState => commands.reduce<ReferralState>((state, command) => step(right, state, command).state, right.initial)
const [writes, writesOther, previews, sends, discards, accepts, declines] = vocabulary
assert.isDefined(writes)
assert.isDefined(writesOther)
assert.isDefined(previews)
assert.isDefined(sends)
assert.isDefined(discards)
assert.isDefined(accepts)
assert.isDefined(declines)

describe("a referral", () => {
  it("says in one plain sentence why something cannot be done, with the rule", () => {
    const sent = reach(writes, previews, sends)
    const told = (state: ReferralState, command: ReferralCommand) => step(right, state, command).refusal
    const to = (id: string): ReferralCommand => ({ _tag: "Write", at: noon, draft: { ...firstDraft, request: { ...firstDraft.request, to: id } } })
    assert.deepStrictEqual(
      [
        told(right.initial, to("nowhere")),
        told(right.initial, to("calm")),
        told(sent, writes),
        told(right.initial, previews),
        told(reach(writes), sends),
        told(sent, discards),
        told(reach(writes), accepts),
        told(reach(writes), declines),
        told(sent, { _tag: "Accept", at: noon, receivedOn: "2026-06-13" }),
        told(sent, { _tag: "Accept", at: noon, receivedOn: "2026-06-11" })
      ],
      [
        { rule: RuleId.make("DUV-05"), says: "That service is not in the guide." },
        { rule: RuleId.make("DUV-05"), says: "You can contact that service yourself, without a referral." },
        { rule: RuleId.make("DUV-25"), says: "This referral has been sent and cannot be changed here." },
        { rule: RuleId.make("DUV-25"), says: "There is no draft to look through." },
        { rule: RuleId.make("DUV-25"), says: "Only a referral that you have looked through can be sent." },
        { rule: RuleId.make("DUV-25"), says: "This referral has been sent and cannot be taken back here." },
        { rule: RuleId.make("DUV-23"), says: "There is no referral waiting for an answer." },
        { rule: RuleId.make("DUV-23"), says: "There is no referral waiting for an answer." },
        { rule: RuleId.make("DUV-24"), says: "A referral cannot be received on a day that has not come yet." },
        { rule: RuleId.make("DUV-24"), says: "A referral cannot be received before it was sent." }
      ]
    )
  })

  it("that a clinic accepts starts its pathway then, shows the day of assessment, and has the own words no more (DUV-23, DUV-24)", () => {
    const later = Instant.make(beginning + 86_400_000)
    const done = step(right, reach(writes, previews, sends), { _tag: "Accept", at: later, receivedOn: "2026-06-12" })
    assert.deepStrictEqual(done.events, [
      { _tag: "Accepted", at: later, receivedOn: "2026-06-12", assessBy: "2026-06-26" },
      { _tag: "PathwayStarted", at: later }
    ])
    assert.deepStrictEqual(done.state, { _tag: "Accepted", request: firstDraft.request, receivedOn: "2026-06-12", assessBy: "2026-06-26", pathwayStartedAt: later })
    assert.strictEqual(right.evolve(done.state, { _tag: "PathwayStarted", at: Instant.make(later + 1) }), done.state)
    assert.deepStrictEqual(step(right, done.state, accepts), { state: done.state, events: [], refusal: undefined })
  })

  it("that a contract specialist accepts starts none, and is assessed as soon", () => {
    assert.deepStrictEqual(reach(writesOther, previews, sends, accepts), {
      _tag: "Accepted",
      request: other.request,
      receivedOn: "2026-06-12",
      assessBy: "2026-06-26",
      pathwayStartedAt: null
    })
  })

  it("can be received on a day that began by Norwegian clocks at that very instant, and on the day on which it was sent at its last moment", () => {
    const midnight = Date.UTC(2026, 5, 12, 22)
    const at = (instant: number) => ({ at: Instant.make(instant) })
    const sentAt = (instant: number) => step(right, reach(writes, previews), { _tag: "Send", ...at(instant) }).state
    const refusal = (state: ReferralState, instant: number, receivedOn: string) => step(right, state, { _tag: "Accept", ...at(instant), receivedOn }).refusal?.rule
    assert.deepStrictEqual(
      [
        refusal(sentAt(midnight - 1), midnight - 1, "2026-06-13"),
        refusal(sentAt(midnight - 1), midnight, "2026-06-13"),
        refusal(sentAt(midnight - 1), midnight, "2026-06-12"),
        refusal(sentAt(midnight), midnight, "2026-06-12")
      ],
      [RuleId.make("DUV-24"), undefined, undefined, RuleId.make("DUV-24")]
    )
  })

  it("is assessed within the working days of the guide, Easter left out (DUV-24)", () => {
    assert.deepStrictEqual([assessBy("2026-03-27", 10), assessBy("2026-06-12", 1), assessBy("2026-06-12", 10)], ["2026-04-15", "2026-06-15", "2026-06-26"])
  })

  it("that was declined keeps when, and a new one can be written", () => {
    const declined = reach(writes, previews, sends, declines)
    assert.deepStrictEqual(declined, { _tag: "Declined", declinedAt: noon })
    assert.deepStrictEqual(step(right, declined, declines), { state: declined, events: [], refusal: undefined })
    assert.deepStrictEqual(step(right, declined, writes).state, { _tag: "Draft", draft: firstDraft, type: "dps" })
    assert.deepStrictEqual(reach(writes, previews, sends), { _tag: "Sent", draft: firstDraft, type: "dps", sentAt: noon })
    assert.deepStrictEqual(reach(writes, previews, discards), { _tag: "Empty" })
  })
})

describe("a draft", () => {
  it("is the same after a journey through JSON, competence, interpreter and all (DUV-10, DUV-16, DUV-19)", () => {
    const travel = (draft: ReferralDraft): ReferralDraft => Schema.decodeUnknownSync(ReferralDraft)(JSON.parse(JSON.stringify(Schema.encodeSync(ReferralDraft)(draft))))
    fc.assert(fc.property(drafts, (draft) => assert.deepStrictEqual(travel(draft), draft)), runs(300))
  })

  it("has exactly the fields that are the person's own, and asks for nothing twice (DUV-25)", () => {
    assert.deepStrictEqual([Object.keys(ReferralDraft.fields), Object.keys(ReferralDraft.fields.request.fields)], [
      ["referrer", "request", "words"],
      ["to", "therapist", "competences", "interpreter"]
    ])
    const accepted = (draft: unknown) => Schema.is(ReferralDraft)(draft)
    const asking = (competences: ReadonlyArray<string>) => ({ ...firstDraft, request: { ...firstDraft.request, competences } })
    assert.deepStrictEqual(
      [asking([]), asking(["violenceAndTraumas", "violenceAndAbuse"]), asking(["violenceAndAbuse", "violenceAndAbuse"]), { ...firstDraft, words: "x".repeat(2000) }, { ...firstDraft, words: "x".repeat(2001) }].map(accepted),
      [true, true, false, true, false]
    )
    const twice = Schema.decodeUnknownResult(ReferralDraft)(asking(["violenceAndAbuse", "violenceAndAbuse"]))
    assert.isTrue(Result.isFailure(twice) && String(twice.failure).includes("must not ask for the same thing twice"))
  })
})
