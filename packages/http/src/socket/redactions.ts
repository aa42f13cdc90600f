/**
 * What of a session has been redacted, so that no browser can bring it back at a reload (DFH-09). Numbers only.
 */
import type { Party } from "@fortrolig/core/session/messages"
import type { RedactedItems } from "@fortrolig/core/wire/socket"

/** The redactions of one session. */
export class Redactions {
  /** Whether anything was redacted at all; read for every frame. */
  some = false
  /** Everything up to and including these numbers is redacted. */
  readonly #upTo: Record<Party, number> = { visitor: 0, counsellor: 0 }
  /** Made when first needed: most chats redact nothing, and every waiting visitor has one of these. */
  #single: Record<Party, Set<number>> = nothingYet

  /** Adds a redaction; `highest` says how far each side has come, which is what "all" means at this moment. */
  add(items: RedactedItems, highest: Readonly<Record<Party, number>>): void {
    if (!this.some) this.#single = { visitor: new Set(), counsellor: new Set() }
    this.some = true
    if (items !== "all") {
      for (const { by, n } of items) this.#single[by].add(n)
      return
    }
    for (const by of parties) {
      this.#upTo[by] = highest[by]
      this.#single[by].clear()
    }
  }

  /** Whether a message is redacted, so that it is never delivered again (E-04). */
  has(by: Party, n: number): boolean {
    return n <= this.#upTo[by] || this.#single[by].has(n)
  }

  /** Everything redacted so far: `"all"` when nothing was said after, else message by message. */
  list(highest: Readonly<Record<Party, number>>): RedactedItems {
    const said = highest.visitor + highest.counsellor
    if (said > 0 && parties.every((by) => this.#upTo[by] === highest[by])) return "all"
    return parties.flatMap((by) => [
      ...Array.from({ length: this.#upTo[by] }, (_, index) => ({ by, n: index + 1 })),
      ...[...this.#single[by]].filter((n) => n > this.#upTo[by]).map((n) => ({ by, n }))
    ])
  }
}

const nothingYet: Record<Party, Set<number>> = { visitor: new Set(), counsellor: new Set() }
const parties = ["visitor", "counsellor"] as const
