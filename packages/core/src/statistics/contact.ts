/**
 * One chat as statistics sees it: the group that was stated last, counted once when the chat is over, and then nothing (E-11, IF-32).
 */
import { type Decided, happened, nothing, refused } from "../kernel/decided.ts"
import type { Machine } from "../kernel/machine.ts"
import { accepts } from "../kernel/table.ts"
import type { StatisticsTerms } from "../policy/care.ts"
import { bandOf, notGiven } from "./bands.ts"
import { periodReader } from "./calendar.ts"
import type { Category, ContactCommand, ContactEvent, ContactState } from "./messages.ts"
import { statisticsRules } from "./rules.ts"
import { contactTable } from "./table.ts"

type Decision = Decided<ContactEvent>

const over = refused(statisticsRules.latest, "This chat is over and has been counted.")
const unlisted = refused(statisticsRules.nothingElse, "The service has not promised to count this.")
const twice = refused(statisticsRules.counts, "One chat is counted once for each thing that is counted.")

const unlike = (categories: ReadonlyArray<Category>): number => new Set(categories.map(({ by }) => by)).size

/** The statistics of one chat under a policy, with periods on the local calendar of `timeZone`. The instant of a close leaves only its period behind. */
export const contactMachine = (terms: StatisticsTerms, timeZone: string): Machine<ContactState, ContactCommand, ContactEvent> => {
  const periodAt = periodReader(terms, timeZone)

  const decide = (state: ContactState, command: ContactCommand): Decision => {
    if (!accepts<ContactState["_tag"], ContactCommand["_tag"]>(contactTable, state._tag, command._tag)) return over
    if (state._tag === "Counted") return nothing
    switch (command._tag) {
      case "State": {
        const band = bandOf(terms, command.age ?? undefined)
        return band === state.band ? nothing : happened({ _tag: "BandStated", band })
      }
      case "Close":
        if (command.categories.some(({ by }) => !terms.dimensions.includes(by))) return unlisted
        if (unlike(command.categories) < command.categories.length) return twice
        return happened({ _tag: "Counted", period: periodAt(command.at), band: state.band, categories: command.categories })
    }
  }

  const evolve = (state: ContactState, event: ContactEvent): ContactState => {
    switch (event._tag) {
      case "BandStated":
        return state._tag === "Open" ? { _tag: "Open", band: event.band } : state
      case "Counted":
        return { _tag: "Counted" }
    }
  }

  return { initial: { _tag: "Open", band: notGiven }, due: () => undefined, decide, evolve }
}
