/**
 * The decisions in `docs/golden`: for every machine, what it answers to a command in a state, as JSON that any language can replay. Taken from simulated worlds of
 * fixed seeds, one case for each way that a command went: its states, its events, the timers that ran before it, or the sentence that refused it.
 */
import type { Instant } from "@fortrolig/core/kernel/instant"
import { edgesOf } from "@fortrolig/core/kernel/table"
import type { Actor } from "../../test/world/actor.ts"
import { tables } from "../../test/world/tables.ts"
import { trail } from "../../test/world/trail.ts"
import { World } from "../../test/world/world.ts"
import { Coverage } from "../../test/world/coverage.ts"
import { drain } from "../../test/world/drain.ts"
import { live } from "../../test/world/life.ts"
import { guide, timeZone } from "../../test/world/services.ts"
import { wiring } from "../../test/world/wiring.ts"

interface Tagged {
  readonly _tag: string
}
interface Step {
  readonly command: Tagged
  readonly before: Tagged
  readonly after: Tagged
  readonly events: ReadonlyArray<Tagged>
  readonly refusal: { readonly rule: string; readonly says: string } | undefined
}
/** A machine's steps in one world, each with the edges that it walked, and the terms that the machine was made of. */
interface Lived {
  readonly machine: string
  readonly terms: unknown
  readonly steps: ReadonlyArray<Step & { readonly edges: () => ReadonlyArray<string> }>
}

const worlds = 250
/** Rare edges are looked for in further worlds; a machine with an edge that so many worlds never walk has no golden decisions. */
const mostWorlds = 5000

const lived = <State extends Tagged, Command extends Tagged & { readonly at: Instant }, Event extends Tagged>(
  machine: string,
  terms: unknown,
  actor: Actor<State, Command, Event>
): Lived => ({ machine, terms, steps: actor.steps.map((step) => ({ ...step, edges: () => trail(actor.machine, step.before, step.command) })) })

const livedIn = (seed: number): ReadonlyArray<Lived> => {
  const world = new World(seed, wiring, new Coverage())
  live(world, 200)
  drain(world, false)
  const { ledger, requests, service, visitors } = world.house
  const { bookingPolicy, consents, policy, statistics } = service
  const { answeredBy, capacity, limits, phone } = policy
  return [
    ...visitors.flatMap((visitor): ReadonlyArray<Lived> => [
      lived("session", { answeredBy, capacity, limits, phone }, visitor.session),
      lived("consent", consents.triage, visitor.consents.triage),
      lived("consent", consents.referral, visitor.consents.referral),
      lived("retention", policy.holds, visitor.trace),
      lived("retention", policy.holds, visitor.content),
      lived("contact", { statistics, timeZone }, visitor.contact),
      lived("booking", bookingPolicy, visitor.booking),
      lived("referral", guide, visitor.referral),
      ...visitor.cases.map((one) => lived("concern", policy.disclosure, one))
    ]),
    ...requests.map((request) => lived("custody", null, request)),
    lived("ledger", { statistics, timeZone }, ledger)
  ]
}

/** What makes one case like another: the way that it went, or the sentence that refused the command. */
const kindOf = ({ after, before, command, events, refusal }: Step): string =>
  refusal === undefined ? [before._tag, command._tag, after._tag, events.length > 0].join(" ") : `${command._tag}: ${refusal.says}`

interface Kept {
  readonly terms: string
  readonly step: Step
}

/** The cases that were kept of one machine, by their kinds, their terms, and the edges of its table that no case walks yet. */
interface Collected {
  readonly cases: Map<string, Kept>
  readonly terms: Set<string>
  readonly missing: Set<string>
}

const collect = ({ cases, missing, terms }: Collected, { steps, terms: made }: Lived): void => {
  for (const step of steps) {
    const kind = kindOf(step)
    const isNew = !cases.has(kind)
    if (!isNew && missing.size === 0) continue
    const found = step.edges().filter((edge) => missing.delete(edge))
    // A timer's edge may lie in a step that otherwise went like another one.
    if (!isNew && found.length === 0) continue
    const text = JSON.stringify(made)
    cases.set(isNew ? kind : `${kind} by way of ${found.join()}`, { terms: text, step })
    terms.add(text)
  }
}

/** Every generated file of `docs/golden` with its content. Throws when worlds without number leave an edge of a machine unwalked. */
export const goldenPages = (): ReadonlyMap<string, string> => {
  const collected = new Map<string, Collected>(
    Object.entries(tables).map(([machine, table]) => [
      machine,
      { cases: new Map(), terms: new Set(), missing: new Set(edgesOf(table).map(({ by, from, to }) => `${from} ${by} ${to}`)) }
    ])
  )
  const unwalked = () => [...collected].flatMap(([machine, { missing }]) => [...missing].map((edge) => `${machine}: ${edge}`))
  for (let seed = 1; seed <= worlds || unwalked().length > 0; seed++) {
    if (seed > mostWorlds) throw new Error(`No world walks these edges: ${unwalked().join(", ")}`)
    for (const one of livedIn(seed)) {
      const into = collected.get(one.machine)
      if (into !== undefined) collect(into, one)
    }
  }
  const pages = new Map<string, string>()
  for (const [machine, { cases, terms }] of collected) {
    const list = [...terms]
    const lines = [...cases.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { step, terms: text }]) => {
      const { after, before, command, events, refusal } = step
      return JSON.stringify({ terms: list.indexOf(text), given: before, when: command, expect: { events, state: after, ...(refusal === undefined ? {} : { refusal }) } })
    })
    pages.set(`docs/golden/${machine}.json`, `{"machine":"${machine}","terms":[\n${list.join(",\n")}\n],"cases":[\n${lines.join(",\n")}\n]}\n`)
  }
  return pages
}
