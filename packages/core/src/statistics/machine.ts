/**
 * The ledger of everything that was published: it is only added to, each period once, and never so that a small count can be computed (E-12, IF-34, IF-35).
 */
import * as Result from "effect/Result"
import { type Decided, nothing, refused } from "../kernel/decided.ts"
import type { Machine } from "../kernel/machine.ts"
import type { StatisticsTerms } from "../policy/care.ts"
import { bandsOf } from "./bands.ts"
import { endOf, lengthOf, monthsOf, overlap } from "./calendar.ts"
import { reachOf } from "./ledger.ts"
import type { LedgerCommand, LedgerEvent, LedgerState, PublicCount, Purpose } from "./messages.ts"
import { editionOf, fits, withstands } from "./release.ts"
import { statisticsRules } from "./rules.ts"

type Decision = Decided<LedgerEvent>
type Release = Extract<LedgerCommand, { readonly _tag: "Release" }>

const otherPurpose = refused(statisticsRules.purpose, "Counts are published to make the chat better and to know who is reached, and for nothing else.")
const unlisted = refused(statisticsRules.nothingElse, "The service has not promised to count this.")
const misshapen = refused(statisticsRules.counts, "These counts are not a whole table of the service's age groups.")
const otherLength = refused(statisticsRules.differencing, "Counts are published for the periods that the service has fixed, and no others.")
const notOver = refused(statisticsRules.differencing, "This period is not over yet.")
const alreadyPublished = refused(statisticsRules.differencing, "Counts of this time have been published, and stand as they are.")
const otherGroups = refused(statisticsRules.differencing, "Earlier counts were published in other age groups; a new ledger is needed.")
const tooFew = refused(statisticsRules.reach, "There are too few chats in this period to publish anything about them.")
const computable = refused(statisticsRules.differencing, "Together with what is already public, a small count could be computed from these.")
const noPeriod = refused(statisticsRules.differencing, "The first period must not lie after the last.")
const noGroup = refused(statisticsRules.counts, "This is not one of the service's age groups.")

/** The purposes that a count is published for (IF-33, IF-34). */
export const releasePurposes: ReadonlyArray<Purpose> = ["betterChat", "whoWeReach"]

const same = (one: PublicCount, other: PublicCount): boolean =>
  one.first === other.first && one.last === other.last && one.band === other.band && one.count === other.count

/** The ledger of a service under a policy, with periods on the local calendar of `timeZone`. */
export const ledgerMachine = (terms: StatisticsTerms, timeZone: string): Machine<LedgerState, LedgerCommand, LedgerEvent> => {
  const bands = bandsOf(terms)

  const release = (state: LedgerState, { at, period, by, purpose, counts }: Release): Decision => {
    if (!releasePurposes.includes(purpose)) return otherPurpose
    if (by !== null && !terms.dimensions.includes(by)) return unlisted
    if (!fits(terms, by, counts)) return misshapen
    if (lengthOf(period) !== terms.period) return otherLength
    if (at < endOf(period, timeZone)) return notOver
    if (state.editions.some((edition) => overlap(monthsOf(edition.period), monthsOf(period)))) return alreadyPublished
    if (state.editions.some((edition) => edition.bands.join(" ") !== bands.join(" "))) return otherGroups
    const edition = editionOf(terms, period, by, counts)
    if (edition === undefined) return tooFew
    return withstands(terms, state, edition) ? Result.succeed([{ _tag: "Released", edition }]) : computable
  }

  const note = (state: LedgerState, known: PublicCount): Decision => {
    const { from, to } = reachOf(known)
    if (from >= to) return noPeriod
    if (known.band !== null && !bands.includes(known.band)) return noGroup
    return state.elsewhere.some((one) => same(one, known)) ? nothing : Result.succeed([{ _tag: "Noted", known }])
  }

  const decide = (state: LedgerState, command: LedgerCommand): Decision => {
    switch (command._tag) {
      case "Release":
        return release(state, command)
      case "Note":
        return note(state, command.known)
    }
  }

  const evolve = (state: LedgerState, event: LedgerEvent): LedgerState => {
    switch (event._tag) {
      case "Released":
        return { ...state, editions: [...state.editions, event.edition] }
      case "Noted":
        return { ...state, elsewhere: [...state.elsewhere, event.known] }
    }
  }

  return { initial: { _tag: "Kept", editions: [], elsewhere: [] }, due: () => undefined, decide, evolve }
}
