import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { beginning, historyOf, lives } from "../../../../test/spec/sessionLives.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { ServiceName, StaffId } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import type { Law } from "../kernel/rule.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { sessionMachine } from "./machine.ts"
import type { Active, Waiting } from "./messages.ts"
import { inOrder, noneOverCapacity, noneTooLong, type SessionsNow, sessionStateLaws } from "./stateLaws.ts"

const service = ServiceName.make("detfinneshjelp")
const at = (minute: number): Instant => Instant.make(beginning + minute * 60_000)
const waiting = (openedAt: number, queuedAt = openedAt): Waiting => ({
  _tag: "Waiting", service, openedAt: at(openedAt), noticeVersion: "1", queuedAt: at(queuedAt), front: false, visitorAway: null
})
const active = (who: string, openedAt: number, acceptedAt = openedAt, lastActivity = acceptedAt): Active => ({
  _tag: "Active", service, openedAt: at(openedAt), noticeVersion: "1", counsellor: StaffId.make(who.repeat(32)), acceptedAt: at(acceptedAt),
  lastActivity: at(lastActivity), visitorAway: null, counsellorAway: null
})
const policy = { ...detfinneshjelp, capacity: 2 }
const now = (minute: number, ...sessions: SessionsNow["sessions"]): SessionsNow => ({ policy, at: at(minute), sessions })

describe("the laws of all live sessions", () => {
  it.each(sessionStateLaws.map((law) => [law.says, law] as const))("%s", (_, law) => {
    fc.assert(
      fc.property(lives, ({ policy: some, commands }) => {
        for (const { after, command } of historyOf(sessionMachine(some), some, commands).steps) {
          if (after._tag === "Waiting" || after._tag === "Active") {
            // A clock that was set back shows instants of its own future; the audit looks with the later of its clocks.
            const latest = Math.max(command.at, ...(after._tag === "Active" ? [after.lastActivity, after.acceptedAt] : [after.queuedAt])) as Instant
            if (latest === command.at) assert.deepStrictEqual(law.broken({ policy: some, at: latest, sessions: [after] }), [])
          }
        }
      }),
      runs(300)
    )
  }, patience)

  it.each<readonly [string, Law<SessionsNow>, SessionsNow, SessionsNow]>([
    ["a session at its greatest length", noneTooLong, now(240, waiting(0)), now(239, waiting(0))],
    ["a counsellor with one chat too many", noneOverCapacity, now(9, active("a", 1), active("a", 2), active("a", 3)), now(9, active("a", 1), active("a", 2), active("b", 3), waiting(3))],
    ["an opening in the future", inOrder, now(9, waiting(10)), now(9, waiting(9))],
    ["a place in the queue from before the opening", inOrder, now(9, waiting(5, 4)), now(9, waiting(5, 6))],
    ["a place in the queue from the future", inOrder, now(9, waiting(5, 10)), now(9, waiting(5, 9))],
    ["an acceptance from before the opening", inOrder, now(9, active("a", 5, 4)), now(9, active("a", 5, 5))],
    ["something written in the future", inOrder, now(9, active("a", 5, 6, 10)), now(9, active("a", 5, 6, 9))]
  ])("%s is noticed, and only that", (_, law, broken, kept) => {
    for (const one of sessionStateLaws) {
      assert.lengthOf(one.broken(broken), one === law ? 1 : 0)
      assert.deepStrictEqual(one.broken(kept), [])
    }
  })

  it("say how many chats a counsellor has, and count none for those who wait", () => {
    assert.deepStrictEqual(noneOverCapacity.broken(now(9, waiting(1), waiting(2), waiting(3))), [])
    assert.deepStrictEqual(noneOverCapacity.broken(now(9, active("a", 1), active("a", 2), active("a", 3))), ["a counsellor has 3 chats"])
    assert.deepStrictEqual(noneTooLong.broken(now(240, waiting(0))), ["a session should have ended by itself"])
    assert.deepStrictEqual(inOrder.broken(now(9, waiting(10))), ["a session has its instants in the wrong order"])
  })
})
