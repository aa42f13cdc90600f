/**
 * The laws of statistics, as sentences over histories of chats, of counters and of everything published.
 */
import type { Law } from "../kernel/rule.ts"
import { bandsOf } from "./bands.ts"
import type { Band } from "./bands.ts"
import { endOf, monthsOf, overlap } from "./calendar.ts"
import type { ContactCommand, ContactEvent, ContactState, Edition, LedgerCommand, LedgerEvent, LedgerState } from "./messages.ts"
import type { StatisticsTerms } from "../policy/care.ts"
import { statisticsRules } from "./rules.ts"
import type { Tally } from "./tally.ts"

/** Ages with the group that each was given. */
export interface BandHistory {
  readonly terms: Pick<StatisticsTerms, "bands">
  readonly answers: ReadonlyArray<{ readonly age: number; readonly band: Band }>
}

/** What happened to one chat, step by step. */
export interface ContactHistory {
  readonly steps: ReadonlyArray<{ readonly command: ContactCommand; readonly events: ReadonlyArray<ContactEvent>; readonly after: ContactState }>
}

/** The same chats counted in different orders and batches. */
export interface TallyHistory {
  readonly tallies: ReadonlyArray<Tally>
}

/** What was asked of a ledger, step by step, with what an independent solver then computes of every count that is not shown. */
export interface LedgerHistory {
  readonly timeZone: string
  readonly smallest: number
  readonly width: number
  readonly steps: ReadonlyArray<{
    readonly command: LedgerCommand
    readonly before: LedgerState
    readonly events: ReadonlyArray<LedgerEvent>
    readonly after: LedgerState
    /** After a release: of every hidden count that bears upon it, the least and the most that it can be. */
    readonly computed: ReadonlyArray<{ readonly least: number; readonly most: number }>
  }>
}

const says = (broken: boolean, what: string): ReadonlyArray<string> => (broken ? [what] : [])

/** Groups partition the ages. */
export const groupsPartition: Law<BandHistory> = {
  rule: statisticsRules.band.id,
  says: "Every age from 0 to 120 has exactly one group, every group has an age, and the groups follow one another",
  broken: ({ terms, answers }) => {
    const names = bandsOf(terms)
    const order = answers.toSorted((one, other) => one.age - other.age).map(({ band }) => names.indexOf(band))
    return [
      ...says(order.some((place) => place < 0 || place === names.length - 1), "an age has no group"),
      ...says(order.some((place, index) => index > 0 && place - (order[index - 1] ?? 0) !== 0 && place - (order[index - 1] ?? 0) !== 1), "groups do not follow one another"),
      ...says(order.at(0) !== 0 || order.at(-1) !== names.length - 2, "a group has no age")
    ]
  }
}

/** Counted once, in the last group. */
export const countedOnce: Law<ContactHistory> = {
  rule: statisticsRules.latest.id,
  says: "A chat is counted once, when it is over, in the group that was stated last, and nothing of it remains",
  broken: ({ steps }) => {
    let last: string = "notGiven"
    let counted = false
    return steps.flatMap(({ command, events, after }, index) => {
      const found: Array<string> = []
      for (const event of events) {
        if (event._tag === "BandStated") {
          last = event.band
          if (counted) found.push(`step ${index + 1}: an age was taken after the chat was counted`)
        } else {
          if (counted || command._tag !== "Close" || event.band !== last) found.push(`step ${index + 1}: counted wrongly`)
          counted = true
        }
      }
      const expected = counted ? { _tag: "Counted" } : { _tag: "Open", band: last }
      if (JSON.stringify(after) !== JSON.stringify(expected)) found.push(`step ${index + 1}: something else is kept`)
      return found
    })
  }
}

/** Counts only. */
export const orderIsForgotten: Law<TallyHistory> = {
  rule: statisticsRules.counts.id,
  says: "The counters are the same whatever the order and the batches in which chats were counted",
  broken: ({ tallies }) => says(new Set(tallies.map((one) => JSON.stringify(one))).size > 1, "the order of chats can be seen")
}

const unchanged = (before: ReadonlyArray<Edition>, after: ReadonlyArray<Edition>): boolean =>
  JSON.stringify(after.slice(0, before.length)) === JSON.stringify(before)

/** Published once. */
export const publishedOnce: Law<LedgerHistory> = {
  rule: statisticsRules.differencing.id,
  says: "What was published never changes, and no time is published twice or before it is over",
  broken: ({ steps, timeZone }) =>
    steps.flatMap(({ command, before, after, events }, index) => {
      const added = after.editions.slice(before.editions.length)
      const again = added.some(({ period }) => before.editions.some((edition) => overlap(monthsOf(edition.period), monthsOf(period))))
      return [
        ...says(!unchanged(before.editions, after.editions), `step ${index + 1}: something published was changed`),
        ...says(added.length !== events.filter(({ _tag }) => _tag === "Released").length, `step ${index + 1}: published without a word, or not at all`),
        ...says(again || added.length > 1, `step ${index + 1}: published twice`),
        ...says(added.some(({ period }) => command.at < endOf(period, timeZone)), `step ${index + 1}: published before its end`)
      ]
    })
}

/** Nothing small is revealed. */
export const nothingRevealed: Law<LedgerHistory> = {
  rule: statisticsRules.differencing.id,
  says: "From everything that is public no small count can be computed, nor come closer than the declared width",
  broken: ({ steps, smallest, width }) =>
    steps.flatMap(({ events, computed }, index) =>
      says(
        events.some(({ _tag }) => _tag === "Released") && computed.some(({ least, most }) => least < smallest && most - least < width),
        `step ${index + 1}: a small count can be computed`
      )
    )
}

/** Only what was promised, for what was promised. */
export const onlyPromised: Law<LedgerHistory> = {
  rule: statisticsRules.purpose.id,
  says: "Counts are published for the promised purposes only",
  broken: ({ steps }) =>
    steps.flatMap(({ command, events }, index) =>
      says(
        events.some(({ _tag }) => _tag === "Released") && (command._tag !== "Release" || (command.purpose !== "betterChat" && command.purpose !== "whoWeReach")),
        `step ${index + 1}: published for another purpose`
      )
    )
}

/** Every law of a ledger. */
export const ledgerLaws: ReadonlyArray<Law<LedgerHistory>> = [publishedOnce, nothingRevealed, onlyPromised]
