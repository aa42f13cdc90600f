/**
 * What an authority, a reader or the sweeper may do with one retention clock.
 */
import { hours, type Instant } from "@fortrolig/core/kernel/instant"
import type { CaseRef, Item, RetentionCommand, RetentionState } from "@fortrolig/core/retention/messages"
import { retentionTable } from "@fortrolig/core/retention/table"
import type { Random } from "../random.ts"
import type { Clock, Visitor } from "../visitor.ts"
import { chooser } from "./choose.ts"

const choose = chooser<RetentionState["_tag"], RetentionCommand["_tag"]>(retentionTable, { Start: 0, Shorten: 0, Touch: 1, Order: 5, Release: 2, Destroy: 2, Expire: 1 })
const hour = 3_600_000
const authorities = ["police", "prosecution", "court"] as const
const caseRefs = ["7/26", "8/26"].map((text) => text as CaseRef)

/** The next command to a clock. One that has not started is touched only. The vendor's own clock may be a little behind. */
export const retentionMenu = (random: Random, at: Instant, { ref }: Visitor, clock: Clock): RetentionCommand => {
  const { state } = clock
  const tag = state._tag === "Unstarted" ? "Touch" : choose(random, state._tag)
  const behind = (random.chance(0.3) ? at - random.whole(0, 5000) : at) as Instant
  const known = "orders" in state && state.orders.length > 0 && random.chance(0.7) ? random.pick(state.orders) : undefined
  const from = known ?? { authority: random.pick(authorities), caseRef: random.pick(caseRefs) }
  const { authority, caseRef } = from
  const dataClass: Item["dataClass"] = "item" in state ? state.item.dataClass : "accessTrace"
  switch (tag) {
    case "Start":
      // Counting begins once; this is tried where it has begun already.
      return { _tag: tag, at, item: { dataClass, subject: ref }, startedAt: at, period: hours(1), bucketMinutes: 5 }
    case "Touch":
      return { _tag: tag, at: behind }
    case "Order": {
      const item: Item = { dataClass: random.chance(0.95) ? dataClass : "content", subject: ref }
      const deadline = state._tag === "Unstarted" ? at : state.deleteAt
      const until = random.chance(0.2) ? at : deadline + random.pick([1, 24, 24 * 20, 24 * 89, 24 * 89, 24 * 120]) * hour
      return { _tag: tag, at, authority, caseRef, item, until: until as Instant }
    }
    case "Release":
      return { _tag: tag, at: behind, authority, caseRef }
    case "Destroy":
      return { _tag: tag, at: behind }
    case "Expire":
      return { _tag: tag, at }
    case "Shorten":
      return { _tag: "Touch", at }
  }
}
