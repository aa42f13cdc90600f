/**
 * The laws of orders and of destruction: what may keep a datum past its deadline, for how long, and when it is gone.
 */
import type { Law } from "../kernel/rule.ts"
import { absentFromDeadline, deadlineIsThePromise, neverLater, type RetentionHistory, type RetentionStep, staysExpired } from "./laws.ts"
import type { Item, RetentionEvent } from "./messages.ts"
import { retentionRules } from "./rules.ts"

/** What follows from the events alone: the deadline, what the orders in force keep, and from when the datum may be destroyed. */
interface Told {
  item: Item | undefined
  deadline: number
  /** The end of each order in force, by its authority and case. */
  readonly orders: Map<string, number>
  expired: boolean
  destroyFrom: number
  destroyedAt: number | undefined
}

const nothingTold = (): Told => ({
  item: undefined,
  deadline: Infinity,
  orders: new Map(),
  expired: false,
  destroyFrom: Infinity,
  destroyedAt: undefined
})

const slip = ({ authority, caseRef }: { readonly authority: string; readonly caseRef: string }): string => `${authority} ${caseRef}`

const tell = (told: Told, event: RetentionEvent): void => {
  switch (event._tag) {
    case "Started":
      told.item = event.item
      told.deadline = event.deleteAt
      break
    case "Shortened":
      told.deadline = event.deleteAt
      break
    case "Ordered":
      told.orders.set(slip(event), event.until)
      break
    case "Released": {
      told.orders.delete(slip(event))
      // An order that is taken back after the deadline lets go at once, not at the deadline that has passed.
      told.destroyFrom = told.expired ? Math.max(told.deadline, event.at) : told.deadline
      if (told.expired && [...told.orders.values()].every((until) => until <= told.destroyFrom)) told.orders.clear()
      told.destroyFrom = Math.max(told.destroyFrom, ...told.orders.values())
      return
    }
    case "Expired":
      told.expired = true
      break
    case "HoldEnded":
      told.orders.clear()
      return
    case "Destroyed":
      told.destroyedAt = event.at
      return
  }
  told.destroyFrom = Math.max(told.deadline, ...told.orders.values())
}

const dayMs = 86_400_000

/** Nothing is kept past its deadline but by an order, and by that within its bound. */
export const keptByOrderOnly: Law<RetentionHistory> = {
  rule: retentionRules.neverLater.id,
  says: "An order keeps a datum only if it comes in time, names it, and ends within what the policy allows for its kind; such an order is never refused",
  broken: ({ holds, steps }) => {
    const told = nothingTold()
    return steps.flatMap(({ command, before, events }, index) => {
      const broken: Array<string> = []
      for (const event of events) {
        if (event._tag === "Ordered" && command._tag !== "Order") broken.push(`step ${index + 1}: kept without an order`)
        if (event._tag !== "Ordered") tell(told, event)
      }
      if (command._tag !== "Order") return broken
      const kept = !told.expired || (command.at < told.destroyFrom && before._tag !== "Hidden")
      const inTime = told.item !== undefined && told.destroyedAt === undefined && kept
      const named = told.item?.subject === command.item.subject && told.item.dataClass === command.item.dataClass
      const holdable: ReadonlyArray<string> = holds?.items ?? []
      const allowed = holdable.includes(command.item.dataClass) && command.until <= told.deadline + (holds?.maximumDays ?? 0) * dayMs
      const keeps = command.until > Math.max(told.deadline, command.at)
      const already = told.orders.get(slip(command)) === command.until
      const ordered = events.filter((event) => event._tag === "Ordered")
      const right = ordered.every((event) => event.at === command.at && slip(event) === slip(command) && event.until === command.until)
      const must = inTime && named && allowed && keeps && !already
      if (ordered.length !== (must ? 1 : 0) || !right) broken.push(`step ${index + 1}: an order and what it keeps disagree`)
      for (const event of ordered) tell(told, event)
      return broken
    })
  }
}

/** An order is over when its own authority says so, and only then before its end. */
export const endsWithItsAuthority: Law<RetentionHistory> = {
  rule: retentionRules.orders.id,
  says: "An order in force ends early when the authority that gave it takes it back, or shortens it to nothing, and by nothing else",
  broken: ({ steps }) => {
    const told = nothingTold()
    return steps.flatMap(({ command, events }, index) => {
      for (const event of events) if (event._tag !== "Released") tell(told, event)
      const released = events.filter((event) => event._tag === "Released")
      const giver = command._tag === "Release" || command._tag === "Order" ? slip(command) : undefined
      const inForce = giver !== undefined && told.orders.has(giver)
      const own = released.every((event) => slip(event) === giver && event.at === command.at)
      const broken = (released.length > 0 && !(own && inForce)) || released.length > 1 || (command._tag === "Release" && inForce && released.length === 0)
      for (const event of released) tell(told, event)
      return broken ? [`step ${index + 1} (${command._tag}): an order and who gave it disagree`] : []
    })
  }
}

const destruction = ({ command, before, after }: RetentionStep, told: Told): boolean => {
  if (before._tag === "Destroyed") return after._tag !== "Destroyed" || after.destroyedAt !== before.destroyedAt
  const must = command._tag === "Destroy" && command.at >= told.destroyFrom
  return (after._tag === "Destroyed") !== must || (after._tag === "Destroyed" && after.destroyedAt !== command.at)
}

/** Destroyed when the deadline has passed and no order keeps it, and not before. */
export const destroyedOnTime: Law<RetentionHistory> = {
  rule: retentionRules.hideAndDestroy.id,
  says:
    "A datum is destroyed as soon as that is asked when it is due and no order keeps it, and never before: not before its deadline, its order's end or its release",
  broken: ({ steps }) => {
    const told = nothingTold()
    return steps.flatMap((step, index) => {
      const wrong = destruction(step, told)
      for (const event of step.events) tell(told, event)
      return wrong ? [`step ${index + 1} (${step.command._tag}): destruction and what is due disagree`] : []
    })
  }
}

/** Every law of one datum's history. */
export const retentionLaws: ReadonlyArray<Law<RetentionHistory>> = [
  deadlineIsThePromise,
  absentFromDeadline,
  neverLater,
  keptByOrderOnly,
  endsWithItsAuthority,
  destroyedOnTime,
  staysExpired
]
