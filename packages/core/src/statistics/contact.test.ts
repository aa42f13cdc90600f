import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { contactDeeds, NaiveContact, naiveBand, naivePeriod, partitions, termsWith } from "../../../../test/spec/statistics.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { Instant } from "../kernel/instant.ts"
import { type Machine, step } from "../kernel/machine.ts"
import { edgesOf } from "../kernel/table.ts"
import type { StatisticsTerms } from "../policy/care.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { Band, bandOf, bandsOf, contentFor, notGiven, oldest, partition } from "./bands.ts"
import { type CalendarPeriod, endOf, lengthOf, monthsOf, overlap, periodOf, periodReader } from "./calendar.ts"
import { contactMachine } from "./contact.ts"
import { countedOnce, groupsPartition, orderIsForgotten } from "./laws.ts"
import { type ContactCommand, ContactEvent, ContactState } from "./messages.ts"
import { contactTable } from "./table.ts"
import { countsOf, type Increment, merge, tally } from "./tally.ts"

type Contact = Machine<ContactState, ContactCommand, ContactEvent>
const zone = "Europe/Oslo"
const zones = fc.constantFrom(zone, "Pacific/Apia", "America/St_Johns", "Asia/Kolkata")
const terms = termsWith({ dimensions: ["topic"] })
const at = (text: string) => Instant.make(Date.parse(text))

const lived = (machine: Contact, commands: ReadonlyArray<ContactCommand>) => {
  let state = machine.initial
  return commands.map((command) => {
    const done = step(machine, state, command)
    state = done.state
    return { command, events: done.events, after: state, refusal: done.refusal }
  })
}

describe("age groups", () => {
  it(groupsPartition.says, () => {
    fc.assert(
      fc.property(partitions, (bands) => {
        const answers = Array.from({ length: oldest + 1 }, (_, age) => ({ age, band: bandOf({ bands }, age) }))
        assert.deepStrictEqual(groupsPartition.broken({ terms: { bands }, answers }), [])
        assert.isTrue(partition({ bands }))
        assert.deepStrictEqual(answers.map(({ band }) => band), answers.map(({ age }) => naiveBand({ bands }, age)))
      }),
      runs(300)
    )
  })

  it("notice a partition with a gap, an overlap, a wrong beginning, and a closed end", () => {
    const end = { from: 13, to: null }
    const wrong: ReadonlyArray<StatisticsTerms["bands"]> = [
      [{ from: 0, to: 11 }, end],
      [{ from: 0, to: 13 }, end],
      [{ from: 1, to: 12 }, end],
      [{ from: 0, to: 12 }, { from: 13, to: 120 }],
      [{ from: 0, to: null }, end],
      [{ from: 0, to: 12 }, { from: 13, to: 12 }, end]
    ]
    assert.deepStrictEqual(wrong.map((bands) => partition({ bands })), wrong.map(() => false))
    assert.isTrue(partition({ bands: [{ from: 0, to: 12 }, end] }))
    assert.isTrue(partition({ bands: [{ from: 0, to: 0 }, { from: 1, to: null }] }))
    const history = (band: string) => ({ terms: { bands: [{ from: 0, to: 12 }, end] as const }, answers: [0, 12, 13].map((age) => ({ age, band: age === 12 ? Band.make(band) : bandOf({ bands: [{ from: 0, to: 12 }, end] }, age) })) })
    assert.deepStrictEqual(groupsPartition.broken(history("0-12")), [])
    assert.deepStrictEqual(groupsPartition.broken(history("notGiven")), ["an age has no group", "groups do not follow one another"])
  })

  it("of I fengsel are a partition, and turn at its edges", () => {
    const own = ifengsel.statistics
    assert.isNotNull(own)
    if (own === null) return
    assert.isTrue(partition(own))
    assert.deepStrictEqual<ReadonlyArray<string>>(bandsOf(own), ["0-9", "10-12", "13-15", "16-17", "18-24", "25+", "notGiven"])
    assert.deepStrictEqual<ReadonlyArray<string>>(
      [9, 10, 12, 13, 15, 16, 17, 18, 24, 25, 120].map((age) => bandOf(own, age)),
      ["0-9", "10-12", "10-12", "13-15", "13-15", "16-17", "16-17", "18-24", "18-24", "25+", "25+"])
    assert.deepStrictEqual([undefined, -1, 121, 12.5, Number.NaN].map((age) => bandOf(own, age)), [notGiven, notGiven, notGiven, notGiven, notGiven])
  })

  it("choose what is shown, and the age does nothing more: two ages of a group read the same, and no age reads the same chat", () => {
    const contents = new Map([[Band.make("10-12"), "for children"]])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 }), (one, other) => {
        const [first, second] = [bandOf(terms, one), bandOf(terms, other)]
        if (first === second) assert.strictEqual(contentFor(contents, "for all", first), contentFor(contents, "for all", second))
      }),
      runs(300)
    )
    assert.strictEqual(contentFor(contents, "for all", bandOf(terms, 11)), "for children")
    assert.strictEqual(contentFor(contents, "for all", notGiven), "for all")
  })
})

describe("periods", () => {
  it("are those that a calendar on the wall shows, in every zone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2101, 0) }), zones, fc.constantFrom("month" as const, "quarter" as const, "year" as const), (ms, timeZone, period) => {
        const instant = Instant.make(ms)
        const found = periodOf({ period }, instant, timeZone)
        assert.strictEqual(found, naivePeriod(period, ms, timeZone))
        assert.strictEqual(lengthOf(found), period)
        assert.isAbove(endOf(found, timeZone), ms)
        assert.strictEqual(naivePeriod(period, endOf(found, timeZone) - 1, timeZone), found)
        assert.notStrictEqual(naivePeriod(period, endOf(found, timeZone), timeZone), found)
      }),
      runs(300)
    )
  }, patience)

  it("are read alike one by one and in a row, to the millisecond at which they change", () => {
    const read = periodReader(terms, zone)
    const edge = at("2026-03-31T22:00:00Z")
    const instants = [edge, edge - 1, edge + 1, edge, edge - 1, edge].map((ms) => Instant.make(ms))
    assert.deepStrictEqual(instants.map(read), ["2026-Q2", "2026-Q1", "2026-Q2", "2026-Q2", "2026-Q1", "2026-Q2"])
  })

  it("end at the first of two midnights, where the clocks go back at the turn of a month", () => {
    assert.strictEqual(endOf("2020-10" as CalendarPeriod, "America/Havana"), Date.UTC(2020, 10, 1, 4))
    // In 2009 the clocks of St. John's went back at one minute past midnight on 1 November, to one minute past eleven.
    const turn = at("2009-11-01T02:30:00Z")
    assert.strictEqual(endOf("2009-10" as CalendarPeriod, "America/St_Johns"), turn)
    const periods = [turn - 1, turn, turn + 60_000, turn + 3_600_000].map((ms) => periodOf({ period: "month" }, Instant.make(ms), "America/St_Johns"))
    assert.deepStrictEqual(periods, ["2009-10", "2009-11", "2009-11", "2009-11"])
  })

  it("overlap where they share a month", () => {
    const months = (text: string) => monthsOf(text as CalendarPeriod)
    assert.deepStrictEqual(months("2026-Q2"), { from: 24315, to: 24318 })
    assert.deepStrictEqual(months("2026-06"), { from: 24317, to: 24318 })
    assert.deepStrictEqual(months("2026"), { from: 24312, to: 24324 })
    assert.deepStrictEqual([["2026", "2026-12"], ["2026", "2027-01"], ["2026-Q1", "2026-Q2"], ["2026-03", "2026-Q1"], ["2025", "2026"], ["2026-Q2", "2026-Q1"], ["2027-01", "2026"]].map(([one = "", other = ""]) => overlap(months(one), months(other))), [true, false, false, true, false, false, false])
  })
})

describe("one chat", () => {
  it("answers every command as the naive chat does", () => {
    fc.assert(
      fc.property(fc.array(contactDeeds, { maxLength: 12 }), zones, (commands, timeZone) => {
        const naive = new NaiveContact(terms, timeZone)
        for (const { command, events, refusal, after } of lived(contactMachine(terms, timeZone), commands)) {
          const expected = naive.run(command)
          assert.deepStrictEqual({ refusedBy: refusal?.rule, events }, { refusedBy: expected.refusedBy, events: expected.events })
          assert.deepStrictEqual(after, naive.picture())
        }
      }),
      runs(500)
    )
  }, patience)

  it(countedOnce.says, () => {
    const property = (plant: (machine: Contact) => Contact) =>
      fc.property(fc.array(contactDeeds, { maxLength: 12 }), (commands) => {
        assert.deepStrictEqual(countedOnce.broken({ steps: lived(plant(contactMachine(terms, zone)), commands) }), [])
      })
    fc.assert(property((machine) => machine), runs(500))
    const bugs: ReadonlyArray<(machine: Contact) => Contact> = [
      (machine) => ({ ...machine, decide: (state, command) => machine.decide(command._tag === "Close" ? { _tag: "Open", band: notGiven } : state, command) }),
      (machine) => ({ ...machine, evolve: (state, event) => (event._tag === "Counted" ? state : machine.evolve(state, event)) }),
      (machine) => ({ ...machine, evolve: (state, event) => (state._tag === "Open" && state.band !== notGiven && event._tag === "BandStated" ? state : machine.evolve(state, event)) })
    ]
    for (const bug of bugs) assert.isTrue(fc.check(property(bug), { numRuns: 1000, seed: 7 }).failed)
  }, patience)

  it("is explored whole: 2 states, 3 edges, those of its table", () => {
    const machine = contactMachine(terms, zone)
    const commands: ReadonlyArray<ContactCommand> = [null, 3, 14, 99].map((age): ContactCommand => ({ _tag: "State", at: at("2026-01-05T12:00Z"), age })).concat({ _tag: "Close", at: at("2026-01-05T13:00Z"), categories: [] })
    const seen = new Map([[JSON.stringify(machine.initial), machine.initial]])
    const edges = new Set<string>()
    for (const state of seen.values()) {
      for (const command of commands) {
        const done = step(machine, state, command)
        if (done.refusal !== undefined) continue
        edges.add(`${state._tag} ${command._tag} ${done.state._tag}`)
        seen.set(JSON.stringify(done.state), done.state)
      }
    }
    assert.deepStrictEqual([...edges].toSorted(), edgesOf(contactTable).map(({ from, by, to }) => `${from} ${by} ${to}`).toSorted())
    assert.strictEqual(seen.size, 5)
    assert.isUndefined(machine.due(machine.initial))
  })

  it("refuses with one plain sentence each", () => {
    const machine = contactMachine(terms, zone)
    const close = (...by: ReadonlyArray<"topic" | "county">): ContactCommand => ({ _tag: "Close", at: at("2026-01-05T13:00Z"), categories: by.map((one) => ({ by: one, code: "school" })) })
    const said = (state: ContactState, command: ContactCommand) => step(machine, state, command).refusal
    assert.deepStrictEqual(said({ _tag: "Counted" }, { _tag: "State", at: at("2026-01-05T13:00Z"), age: 12 }), { rule: "E-11", says: "This chat is over and has been counted." })
    assert.deepStrictEqual(said(machine.initial, close("county")), { rule: "IF-35", says: "The service has not promised to count this." })
    assert.deepStrictEqual(said(machine.initial, close("topic", "topic")), { rule: "IF-32", says: "One chat is counted once for each thing that is counted." })
    assert.isUndefined(said(machine.initial, close("topic")))
    assert.isUndefined(step(contactMachine({ ...terms, dimensions: ["topic", "county"] }, zone), machine.initial, close("topic", "county")).refusal)
    const counted: ContactState = { _tag: "Counted" }
    assert.strictEqual(machine.evolve(counted, { _tag: "BandStated", band: notGiven }), counted)
  })

  it("keeps a group and a period, and has no field that could hold an age, an instant or a chat", () => {
    const fields = (cases: Record<string, { readonly fields: object }>) => Object.fromEntries(Object.entries(cases).map(([tag, one]) => [tag, Object.keys(one.fields)]))
    assert.deepStrictEqual(fields(ContactState.cases), { Open: ["_tag", "band"], Counted: ["_tag"] })
    assert.deepStrictEqual(fields(ContactEvent.cases), { BandStated: ["_tag", "band"], Counted: ["_tag", "period", "band", "categories"] })
    assert.isFalse(/^\d+$/.test(bandOf(terms, 14)))
    assert.throws(() => Band.make("14"))
    const machine = contactMachine(terms, zone)
    const state = (age: number): ContactCommand => ({ _tag: "State", at: at("2026-01-05T12:00Z"), age })
    assert.deepStrictEqual(step(machine, machine.initial, state(13)), step(machine, machine.initial, state(15)))
  })
})

const increments = fc.array(
  fc.record({
    period: fc.constantFrom("2026-Q1" as CalendarPeriod, "2026-Q2" as CalendarPeriod),
    band: fc.constantFrom(...bandsOf(terms)),
    categories: fc.constantFrom<Increment["categories"]>([], [{ by: "topic", code: "school" }], [{ by: "topic", code: "family" }, { by: "county", code: "north" }])
  }),
  { maxLength: 40 }
)

describe("counters", () => {
  it(orderIsForgotten.says, () => {
    fc.assert(
      fc.property(increments.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.nat({ max: list.length }))), ([list, shuffled, cut]) => {
        const tallies = [tally(list), tally(shuffled), merge(tally(list.slice(0, cut)), tally(list.slice(cut))), merge(tally(list.slice(cut)), tally(list.slice(0, cut)))]
        assert.deepStrictEqual(orderIsForgotten.broken({ tallies }), [])
        assert.strictEqual(tally(list).filter(({ by }) => by === null).reduce((sum, { count }) => sum + count, 0), list.length)
      }),
      runs(300)
    )
    const one = { period: "2026-Q1" as CalendarPeriod, by: null, code: null, band: notGiven, count: 1 }
    assert.deepStrictEqual(orderIsForgotten.broken({ tallies: [[one], [one]] }), [])
    assert.deepStrictEqual(orderIsForgotten.broken({ tallies: [[one], [{ ...one, count: 2 }]] }), ["the order of chats can be seen"])
  }, patience)

  it("are exactly the numbers of chats by period and group, and apart from that by each dimension", () => {
    const band = Band.make("10-12")
    const period = "2026-Q1" as CalendarPeriod
    const counted = tally([
      { period, band, categories: [{ by: "topic", code: "school" }] },
      { period, band: notGiven, categories: [] },
      { period, band, categories: [{ by: "topic", code: "school" }, { by: "county", code: "north" }] }
    ])
    assert.deepStrictEqual(counted, [
      { period, by: null, code: null, band, count: 2 },
      { period, by: null, code: null, band: notGiven, count: 1 },
      { period, by: "county", code: "north", band, count: 1 },
      { period, by: "topic", code: "school", band, count: 2 }
    ])
    assert.deepStrictEqual(countsOf(terms, counted, period, null), { rows: ["all"], bands: bandsOf(terms), cells: [[0, 2, 0, 0, 0, 0, 1]] })
    assert.deepStrictEqual(countsOf(terms, counted, period, "topic", ["family", "school"]), {
      rows: ["family", "school"],
      bands: bandsOf(terms),
      cells: [[0, 0, 0, 0, 0, 0, 0], [0, 2, 0, 0, 0, 0, 0]]
    })
    assert.deepStrictEqual(countsOf(terms, counted, period, "topic"), { rows: [], bands: bandsOf(terms), cells: [] })
    assert.deepStrictEqual(countsOf(terms, counted, "2026-Q2" as CalendarPeriod, null).cells, [[0, 0, 0, 0, 0, 0, 0]])
  })
})
