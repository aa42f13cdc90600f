import { assert, describe, it } from "vitest"
import { Instant } from "../kernel/instant.ts"
import { Band, notGiven } from "./bands.ts"
import { type CalendarPeriod, endOf } from "./calendar.ts"
import { type ContactHistory, countedOnce, groupsPartition, type LedgerHistory, nothingRevealed, onlyPromised, publishedOnce } from "./laws.ts"
import type { ContactCommand, ContactEvent, ContactState, Edition, LedgerCommand, LedgerEvent, LedgerState, PublicCount, Purpose } from "./messages.ts"

const at = Instant.make(Date.UTC(2027, 0, 1))
const ten = Band.make("10-12")
const period = (text: string) => text as CalendarPeriod

describe("the law on age groups says", () => {
  it("which of its sentences the groups break", () => {
    const bands = [{ from: 0, to: 12 }, { from: 13, to: 15 }, { from: 16, to: null }] as const
    const found = (...names: ReadonlyArray<string>) => groupsPartition.broken({ terms: { bands }, answers: names.map((name, age) => ({ age, band: Band.make(name) })).toReversed() })
    const [none, apart, empty] = ["an age has no group", "groups do not follow one another", "a group has no age"]
    assert.deepStrictEqual(
      [
        found("0-12", "0-12", "13-15", "16+"),
        found("13-15", "16+"),
        found("0-12", "13-15"),
        found("0-12", "16+"),
        found("0-12", "13-15", "0-12", "13-15", "16+"),
        found("14+", "0-12", "13-15", "16+"),
        found("0-12", "13-15", "16+", "notGiven"),
        found("0-12", "13-15", "14+", "16+")
      ],
      [[], [empty], [empty], [apart], [apart], [none, empty], [none, empty], [none, apart]]
    )
  })
})

describe("the law on one chat says", () => {
  it("at which step it was counted wrongly, or something else was kept", () => {
    const close: ContactCommand = { _tag: "Close", at, categories: [] }
    const states: ContactCommand = { _tag: "State", at, age: 11 }
    const stated: ContactEvent = { _tag: "BandStated", band: ten }
    const counts = (band: Band): ContactEvent => ({ _tag: "Counted", period: period("2026-Q1"), band, categories: [] })
    const counted: ContactState = { _tag: "Counted" }
    const open = (band: Band): ContactState => ({ _tag: "Open", band })
    const step = (command: ContactCommand, after: ContactState, ...events: ReadonlyArray<ContactEvent>): ContactHistory["steps"][number] => ({ command, after, events })
    const found = (...steps: ContactHistory["steps"]) => countedOnce.broken({ steps })
    const wrongly = (n: number) => [`step ${n}: counted wrongly`]
    const kept = (n: number) => [`step ${n}: something else is kept`]
    assert.deepStrictEqual(
      [
        found(step(states, open(ten), stated), step(close, counted, counts(ten)), step(close, counted)),
        found(step(close, counted, counts(notGiven)), step(states, counted, stated)),
        found(step(close, counted, counts(notGiven)), step(close, counted, counts(notGiven))),
        found(step(states, counted, counts(notGiven))),
        found(step(states, open(ten), stated), step(close, counted, counts(notGiven))),
        found(step(close, counted)),
        found(step(states, open(notGiven), stated)),
        found(step(states, open(ten), stated), step(close, open(ten), counts(ten)))
      ],
      [[], ["step 2: an age was taken after the chat was counted"], wrongly(2), wrongly(1), wrongly(2), kept(1), kept(1), kept(2)]
    )
  })
})

const edition = (text: string): Edition => ({ period: period(text), by: null, method: "suppress", base: 5, rows: ["all"], bands: [ten, notGiven], cells: [[5, 6, 11]] })
const ledger = (...periods: ReadonlyArray<string>): LedgerState => ({ _tag: "Kept", editions: periods.map(edition), elsewhere: [] })
const release = (purpose: Purpose = "whoWeReach", when: Instant = at): LedgerCommand => ({ _tag: "Release", at: when, period: period("2026-Q1"), by: null, purpose, counts: { rows: ["all"], bands: [ten, notGiven], cells: [[5, 6]] } })
const known: PublicCount = { first: period("2026"), last: period("2026"), band: null, count: 9 }
const note: LedgerCommand = { _tag: "Note", at, known }
const isNoted: LedgerEvent = { _tag: "Noted", known }
const released = (text = "2026-Q1"): LedgerEvent => ({ _tag: "Released", edition: edition(text) })
type Step = LedgerHistory["steps"][number]
const step = (command: LedgerCommand, before: LedgerState, after: LedgerState, ...events: ReadonlyArray<LedgerEvent>): Step => ({ command, before, after, events, computed: [] })
const history = (steps: ReadonlyArray<Step>): LedgerHistory => ({ timeZone: "Europe/Oslo", smallest: 5, width: 3, steps })

describe("a law on everything public says at which step", () => {
  it("something was changed, published in silence, twice, or too early", () => {
    const found = (...steps: ReadonlyArray<Step>) => publishedOnce.broken(history(steps))
    const end = endOf(period("2026-Q1"), "Europe/Oslo")
    const first = step(release("whoWeReach", end), ledger(), ledger("2026-Q1"), released())
    const twice = "step 2: published twice"
    assert.deepStrictEqual(
      [
        found(first, step(note, ledger("2026-Q1"), ledger("2026-Q1"), isNoted)),
        found(first, step(release(), ledger("2026-Q1"), ledger("2026-Q1", "2026-Q2"), released("2026-Q2"))),
        found(first, step(release(), ledger("2026-Q1"), ledger("2026-Q2"))),
        found(first, step(release(), ledger("2026-Q1"), ledger("2026-Q1"), released())),
        found(first, step(release(), ledger("2026-Q1"), ledger("2026-Q1", "2026"), released("2026"))),
        found(first, step(release(), ledger("2026-Q1"), ledger("2026-Q1", "2026-Q2", "2026-Q3"), released("2026-Q2"), released("2026-Q3"))),
        found(step(release("whoWeReach", Instant.make(end - 1)), ledger(), ledger("2026-Q1"), released()))
      ],
      [[], [], ["step 2: something published was changed"], ["step 2: published without a word, or not at all"], [twice], [twice], ["step 1: published before its end"]]
    )
  })

  it("a small count can be computed, or counts were published for another purpose", () => {
    const reads = (...computed: Step["computed"]) => ({ ...step(release(), ledger(), ledger("2026-Q1"), released()), computed })
    const noted: Step = { ...step(note, ledger(), ledger(), isNoted), computed: [{ least: 0, most: 0 }] }
    assert.deepStrictEqual(
      [
        nothingRevealed.broken(history([reads({ least: 0, most: 3 }, { least: 5, most: 5 }), noted])),
        nothingRevealed.broken(history([noted, reads({ least: 0, most: 3 }, { least: 4, most: 6 })])),
        nothingRevealed.broken(history([{ ...reads({ least: 4, most: 6 }), events: [isNoted, released()] }])),
        onlyPromised.broken(history([step(release("betterChat"), ledger(), ledger("2026-Q1"), released()), step(release("other"), ledger(), ledger()), step(note, ledger(), ledger(), isNoted)])),
        onlyPromised.broken(history([step(release("whoWeReach"), ledger(), ledger("2026-Q1"), released())])),
        onlyPromised.broken(history([step(release("other"), ledger(), ledger("2026-Q1"), released()), step(note, ledger(), ledger("2026-Q1"), released())]))
      ],
      [[], ["step 2: a small count can be computed"], ["step 1: a small count can be computed"], [], [], ["step 1: published for another purpose", "step 2: published for another purpose"]]
    )
  })
})
