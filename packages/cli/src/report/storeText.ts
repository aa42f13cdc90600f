/**
 * How the store is set up, for people: what is not as it should be in a table, and why it matters.
 */
import type { StoreFinding } from "@fortrolig/core/ports/StoreProfile"
import { type Column, counted, tableLines } from "./words.ts"

const columns = (realms: boolean): ReadonlyArray<Column> => ["What", ...(realms ? ["Realm"] : []), "Found", "Wanted", "Verdict"].map((heading) => ({ heading }))

/** One finding, of one realm or of both where both say the same. */
interface Shown extends Omit<StoreFinding, "realm"> {
  readonly realm: StoreFinding["realm"] | "both"
}

const verdictWords = ({ verdict, weight }: Pick<StoreFinding, "verdict" | "weight">): string => (verdict !== "broken" ? verdict : weight === "promise" ? "BROKEN" : "caution")

const isSame = (a: StoreFinding, b: StoreFinding): boolean => a.id === b.id && a.found === b.found && a.verdict === b.verdict

/** Two realms in one PostgreSQL say most things twice. */
const together = (findings: ReadonlyArray<StoreFinding>): ReadonlyArray<Shown> =>
  findings.flatMap((finding, at): ReadonlyArray<Shown> => {
    if (findings.slice(0, at).some((earlier) => isSame(earlier, finding))) return []
    return [{ ...finding, realm: findings.slice(at + 1).some((later) => isSame(finding, later)) ? "both" : finding.realm }]
  })

const rank = ({ verdict, weight }: Shown): number => (verdict === "not checked" ? 2 : weight === "promise" ? 0 : 1)

/** What is broken by its weight, in words for the headline. */
export const storeCounts = (findings: ReadonlyArray<StoreFinding>) => {
  const of = (weight: StoreFinding["weight"]): number => together(findings).filter((one) => one.verdict === "broken" && one.weight === weight).length
  return { broken: of("promise"), cautions: of("caution") }
}

/** The section on the store, or nothing where nothing was judged. What is as it should be is only counted. `realms` is false for a database that has none. */
export const storeLines = (findings: ReadonlyArray<StoreFinding>, realms = true): ReadonlyArray<string> => {
  if (findings.length === 0) return []
  const shown = together(findings)
  const rest = shown.filter(({ verdict }) => verdict !== "kept").sort((a, b) => rank(a) - rank(b))
  const kept = shown.length - rest.length
  const broken = rest.filter(({ verdict }) => verdict === "broken")
  const whys = new Map(broken.map(({ id, why }) => [id, why]))
  return [
    "",
    rest.length === 0 ? `The store: ${counted(kept, "thing")} looked at, all as they should be.` : `The store: ${counted(shown.length, "thing")} looked at, ${kept} as they should be. The rest:`,
    ...(rest.length === 0 ? [] : ["", ...tableLines(columns(realms), rest.map((one) => [one.id, ...(realms ? [one.realm] : []), one.found, one.wanted, verdictWords(one)]))]),
    ...(whys.size === 0 ? [] : ["", "Why it matters:", ...[...whys].map(([id, why]) => `  ${id}: ${why}`)])
  ]
}
