/**
 * What the naive case of disclosure.ts remembers, and its alarms: flags, strings and numbers, one long list that is sorted each time.
 */
import type { ConcernCommand } from "@fortrolig/core/disclosure/messages"
import type { DisclosureTerms } from "@fortrolig/core/policy/duties"

interface Ring {
  at: number
  again: number
}

export interface Owed {
  to: string
  is: string
  cases: Array<string>
  covers: Array<string>
  channel: string
  ring: Ring
}

export const min = 60_000
export const day = 24 * 60 * min
export const undecided = ["Raised", "Assessed", "Consulting", "Consulted", "ConsultTimedOut"]
export const passing = ["DutyDecided", "RightDecided", "ConsentDecided"]
export class NaiveFile {
  readonly terms: DisclosureTerms
  is = "None"
  ref = ""
  session = ""
  raisedBy = ""
  holder = ""
  trigger = ""
  assessed: Extract<ConcernCommand, { _tag: "Assess" }>["assessment"] | null = null
  second = false
  proposal: string | null = null
  opinion: { by: string; agrees: boolean } | null = null
  bases: Array<string> = []
  fast = false
  alone: string | null = null
  review: Ring | null = null
  retraction: string | null = null
  sent = false
  owed: Array<Owed> = []
  told: Array<object> = []
  absorbed: Array<string> = []
  visitor: { _tag: string; when?: string; reason?: string } = { _tag: "Undecided" }
  ring: Ring | null = null
  items: Array<{ item: string; deadline: number; warnAt: Array<number> }> = []
  outcome = ""
  into: string | null = null
  keepUntil = 0

  constructor(terms: DisclosureTerms) {
    this.terms = terms
  }

  get open(): boolean {
    return undecided.includes(this.is) || passing.includes(this.is) || this.is === "NoDuty" || this.is === "Fulfilled"
  }

  /** The state as the product would show it. */
  picture(): object {
    const { ref, session, trigger, bases, told, visitor } = this
    if (this.is === "None" || this.is === "Gone") return { _tag: this.is }
    if (this.is === "Closed") return { _tag: "Closed", ref, session, trigger, outcome: this.outcome, bases, told, visitor, into: this.into, keepUntil: this.keepUntil }
    const notify = this.owed.map((one) => this.pictureOf(one))
    const { raisedBy, holder, assessed: assessment, second: needsSecond, proposal, opinion, fast, alone, review, retraction, sent, ring: alarm, items } = this
    return { _tag: this.is, ref, session, raisedBy, holder, trigger, assessment, needsSecond, proposal, opinion, bases, fast, alone, review, retraction, sent, notify, told, absorbed: this.absorbed, visitor, alarm, items }
  }

  protected pictureOf({ to, is, cases, covers, channel, ring }: Owed): object {
    if (is === "Acknowledged") return { _tag: is, recipient: to }
    if (is === "Idle") return { _tag: is, recipient: to, cases, alarm: ring }
    return { _tag: is, recipient: to, cases, covers, alarm: ring, ...(is === "Prepared" ? {} : { channel }) }
  }

  protected consultTime(): number {
    const grave = this.assessed !== null && (this.assessed.level === "high" || this.assessed.level === "imminent")
    return min * (grave ? this.terms.timers.consultHighMinutes : this.terms.timers.consultMinutes)
  }

  protected soon(at: number, time: number): Ring {
    return { at: at + time, again: time }
  }

  protected settled(): boolean {
    return ["Told", "NotPossible", "NotNeeded"].includes(this.visitor._tag)
  }

  /** Everything that falls due by `at`, one after the other. */
  protected clock(at: number): Array<object> {
    const events: Array<object> = []
    for (;;) {
      if (this.is === "Closed" && this.keepUntil <= at) {
        this.is = "Gone"
        events.push({ _tag: "Forgotten", at: this.keepUntil })
      }
      if (!this.open) return events
      const all: Array<[when: number, go: (when: number) => object]> = []
      const ring = this.ring
      if (ring !== null) all.push([ring.at, (when) => this.stepRings(when, ring)])
      const review = this.review
      if (review !== null) all.push([review.at, (when) => this.page(when, "review", null, "manager", review)])
      for (const one of this.owed) if (one.is !== "Acknowledged") all.push([one.ring.at, (when) => this.owedRings(when, one)])
      for (const one of this.items) {
        const first = one.warnAt[0]
        if (first !== undefined) all.push([first, (when) => (one.warnAt.shift(), { _tag: "Warned", at: when, item: one.item, whom: "lead" })])
      }
      // Array.sort is stable: on a tie the one pushed first comes first.
      const next = all.filter(([when]) => when <= at).sort(([a], [b]) => a - b)[0]
      if (next === undefined) return events
      events.push(next[1](next[0]))
    }
  }

  protected page(at: number, timer: string, about: string | null, whom: string, ring: Ring): object {
    ring.at += ring.again
    if (ring.again < day) ring.again = ring.again * 2 > day ? day : ring.again * 2
    return { _tag: "Paged", at, timer, about, whom, alarm: { ...ring } }
  }

  protected stepRings(at: number, ring: Ring): object {
    if (this.is === "Consulting") {
      this.is = "ConsultTimedOut"
      this.ring = this.soon(at, this.consultTime())
      return { _tag: "ConsultTimedOut", at, alarm: { ...this.ring } }
    }
    if (this.is === "Raised") return this.page(at, "assess", null, "lead", ring)
    return undecided.includes(this.is) ? this.page(at, "decide", null, "holder", ring) : this.page(at, "close", null, "lead", ring)
  }

  protected owedRings(at: number, one: Owed): object {
    if (one.is === "Idle" || one.is === "Prepared") return this.page(at, "notify", one.to, this.fast ? "everyone" : "leadAndManager", one.ring)
    if (one.is === "Failed") return this.page(at, "resend", one.to, this.fast ? "everyone" : "lead", one.ring)
    one.is = "Failed"
    one.ring = this.soon(at, this.terms.timers.callMinutes * min)
    return { _tag: "SendingFailed", at, by: null, recipient: one.to, alarm: { ...one.ring } }
  }

  protected recipientsRule(recipients: ReadonlyArray<string>): string | undefined {
    if (recipients.length === 0) return "X-01"
    for (const one of recipients) {
      if (!(this.terms.recipients as ReadonlyArray<string>).includes(one)) return "X-01"
      const child = this.assessed?.child
      if (one === "childWelfare" && (!child || child.ground === null || child.age === null || child.age >= 18)) return "DFH-35"
    }
    return undefined
  }

  protected owe(at: number, recipients: ReadonlyArray<string>, shiftEndsAt: number | null): Array<object> {
    const { callMinutes, childWelfareMinutes, notifyMinutes } = this.terms.timers
    this.owed = []
    for (const to of recipients) {
      if (this.owed.some((one) => one.to === to)) continue
      const time = min * (shiftEndsAt === null ? callMinutes : to === "childWelfare" ? childWelfareMinutes : notifyMinutes)
      const ring = this.soon(at, time)
      if (shiftEndsAt !== null && shiftEndsAt < ring.at) ring.at = shiftEndsAt < at ? at : shiftEndsAt
      this.owed.push({ to, is: "Idle", cases: [this.ref], covers: [], channel: "", ring })
    }
    this.ring = null
    return this.owed.map((one) => structuredClone(this.pictureOf(one)))
  }

  protected duty(at: number, by: string, how: string, reason: string | null, command: { bases: ReadonlyArray<string>; recipients: ReadonlyArray<string> }, until: number | null): object {
    this.is = "DutyDecided"
    this.bases = [...command.bases]
    this.fast = how === "fast"
    this.alone = how === "consulted" ? null : by
    this.review = how === "consulted" ? null : this.soon(at, this.terms.timers.reviewHours * 60 * min)
    const review = this.review && { ...this.review }
    return { _tag: "DutyDecided", at, by, how, reason, bases: command.bases, notify: this.owe(at, command.recipients, until), review }
  }

  protected finished(at: number, is: string, event: object): object {
    this.is = is
    this.ring = this.soon(at, this.terms.timers.reviewHours * 60 * min)
    if (is === "NoDuty") {
      this.owed = []
      this.bases = []
      if (!this.settled()) this.visitor = { _tag: "NotNeeded" }
    }
    return { ...event, alarm: { ...this.ring } }
  }

  protected end(at: number, outcome: string, into: string | null): number {
    this.is = "Closed"
    this.outcome = outcome
    this.into = into
    return (this.keepUntil = at + this.terms.timers.recordDays * day)
  }
}
