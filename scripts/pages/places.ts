/**
 * The page `docs/places.md`: every place that the product has, with the classes in it and how each is forgotten, and what follows for each class under the reference policies.
 */
import * as Result from "effect/Result"
import type { Period } from "../../packages/core/src/kernel/instant.ts"
import { inWords } from "../../packages/core/src/notice/periods.ts"
import { carrying, type Part, parts } from "../../packages/core/src/policy/parts.ts"
import type { Policy } from "../../packages/core/src/policy/policy.ts"
import { detfinneshjelp } from "../../packages/core/src/policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../../packages/core/src/policy/reference/ifengsel.ts"
import { type Action, type Place, placed, type PlacedClass, type PlaceKind } from "../../packages/core/src/retention/places.ts"
import { productPlaces } from "../../packages/core/src/retention/productPlaces.ts"

const does: Readonly<Record<Action, string>> = {
  destroyKey: "its key is destroyed",
  drop: "dropped with its leaf",
  delete: "deleted",
  sever: "severed: a note about nobody stays",
  overwrite: "overwritten where it lies",
  expire: "ends by itself",
  neverKept: "kept nowhere",
  none: "about nobody"
}

const starts = { opened: "the chat is opened", ended: "the chat has ended", issued: "it is made", closed: "the case is closed" } as const

const headings: Readonly<Record<PlaceKind, string>> = {
  table: "Tables",
  column: "Sealed columns",
  file: "Files and folders",
  cookie: "Cookies",
  browser: "Session storage of a tab",
  metric: "Figures at `/metrics`",
  log: "Log lines and words on the terminal"
}

const row = (cells: ReadonlyArray<string>): string => `| ${cells.join(" | ")} |`
const table = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => [row(heads), row(heads.map(() => "---")), ...rows.map(row)]

/** The parts of a policy for which the product has a place. */
const storable = (policy: Policy): ReadonlyArray<Part> => parts.filter((part) => Result.isSuccess(placed(carrying(policy, [part]), productPlaces)))

const span = (period: Period | undefined): string => (period === undefined ? "" : inWords(period, "en"))

const promiseOf = ({ clock, period, stored }: PlacedClass): string => {
  if (!stored) return "never stored"
  return clock === "none" ? "no clock, about nobody" : `${span(period)} after ${starts[clock]}`
}

const classRow = (one: PlacedClass): ReadonlyArray<string> => [
  `\`${one.dataClass}\``,
  one.rule,
  one.realm,
  promiseOf(one),
  span(one.bucket),
  one.stored ? span(one.worstCase?.bounded) : "",
  one.stored ? [...new Set(one.places.filter(({ kind }) => kind === "table" || kind === "column").map(({ action }) => does[action]))].join("; ") : "its tables stay empty"
]

const policySection = (policy: Policy): ReadonlyArray<string> => [
  `## ${policy.name.en}`,
  "",
  ...table(
    ["class", "rule", "realm", "promise", "bucket", "at worst", "how it is forgotten"],
    Result.getOrThrow(placed(carrying(policy, storable(policy)), productPlaces)).map(classRow)
  ),
  ""
]

const kindSection = (kind: PlaceKind): ReadonlyArray<string> => {
  const own: ReadonlyArray<Place> = productPlaces.filter((place) => place.kind === kind)
  const names = [...new Set(own.map(({ name }) => name))]
  return [
    `### ${headings[kind]}`,
    "",
    ...table(["name", "holds"], names.map((name) => [`\`${name}\``, own.filter((place) => place.name === name).map(({ action, dataClass }) => `\`${dataClass}\`: ${does[action]}`).join("<br>")])),
    ""
  ]
}

const kinds: ReadonlyArray<PlaceKind> = ["table", "column", "file", "cookie", "browser", "metric", "log"]

/** The page, as it should stand. */
export const placesPage = (): string =>
  [
    "# Where data lies",
    "",
    "Every place that this product has is declared once, with the class of what it holds and how it forgets. The clock, the period, the bucket and the worst case follow from the policy. A table, cookie, figure or log line that is not declared does not compile; a table, column or file that is found and not declared stops the start, by name.",
    "",
    "A promise is floored to its bucket, so nothing is late by it. *At worst* is the promise with the clock's error, one sweep, and the longest order of an authority where the policy lets one keep that class. It holds while some server runs.",
    "",
    "Each service is shown with the parts for which the product has a place. This page is generated from the code; a test fails when it is not fresh.",
    "",
    ...[detfinneshjelp, ifengsel].flatMap(policySection),
    "## The places",
    "",
    ...kinds.flatMap(kindSection)
  ].join("\n")
