import { assert, describe, it } from "vitest"
import {
  accept, accepted, active, ada, answer, at, ben, came, dropped, ended, hold, missed, moved, no, offer, offered, open, opened, over, past, request, requeued, reserved, step, take, terms,
  unopened, waiting, went, withBen, write, wrote
} from "../../../../test/spec/sessionByHand.ts"
import type { Policy } from "../policy/policy.ts"
import * as laws from "./laws.ts"
import type { SessionEvent } from "./messages.ts"

const { limits, phone } = terms
const silence = (less: Partial<Policy["limits"]>, reservedMinutes = 4): number =>
  laws.longestSilence({ limits: { ...limits, ...less, messageBytes: 1024 }, phone: phone === null ? null : { ...phone, reservedMinutes } }) / 1000

describe("the longest silence, in seconds", () => {
  it.each([
    ["the wait for a call, then the queue", silence({}), 240 + 180],
    ["the grace where there is no phone, then the queue", laws.longestSilence({ limits: { ...limits, idleMinutes: 4 }, phone: null }) / 1000, 90 + 180],
    ["the grace that is longer than the wait for a call", silence({ counsellorGraceSeconds: 300 }), 300 + 180],
    ["nobody says anything and the chat ends first", silence({ idleMinutes: 3, lengthMinutes: 60 }), 180 + 180],
    ["nobody says anything for longest", silence({ idleMinutes: 9 }), 540],
    ["the whole length", silence({ lengthMinutes: 5 }), 300]
  ])("%s", (_, said, expected) => assert.strictEqual(said, expected))
})

const begins = step(open(), [opened], { before: unopened, after: waiting })
const late = step(write(5), [], { after: active })
hold(laws.endsByItself, "it should have ended by itself", [
  ["the first thing done", false, begins],
  ["an end as the first thing done", false, step(open(), [ended(9999)], { after: over })],
  ["just within the silence", false, step(write(420 - 1, 999)), [begins]],
  ["at the end of the silence", true, step(write(420)), [begins]],
  ["at the end of the silence, in the queue", true, step(write(420), [], { after: waiting }), [begins]],
  ["counted from the last thing done", false, step(write(424)), [begins, late]],
  ["and from nothing earlier", true, step(write(425)), [begins, late]],
  ["over by then", false, step(write(9999), [ended(420)], { after: over }), [begins]],
  ["over a moment too late", true, step(write(9999), [ended(420, "idle", 1)], { after: over }), [begins]],
  ["something else at that moment", false, step(write(9999), [{ ...wrote, at: at(421) }, ended(419)], { after: over }), [begins]],
  ["opened long after a first attempt", false, step(open(9999), [{ ...opened, at: at(9999) }], { before: unopened, after: { ...waiting, openedAt: at(9999) } }), [
    step(open(), [], { before: unopened, after: unopened })
  ]],
  ["just within the length", false, step(write(599, 999)), [begins, step(write(400))]],
  ["at the end of the length", true, step(write(600)), [begins, step(write(400))]],
  ["at the end of the length, as counted from the opening", true, step(write(605)), [
    step(open(), [], { before: unopened, after: unopened }),
    step(open(5), [{ ...opened, at: at(5) }], { before: unopened, after: waiting }),
    step(write(400), [{ ...wrote, at: at(400) }])
  ]],
  ["just before it", false, step(write(604)), [step(open(5), [{ ...opened, at: at(5) }], { before: unopened, after: waiting }), step(write(400))]],
  ["never opened", false, step(write(700)), [step(write(400))]],
  ["never opened, whatever happened", false, step(write(700)), [step(write(400), [wrote])]]
])

hold(laws.oneOwner, "who holds the chat is not who accepted it", [
  ["nobody", false, step(write(0), [], { after: waiting })],
  ["accepted", false, step(accept(), [accepted], { before: waiting })],
  ["held and not accepted", true, step(accept(), [])],
  ["accepted and not held", true, step(accept(), [accepted], { after: waiting })],
  ["accepted and held by another", true, step(accept(), [accepted], { after: withBen })],
  ["accepted twice", true, step(accept(), [accepted]), [past(accepted)]],
  ["accepted twice at once", true, step(accept(), [accepted, accepted])],
  ["accepted twice, and then something else", true, step(accept(), [accepted, accepted, wrote])],
  ["kept", false, step(write(1), [wrote]), [past(accepted)]],
  ["moved", false, step(answer(), [moved()], { after: withBen }), [past(accepted)]],
  ["moved and not held by that one", true, step(answer(), [moved()]), [past(accepted)]],
  ["given back", false, step(write(1), [requeued()], { after: waiting }), [past(accepted)]],
  ["given back and still held", true, step(write(1), [requeued()]), [past(accepted)]],
  ["not given back and not held", true, step(write(1), [wrote], { after: waiting }), [past(accepted)]],
  ["given back and accepted again", false, step(accept(), [requeued(), accepted]), [past(accepted)]],
  ["over", false, step(write(1), [ended()], { after: over }), [past(accepted)]],
  ["over and still held", true, step(write(1), [ended()]), [past(accepted)]]
])

const full = { holding: 2 } as const
const forRoom = { refusal: no("E-14") } as const
hold(laws.withinCapacity, "capacity and acceptance disagree", [
  ["the last place is given", false, step(accept(), [accepted])],
  ["one too many is accepted", true, step(accept(full), [accepted])],
  ["one too many is accepted after a timer", true, step(accept(full), [missed(0), accepted])],
  ["one too many is offered", true, step(offer(full), [offered()])],
  ["one too many is moved", true, step(answer(full), [moved()], { after: withBen })],
  ["one too many says no", false, step(answer({ ...full, yes: false }), [dropped("declined")])],
  ["one too many is refused", false, step(accept(full), [], { ...forRoom, before: waiting, after: waiting })],
  ["there is room and it is refused", true, step(accept(), [], { ...forRoom, before: waiting, after: waiting })],
  ["there is room and the offer is refused", true, step(offer(), [], forRoom)],
  ["there is room and the move is refused", true, step(answer(), [], forRoom)],
  ["there is room, but no chat to offer", false, step(offer(), [], { ...forRoom, after: waiting })],
  ["there is room, but another reason", false, step(accept(), [], { refusal: no("DFH-22"), after: waiting })],
  ["there is room and nothing happens", false, step(offer(), [])],
  ["nobody would get anything", false, step(take(), [], forRoom)]
])

const kept = { reserved: true } as const
const forCall = { refusal: no("DFH-22") } as const
const queue = { before: waiting, after: waiting } as const
hold(laws.reservedStaysFree, "being kept free and assignment disagree", [
  ["kept free for this call", false, step(request(), [reserved()])],
  ["kept free for a second call", true, step(request(kept), [reserved()])],
  ["kept free for a second call after a timer", true, step(request(kept), [dropped("silence"), reserved()])],
  ["not kept free for a second call", false, step(request(kept), [dropped("silence")], forCall)],
  ["not kept free for any call", false, step(request(), [], forCall)],
  ["is given a chat", true, step(accept(kept), [accepted])],
  ["is given a chat after a timer", true, step(accept(kept), [missed(0), accepted])],
  ["is offered one", true, step(offer(kept), [offered()])],
  ["is moved one", true, step(answer(kept), [moved()])],
  ["is refused one", false, step(accept(kept), [], { ...queue, ...forCall })],
  ["is asked and declined", false, step(answer({ ...kept, yes: false }), [dropped("declined")])],
  ["free, and given one", false, step(accept(), [accepted], { before: waiting })],
  ["free, and refused for a call", true, step(offer(), [], forCall)],
  ["free, and refused for something else", false, step(offer(), [], forRoom)],
  ["free, and nothing happens in the queue", true, step(accept(), [], queue)],
  ["free with another chat, and nothing happens", true, step(accept({ holding: 0 }), [], queue)],
  ["free, and nothing happens where somebody has it", false, step(accept(), [])],
  ["free, and nothing is offered in the queue", false, step(offer(), [], queue)],
  ["free without room", false, step(accept(full), [], queue)],
  ["free without the standing", false, step(accept({ standing: "declaredHost" }), [], queue)],
  ["free with the standing of another service", true, step(accept({ standing: "declaredHost" }), [], queue), [], { answeredBy: "declaredHosts" }],
  ["a call that is refused", false, step(take(), [], forCall)]
])

const host = { standing: "declaredHost" } as const
const none = { standing: "none" } as const
const hosts = { answeredBy: "declaredHosts" } as const
hold(laws.boundToConfidentiality, "standing and assignment disagree", [
  ["a health professional", false, step(accept(), [accepted])],
  ["a declared host", true, step(accept(host), [accepted])],
  ["nobody bound", true, step(accept(none), [accepted])],
  ["nobody bound, after a timer", true, step(accept(none), [missed(0), accepted])],
  ["nobody bound is offered", true, step(offer(none), [offered()])],
  ["nobody bound is moved to", true, step(answer(none), [moved()])],
  ["nobody bound is refused", false, step(accept(none), [], { refusal: no("DFH-29") })],
  ["nobody bound is declined", false, step(answer(none), [dropped("declined")])],
  ["a health professional is refused for it", true, step(offer(), [], { refusal: no("DFH-29") })],
  ["a health professional is refused for the hosts' reason", true, step(answer(), [], { refusal: no("IF-12") })],
  ["a health professional is refused for another reason", false, step(accept(), [], forRoom)],
  ["nothing happens", false, step(accept(), [])],
  ["a host among hosts", false, step(accept(host), [accepted]), [], hosts],
  ["a health professional who has declared nothing", true, step(accept(), [accepted]), [], hosts],
  ["a host among hosts is refused", true, step(accept(host), [], { refusal: no("IF-12") }), [], hosts],
  ["nobody would get anything", false, step(take(), [], { refusal: no("DFH-29") })],
  ["nobody asked for it", false, step(write(1), [accepted])]
])

hold(laws.endStands, "an ended session changed", [
  ["over", false, step(write(1), [], { before: over, after: over })],
  ["over alike", false, step(write(1), [], { before: over, after: { ...over } })],
  ["over once more", true, step(write(1), [], { before: over, after: { ...over, endedAt: at(1) } })],
  ["something happens", true, step(write(1), [wrote], { before: over, after: over })],
  ["something happens in a chat", false, step(write(1), [ended()], { after: over })],
  ["a chat changes", false, step(write(1), [], { after: withBen })]
])

const elsewhere = { openedAt: at(1) } as const
hold(laws.openingStands, "the opening moved", [
  ["opened", false, begins],
  ["opened, and another thing", false, step(open(), [opened, accepted])],
  ["opened at another time", true, step(open(), [opened], { after: { ...waiting, ...elsewhere } })],
  ["not opened and waiting", true, step(open(), [], { after: waiting })],
  ["not opened", false, step(open(), [], { after: unopened })],
  ["stands", false, step(write(1)), [begins]],
  ["moved in the queue", true, step(write(1), [], { after: { ...waiting, ...elsewhere } }), [begins]],
  ["moved in a chat", true, step(write(1), [], { after: { ...active, ...elsewhere } }), [begins]],
  ["opened again", true, step(write(1), [opened]), [begins]],
  ["opened again, then something else", true, step(write(1), [opened, wrote]), [begins]],
  ["opened twice at once", true, step(open(), [opened, opened])],
  ["over", false, step(write(1), [ended()], { after: over }), [begins]]
])

const redact = { _tag: "Redact", at: at(1), by: "visitor" } as const
const byCounsellor = { ...redact, by: "counsellor" } as const
const redacted: SessionEvent = { _tag: "Redacted", at: at(1) }
hold(laws.redactionStays, "redaction did more, or less, than redact", [
  ["redacted in a chat", false, step(redact, [redacted])],
  ["redacted in the queue", false, step(redact, [redacted], queue)],
  ["not redacted", true, step(redact)],
  ["redacted twice", true, step(redact, [redacted, redacted])],
  ["redacted and moved", true, step(redact, [redacted], { after: withBen })],
  ["redacted after a timer", false, step(redact, [requeued(), redacted], { after: waiting })],
  ["redacted, and then something else", true, step(redact, [redacted, requeued()], { after: waiting })],
  ["redacted after a timer, and then something else", true, step(redact, [dropped("silence"), redacted, requeued()], { after: waiting })],
  ["redacted before it began", true, step(redact, [redacted], { before: unopened, after: unopened })],
  ["not redacted before it began", false, step(redact, [], { before: unopened, after: unopened })],
  ["not redacted once it is over", false, step(redact, [], { before: over, after: over })],
  ["not redacted when a timer has just ended it", false, step(redact, [ended()], { after: over })],
  ["redacted when a timer has just ended it", true, step(redact, [ended(), redacted], { after: over })],
  ["by the counsellor", true, step(byCounsellor, [redacted])],
  ["not by the counsellor", false, step(byCounsellor)],
  ["not by the counsellor, after a timer", false, step(byCounsellor, [dropped("silence")], { after: withBen })],
  ["moved by the counsellor", true, step(byCounsellor, [], { after: waiting })],
  ["redacted by something else", true, step(write(1), [wrote, redacted])],
  ["something else", false, step(write(1), [wrote], { after: withBen })],
  ["something else without an event", false, step(write(1), [], { after: withBen })]
])

const written = { text: "synthetic" }
const more = { said: "synthetic" }
hold(laws.noContent, "an event has a field that is not allowed", [
  ["nothing", false, step(write(1))],
  ["every field that is allowed", false, step(write(1), [opened, accepted, offered(), dropped("silence"), moved(), reserved(), went(1), came(1), requeued(), ended(), redacted])],
  ["a text", true, step(write(1), [{ ...wrote, ...written }])],
  ["something said, after an event without it", true, step(write(1), [opened, { ...redacted, ...more }])],
  ["something said, before an event without it", true, step(write(1), [{ ...redacted, ...more }, opened])],
  ["a field of another event", true, step(write(1), [{ ...wrote, ...{ counsellor: ada } }])]
])

describe(laws.tickingMakesNoDifference.says, () => {
  const between = "ticking between the commands gave another session"
  const twice = "ticking twice gave another session"
  it.each([
    ["alike", { withCommands: active, ticked: { ...active }, tickedTwice: { ...active } }, []],
    ["another when ticked", { withCommands: active, ticked: withBen, tickedTwice: withBen }, [between]],
    ["another when ticked twice", { withCommands: active, ticked: active, tickedTwice: withBen }, [twice]],
    ["three sessions", { withCommands: active, ticked: withBen, tickedTwice: { ...active, counsellor: ben, lastActivity: at(1) } }, [between, twice]]
  ] as const)("%s", (_, sessions, said) => assert.deepStrictEqual(laws.tickingMakesNoDifference.broken(sessions), [...said]))
})
