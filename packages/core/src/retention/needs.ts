/**
 * Which deadlines may be stored soon: what the stores make room for before anybody waits for it. It follows from the clock and the policies alone, so that room that was
 * made says nothing of who came.
 */
import { after, hours, type Instant } from "../kernel/instant.ts"
import type { DataClass } from "../policy/accountability.ts"
import type { Policy } from "../policy/policy.ts"
import { declarations } from "./dataClass.ts"
import { deleteAt } from "./deadlines.ts"

/** How far ahead, in whole hours. */
const ahead = [0, 1, 2] as const

/** The deadlines, one an hour, of every class with a clock that the policies store in one realm, of data whose clock starts between `now` and two hours later. */
export const needs = (
  policies: ReadonlyArray<Policy>,
  part: "service" | "vendor",
  now: Instant
): ReadonlyArray<{ readonly dataClass: DataClass; readonly deleteAt: Instant }> =>
  policies.flatMap((policy) =>
    declarations(policy).flatMap(({ dataClass, period, realm, stored }) =>
      stored && realm === part && period !== undefined ? ahead.map((n) => ({ dataClass, deleteAt: deleteAt(after(now, hours(n)), period, policy) })) : []
    )
  )
