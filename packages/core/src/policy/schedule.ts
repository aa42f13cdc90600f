/**
 * Opening hours as a policy states them; `hours/openingHours.ts` computes with them.
 */
import * as Schema from "effect/Schema"
import { knownTimeZone } from "../kernel/timeZone.ts"
import { LocalDate, LocalTime } from "./values.ts"

/** ISO weekday names, Monday first. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const
/** A day of the week. */
export type Weekday = (typeof weekdays)[number]

/** Opening hours on the local wall clock, half-open; a window that ends at or before its start runs past midnight. */
export const Schedule = Schema.Struct({
  timeZone: Schema.NonEmptyString.check(Schema.makeFilter((zone: string) => knownTimeZone(zone) || "is not a time zone that this system knows")),
  weekly: Schema.Array(Schema.Struct({ day: Schema.Literals(weekdays), opens: LocalTime, closes: LocalTime })),
  /** Dates with hours of their own; an empty list of windows closes the day. */
  exceptions: Schema.Array(
    Schema.Struct({ date: LocalDate, windows: Schema.Array(Schema.Struct({ opens: LocalTime, closes: LocalTime })) })
  )
})
export type Schedule = typeof Schedule.Type
