import { assert, describe, it } from "vitest"
import { custodians, one, other } from "../../../../test/spec/custodyLives.ts"
import { Instant } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import { CaseRef } from "../retention/messages.ts"
import * as laws from "./laws.ts"
import type { CustodyCommand, CustodyEvent, CustodyState } from "./messages.ts"

/** Time in hours from the arrival of the request; it may wait until 24. */
const at = (hour: number): Instant => Instant.make(Date.UTC(2026, 9, 23, 10) + hour * 3_600_000)
const [a, b, c] = custodians
if (a === undefined || b === undefined || c === undefined) throw new Error("three custodians are needed")

const request = { channel: "phone", authority: "police", caseRef: CaseRef.make("case 1"), basis: "averting", secret: false } as const
const receive = { _tag: "Receive", at: at(0), request, target: { _tag: "Session", ref: one }, caseNotified: true, found: [{ trace: one, until: at(30) }] } as const
const nothing: CustodyState = { _tag: "NoRequest" }
const received: CustodyState = { _tag: "Received", request, trace: one, until: at(30), receivedAt: at(0) }
const rejected: CustodyState = { _tag: "Rejected", request, reason: "withdrawn", at: at(1) }
const gone: CustodyState = { _tag: "Unavailable", request, at: at(1) }

/** One step as it may be written down: right or wrong, the law decides. */
const step = (command: CustodyCommand, events: ReadonlyArray<CustodyEvent>, more: Partial<laws.CustodyStep> = {}): laws.CustodyStep => ({
  command,
  events,
  before: nothing,
  after: nothing,
  refusal: undefined,
  told: undefined,
  ...more
})
const come = (until: number) => step(receive, [{ _tag: "Received", at: at(0), request, trace: one, until: at(until) }], { after: received })
const checks = step({ _tag: "CheckAuthenticity", at: at(0), by: c, number: "ownDirectory", confirmed: true }, [{ _tag: "AuthenticityChecked", at: at(0), by: c }])
const approves = step({ _tag: "Approve", at: at(0), by: a }, [{ _tag: "Approved", at: at(0), by: a }])
const rejects = step({ _tag: "Reject", at: at(0), by: a, reason: "withdrawn" }, [{ _tag: "Rejected", at: at(0), request, reason: "withdrawn" }], { after: rejected })

const look = (hour: number) => ({ _tag: "Expire", at: at(hour) }) as const
const lost = (hour: number) => ({ _tag: "Unavailable", at: at(hour), request }) as const
const late = (hour: number) => ({ _tag: "Rejected", at: at(hour), request, reason: "notDecidedInTime" }) as const
const keep = (hour: number, until: number) => ({ _tag: "FollowRecord", at: at(hour), until: at(until) }) as const

type Row = readonly [what: string, broken: boolean, last: laws.CustodyStep, before?: ReadonlyArray<laws.CustodyStep>]

/** Holds each row's last step, after the steps before it, against a law that says `what` of it. */
const hold = (law: Law<laws.CustodyHistory>, what: string, rows: ReadonlyArray<Row>) =>
  describe(law.says, () => {
    it.each(rows.map(([title, broken, last, before = []]) => [title, { broken, last, before }] as const))("%s", (_, { broken, last, before }) => {
      assert.deepStrictEqual(law.broken({ steps: [...before, last] }), broken ? [`step ${before.length + 1} (${last.command._tag}): ${what}`] : [])
    })
  })

const ready = [come(30), checks, approves]
const wants = (hour: number, by: typeof a, latest = hour) => ({ _tag: "Release", at: at(hour), by, latest: at(latest) }) as const
const out = (hour: number, by: typeof a) => ({ _tag: "Released", at: at(hour), by }) as const

hold(laws.releasedByTwo, "a release and the two custodians disagree", [
  ["another custodian releases", false, step(wants(1, b), [out(1, b)]), ready],
  ["another custodian must be able to", true, step(wants(1, b), []), ready],
  ["the same one cannot", false, step(wants(1, a), []), ready],
  ["the same one did", true, step(wants(1, a), [out(1, a)]), ready],
  ["once, not twice", true, step(wants(1, b), [out(1, b), out(1, b)]), ready],
  ["somebody else's name", true, step(wants(1, b), [out(1, c)]), ready],
  ["another instant", true, step(wants(1, b), [out(2, b)]), ready],
  ["without a wish", true, step(look(1), [out(1, b)]), ready],
  ["at the record's end", false, step(wants(3, b, 2), []), [come(3), checks, approves]],
  ["at the record's end by the later clock", false, step(wants(2, b, 3), []), [come(3), checks, approves]],
  ["just before it", true, step(wants(2, b, 2.999), []), [come(3), checks, approves]],
  ["after 24 hours", false, step(wants(24, b), []), ready],
  ["unchecked", false, step(wants(1, b), []), [come(30), approves]],
  ["unapproved", false, step(wants(1, b), []), [come(30), checks]],
  ["never received", false, step(wants(1, b), []), [checks, approves]],
  ["rejected before", false, step(wants(1, b), []), [...ready, rejects]]
])

const calls = (hour: number, number: "ownDirectory" | "given", confirmed: boolean) => ({ _tag: "CheckAuthenticity", at: at(hour), by: c, number, confirmed }) as const
const called = { _tag: "AuthenticityChecked", at: at(1), by: c } as const
const fake = { _tag: "Rejected", at: at(1), request, reason: "notGenuine" } as const
const wishes = (hour: number) => ({ _tag: "Approve", at: at(hour), by: a }) as const
const approved = { _tag: "Approved", at: at(1), by: a } as const

hold(laws.checkedFirst, "a check and what follows from it disagree", [
  ["a call that confirms", false, step(calls(1, "ownDirectory", true), [called]), [come(30)]],
  ["a call that is not heard", true, step(calls(1, "ownDirectory", true), []), [come(30)]],
  ["a second call", false, step(calls(1, "ownDirectory", true), []), [come(30), checks]],
  ["a call to a given number", false, step(calls(1, "given", true), []), [come(30)]],
  ["a given number that was believed", true, step(calls(1, "given", true), [called]), [come(30)]],
  ["a call about nothing", false, step(calls(1, "ownDirectory", true), [])],
  ["a call at the record's end", false, step(calls(3, "ownDirectory", true), []), [come(3)]],
  ["a call after 24 hours", false, step(calls(24, "ownDirectory", true), []), [come(30)]],
  ["a fake", false, step(calls(1, "ownDirectory", false), [fake]), [come(30)]],
  ["a fake that goes on", true, step(calls(1, "ownDirectory", false), []), [come(30)]],
  ["a fake that is found out late", false, step(calls(1, "ownDirectory", false), [fake]), [come(30), checks]],
  ["a fake of a given number", true, step(calls(1, "given", false), [fake]), [come(30)]],
  ["another reason to reject", false, rejects, [come(30)]],
  ["approval", false, step(wishes(1), [approved]), [come(30), checks]],
  ["approval that is not heard", true, step(wishes(1), []), [come(30), checks]],
  ["approval unchecked", false, step(wishes(1), []), [come(30)]],
  ["approval unchecked that was given", true, step(wishes(1), [approved]), [come(30)]],
  ["approval a second time", false, step(wishes(1), []), ready],
  ["approval at the record's end", false, step(wishes(3), []), [come(3), checks]],
  ["approval by nobody", true, step(look(1), [approved]), [come(30), checks]]
])

hold(laws.goneBeatsAll, "a request and the life of its record disagree", [
  ["nothing found", false, step(receive, [lost(0)])],
  ["nothing found, at another instant", true, step(receive, [lost(1)])],
  ["received with a record that is there", false, step(receive, [], { after: { ...received, until: Instant.make(at(0) + 1) } })],
  ["received with a record that is gone", true, step(receive, [], { after: { ...received, until: at(0) } })],
  ["received once more, too late", true, step({ ...receive, at: at(3) }, []), [come(3)]],
  ["gone in time", false, step(look(3), [lost(3)]), [come(3)]],
  ["gone, heard of later", false, step(look(4), [lost(3)]), [come(3)]],
  ["gone at another instant", true, step(look(4), [lost(4)]), [come(3)]],
  ["gone twice", true, step(look(3), [lost(3), lost(3)]), [come(3)]],
  ["not gone", true, step(look(3), []), [come(3)]],
  ["gone too early", true, step(look(2), [lost(2)]), [come(3)]],
  ["gone exactly after 24 hours", true, step(look(24), []), [come(24)]],
  ["late before it is gone", false, step(look(30), []), [come(30)]],
  ["destroyed", false, step(keep(2, 2), [lost(2)]), [come(3)]],
  ["destroyed, unheard", true, step(keep(2, 2), []), [come(3)]],
  ["kept", false, step(keep(2, 5), []), [come(3)]],
  ["kept for a millisecond", false, step({ _tag: "FollowRecord", at: at(2), until: Instant.make(at(2) + 1) }, []), [come(3)]],
  ["destroyed after 24 hours", false, step(keep(24, 1), []), [come(30)]],
  ["destroyed when all is over", false, step(keep(2, 2), []), [come(3), rejects]],
  ["gone when all is over", true, step(keep(2, 2), [lost(2)]), [come(3), rejects]]
])

hold(laws.answeredInTime, "a request waits too long, or was cut off early", [
  ["cut off at 24 hours", false, step(look(24), [late(24)], { after: rejected }), [come(30)]],
  ["cut off later, for 24 hours", false, step(look(25), [late(24)], { after: rejected }), [come(30)]],
  ["cut off at another instant", true, step(look(25), [late(25)], { after: rejected }), [come(30)]],
  ["not cut off", true, step(look(24), [], { after: rejected }), [come(30)]],
  ["cut off too early", true, step(look(23), [late(23)], { after: rejected }), [come(30)]],
  ["gone at the same instant", false, step(look(24), [lost(24)], { after: gone }), [come(24)]],
  ["goes on past 24 hours", true, step(look(24), [late(24)], { after: received }), [come(30)]],
  ["goes on past the record's end", true, step(look(3), [], { after: received }), [come(3)]],
  ["goes on before", false, step(look(2), [], { after: received }), [come(3)]],
  ["over before", false, step(look(25), [], { after: nothing }), [come(30), rejects]],
  ["rejected for another reason", false, rejects, [come(30)]]
])

const asks = (more: object, after: CustodyState, before: CustodyState = nothing) => step({ ...receive, ...more }, [], { before, after })
const window = (from: number, to: number) => ({ target: { _tag: "Window", from: Instant.make(at(-1) + from), to: Instant.make(at(-1) + to) } }) as const
const quarter = 900_000

hold(laws.onlyLawful, "a request and its basis disagree", [
  ["one record", false, asks({}, received)],
  ["one record, kept back", true, asks({}, gone)],
  ["another record", true, asks({}, { ...received, trace: other })],
  ["no record", false, asks({ found: [] }, gone)],
  ["no record, and yet received", true, asks({ found: [] }, received)],
  ["a record that ends now", false, asks({ found: [{ trace: one, until: at(0) }] }, gone)],
  ["a record of another session", false, asks({ found: [{ trace: other, until: at(30) }] }, gone)],
  ["two records", false, asks({ found: [receive.found[0], receive.found[0]] }, rejected)],
  ["two records, and yet received", true, asks({ found: [receive.found[0], receive.found[0]] }, received)],
  ["a case that nobody was told of", true, asks({ caseNotified: false }, received)],
  ["an order needs no case", false, asks({ caseNotified: false, request: { ...request, basis: "productionOrder" } }, received)],
  ["an order to preserve neither", false, asks({ caseNotified: false, request: { ...request, basis: "preservationOrder" } }, received)],
  ["an investigation", true, asks({ request: { ...request, basis: "investigation" } }, received)],
  ["a quarter of an hour", false, asks(window(0, quarter), received)],
  ["a quarter of an hour, and another visitor's record", false, asks({ ...window(0, quarter), found: [{ trace: other, until: at(30) }] }, { ...received, trace: other })],
  ["a millisecond more", true, asks(window(0, quarter + 1), received)],
  ["no time at all", true, asks(window(5, 5), received)],
  ["until this very instant", false, asks(window(3_600_000 - 1, 3_600_000), received)],
  ["until later", true, asks(window(3_600_000, 3_600_001), received)],
  ["a subject", true, asks({ target: { _tag: "Topic" } }, received)],
  ["received before", false, asks({}, received, rejected)],
  ["nothing asked", false, step(look(1), [])]
])

const told = { _tag: "RequestHandled" } as const
hold(laws.serviceLearnsNothing, "the service was told too much or too little", [
  ["nothing while it is open", false, step(receive, [], { after: received })],
  ["too early", true, step(receive, [], { after: received, told })],
  ["when it is over", false, step(receive, [], { after: rejected, told })],
  ["over without a beginning", false, step(look(1), [], { after: gone, told })],
  ["not told", true, step(receive, [], { after: gone })],
  ["told more", true, step(receive, [], { after: gone, told: { ...told, reason: "withdrawn" } })],
  ["in secret", false, step({ ...receive, request: { ...request, secret: true } }, [], { after: rejected })],
  ["a secret told", true, step({ ...receive, request: { ...request, secret: true } }, [], { after: rejected, told })],
  ["a second request changes nothing", false, step({ ...receive, request: { ...request, secret: true } }, [], { before: received, after: rejected, told }), [step(receive, [], { after: received })]]
])

hold(laws.noAddress, "an event has a field that is not allowed", [
  ["an event as it is", false, come(30)],
  ["an event with one field more", true, step(receive, [{ ...lost(0), ip: "an address" } as CustodyEvent])]
])

hold(laws.answerStands, "an answered request changed", [
  ["nothing happens", false, step(look(2), [], { before: rejected, after: rejected })],
  ["something happens", true, step(look(2), [lost(2)], { before: rejected, after: rejected })],
  ["it is another", true, step(look(2), [], { before: rejected, after: gone })],
  ["it was open", false, step(look(2), [lost(2)], { before: received, after: gone })]
])

describe("the law of ticking", () => {
  it("says which of the two differs", () => {
    const { broken } = laws.tickingMakesNoDifference
    assert.deepStrictEqual(broken({ withCommands: gone, ticked: { ...gone }, tickedTwice: gone }), [])
    assert.deepStrictEqual(broken({ withCommands: received, ticked: gone, tickedTwice: gone }), ["ticking between the commands gave another request"])
    assert.deepStrictEqual(broken({ withCommands: gone, ticked: gone, tickedTwice: received }), ["ticking twice gave another request"])
  })
})
