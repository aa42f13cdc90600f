/**
 * The decisions in `docs/golden`: for every machine, what it answers to a command in a state, as JSON that any language can replay. Taken from simulated worlds of
 * fixed seeds, one case for each way that a command went: its states, its events, or the sentence that refused it.
 */
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
/** A machine's steps in one world, and the terms that it was made of. */
type Lived = readonly [machine: string, terms: unknown, steps: ReadonlyArray<Step>]

const worlds = 250

const livedIn = (seed: number): ReadonlyArray<Lived> => {
  const world = new World(seed, wiring, new Coverage())
  live(world, 200)
  drain(world, false)
  const { ledger, requests, service, visitors } = world.house
  const { bookingPolicy, consents, policy, statistics } = service
  const { answeredBy, capacity, limits, phone } = policy
  return [
    ...visitors.flatMap((visitor): ReadonlyArray<Lived> => [
      ["session", { answeredBy, capacity, limits, phone }, visitor.session.steps],
      ["consent", consents.triage, visitor.consents.triage.steps],
      ["consent", consents.referral, visitor.consents.referral.steps],
      ["retention", policy.holds, visitor.trace.steps],
      ["retention", policy.holds, visitor.content.steps],
      ["contact", { statistics, timeZone }, visitor.contact.steps],
      ["booking", bookingPolicy, visitor.booking.steps],
      ["referral", guide, visitor.referral.steps],
      ...visitor.cases.map((one): Lived => ["concern", policy.disclosure, one.steps])
    ]),
    ...requests.map((request): Lived => ["custody", null, request.steps]),
    ["ledger", { statistics, timeZone }, ledger.steps]
  ]
}

/** What makes one case like another: the way that it went, or the sentence that refused the command. */
const kindOf = ({ after, before, command, events, refusal }: Step): string =>
  refusal === undefined ? [before._tag, command._tag, after._tag, events.length > 0].join(" ") : `${command._tag}: ${refusal.says}`

/** Every generated file of `docs/golden` with its content. */
export const goldenPages = (): ReadonlyMap<string, string> => {
  const cases = new Map<string, Map<string, { readonly terms: string; readonly step: Step }>>()
  const terms = new Map<string, Array<string>>()
  for (let seed = 1; seed <= worlds; seed++) {
    for (const [machine, made, steps] of livedIn(seed)) {
      const known = cases.get(machine) ?? new Map()
      cases.set(machine, known)
      const text = JSON.stringify(made)
      for (const step of steps) {
        const kind = kindOf(step)
        if (!known.has(kind)) known.set(kind, { terms: text, step })
      }
      const list = terms.get(machine) ?? []
      terms.set(machine, list)
      if ([...known.values()].some((one) => one.terms === text) && !list.includes(text)) list.push(text)
    }
  }
  const pages = new Map<string, string>()
  for (const [machine, known] of cases) {
    const list = (terms.get(machine) ?? []).filter((text) => [...known.values()].some((one) => one.terms === text))
    const lines = [...known.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { step, terms: text }]) => {
      const { after, before, command, events, refusal } = step
      return JSON.stringify({ terms: list.indexOf(text), given: before, when: command, expect: { events, state: after, ...(refusal === undefined ? {} : { refusal }) } })
    })
    pages.set(`docs/golden/${machine}.json`, `{"machine":"${machine}","terms":[\n${list.join(",\n")}\n],"cases":[\n${lines.join(",\n")}\n]}\n`)
  }
  return pages
}
