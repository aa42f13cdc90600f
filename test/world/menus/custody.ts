/**
 * What the police and the vendor's custodians may do with one request.
 */
import type { CustodyCommand, CustodyState, Target } from "@fortrolig/core/custody/messages"
import { custodyTable } from "@fortrolig/core/custody/table"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { releasableUntil } from "@fortrolig/core/retention/machine"
import type { CaseRef } from "@fortrolig/core/retention/messages"
import type { House, Request } from "../house.ts"
import type { Random } from "../random.ts"
import { chooser } from "./choose.ts"

const choose = chooser<CustodyState["_tag"], CustodyCommand["_tag"]>(custodyTable, { Receive: 1, CheckAuthenticity: 5, Approve: 5, Release: 6, Reject: 1, FollowRecord: 1, Expire: 0 })
const minute = 60_000

const targetOf = (random: Random, at: Instant, house: House): Target => {
  if (random.chance(0.08)) return { _tag: "Topic" }
  const opened = [...house.register.values()]
  const ref = opened.length > 0 && random.chance(0.95) ? random.pick(opened) : undefined
  if (random.chance(0.7)) return { _tag: "Session", ref: ref?.sessionRef ?? random.pick(house.visitors).ref }
  const from = (ref?.openedAt ?? at) - random.whole(0, 7) * minute
  return { _tag: "Window", from: from as Instant, to: (from + random.pick([0, 8, 15, 16]) * minute) as Instant }
}

/** The next command to a request. What is looked up for it is looked up when it is given. */
export const custodyMenu = (random: Random, at: Instant, { state }: Request, house: House): CustodyCommand => {
  const by = random.pick(house.custodians)
  const tag = choose(random, state._tag)
  switch (tag) {
    case "Receive":
      return {
        _tag: tag,
        at,
        request: {
          channel: random.pick(["phone", "secureMail", "letter", "inPerson"]),
          authority: random.pick(["police", "prosecution", "court"]),
          caseRef: random.pick(["1/26", "2/26"]) as CaseRef,
          basis: random.pick(["averting", "productionOrder", "productionOrder", "preservationOrder", "investigation"]),
          secret: random.chance(0.3)
        },
        target: targetOf(random, at, house),
        caseNotified: false,
        found: []
      }
    case "CheckAuthenticity":
      return { _tag: tag, at, by, number: random.chance(0.9) ? "ownDirectory" : "given", confirmed: random.chance(0.85) }
    case "Approve":
      return { _tag: tag, at, by: state._tag === "Approved" && random.chance(0.6) ? state.approvedBy : by }
    case "Release":
      return { _tag: tag, at, by: state._tag === "Released" && random.chance(0.6) ? state.releasedBy : by, latest: at }
    case "Reject":
      return { _tag: tag, at, by, reason: random.pick(["notLawful", "withdrawn"]) }
    case "FollowRecord": {
      const ref = "trace" in state ? state.trace : undefined
      const record = house.visitors.find((visitor) => visitor.ref === ref)
      return { _tag: tag, at, until: (record === undefined ? at : releasableUntil(record.trace.state)) ?? at }
    }
    case "Expire":
      return { _tag: tag, at }
  }
}
