/**
 * What a change of a policy does to its promises, one by one: which it loosens, which it tightens, and which it merely changes (X-12).
 */
import type { RuleId } from "../kernel/rule.ts"
import { type Direction, directions } from "./diff/direction.ts"
import { explain, type PolicyField } from "./explain.ts"
import { patternOf } from "./explanations/fields.ts"
import type { Policy } from "./policy.ts"

/** One promise that a change touches. */
export interface Change {
  /** Where, as `limits.idleMinutes`; things of a list are told apart by name, as `cookies[security].maxAgeDays`. */
  readonly field: string
  readonly rule: RuleId
  readonly direction: "loosens" | "tightens" | "changes"
  /** What stood there; `null` when nothing did. */
  readonly before: unknown
  readonly after: unknown
  /** What changes, in plain words. */
  readonly says: string
}

const opposite = { loosens: "tightens", tightens: "loosens", changes: "changes" } as const

const units: Readonly<Record<string, string>> = {
  "whole hours": " hours",
  "whole minutes": " minutes",
  "whole seconds": " seconds",
  "whole days": " days",
  "whole years": " years"
}

/** A value in words, or nothing where it is a section, a list or a long text, which are not repeated. */
const shown = (value: unknown, unit: string): string | undefined => {
  if (typeof value === "number") return `${value}${units[unit] ?? ""}`
  return typeof value === "boolean" ? (value ? "yes" : "no") : typeof value === "string" && value.length <= 60 ? value : undefined
}

const words = (pattern: PolicyField, before: unknown, after: unknown): string => {
  const { decides, unit } = explain(pattern)
  const [was, becomes] = [before, after].map((value) => shown(value, unit))
  if (before === null) return `${decides} Added${becomes === undefined ? "" : `: ${becomes}`}.`
  if (after === null) return `${decides} Removed${was === undefined ? "" : `: ${was}`}.`
  return was === undefined || becomes === undefined ? `${decides} It is another.` : `${decides} Was: ${was}. Becomes: ${becomes}.`
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value)

/** Plain data as text that is the same whenever the data is, in whatever order its fields were written. */
const canonical = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(canonical).join()}]`
  : isFields(value) ? `{${Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => `${key}:${canonical(inner)}`).join()}}`
  : JSON.stringify(value)

const knownDirection = (field: string): PolicyField | undefined => (field in directions ? (field as PolicyField) : undefined)

/** The names of the fields of two sections, in the order of the second, then what only the first has. */
const keysOf = (before: Fields, after: Fields): ReadonlyArray<string> => [...new Set([...Object.keys(after), ...Object.keys(before)])].toSorted()

interface Place {
  readonly field: string
  readonly pattern: PolicyField
}

const placeIn = ({ field, pattern }: Place, key: string): Place | undefined => {
  const inner = knownDirection(`${pattern}.${key}`)
  return inner === undefined ? undefined : { field: `${field}.${key}`, pattern: inner }
}

const change = ({ field, pattern }: Place, direction: Change["direction"], before: unknown, after: unknown): Change => ({
  field,
  rule: explain(pattern).rule,
  direction,
  before,
  after,
  says: words(pattern, before, after)
})

const sections = (place: Place, before: Fields, after: Fields): ReadonlyArray<Change> =>
  keysOf(before, after).flatMap((key) => {
    const inner = placeIn(place, key)
    return inner === undefined ? [] : compare(inner, before[key] ?? null, after[key] ?? null)
  })

/** The order of two values: numbers, `false` before `true`, and nothing, which counts as zero, before every period. */
const rank = (value: unknown): number => Number(value)

const elements = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

/** The elements of a list by name: by the key's value, or by the whole element when nothing tells them apart; a repeated name gets a number. */
const named = (list: unknown, key: string | null): ReadonlyMap<string, unknown> => {
  const found = new Map<string, unknown>()
  for (const element of elements(list)) {
    const by = key !== null && isFields(element) ? element[key] : element
    const name = isFields(by) && typeof by["nb"] === "string" ? by["nb"] : typeof by === "string" ? by : canonical(by)
    let free = name
    for (let number = 2; found.has(free); number += 1) free = `${name} ${number}`
    found.set(free, element)
  }
  return found
}

const lists = (place: Place, { added, key }: Extract<Direction, { read: "list" }>, before: unknown, after: unknown): ReadonlyArray<Change> => {
  const [was, becomes] = [named(before, key), named(after, key)]
  return [...new Set([...was.keys(), ...becomes.keys()])].toSorted().flatMap((name) => {
    const at = { ...place, field: key === null ? place.field : `${place.field}[${name}]` }
    const [one, other] = [was.get(name) ?? null, becomes.get(name) ?? null]
    if (one === null) return [change(at, added, null, other)]
    if (other === null) return [change(at, opposite[added], one, null)]
    if (!isFields(one) || !isFields(other)) return []
    return keysOf(one, other).flatMap((inner) => {
      const pattern = knownDirection(`${patternOf(place.pattern)}[].${inner}`)
      return pattern === undefined ? [] : compare({ field: `${at.field}.${inner}`, pattern }, one[inner] ?? null, other[inner] ?? null)
    })
  })
}

const compare = (place: Place, before: unknown, after: unknown): ReadonlyArray<Change> => {
  if (canonical(before) === canonical(after)) return []
  const direction = directions[place.pattern]
  const one = (way: Change["direction"]) => [change(place, way, before, after)]
  // What is compared is never the same, so that what does not loosen tightens.
  const either = (loosens: boolean) => one(loosens ? "loosens" : "tightens")
  switch (direction.read) {
    case "within":
      return isFields(before) && isFields(after) ? sections(place, before, after) : one("changes")
    case "changes":
    case "inList":
      return one("changes")
    case "more":
      if (direction.silent === true && (before === null || after === null)) return one("changes")
      return either(rank(after) > rank(before))
    case "less":
      return either(rank(after) < rank(before))
    case "ladder": {
      const rung = (value: unknown) => direction.from.indexOf(String(value))
      return either(rung(after) > rung(before))
    }
    case "list":
      return lists(place, direction, before, after)
    case "part":
      if (isFields(before) && isFields(after)) return sections(place, before, after)
      return one(before === null ? direction.gained : opposite[direction.gained])
    case "finer": {
      const more = elements(after).length - elements(before).length
      return more === 0 ? one("changes") : either(more > 0)
    }
  }
}

/** Every promise that becomes another from one policy to the next. Empty when nothing changes; the order of lists is no change. */
export const diff = (before: Policy, after: Policy): ReadonlyArray<Change> =>
  keysOf(before, after).flatMap((key) => {
    const pattern = knownDirection(key)
    const [was, becomes]: readonly [Fields, Fields] = [before, after]
    return pattern === undefined ? [] : compare({ field: key, pattern }, was[key] ?? null, becomes[key] ?? null)
  })

/** Fields that the notice speaks of, so that any change of them, a tightening too, is a new notice. */
const spoken = [
  /^(?:service|audience|controller|vendor|content|accessTrace|activities|triage|booking|phone|statistics|holds|webLog)(?:[.[]|$)/,
  /^questions\[[^\]]*\](?:$|\.(?:rule|field|answer)$)/,
  /^disclosure\.timers\.recordDays$/,
  /^limits\.(?:idleMinutes|graceSeconds|queueMinutes|lengthMinutes)$/
]

/**
 * Whether people who were shown the notice of one policy must be shown that of the next: something is loosened,
 * or something that the notice says is another (X-12).
 */
export const invalidatesNotice = (before: Policy, after: Policy): boolean =>
  diff(before, after).some(({ direction, field }) => direction === "loosens" || spoken.some((one) => one.test(field)))
