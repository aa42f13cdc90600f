/**
 * Which chats each counsellor holds, kept by hand so that a desk costs the same however many chats there are.
 */
import type { SessionRef, StaffId } from "@fortrolig/core/kernel/identity"

const none: ReadonlySet<SessionRef> = new Set()

/** The chats of every counsellor of a server. */
export class Holdings {
  readonly #held = new Map<StaffId, Set<SessionRef>>()

  /** The chats of one counsellor. */
  of(staff: StaffId): ReadonlySet<SessionRef> {
    return this.#held.get(staff) ?? none
  }

  /** A chat goes from one counsellor to another, or from or to nobody. */
  move(ref: SessionRef, before: StaffId | undefined, after: StaffId | undefined): void {
    if (before === after) return
    if (before !== undefined) {
      const chats = this.#held.get(before)
      chats?.delete(ref)
      if (chats?.size === 0) this.#held.delete(before)
    }
    if (after === undefined) return
    const chats = this.#held.get(after)
    if (chats === undefined) this.#held.set(after, new Set([ref]))
    else chats.add(ref)
  }
}
