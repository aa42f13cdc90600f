/**
 * Where each class of data lies, and how it is forgotten there. A place says its name, its class and its action; the clock, the period, the bucket and the worst
 * case follow from what the policy declares of the class, so that nothing is written twice.
 */
import * as Result from "effect/Result"
import { minutes, type Period } from "../kernel/instant.ts"
import { type Refusal, RuleId } from "../kernel/rule.ts"
import type { DataClass } from "../policy/accountability.ts"
import { missingClasses } from "../policy/parts.ts"
import type { Policy } from "../policy/policy.ts"
import { type Declaration, declarations } from "./dataClass.ts"
import { type Lifetime, worstCaseLifetime } from "./lifetime.ts"

/**
 * What can hold data, and how each can forget. `destroyKey`: the bytes stay, unreadable; `drop`: a whole leaf of a table; `delete`: rows, files or entries; `sever`:
 * what could lead to anyone goes and a note about nobody stays; `overwrite`: the bytes themselves; `expire`: the browser does it, or what was said opens nothing any
 * more; `neverKept`: it holds nothing after it was said; `none`: it is about nobody.
 */
export const actionsOf = {
  table: ["drop", "delete", "sever", "none"],
  column: ["destroyKey", "overwrite", "none"],
  file: ["destroyKey", "delete", "overwrite", "none"],
  cookie: ["expire"],
  browser: ["delete"],
  metric: ["neverKept", "none"],
  log: ["delete", "expire", "neverKept", "none"]
} as const
/** A kind of place. `browser` is the session storage of a tab. */
export type PlaceKind = keyof typeof actionsOf
/** How a place of some kind forgets. */
export type Action<Kind extends PlaceKind = PlaceKind> = (typeof actionsOf)[Kind][number]

/**
 * One place for one class of data; a place that holds several classes is declared once for each. Names: `service.content` of a table, `service.content.sealed` of a
 * column, `keys/service.vault` of a file, where `*` stands for one name; the bare name of a cookie, a prefix in a browser, a metric or a stream of log lines.
 */
export type Place = {
  readonly [Kind in PlaceKind]: { readonly kind: Kind; readonly name: string; readonly dataClass: DataClass; readonly action: Action<Kind> }
}[PlaceKind]

/** A declared class with the places that it lies in, and what follows from the policy. */
export interface PlacedClass extends Declaration {
  /** The width that the deadline is floored to; `undefined` where each datum has its own instant. */
  readonly bucket: Period | undefined
  /** `undefined` without a clock. */
  readonly worstCase: Lifetime | undefined
  /** In the order of the list; empty only for what the server never stores. */
  readonly places: ReadonlyArray<Place>
}

const rule = RuleId.make("X-12")
const refused = (says: string): Result.Result<never, Refusal> => Result.fail({ rule, says })
const nameOf = ({ kind, name }: Place): string => `the ${kind} ${name}`

/** Kinds of places on the server that last: what a declaration calls stored must lie in one. */
const lasting: ReadonlySet<PlaceKind> = new Set(["table", "file"])
/** Ways in which rows go by the bucket of their deadline; all others go at an instant of their own. */
const bucketed: ReadonlySet<Action> = new Set(["drop", "sever"])

/** The realm that the name of a table, column or file puts it in, if it says so. */
const realmOf = ({ kind, name }: Place): Declaration["realm"] | undefined => {
  if (kind !== "table" && kind !== "column" && kind !== "file") return undefined
  const [found] = /(?<=^|\/)(?:service|custody)(?=[./]|$)/.exec(name) ?? []
  return found === undefined ? undefined : found === "custody" ? "vendor" : "service"
}

/** Why a place cannot hold what it is declared to hold, as one sentence; nothing when it can. */
const unfit = (place: Place, { clock, dataClass, realm, stored }: Declaration): string | undefined => {
  const { action, kind } = place
  const known: ReadonlyArray<Action> = actionsOf[kind]
  if (!known.includes(action)) return `${nameOf(place)} cannot forget by ${action}.`
  const idle = action === "none" || action === "neverKept"
  if (clock === "none") return idle ? undefined : `${nameOf(place)} forgets by ${action}, but no clock of ${dataClass} says when.`
  if (idle && (stored || action === "none")) return `${nameOf(place)} never forgets ${dataClass}, which has a clock.`
  if (action === "sever" && dataClass !== "triage") return `${nameOf(place)} severs ${dataClass}, of which nothing may stay.`
  const lies = realmOf(place)
  return lies === undefined || lies === realm ? undefined : `${nameOf(place)} lies in the ${lies} realm, and ${dataClass} belongs to the ${realm} realm.`
}

/**
 * Joins the places with what a policy declares: for each class where it lies, its clock, period, bucket and worst case. A place for a part that the policy does not have
 * stays empty and is left out. Refuses a place of a class that the policy does not declare, one declared twice, one that cannot forget what it holds, and a class that
 * is stored and lies nowhere.
 */
export const placed = (policy: Policy, places: ReadonlyArray<Place>): Result.Result<ReadonlyArray<PlacedClass>, Refusal> => {
  const declared = declarations(policy)
  const missing = missingClasses(policy)
  const used = places.filter(({ dataClass }) => !missing.has(dataClass))
  const seen = new Set<string>()
  for (const place of used) {
    const declaration = declared.find(({ dataClass }) => dataClass === place.dataClass)
    if (declaration === undefined) return refused(`${nameOf(place)} holds ${place.dataClass}, which the policy of ${policy.service} does not declare.`)
    const why = unfit(place, declaration)
    if (why !== undefined) return refused(why)
    const key = `${place.kind} ${place.name} ${place.dataClass}`
    if (seen.has(key)) return refused(`${nameOf(place)} is declared twice for ${place.dataClass}.`)
    seen.add(key)
  }
  const joined = declared.map((declaration): PlacedClass => {
    const own = used.filter(({ dataClass }) => dataClass === declaration.dataClass)
    const floored = declaration.clock !== "none" && declaration.stored && own.some(({ action }) => bucketed.has(action))
    return {
      ...declaration,
      bucket: floored ? minutes(policy.bucketMinutes) : undefined,
      worstCase: worstCaseLifetime(policy, declaration),
      places: own
    }
  })
  const lost = joined.find(({ places: own, stored }) => stored && !own.some(({ kind }) => lasting.has(kind)))
  return lost === undefined
    ? Result.succeed(joined)
    : refused(`The policy of ${policy.service} declares that ${lost.dataClass} is stored, and no table or file is declared to hold it.`)
}

/** The classes that a sweep has to forget: those with a clock that lie in a table or a file. */
export const swept = (joined: ReadonlyArray<PlacedClass>): ReadonlyArray<PlacedClass> =>
  joined.filter(({ clock, places, stored }) => stored && clock !== "none" && places.some(({ kind }) => lasting.has(kind)))
