import {
  accept, accepted, active, ada, answer, asked, at, ben, came, cleo, code, dropped, ended, hold, missed, moved, no, offer, offered, open, opened, otherCode, over, past, requeued, request,
  reserved, step, take, taken, unopened, waiting, went, withBen, write, wrote
} from "../../../../test/spec/sessionByHand.ts"
import * as laws from "./handoverLaws.ts"

const toBen = { after: withBen } as const
const queue = { after: waiting } as const
const put = step(offer(), [offered()])
const withdraw = (counsellor = ada, second = 1) => ({ _tag: "WithdrawTransfer", at: at(second), counsellor }) as const
hold(laws.movesWithYes, "a transfer and the visitor's answer disagree", [
  ["nothing", false, step(write(1))],
  ["moved with a yes", false, step(answer(), [moved(59)], toBen), [put]],
  ["moved after a timer", false, step(answer(), [missed(1), moved(1)], toBen), [put]],
  ["moved without an answer", true, step(write(1), [moved()], toBen), [put]],
  ["moved by a no", true, step(answer({ yes: false }), [moved()], toBen), [put]],
  ["moved to somebody else than meant", true, step(answer({ to: cleo }), [moved()], toBen), [put]],
  ["moved to somebody else than asked about", true, step(answer({ to: cleo }), [moved(0, cleo)], { after: { ...active, counsellor: cleo } }), [put]],
  ["moved, and then something else", true, step(answer(), [moved(), wrote], toBen), [put]],
  ["moved without being asked", true, step(answer(), [moved()], toBen)],
  ["moved too late", true, step(answer(), [moved(60)], toBen), [put]],
  ["moved twice", true, step(answer(), [moved()], toBen), [put, step(answer(), [moved()], toBen)]],
  ["asked", false, step(offer(), [offered()])],
  ["asked by something else", true, step(answer({ to: cleo }), [offered()])],
  ["asked by something else and over", true, step(write(1), [offered(), ended()], { after: over })],
  ["asked twice", true, step(offer(), [offered()]), [step(offer(), [offered()])]],
  ["asked for too long", true, step(offer(), [offered(0, at(60, 1))])],
  ["asked for too short", true, step(offer(), [offered(0, at(59, 999))])],
  ["silent until the end", false, step(write(60), [dropped("silence", 60)]), [put]],
  ["taken for silent before", true, step(write(60), [dropped("silence", 59)]), [put]],
  ["taken for silent without being asked", true, step(write(60), [dropped("silence", 60)])],
  ["declined", false, step(answer({ yes: false }), [dropped("declined", 59)]), [put]],
  ["declined too late", true, step(answer({ yes: false }), [dropped("declined", 60)]), [put]],
  ["declined with a yes", true, step(answer(), [dropped("declined")]), [put]],
  ["declined by something else", true, step(write(1), [dropped("declined")]), [put]],
  ["declined and not asked", true, step(answer({ yes: false }), [dropped("declined")])],
  ["withdrawn", false, step(withdraw(), [dropped("withdrawn", 1)]), [put]],
  ["withdrawn by something else", true, step(write(1), [dropped("withdrawn", 1)]), [put]],
  ["withdrawn too late", true, step(withdraw(), [dropped("withdrawn", 60)]), [put]],
  ["asked again after a no", false, step(offer(), [offered()]), [put, step(answer({ yes: false }), [dropped("declined")])]],
  ["asked again by the next one", false, step(offer(), [offered()]), [put, step(answer(), [moved()], toBen)]],
  ["asked again after the queue", false, step(offer(), [offered()]), [put, step(write(1), [requeued()], queue)]],
  ["asked again after something else", true, step(offer(), [offered()]), [put, past(wrote)]],
  ["silent after the end", true, step(write(60), [dropped("silence", 60)]), [put, step(write(1), [ended()], { after: over })]],
  ["waits for the answer", false, step(write(59, 999)), [put]],
  ["waits for ever", true, step(write(60)), [put]],
  ["has not moved, but is in the queue", false, step(write(60), [], queue), [put]],
  ["is not withdrawn by the counsellor", true, step(withdraw()), [put]],
  ["is not withdrawn by another", false, step(withdraw(cleo)), [put]],
  ["says yes and nothing happens", true, step(answer()), [put]],
  ["says no and nothing happens", true, step(answer({ yes: false, reserved: true })), [put]],
  ["says yes about another", false, step(answer({ to: cleo })), [put]],
  ["says yes about one who is kept free", false, step(answer({ reserved: true })), [put]],
  ["says yes about one without room", false, step(answer({ holding: 2 })), [put]],
  ["says yes about one without the standing", false, step(answer({ standing: "declaredHost" })), [put]],
  ["says yes about a host among hosts", true, step(answer({ standing: "declaredHost" })), [put], { answeredBy: "declaredHosts" }],
  ["is asked by an answer that cannot be followed", true, step(answer({ reserved: true }), [offered()])]
])

/** Away since 10, therefore lost at 100. */
const away = [past(went(10))]
const expected = [past(reserved(0)), past(went(10))]
const gone = (second: number) => requeued(second, "counsellorGone")
const calling = (is: "no" | "yes" | "waits") => ({ after: { ...active, call: { until: at(240), codeHash: code, keepChat: true, asked: is } } })
hold(laws.lostCounsellorIsReplaced, "a lost counsellor is not replaced as promised", [
  ["nobody is away", false, step(write(9999))],
  ["at the front of the queue", false, step(write(100), [gone(100)], queue), away],
  ["too early", true, step(write(100), [gone(99)], queue), away],
  ["too late", true, step(write(101), [gone(101)], queue), away],
  ["nobody was away", true, step(write(100), [gone(100)], queue)],
  ["given back at any time", false, step(write(50), [requeued(50)], queue), away],
  ["at the end of the queue", true, step(write(100), [gone(100)], { after: { ...waiting, front: false } }), away],
  ["given back to the end of the queue", true, step(write(50), [requeued(50)], { after: { ...waiting, front: false } })],
  ["at the end of the queue without having been moved there", false, step(write(50), [wrote], { after: { ...waiting, front: false } })],
  ["ended for it", true, step(write(100), [gone(100)], { after: over }), away],
  ["ended afterwards", false, step(write(100), [gone(100), ended(100)], { after: over }), away],
  ["accepted afterwards", false, step(accept({ at: at(100) }), [gone(100), accepted]), away],
  ["just within the grace", false, step(write(99, 999)), away],
  ["past the grace", true, step(write(100)), away],
  ["past the grace, in the queue", false, step(write(100), [], queue), away],
  ["the visitor is away", false, step(write(100)), [past(went(10, "visitor"))]],
  ["is back", false, step(write(9999)), [...away, past(came(20))]],
  ["only the visitor is back", true, step(write(100)), [...away, past(came(20, "visitor"))]],
  ["moved to another meanwhile", false, step(write(100), [], toBen), [...away, past(moved(20))]],
  ["given back meanwhile", false, step(write(100)), [...away, past(requeued(20))]],
  ["something else meanwhile", true, step(write(100)), [...away, past(wrote)]],
  ["asked first", false, step(write(100), [asked(100)], calling("yes")), expected],
  ["asked too late", true, step(write(101), [asked(100, 1)], calling("yes")), expected],
  ["asked too early", true, step(write(100), [asked(99)], calling("yes")), expected],
  ["asked while here", true, step(write(100), [asked(100)], calling("yes")), [past(reserved())]],
  ["asked without a call", true, step(write(100), [asked(100)], calling("yes")), away],
  ["asked without a call, and replaced at once", true, step(write(100), [asked(100), gone(100)], queue), away],
  ["asked when the call has just expired", true, step(write(100), [asked(100), gone(100)], queue), [past(reserved(-140)), ...away]],
  ["asked just before it expires", false, step(write(99, 999), [asked(99, 999)], calling("yes")), [past(reserved(-140)), past({ ...went(10), at: at(9, 999) })]],
  ["not asked first", true, step(write(100), [gone(100)], queue), expected],
  ["not asked", true, step(write(100), [], calling("no")), expected],
  ["waits for the call", false, step(write(239, 999), [], calling("waits")), expected],
  ["waits past the call", true, step(write(240), [], calling("waits")), expected],
  ["waits for no call", true, step(write(120), [], calling("waits")), away],
  ["the call is forgotten", true, step(write(120)), expected],
  ["moved when the call expires", false, step(write(240), [missed(240), gone(240)], queue), expected],
  ["moved before the call expires", true, step(write(239), [gone(239)], queue), expected],
  ["moved some time after the call expired", true, step(write(241), [missed(240), gone(241)], queue), expected],
  ["the call had expired before", false, step(write(100), [gone(100)], queue), [past(reserved(-180)), past(missed(60)), ...away]],
  ["the call expired, and then it moved", false, step(write(100), [missed(60), gone(100)], queue), [past(reserved(-180)), ...away]],
  ["heard on the phone", false, step(write(149, 999)), [...expected, past(taken(60))]],
  ["heard on the phone, and gone again", false, step(write(150), [gone(150)], queue), [...expected, past(taken(60))]],
  ["heard on the phone and not replaced", true, step(write(150)), [...expected, past(taken(60))]],
  ["heard on the phone while here", false, step(write(9999)), [past(reserved()), past(taken(60))]],
  ["the call is forgotten in the queue", false, step(write(100), [gone(100)], queue), [past(reserved()), past(requeued()), past(accepted), ...away]],
  ["something else forgets no call", true, step(write(100), [gone(100)], queue), [past(reserved()), past(accepted), ...away]],
  ["asked at the wrong time and waits", true, step(write(110), [asked(110)], calling("waits")), expected]
])

const during = { after: { ...active, call: { until: at(240), codeHash: code, keepChat: true, asked: "no" } } } as const
const held = [past(accepted), step(request(), [reserved()], during)]
const alone = [past(accepted), step(request({ keepChat: false }), [reserved(0, at(240), false)], during)]
const onward = { after: { ...during.after, counsellor: ben } } as const
const byPhone = ended(1, "continuedByPhone")
hold(laws.callsAreKept, "a call and what became of it disagree", [
  ["no call", false, step(write(1), [wrote])],
  ["expected", false, step(request(), [reserved()], during)],
  ["expected and not kept", true, step(request(), [reserved()])],
  ["expected and moved to the queue", true, step(request(), [reserved()], queue)],
  ["kept under another code", true, step(request(), [reserved()], { after: { ...active, call: { ...during.after.call, codeHash: otherCode } } })],
  ["kept and not expected", true, step(request(), [], during)],
  ["expected for too long", true, step(request(), [reserved(0, at(240, 1))], during)],
  ["expected for too short", true, step(request(), [reserved(0, at(239, 999))], during)],
  ["expected twice", true, step(request(), [reserved()], during), held],
  ["expected for no time where there is no phone", true, step(request(), [reserved(0, at(0)), missed(0)]), [], { phone: null }],
  ["expected where there is no phone", true, step(request(), [reserved(0, at(0))], during), [], { phone: null }],
  ["goes on", false, step(write(239, 999), [wrote], during), held],
  ["goes on too long", true, step(write(240), [wrote], during), held],
  ["over in silence", true, step(write(240)), held],
  ["expired", false, step(write(240), [missed(240)]), held],
  ["expired and still kept", true, step(write(240), [missed(240)], during), held],
  ["expired too early", true, step(write(240), [missed(239)]), held],
  ["expired without a call", true, step(write(240), [missed(240)]), [past(accepted)]],
  ["taken, and the chat goes on", false, step(take(), [taken(239)]), held],
  ["taken, and the chat ends", true, step(take(), [byPhone], { after: over }), held],
  ["taken too late", true, step(take(), [taken(240)]), held],
  ["taken by nobody", true, step(write(1), [taken(1)]), held],
  ["taken by asking again", true, step(request(), [taken(1)]), [step(request(), [reserved()], during)]],
  ["taken by another", true, step(take({ counsellor: ben }), [taken(1)]), held],
  ["taken with another code", true, step(take({ codeHash: otherCode }), [taken(1)]), held],
  ["taken without a call", true, step(take(), [taken(1)]), [past(accepted)]],
  ["taken twice", true, step(take(), [taken(1), taken(1)]), held],
  ["taken, and the counsellor ends the chat", false, step(take({ keepChat: false }), [byPhone], { after: over }), held],
  ["taken, and the counsellor alone cannot keep it", true, step(take({ keepChat: false }), [taken(1)]), held],
  ["taken, and the visitor ends the chat", false, step(take(), [byPhone], { after: over }), alone],
  ["taken, and the visitor alone cannot keep it", true, step(take(), [taken(1)]), alone],
  ["over for another reason", false, step(take({ codeHash: otherCode }), [ended(1)], { after: over }), held],
  ["given back", false, step(write(1), [requeued()], queue), held],
  ["given back and expected again", false, step(request(), [reserved()], during), [...held, step(write(1), [requeued()], queue)]],
  ["missed by its counsellor", true, step(take(), [], during), held],
  ["asked for with another code", false, step(take({ codeHash: otherCode }), [], during), held],
  ["asked for by another", false, step(take({ counsellor: ben }), [], during), held],
  ["moved, and taken by the next one", false, step(take({ counsellor: ben }), [taken(1)], toBen), [...held, step(answer(), [moved()], onward)]],
  ["moved, and taken by the one before", true, step(take(), [taken(1)], toBen), [...held, step(answer(), [moved()], onward)]],
  ["asked for when there is none", false, step(take()), [past(accepted)]],
  ["asked for when there was one", false, step(take({ codeHash: otherCode })), [...held, step(take(), [taken(1)])]],
  ["taken by nobody while it is kept on", true, step(write(1), [missed(1), reserved(1)], { after: { ...active, call: { ...during.after.call, until: at(241) } } }), held]
])

const close = (second: number, closesAt = second) => ({ _tag: "Close", at: at(second), closesAt: at(closesAt) }) as const
const concern = (second: number, open: boolean) => ({ _tag: "Concern", at: at(second), open }) as const
const closed = (second: number) => ended(second, "closingTime")
/** In the queue, told at the opening that the service closes at 50. */
const told = [step(close(0, 50), [], queue)]
/** The same in a chat, which may finish until 170. */
const begun = [past(accepted), step(close(0, 50))]
hold(laws.closesInTime, "closing time and the end disagree", [
  ["nothing was told", false, step(write(9999))],
  ["before closing time", false, step(write(49, 999), [], queue), told],
  ["past closing time in the queue", true, step(write(50), [], queue), told],
  ["over at closing time", false, step(write(60), [closed(50)], { after: over }), told],
  ["over too early", true, step(write(60), [closed(49)], { after: over }), told],
  ["over too late", true, step(write(60), [closed(51)], { after: over }), told],
  ["over without having been told", true, step(write(60), [closed(50)], { after: over })],
  ["over for another reason", false, step(write(60), [ended(40)], { after: over }), told],
  ["something else at another time", false, step(write(40), [wrote], queue), told],
  ["a chat has time to finish", false, step(write(169, 999)), begun],
  ["a chat finishes for ever", true, step(write(170)), begun],
  ["a chat is over in time", false, step(write(170), [closed(170)], { after: over }), begun],
  ["a chat is over at closing time", true, step(write(170), [closed(50)], { after: over }), begun],
  ["a chat that waits again has time to finish", false, step(write(169), [], queue), [...begun, past(requeued())]],
  ["told twice, and the earlier counts", true, step(write(50), [], queue), [...told, step(close(1, 60), [], queue)]],
  ["told an earlier hour", true, step(write(40), [], queue), [...told, step(close(1, 40), [], queue)]],
  ["told what has passed, ended with the next command", false, step(close(30, 20), [], queue)],
  ["told what has passed, and counted from then", false, step(write(30), [closed(30)], { after: over }), [step(close(30, 20), [], queue)]],
  ["told what has passed, and not ended", true, step(write(30), [], queue), [step(close(30, 20), [], queue)]],
  ["told again too late", true, step(close(50), [], queue), told],
  ["told before the opening", false, step(write(60), [], queue), [step(close(0, 50), [], { before: unopened, after: unopened, refusal: no("DFH-10") })]],
  ["told what is refused", true, step(write(50), [], queue), [step(close(0, 50), [], { ...queue, refusal: no("DFH-10") })]],
  ["an open concern", false, step(write(9999)), [...begun, step(concern(1, true))]],
  ["an open concern, and something written", false, step(write(9999)), [...begun, step(concern(1, true)), step(write(2))]],
  ["an open concern and closing time", true, step(write(9999), [closed(170)], { after: over }), [...begun, step(concern(1, true))]],
  ["a concern that was closed in time", true, step(write(170)), [...begun, step(concern(1, true)), step(concern(2, false))]],
  ["a concern that was closed late", false, step(write(319, 999)), [...begun, step(concern(1, true)), step(concern(200, false))]],
  ["a concern that was closed late, and no end", true, step(write(320)), [...begun, step(concern(1, true)), step(concern(200, false))]],
  ["a concern that was never open", true, step(write(170)), [...begun, step(concern(60, false))]],
  ["a concern too late", true, step(concern(170, true)), begun],
  ["a concern before the opening", true, step(write(170)), [step(concern(0, true), [], { before: unopened, after: unopened }), step(open(), [opened], queue), ...begun]],
  ["a concern, and only then a closing time", true, step(write(170)), [past(accepted), step(concern(1, true)), step(concern(2, false)), step(close(3, 50))]],
  ["over too early and told again", true, step(close(10, 60), [closed(20)], queue), told]
])
