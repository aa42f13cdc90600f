/**
 * A consent, written a second time and badly on purpose: booleans and numbers, no table, no helper of the product.
 * Property tests hold the real machine against it.
 */
import type { ConsentCommand } from "@fortrolig/core/consent/messages"

/** The terms of the naive consent; the period is in milliseconds. */
export interface NaiveTerms {
  readonly wanted: ReadonlyArray<string>
  readonly together: boolean
  readonly timesAsked: number
  readonly youngest: number
  readonly kept: number
  readonly bucket: number
}

/** What the naive consent did: the rule that it refused by, if it did, and its events as plain objects. */
export interface NaiveAnswer {
  readonly refusedBy: string | undefined
  readonly events: ReadonlyArray<object>
}

export class NaiveConsent {
  readonly terms: NaiveTerms
  known = false
  shown = false
  open = false
  yes = false
  dead = false
  gone = false
  /** Why a yes is dead: one of three words. */
  because = ""
  asked = 0
  deadline = 0
  version = ""
  language = ""
  to: ReadonlyArray<string> = []
  hash = ""
  grantedAt = 0

  constructor(terms: NaiveTerms) {
    this.terms = terms
  }

  /** The state as the product would show it. */
  picture(): object {
    if (this.gone) return { _tag: "Expired" }
    if (!this.known) return { _tag: "NotShown" }
    if (this.dead) return { _tag: this.because, deleteAt: this.deadline }
    const base = { deleteAt: this.deadline, timesAsked: this.asked }
    const notice = { version: this.version, language: this.language }
    if (this.yes) return { _tag: "Granted", ...base, notice, purposes: this.to, receiptHash: this.hash, grantedAt: this.grantedAt }
    if (this.open) return { _tag: "Asked", ...base, notice }
    if (this.shown) return { _tag: "NoticeShown", ...base, notice }
    return { _tag: "Declined", ...base }
  }

  /** One command, after the deadline if it has come. */
  run(command: ConsentCommand): NaiveAnswer {
    const events: Array<object> = []
    if (this.known && !this.gone && command.at >= this.deadline) {
      this.gone = true
      events.push({ _tag: "Expired", at: this.deadline })
    }
    const refusedBy = this.obey(command, events)
    return { refusedBy, events }
  }

  private no(at: number, events: Array<object>): void {
    this.open = this.shown = false
    events.push({ _tag: "Declined", at })
  }

  private kill(because: string, at: number, events: Array<object>): void {
    this.yes = false
    this.dead = true
    this.because = because
    events.push({ _tag: because, at })
  }

  private get answerable(): boolean {
    return !this.gone && !this.dead
  }

  private obey(command: ConsentCommand, events: Array<object>): string | undefined {
    const { at } = command
    switch (command._tag) {
      case "ShowNotice":
      case "Ask": {
        const never = this.gone || this.dead || this.yes
        if (never) return "DFH-14"
        const asks = command._tag === "Ask"
        if (asks && !this.shown) return "DFH-13"
        if (!command.chatActive) return "DFH-13"
        if (command.statedAge !== null && command.statedAge < this.terms.youngest) return "E-10"
        const same = this.shown && command.notice.version === this.version && command.notice.language === this.language
        if (asks) {
          if (!same) return "DFH-13"
          if (this.open) return undefined
          this.open = true
          this.asked += 1
          events.push({ _tag: "Asked", at, question: this.asked })
          return undefined
        }
        if (this.open) return same ? undefined : "DFH-13"
        if (same) return undefined
        if (this.known && !this.shown && this.asked >= this.terms.timesAsked) return "DFH-14"
        if (!this.known) {
          const end = command.openedAt + this.terms.kept
          const deadline = end - (end % this.terms.bucket)
          if (at >= deadline) return "DFH-17"
          this.deadline = deadline
        }
        this.known = this.shown = true
        this.version = command.notice.version
        this.language = command.notice.language
        events.push({ _tag: "NoticeShown", at, deleteAt: this.deadline, notice: { version: this.version, language: this.language } })
        return undefined
      }
      case "Grant": {
        if (!this.answerable || (this.known && !this.open && !this.yes && !this.shown)) return "DFH-14"
        if (!this.open && !this.yes) return "DFH-14"
        if (command.by === "counsellor") return "DFH-14"
        const chosen = this.terms.wanted.filter((purpose) => command.purposes.some((other) => other === purpose))
        const sameText = command.notice.version === this.version && command.notice.language === this.language
        if (this.yes) {
          const again = command.question === this.asked && command.receiptHash === this.hash && sameText && chosen.join("+") === this.to.join("+")
          return again ? undefined : "DFH-14"
        }
        if (command.question !== this.asked) return "DFH-14"
        if (!sameText) return "DFH-13"
        if (command.purposes.some((purpose) => !this.terms.wanted.some((other) => other === purpose))) return "DFH-16"
        if (this.terms.together && chosen.length !== this.terms.wanted.length) return "DFH-16"
        this.yes = true
        this.open = this.shown = false
        this.to = chosen
        this.hash = command.receiptHash
        this.grantedAt = at
        events.push({ _tag: "Granted", at, purposes: chosen, receiptHash: this.hash })
        return undefined
      }
      case "Decline": {
        const declinable = this.known && this.answerable && !this.yes && (this.open || !this.shown)
        if (!declinable || command.by === "counsellor" || command.question === 0 || command.question > this.asked) return "DFH-14"
        if (this.open && command.question === this.asked) this.no(at, events)
        return undefined
      }
      case "Withdraw":
        if (!this.yes || this.gone || command.receiptHash !== this.hash) return "E-03"
        this.kill("Withdrawn", at, events)
        return undefined
      case "SessionOver":
        if (this.open && !this.gone) this.no(at, events)
        return undefined
      case "StateAge":
        if (command.years >= this.terms.youngest || this.gone) return undefined
        if (this.open) this.no(at, events)
        if (this.yes) this.kill("Invalidated", at, events)
        return undefined
      case "Halt":
        if (this.gone) return undefined
        if (this.open) this.no(at, events)
        if (this.yes) this.kill("Halted", at, events)
        return undefined
      case "Shorten":
        if (!this.known) return "X-02"
        if (this.gone || command.deleteAt >= this.deadline) return undefined
        this.deadline = command.deleteAt
        events.push({ _tag: "Shortened", at, deleteAt: command.deleteAt })
        return undefined
      case "Expire":
        return "X-13"
    }
  }
}
