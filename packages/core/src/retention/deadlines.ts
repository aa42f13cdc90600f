/**
 * Deadlines: the one instant after which a datum is hidden, destroyed and gone from custody.
 */
import { after, floorTo, hours, type Instant, minutes, type Period } from "../kernel/instant.ts"
import { keepsContent, type Policy } from "../policy/policy.ts"

/** How long the row that remains of an ended session may live: its random reference, its service and its bucket, nothing else. */
export const sessionRowPeriod: Period = hours(24)

/** The promise floored to its bucket: what is due within a bucket goes at the bucket's start, so nothing is ever late. */
export const deleteAt = (start: Instant, period: Period, policy: Pick<Policy, "bucketMinutes">): Instant =>
  floorTo(after(start, period), minutes(policy.bucketMinutes))

/** When the record of IP address and opening time is gone (DFH-11, IF-30); counted from the opening, whatever happens later. */
export const accessTraceDeleteAt = (policy: Policy, openedAt: Instant): Instant =>
  deleteAt(openedAt, hours(policy.accessTrace.hoursAfterOpening), policy)

/** When the text is gone: at the end of the session where it lives only in the browsers (DFH-08), or the promised hours later (IF-17). */
export const contentDeleteAt = (policy: Policy, endedAt: Instant): Instant =>
  keepsContent(policy) ? deleteAt(endedAt, hours(policy.content.hoursAfterEnd), policy) : endedAt

/** When the last trace of the session itself is gone. */
export const sessionRowDeleteAt = (policy: Policy, endedAt: Instant): Instant => deleteAt(endedAt, sessionRowPeriod, policy)

/**
 * Every deadline of one session, from its two instants. Pure: reads no clock.
 * `text` is the content of the chat, `ip` the access trace, `session` the row that remains after the end.
 */
export const deadlines = (
  policy: Policy,
  session: { readonly startedAt: Instant; readonly endedAt: Instant }
): { readonly text: Instant; readonly ip: Instant; readonly session: Instant } => ({
  text: contentDeleteAt(policy, session.endedAt),
  ip: accessTraceDeleteAt(policy, session.startedAt),
  session: sessionRowDeleteAt(policy, session.endedAt)
})
