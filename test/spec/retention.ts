/**
 * The retention clock of one datum, written a second time and badly on purpose: flags, numbers and a list of slips, no helper of the product.
 */
import type { RetentionCommand } from "@fortrolig/core/retention/messages"

interface Slip {
  readonly authority: string
  readonly caseRef: string
  readonly until: number
}

export class NaiveDatum {
  started = false
  hidden = false
  held = false
  destroyed = false
  item: object = {}
  deadline = 0
  gone = 0
  destroyedAt = 0
  slips: Array<Slip> = []
  readonly holdable: ReadonlyArray<string>
  readonly days: number
  constructor(holds: { readonly items: ReadonlyArray<string>; readonly maximumDays: number } | null) {
    this.holdable = holds?.items ?? []
    this.days = holds?.maximumDays ?? 0
  }

  /** The same datum again, to be led another way. */
  copy(): NaiveDatum {
    return Object.assign(new NaiveDatum({ items: this.holdable, maximumDays: this.days }), this, { slips: [...this.slips] })
  }

  picture(): object {
    const { item } = this
    if (!this.started) return { _tag: "Unstarted" }
    if (this.destroyed) return { _tag: "Destroyed", deleteAt: this.deadline, destroyedAt: this.destroyedAt }
    if (this.hidden) return { _tag: "Hidden", item, deleteAt: this.deadline, destroyFrom: this.gone }
    return { _tag: this.held ? "Held" : "Running", item, deleteAt: this.deadline, orders: this.slips }
  }

  /** Whether it may be read when the later of two clocks shows `latest`. */
  shows(latest: number): boolean {
    return !this.started || (!this.held && !this.hidden && !this.destroyed && latest < this.deadline)
  }

  /** Until when the custodians may hand it over. */
  givenOutUntil(): number | undefined {
    return !this.started || this.hidden || this.destroyed ? undefined : this.ends()
  }

  private ends(): number {
    let end = this.deadline
    for (const slip of this.slips) if (slip.until > end) end = slip.until
    return end
  }

  private pass(at: number, events: Array<object>): void {
    if (this.started && !this.held && !this.hidden && !this.destroyed && at >= this.deadline) {
      events.push({ _tag: "Expired", at: this.deadline })
      if (this.slips.length > 0) this.held = true
      else this.hide(this.deadline)
    }
    if (this.held && at >= this.ends()) {
      events.push({ _tag: "HoldEnded", at: this.ends() })
      this.hide(this.ends())
    }
  }

  private hide(gone: number): void {
    this.held = false
    this.hidden = true
    this.gone = gone
    this.slips = []
  }

  private takeBack(at: number, authority: string, caseRef: string, events: Array<object>): void {
    const left = this.slips.filter((slip) => slip.authority !== authority || slip.caseRef !== caseRef)
    if (this.hidden || this.destroyed || left.length === this.slips.length) return
    this.slips = left
    events.push({ _tag: "Released", at, authority, caseRef })
    const from = at > this.deadline ? at : this.deadline
    if (this.held && !left.some((slip) => slip.until > from)) this.hide(from)
  }

  private ordered(command: Extract<RetentionCommand, { readonly _tag: "Order" }>, events: Array<object>): string | undefined {
    const { at, authority, caseRef, item, until } = command
    if (this.hidden || this.destroyed) return "E-05"
    if (JSON.stringify([item.dataClass, item.subject]) !== JSON.stringify(Object.values(this.item))) return "X-02"
    if (!this.holdable.includes(item.dataClass)) return "X-02"
    if ((until - this.deadline) / 86_400_000 > this.days) return "X-02"
    if (until <= this.deadline || until <= at) {
      this.takeBack(at, authority, caseRef, events)
      return undefined
    }
    if (this.slips.some((slip) => slip.authority === authority && slip.caseRef === caseRef && slip.until === until)) return undefined
    this.slips = [...this.slips.filter((slip) => slip.authority !== authority || slip.caseRef !== caseRef), { authority, caseRef, until }]
    events.push({ _tag: "Ordered", at, authority, caseRef, until })
    return undefined
  }

  private destroy(at: number, events: Array<object>): string | undefined {
    if (this.destroyed) return undefined
    if (this.held) return "E-05"
    if (!this.hidden || at < this.gone) return "X-03"
    this.destroyed = true
    this.destroyedAt = at
    events.push({ _tag: "Destroyed", at })
    return undefined
  }

  run(command: RetentionCommand): { refusedBy: string | undefined; events: ReadonlyArray<object> } {
    const events: Array<object> = []
    const { at } = command
    this.pass(at, events)
    if (command._tag === "Start") {
      if (this.started) return { refusedBy: "X-02", events }
      const promise = command.startedAt + command.period
      this.started = true
      this.item = command.item
      // Counted down minute by minute from the promise to a round one, as one would on a dial.
      this.deadline = promise - (promise % 60_000)
      while ((this.deadline / 60_000) % command.bucketMinutes !== 0) this.deadline -= 60_000
      events.push({ _tag: "Started", at, item: command.item, deleteAt: this.deadline })
    }
    if (command._tag === "Touch") return { refusedBy: undefined, events }
    if (!this.started) return { refusedBy: "X-03", events }
    if (command._tag === "Shorten" && !this.held && !this.hidden && !this.destroyed && command.deleteAt < this.deadline) {
      this.deadline = command.deleteAt
      events.push({ _tag: "Shortened", at, deleteAt: command.deleteAt })
    }
    if (command._tag === "Expire" && !this.hidden && !this.destroyed) return { refusedBy: "X-03", events }
    if (command._tag === "Order") return { refusedBy: this.ordered(command, events), events }
    if (command._tag === "Release") this.takeBack(at, command.authority, command.caseRef, events)
    if (command._tag === "Destroy") return { refusedBy: this.destroy(at, events), events }
    return { refusedBy: undefined, events }
  }
}
