/**
 * Tickets: what lets one browser open one socket, once, within ten seconds. Kept in memory only.
 */
import type { ServiceName, SessionRef, StaffId } from "@fortrolig/core/kernel/identity"

/** What the holder of a ticket may open. */
export type Admission =
  | { readonly _tag: "Visitor"; readonly ref: SessionRef }
  | { readonly _tag: "Counsellor"; readonly ref: SessionRef; readonly staff: StaffId }
  | { readonly _tag: "Desk"; readonly staff: StaffId; readonly service: ServiceName; readonly token: string }

/** How long a ticket works, in milliseconds. */
export const ticketLife = 10_000

/** A box of tickets. */
export interface Tickets {
  /** Makes a ticket of a fresh secret; answers the secret. */
  readonly issue: (secret: string, admission: Admission, now: number) => string
  /** Uses a ticket up; nothing when it is unknown, used or too old. */
  readonly take: (secret: string, now: number) => Admission | undefined
  /** Forgets the tickets that are too old. */
  readonly sweep: (now: number) => void
}

/** An empty box of tickets; `now` is monotonic, in milliseconds. */
export const makeTickets = (): Tickets => {
  const issued = new Map<string, { readonly admission: Admission; readonly until: number }>()
  return {
    issue: (secret, admission, now) => {
      issued.set(secret, { admission, until: now + ticketLife })
      return secret
    },
    take: (secret, now) => {
      const found = issued.get(secret)
      issued.delete(secret)
      return found !== undefined && now < found.until ? found.admission : undefined
    },
    sweep: (now) => {
      for (const [secret, { until }] of issued) {
        // Issued in order of time, so the first that still works ends the search.
        if (now < until) return
        issued.delete(secret)
      }
    }
  }
}
