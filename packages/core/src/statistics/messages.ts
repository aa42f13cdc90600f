/**
 * The words of statistics: what a contact says of an age, what is counted of it, what is published, and what else is public. Nothing here can carry an exact age out.
 */
import * as Schema from "effect/Schema"
import { Instant } from "../kernel/instant.ts"
import { Band } from "./bands.ts"
import { CalendarPeriod } from "./calendar.ts"

/** What else than the age group may be counted, where a policy lists it (IF-35). */
export const Dimension = Schema.Literals(["topic", "county", "contactType"])
export type Dimension = typeof Dimension.Type

/** A coded value of a dimension, from a closed list; never what somebody wrote. */
export const Code = Schema.String.check(Schema.isPattern(/^[a-z][a-zA-Z0-9-]{0,30}$/))

/** One coded value of one dimension. */
export const Category = Schema.Struct({ by: Dimension, code: Code })
export type Category = typeof Category.Type

/** What an age or a count could be asked for. Only two of them are promised for counts (IF-33, IF-34); the first is for the chat itself (IF-16). */
export const Purpose = Schema.Literals(["ageInformation", "betterChat", "whoWeReach", "other"])
export type Purpose = typeof Purpose.Type

const Count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000_000 }))

/** One chat as statistics sees it: the group stated last, then nothing at all. */
export const ContactState = Schema.TaggedUnion({ Open: { band: Band }, Counted: {} })
export type ContactState = typeof ContactState.Type

/** What happens to a chat that statistics cares for. */
export const ContactCommand = Schema.TaggedUnion({
  /** The visitor states an age in whole years, or takes it back (`null`). The number is turned into a group and dropped. */
  State: { at: Instant, age: Schema.NullOr(Schema.Number) },
  /** The chat is over and is counted, once. */
  Close: { at: Instant, categories: Schema.Array(Category) }
})
export type ContactCommand = typeof ContactCommand.Type

/** What is kept of that: neither an instant nor an age. */
export const ContactEvent = Schema.TaggedUnion({
  BandStated: { band: Band },
  Counted: { period: CalendarPeriod, band: Band, categories: Schema.Array(Category) }
})
export type ContactEvent = typeof ContactEvent.Type

/** Counts of one period as they are, before anything is hidden: one line for each code, or a single line `all`; one column for each group. */
export const Counts = Schema.Struct({
  rows: Schema.Array(Code),
  bands: Schema.Array(Band),
  cells: Schema.Array(Schema.Array(Count))
})
export type Counts = typeof Counts.Type

/**
 * A published table. `cells` are those of the counts with a last column of line totals and, where there are several lines, a last line of column totals.
 * `null` is hidden; why is not said. Under `round` every number is a multiple of `base`, or a sum of such.
 */
export const Edition = Schema.Struct({
  period: CalendarPeriod,
  by: Schema.NullOr(Dimension),
  method: Schema.Literals(["suppress", "round"]),
  base: Count,
  rows: Schema.Array(Code),
  bands: Schema.Array(Band),
  cells: Schema.Array(Schema.Array(Schema.NullOr(Count)))
})
export type Edition = typeof Edition.Type

/** A count that became public in another way, such as a yearly total in an annual report: of the periods `first` to `last`, of one group or of all. */
export const PublicCount = Schema.Struct({ first: CalendarPeriod, last: CalendarPeriod, band: Schema.NullOr(Band), count: Count })
export type PublicCount = typeof PublicCount.Type

/** Everything that is public already: it only grows. */
export const LedgerState = Schema.TaggedUnion({ Kept: { editions: Schema.Array(Edition), elsewhere: Schema.Array(PublicCount) } })
export type LedgerState = typeof LedgerState.Type

/** What can be asked of the ledger. */
export const LedgerCommand = Schema.TaggedUnion({
  Release: { at: Instant, period: CalendarPeriod, by: Schema.NullOr(Dimension), purpose: Purpose, counts: Counts },
  /** A count became public elsewhere; what is released later must be safe beside it. */
  Note: { at: Instant, known: PublicCount }
})
export type LedgerCommand = typeof LedgerCommand.Type

/** What happened to the ledger. */
export const LedgerEvent = Schema.TaggedUnion({ Released: { edition: Edition }, Noted: { known: PublicCount } })
export type LedgerEvent = typeof LedgerEvent.Type
