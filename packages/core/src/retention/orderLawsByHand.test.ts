import { assert, describe, it } from "vitest"
import { otherSession, trace } from "../../../../test/spec/retentionLives.ts"
import { Instant, Period } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import type { HoldTerms } from "../policy/duties.ts"
import type { RetentionHistory, RetentionStep } from "./laws.ts"
import { CaseRef, type Item, type RetentionCommand, type RetentionEvent, type RetentionState } from "./messages.ts"
import { destroyedOnTime, endsWithItsAuthority, keptByOrderOnly } from "./orderLaws.ts"

/** Milliseconds from when counting began; the deadline is at 1000, and an order may last until a day later. */
const at = (ms: number): Instant => Instant.make(1_000_000 + ms)
const day = 86_400_000
const holds: HoldTerms = { items: ["accessTrace"], maximumDays: 1 }
const police = { authority: "police", caseRef: CaseRef.make("case 1") } as const
const court = { authority: "court", caseRef: CaseRef.make("case 2") } as const
const running: RetentionState = { _tag: "Running", item: trace, deleteAt: at(1000), orders: [] }
const hidden: RetentionState = { _tag: "Hidden", item: trace, deleteAt: at(1000), destroyFrom: at(1000) }
const destroyed = (ms: number): RetentionState => ({ _tag: "Destroyed", deleteAt: at(1000), destroyedAt: at(ms) })

/** One step as it may be written down: right or wrong, the law decides. */
const step = (command: RetentionCommand, events: ReadonlyArray<RetentionEvent> = [], before: RetentionState = running, after: RetentionState = running): RetentionStep => ({
  command,
  before,
  after,
  events,
  refusal: undefined,
  latest: command.at,
  readable: false
})
type From = typeof police | typeof court
const wants = (ms: number, until: number, from: From = police, item: Item = trace) => ({ _tag: "Order", at: at(ms), ...from, item, until: at(until) }) as const
const kept = (ms: number, until: number, from: From = police) => ({ _tag: "Ordered", at: at(ms), ...from, until: at(until) }) as const
const release = (ms: number, from: From = police) => ({ _tag: "Release", at: at(ms), ...from }) as const
const released = (ms: number, from: From = police) => ({ _tag: "Released", at: at(ms), ...from }) as const
const touch = (ms: number) => ({ _tag: "Touch", at: at(ms) }) as const
const destroy = (ms: number) => ({ _tag: "Destroy", at: at(ms) }) as const
const expired = step(touch(1000), [{ _tag: "Expired", at: at(1000) }])
const begun = (item: Item = trace) =>
  step({ _tag: "Start", at: at(0), item, startedAt: at(0), period: Period.make(1000), bucketMinutes: 1 }, [{ _tag: "Started", at: at(0), item, deleteAt: at(1000) }])
const ordered = (ms: number, until: number, from: From = police) => step(wants(ms, until, from), [kept(ms, until, from)])

type Row = readonly [title: string, broken: boolean, last: RetentionStep, before: ReadonlyArray<RetentionStep>, under?: HoldTerms | null]

/** Holds each row's last step, after the steps before it, against a law that says `what` of it. */
const hold = (law: Law<RetentionHistory>, what: (step: number, command: RetentionCommand) => string, rows: ReadonlyArray<Row>) =>
  describe(law.says, () => {
    const cases = rows.map(([title, broken, last, before, under = holds]) => [title, { broken, last, before, under }] as const)
    it.each(cases)("%s", (_, { broken, last, before, under }) => {
      assert.deepStrictEqual(law.broken({ holds: under, steps: [...before, last] }), broken ? [what(before.length + 1, last.command)] : [])
    })
  })

const otherKind: Item = { ...trace, dataClass: "content" }
hold(keptByOrderOnly, (n) => `step ${n}: an order and what it keeps disagree`, [
  ["kept", false, ordered(500, 2000), [begun()]],
  ["not kept", true, step(wants(500, 2000)), [begun()]],
  ["kept twice", true, step(wants(500, 2000), [kept(500, 2000), kept(500, 2000)]), [begun()]],
  ["kept from another instant", true, step(wants(500, 2000), [kept(501, 2000)]), [begun()]],
  ["kept until another instant", true, step(wants(500, 2000), [kept(500, 2001)]), [begun()]],
  ["kept for another authority", true, step(wants(500, 2000), [kept(500, 2000, court)]), [begun()]],
  ["ordered before counting", false, step(wants(500, 2000)), []],
  ["kept before counting", true, ordered(500, 2000), []],
  ["as long as the policy allows", true, step(wants(500, 1000 + day)), [begun()]],
  ["longer than the policy allows", false, step(wants(500, 1001 + day)), [begun()]],
  ["another session", false, step(wants(500, 2000, police, otherSession)), [begun()]],
  ["another kind", false, step(wants(500, 2000, police, otherKind)), [begun()], { ...holds, items: ["accessTrace", "content"] }],
  ["a kind that no order keeps", false, step(wants(500, 2000, police, otherKind)), [begun(otherKind)]],
  ["a kind that an order keeps", true, step(wants(500, 2000, police, otherKind)), [begun(otherKind)], { ...holds, items: ["content"] }],
  ["a service without orders", false, step(wants(500, 2000)), [begun()], null],
  ["until the deadline", false, step(wants(500, 1000)), [begun()]],
  ["a millisecond longer", true, step(wants(500, 1001)), [begun()]],
  ["ordered again", false, step(wants(600, 2000)), [begun(), ordered(500, 2000)]],
  ["kept again", true, ordered(600, 2000), [begun(), ordered(500, 2000)]],
  ["ordered for longer", false, ordered(600, 2001), [begun(), ordered(500, 2000)]],
  ["ordered by another authority too", true, step(wants(600, 2000, court)), [begun(), ordered(500, 2000)]],
  ["ordered while held", true, step(wants(1999, 3000)), [begun(), ordered(500, 2000), expired]],
  ["ordered at the end of the hold", false, step(wants(2000, 3000)), [begun(), ordered(500, 2000), expired]],
  ["ordered while held, until this instant", false, step(wants(1500, 1500)), [begun(), ordered(500, 2000), expired]],
  ["ordered at the deadline", false, step(wants(1000, 3000)), [begun(), expired]],
  ["ordered when it is hidden, and the clock is back", false, step(wants(500, 3000), [], hidden), [begun(), expired]],
  ["ordered when it is destroyed", false, step(wants(500, 3000)), [begun(), step(destroy(1000), [{ _tag: "Destroyed", at: at(1000) }])]],
  ["ordered again after it was taken back", true, step(wants(600, 2000)), [begun(), ordered(500, 2000), step(release(550), [released(550)])]],
  ["ordered again after a stricter policy", false, step(wants(600, 801 + day)), [begun(), step({ _tag: "Shorten", at: at(1), deleteAt: at(800) }, [{ _tag: "Shortened", at: at(1), deleteAt: at(800) }])]]
])

hold(keptByOrderOnly, (n) => `step ${n}: kept without an order`, [
  ["kept by nobody", true, step(touch(500), [kept(500, 2000)]), [begun()]],
  ["not kept by nobody", false, step(touch(500)), [begun()]]
])

const inForce = [begun(), ordered(500, 2000)]
hold(endsWithItsAuthority, (n, { _tag }) => `step ${n} (${_tag}): an order and who gave it disagree`, [
  ["taken back", false, step(release(600), [released(600)]), inForce],
  ["taken back, unheard", true, step(release(600)), inForce],
  ["taken back twice", true, step(release(600), [released(600), released(600)]), inForce],
  ["taken back at another instant", true, step(release(600), [released(601)]), inForce],
  ["taken back by another", true, step(release(600, court), [released(600)]), inForce],
  ["another's taken back", true, step(release(600), [released(600, court)]), inForce],
  ["another has none", false, step(release(600, court)), inForce],
  ["another has none, and yet", true, step(release(600, court), [released(600, court)]), inForce],
  ["nobody takes it back", true, step(touch(600), [released(600)]), inForce],
  ["shortened to nothing", false, step(wants(600, 700), [released(600)]), inForce],
  ["shortened to nothing, unheard: another law's matter", false, step(wants(600, 700)), inForce],
  ["taken back before", false, step(release(700)), [...inForce, step(release(600), [released(600)])]],
  ["ended before", false, step(release(2500)), [...inForce, expired, step(touch(2000), [{ _tag: "HoldEnded", at: at(2000) }])]]
])

const gone = (ms: number, moment = ms) => step(destroy(ms), [], hidden, destroyed(moment))
const waits = (ms: number) => step(destroy(ms), [], hidden, hidden)
const both = [begun(), ordered(500, 2000), ordered(500, 3000, court), expired]
hold(destroyedOnTime, (n, { _tag }) => `step ${n} (${_tag}): destruction and what is due disagree`, [
  ["at the deadline", false, gone(1000), [begun()]],
  ["before the deadline", true, gone(999), [begun()]],
  ["not at the deadline", true, waits(1000), [begun()]],
  ["not before the deadline", false, waits(999), [begun()]],
  ["before counting", false, waits(1000), []],
  ["at another instant than it says", true, gone(1000, 1001), [begun()]],
  ["by nothing", true, step(touch(1000), [], hidden, destroyed(1000)), [begun()]],
  ["destroyed for ever", false, step(destroy(2000), [], destroyed(1000), destroyed(1000)), [begun()]],
  ["destroyed anew", true, step(destroy(2000), [], destroyed(1000), destroyed(2000)), [begun()]],
  ["back again", true, step(touch(2000), [], destroyed(1000), hidden), [begun()]],
  ["not while an order keeps it", true, gone(1999), [...inForce, expired]],
  ["when the order ends", false, gone(2000), [...inForce, expired]],
  ["when the order has ended", false, gone(2000), [...inForce, expired, step(touch(2000), [{ _tag: "HoldEnded", at: at(2000) }])]],
  ["when the last of two orders ends", true, waits(3000), both],
  ["not when the first of them does", false, waits(2999), both],
  ["taken back before the deadline: at the deadline", true, waits(1000), [...inForce, step(release(600), [released(600)])]],
  ["taken back before the deadline: not before it", false, waits(999), [...inForce, step(release(600), [released(600)])]],
  ["taken back after it: then", true, waits(1500), [...inForce, expired, step(release(1500), [released(1500)])]],
  ["taken back after it: not before", false, waits(1499), [...inForce, expired, step(release(1500), [released(1500)])]],
  ["one taken back, the other keeps it", false, waits(2999), [...both, step(release(1500), [released(1500)])]],
  ["one taken back, until the other ends", true, waits(3000), [...both, step(release(1500), [released(1500)])]],
  ["the longer taken back, the other keeps it", false, waits(1999), [...both, step(release(1500, court), [released(1500, court)])]],
  ["the longer taken back, until the other ends", true, waits(2000), [...both, step(release(1500, court), [released(1500, court)])]],
  ["taken back by a clock that is back: at the deadline", true, waits(1000), [...inForce, expired, step(release(700), [released(700)])]],
  ["taken back as the other ends: then", true, waits(2000), [...both, step(release(2000, court), [released(2000, court)])]],
  ["a stricter policy", true, waits(800), [begun(), step(touch(1), [{ _tag: "Shortened", at: at(1), deleteAt: at(800) }])]],
  ["a stricter policy, not before it", false, waits(799), [begun(), step(touch(1), [{ _tag: "Shortened", at: at(1), deleteAt: at(800) }])]]
])
