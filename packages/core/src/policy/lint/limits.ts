/**
 * Periods and hours that contradict one another.
 */
import { staffSessionPeriod } from "../../retention/dataClass.ts"
import { keepsContent, type Policy } from "../policy.ts"
import { type Schedule, weekdays } from "../schedule.ts"
import { contradiction, type Finding, missing, when } from "./finding.ts"

const day = 24 * 60
const week = 7 * day

const sessions = ({ accessTrace, limits, triage }: Policy): ReadonlyArray<Finding> => {
  const { closingMinutes, counsellorGraceSeconds, graceSeconds, idleMinutes, lengthMinutes, queueMinutes } = limits
  return [
    ...when(idleMinutes > lengthMinutes, () =>
      contradiction(
        "limits.idleMinutes", "IF-17", "A chat could be silent for longer than it may last.", "Write no more than `limits.lengthMinutes`."
      )
    ),
    ...when(queueMinutes > lengthMinutes, () =>
      contradiction(
        "limits.queueMinutes", "E-14", "A visitor could wait for longer than a session may last.", "Write no more than `limits.lengthMinutes`."
      )
    ),
    ...when(closingMinutes > lengthMinutes, () =>
      contradiction(
        "limits.closingMinutes",
        "IF-05",
        "A chat could go on after closing time for longer than it may last.",
        "Write no more than `limits.lengthMinutes`."
      )
    ),
    ...when(graceSeconds > idleMinutes * 60, () =>
      contradiction(
        "limits.graceSeconds",
        "E-07",
        "A visitor could come back later than a silent chat ends.",
        "Write no more than `limits.idleMinutes`, in seconds."
      )
    ),
    ...when(counsellorGraceSeconds > idleMinutes * 60, () =>
      contradiction(
        "limits.counsellorGraceSeconds",
        "E-08",
        "A counsellor could be gone for longer than a silent chat lasts.",
        "Write no more than `limits.idleMinutes`, in seconds."
      )
    ),
    ...when(lengthMinutes > accessTrace.hoursAfterOpening * 60, () =>
      triage === null
        ? contradiction(
          "limits.lengthMinutes",
          "DFH-11",
          "A session could outlive its access trace.",
          "Write no more than `accessTrace.hoursAfterOpening`, in minutes."
        )
        : contradiction(
          "limits.lengthMinutes",
          "DFH-17",
          "A triage note could be kept past the access trace.",
          "Write no more than `accessTrace.hoursAfterOpening`, in minutes."
        )
    )
  ]
}

/** A deadline rounded down to a bucket wider than its period could lie before its start. */
const buckets = (policy: Policy): ReadonlyArray<Finding> => {
  const periods = [
    policy.accessTrace.hoursAfterOpening * 60,
    policy.limits.lengthMinutes,
    staffSessionPeriod / 60_000,
    ...(keepsContent(policy) ? [policy.content.hoursAfterEnd * 60] : []),
    ...(policy.booking === null ? [] : [policy.booking.outboxHours * 60])
  ]
  return when(policy.bucketMinutes > Math.min(...periods), () =>
    contradiction("bucketMinutes", "X-03", "The time step is wider than the shortest period.", `Write no more than ${Math.min(...periods)}.`)
  )
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

interface Window {
  readonly opens: string
  readonly closes: string
}
const reach = ({ closes, opens }: Window, from: number): readonly [number, number] => {
  const length = minuteOf(closes) - minuteOf(opens)
  return [from + minuteOf(opens), from + minuteOf(opens) + (length > 0 ? length : length + day)]
}

const overlap = (one: readonly [number, number], other: readonly [number, number], period: number): boolean =>
  [-period, 0, period].some((shift) => one[0] < other[1] + shift && other[0] + shift < one[1])

const firstOverlap = (windows: ReadonlyArray<readonly [number, number]>): number =>
  windows.findIndex((window, at) => windows.slice(0, at).some((earlier) => overlap(window, earlier, week)))

const hours = (policy: Policy, { exceptions, weekly }: Schedule): ReadonlyArray<Finding> => {
  const twice = firstOverlap(weekly.map((window) => reach(window, weekdays.indexOf(window.day) * day)))
  return [
    ...when(twice >= 0, () =>
      contradiction(`openingHours.weekly[${twice}]`, "IF-05", "These hours overlap others of the week.", "Let hours follow one another.")
    ),
    ...exceptions.flatMap(({ date, windows }, at) => [
      ...when(exceptions.findIndex((other) => other.date === date) < at, () =>
        contradiction(`openingHours.exceptions[${at}].date`, "IF-05", "This date has two entries.", "Write one entry for each date.")
      ),
      ...when(firstOverlap(windows.map((window) => reach(window, 0))) >= 0, () =>
        contradiction(`openingHours.exceptions[${at}].windows`, "IF-05", "The hours of this date overlap.", "Let hours follow one another.")
      )
    ]),
    ...when(weekly.length === 0 && exceptions.every(({ windows }) => windows.length === 0), () =>
      missing(
        policy,
        "openingHours.weekly",
        "IF-05",
        "The service never opens.",
        "Write its hours, or name a question about `openingHours`.",
        ["openingHours", "openingHours.weekly"]
      )
    )
  ]
}

/** Every contradiction between periods, and hours that are missing or overlap. */
export const limitFindings = (policy: Policy): ReadonlyArray<Finding> => [
  ...sessions(policy),
  ...buckets(policy),
  ...(policy.openingHours === null
    ? [
      missing(
        policy,
        "openingHours",
        "IF-05",
        "No opening hours are published, so that the service stays closed.",
        "Write the hours, or name a question about `openingHours`."
      )
    ]
    : hours(policy, policy.openingHours))
]
