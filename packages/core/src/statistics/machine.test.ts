import * as fc from "fast-check"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { countsFor, termsWith } from "../../../../test/spec/statistics.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { Instant } from "../kernel/instant.ts"
import { step } from "../kernel/machine.ts"
import { edgesOf } from "../kernel/table.ts"
import { Band, bandsOf } from "./bands.ts"
import { type CalendarPeriod, endOf } from "./calendar.ts"
import { ledgerMachine, releasePurposes } from "./machine.ts"
import { type Counts, Edition, type LedgerCommand, LedgerEvent, LedgerState } from "./messages.ts"
import { editionOf } from "./release.ts"
import { ledgerTable } from "./table.ts"

const zone = "Europe/Oslo"
const terms = termsWith({ dimensions: ["topic"] })
const machine = ledgerMachine(terms, zone)
const bands = bandsOf(terms)
const period = (text: string) => text as CalendarPeriod
const later = Instant.make(Date.UTC(2027, 0, 1))

const row = (...cells: ReadonlyArray<number>): Counts => ({ rows: ["all"], bands, cells: [cells] })
const fine = row(8, 9, 12, 20, 11, 7, 30)
type Release = Extract<LedgerCommand, { readonly _tag: "Release" }>
const release = (more: Partial<Release> = {}): Release => ({ _tag: "Release", at: later, period: period("2026-Q1"), by: null, purpose: "whoWeReach", counts: fine, ...more })
const note = (first: string, last: string, count: number, band: string | null = null): LedgerCommand => ({
  _tag: "Note",
  at: later,
  known: { first: period(first), last: period(last), band: band === null ? null : Band.make(band), count }
})
/** The ledger after some commands, none of which may be refused. */
const after = (...commands: ReadonlyArray<LedgerCommand>): LedgerState =>
  commands.reduce<LedgerState>((state, command) => {
    const done = step(machine, state, command)
    assert.isUndefined(done.refusal, command._tag)
    return done.state
  }, machine.initial)
const refusal = (state: LedgerState, command: LedgerCommand) => {
  const { refusal: found, events, state: same } = step(machine, state, command)
  if (found !== undefined) assert.deepStrictEqual([events, same], [[], state])
  return found
}
const alreadyOut = { rule: "E-12", says: "Counts of this time have been published, and stand as they are." }
const together = { rule: "E-12", says: "Together with what is already public, a small count could be computed from these." }

describe("releasing counts", () => {
  it("publishes a quarter once it is over, exactly as it is hidden by the policy", () => {
    const done = step(machine, machine.initial, release({ counts: row(8, 9, 3, 20, 11, 7, 0) }))
    const edition = { period: period("2026-Q1"), by: null, method: "suppress" as const, base: 5, rows: ["all"], bands, cells: [[8, 9, null, 20, 11, null, 0, 58]] }
    assert.deepStrictEqual(done, { state: { _tag: "Kept", editions: [edition], elsewhere: [] }, events: [{ _tag: "Released", edition }], refusal: undefined })
    assert.isUndefined(machine.due(done.state))
    assert.deepStrictEqual(ledgerMachine(terms, zone).initial, { _tag: "Kept", editions: [], elsewhere: [] })
    assert.deepStrictEqual(Schema.decodeUnknownSync(Edition)(JSON.parse(JSON.stringify(edition))), edition)
  })

  it("refuses a period that is not over, to the millisecond of the local calendar", () => {
    const end = endOf(period("2026-Q1"), zone)
    assert.strictEqual(end, Date.UTC(2026, 2, 31, 22))
    assert.deepStrictEqual(refusal(machine.initial, release({ at: Instant.make(end - 1) })), { rule: "E-12", says: "This period is not over yet." })
    assert.isUndefined(refusal(machine.initial, release({ at: end })))
  })

  it("refuses a period that was published, or that overlaps one, also after the policy's period became another", () => {
    assert.deepStrictEqual(refusal(after(release()), release()), alreadyOut)
    assert.deepStrictEqual(refusal(after(release()), release({ by: "topic", counts: { rows: ["school", "family"], bands, cells: [fine.cells[0] ?? [], fine.cells[0] ?? []] } })), alreadyOut)
    const monthly = ledgerMachine({ ...terms, period: "month" }, zone)
    assert.deepStrictEqual(step(monthly, after(release()), release({ period: period("2026-03") })).refusal, alreadyOut)
    assert.isUndefined(step(monthly, after(release()), release({ period: period("2026-04") })).refusal)
    const other = { rule: "E-12", says: "Counts are published for the periods that the service has fixed, and no others." }
    for (const text of ["2026", "2026-02"]) assert.deepStrictEqual(refusal(machine.initial, release({ period: period(text) })), other)
  })

  it("refuses every purpose but the two that are promised", () => {
    const other = { rule: "X-10", says: "Counts are published to make the chat better and to know who is reached, and for nothing else." }
    for (const purpose of ["ageInformation", "other"] as const) assert.deepStrictEqual(refusal(machine.initial, release({ purpose })), other)
    assert.deepStrictEqual(releasePurposes, ["betterChat", "whoWeReach"])
    for (const purpose of releasePurposes) assert.isUndefined(refusal(machine.initial, release({ purpose })))
  })

  it("refuses a dimension that the policy does not list, and lists none for I fengsel", () => {
    const says = { rule: "IF-35", says: "The service has not promised to count this." }
    const counts = { rows: ["north", "south"], bands, cells: [fine.cells[0] ?? [], fine.cells[0] ?? []] }
    assert.deepStrictEqual(refusal(machine.initial, release({ by: "county", counts })), says)
    assert.isUndefined(refusal(machine.initial, release({ by: "topic", counts })))
    assert.deepStrictEqual(step(ledgerMachine(termsWith(), zone), machine.initial, release({ by: "topic", counts })).refusal, says)
  })

  it("refuses counts that are not a whole table of the policy's groups", () => {
    const says = { rule: "IF-32", says: "These counts are not a whole table of the service's age groups." }
    const [cells = []] = fine.cells
    const wrong: ReadonlyArray<Partial<Release>> = [
      { counts: { ...fine, bands: bands.toReversed() } },
      { counts: { ...fine, bands: bands.slice(1), cells: [cells.slice(1)] } },
      { counts: { ...fine, bands: [...bands, ...bands.slice(0, 1)] } },
      { counts: { ...fine, cells: [cells.slice(1)] } },
      { counts: { ...fine, cells: [] } },
      { counts: { ...fine, rows: ["one", "two"], cells: [cells, cells] } },
      { by: "topic" },
      { by: "topic", counts: { ...fine, rows: ["one", "one"], cells: [cells, cells] } },
      { by: "topic", counts: { ...fine, rows: ["one", "two"], cells: [cells] } }
    ]
    assert.deepStrictEqual<unknown>(wrong.map((more) => refusal(machine.initial, release(more))), wrong.map(() => says))
  })

  it("refuses where there are too few chats, and other groups than those published before", () => {
    const few = { rule: "IF-34", says: "There are too few chats in this period to publish anything about them." }
    assert.deepStrictEqual(refusal(machine.initial, release({ counts: row(4, 5, 0, 0, 0, 0, 0) })), few)
    assert.isUndefined(refusal(machine.initial, release({ counts: row(5, 5, 0, 0, 0, 0, 0) })))
    const two = termsWith({ bands: [{ from: 0, to: 17 }, { from: 18, to: null }] })
    const changed = step(ledgerMachine(two, zone), after(release()), release({ period: period("2026-Q2"), counts: { rows: ["all"], bands: bandsOf(two), cells: [[9, 9, 9]] } }))
    assert.deepStrictEqual(changed.refusal, { rule: "E-12", says: "Earlier counts were published in other age groups; a new ledger is needed." })
  })
})

describe("what became public elsewhere", () => {
  const hidden = row(8, 9, 3, 20, 11, 7, 0)
  const quarters = [1, 2, 3].map((quarter) => release({ period: period(`2026-Q${quarter}`) }))

  it("is kept once, and must be about a period and a group that there is", () => {
    const state = after(note("2026-Q1", "2026-Q4", 400))
    assert.deepStrictEqual(state, { _tag: "Kept", editions: [], elsewhere: [{ first: period("2026-Q1"), last: period("2026-Q4"), band: null, count: 400 }] })
    assert.deepStrictEqual(after(note("2026-Q1", "2026-Q4", 400), note("2026-Q1", "2026-Q4", 400)), state)
    for (const other of [note("2026-Q2", "2026-Q4", 400), note("2026-Q1", "2026-Q3", 400), note("2026-Q1", "2026-Q4", 401), note("2026-Q1", "2026-Q4", 400, "10-12")]) {
      assert.strictEqual(step(machine, state, other).events.length, 1)
    }
    assert.deepStrictEqual(refusal(machine.initial, note("2026-Q2", "2026-Q1", 4)), { rule: "E-12", says: "The first period must not lie after the last." })
    assert.isUndefined(refusal(machine.initial, note("2026-Q2", "2026-Q2", 4)))
    assert.deepStrictEqual(refusal(machine.initial, note("2026-Q1", "2026-Q1", 4, "10-13")), { rule: "IF-32", says: "This is not one of the service's age groups." })
  })

  it("stops a quarter whose hidden count a yearly total of the group gives away", () => {
    const fourth = release({ period: period("2026-Q4"), counts: hidden })
    assert.isUndefined(refusal(after(...quarters), fourth))
    assert.isUndefined(refusal(after(...quarters, note("2026", "2026", 97 * 3 + 58)), fourth))
    assert.deepStrictEqual(refusal(after(...quarters, note("2026", "2026", 12 * 3 + 3, "13-15")), fourth), together)
    assert.isUndefined(refusal(after(...quarters.slice(1), note("2026", "2026", 12 * 3 + 3, "13-15")), fourth), "one more quarter is unknown")
  })

  it("stops the third quarter when the yearly total then shows how few there were in the fourth, which nobody published", () => {
    const [third = release()] = quarters.slice(2)
    assert.deepStrictEqual(refusal(after(...quarters.slice(0, 2), note("2026", "2026", 97 * 3 + 3)), third), together)
    assert.isUndefined(refusal(after(...quarters.slice(0, 2), note("2026", "2026", 97 * 3 + 5)), third))
    assert.deepStrictEqual(refusal(after(...quarters.slice(0, 2), note("2026", "2026", 97 * 3)), third), together)
  })

  it("counts months inside a quarter, and years beyond it", () => {
    assert.deepStrictEqual(refusal(after(note("2026-01", "2026-02", 95)), release()), together)
    assert.isUndefined(refusal(after(note("2026-01", "2026-02", 50)), release()))
    assert.isUndefined(refusal(after(note("2025", "2025", 2)), release()), "another year")
    assert.deepStrictEqual(refusal(after(note("2025-Q4", "2026-Q1", 99)), release()), together)
    assert.deepStrictEqual(refusal(after(note("2025-Q4", "2026-Q2", 250), note("2026-Q2", "2026-Q2", 151)), release()), together)
  })

  it("stops what contradicts it", () => {
    assert.deepStrictEqual(refusal(after(note("2026-Q1", "2026-Q1", 100, "13-15")), release({ counts: hidden })), together)
    assert.isUndefined(refusal(after(note("2026-Q1", "2026-Q1", 100, "13-15")), release()), "nothing is hidden, so nothing can be found")
  })

  it("narrows rounded counts too", () => {
    const rounding = ledgerMachine({ ...terms, method: "round" }, zone)
    const counts = row(8, 9, 12, 20, 11, 7, 2)
    const shown = editionOf({ ...terms, method: "round" }, period("2026-Q1"), null, counts)
    assert.deepStrictEqual(shown?.cells, [[10, 10, 10, 20, 10, 5, 0, 65]])
    const known = (count: number, band: string | null) => step(rounding, after(note("2026-Q1", "2026-Q1", count, band)), release({ counts })).refusal
    assert.isUndefined(step(rounding, machine.initial, release({ counts })).refusal)
    assert.isUndefined(known(69, null))
    assert.deepStrictEqual(known(53, null), together)
    assert.isUndefined(known(12, "13-15"))
  })
})

describe("the ledger", () => {
  it("is explored whole: 1 state, 2 edges, those of its table", () => {
    const edges = new Set<string>()
    const commands = [release(), release({ period: period("2026-Q2") }), note("2026-Q3", "2026-Q4", 90), release({ purpose: "other" })]
    const explore = (state: LedgerState, depth: number): void => {
      for (const command of depth === 0 ? [] : commands) {
        const done = step(machine, state, command)
        if (done.refusal === undefined) edges.add(`${state._tag} ${command._tag} ${done.state._tag}`)
        explore(done.state, depth - 1)
      }
    }
    explore(machine.initial, 4)
    assert.deepStrictEqual([...edges].toSorted(), edgesOf(ledgerTable).map(({ from, by, to }) => `${from} ${by} ${to}`).toSorted())
  })

  it("does not depend on the order in which quarters are released", () => {
    fc.assert(
      fc.property(fc.array(countsFor(terms, 1), { minLength: 4, maxLength: 4 }), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (counts, order) => {
        const play = (places: ReadonlyArray<number>) => {
          let state = machine.initial
          for (const place of places) state = step(machine, state, release({ period: period(`2026-Q${place + 1}`), counts: counts[place] ?? fine })).state
          return state.editions.toSorted((one, other) => (one.period < other.period ? -1 : 1))
        }
        assert.deepStrictEqual(play(order), play([0, 1, 2, 3]))
      }),
      runs(40)
    )
  }, patience)

  it("has words for counts of groups, and no field that could hold a chat, an age or an instant", () => {
    const fields = (cases: Record<string, { readonly fields: object }>) => Object.fromEntries(Object.entries(cases).map(([tag, one]) => [tag, Object.keys(one.fields)]))
    assert.deepStrictEqual(fields(LedgerState.cases), { Kept: ["_tag", "editions", "elsewhere"] })
    assert.deepStrictEqual(fields(LedgerEvent.cases), { Released: ["_tag", "edition"], Noted: ["_tag", "known"] })
    assert.deepStrictEqual(Object.keys(Edition.fields), ["period", "by", "method", "base", "rows", "bands", "cells"])
  })
})
