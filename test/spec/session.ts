/**
 * A session, written a second time and badly on purpose: flags and numbers, a list of limits that is sorted each time, no helper of the product.
 * Property tests hold the real machine against it.
 */
import type { SessionCommand } from "@fortrolig/core/session/messages"

/** The limits of the naive session, in milliseconds. */
export interface NaiveLimits {
  readonly queue: number
  readonly visitorGrace: number
  readonly counsellorGrace: number
  readonly idle: number
  readonly length: number
  readonly capacity: number
}

/** What the naive session did: the rule that it refused by, if it did, and its events as plain objects. */
export interface NaiveOutcome {
  readonly refusedBy: string | undefined
  readonly events: ReadonlyArray<object>
}

export class NaiveSession {
  readonly limits: NaiveLimits
  opened = false
  over = false
  /** The counsellor, or nobody. */
  held = ""
  service = ""
  notice = ""
  openedAt = 0
  queuedAt = 0
  front = false
  acceptedAt = 0
  lastActivity = 0
  visitorAway: number | null = null
  counsellorAway: number | null = null
  endedAt = 0
  reason = ""

  constructor(limits: NaiveLimits) {
    this.limits = limits
  }

  get live(): boolean {
    return this.opened && !this.over
  }
  get waiting(): boolean {
    return this.live && this.held === ""
  }
  get active(): boolean {
    return this.live && this.held !== ""
  }

  /** The state as the product would show it. */
  picture(): object {
    if (!this.opened) return { _tag: "Unopened" }
    if (this.over) return { _tag: "Ended", service: this.service, endedAt: this.endedAt, reason: this.reason }
    const both = { service: this.service, openedAt: this.openedAt, noticeVersion: this.notice, visitorAway: this.visitorAway }
    if (this.waiting) return { _tag: "Waiting", ...both, queuedAt: this.queuedAt, front: this.front }
    return { _tag: "Active", ...both, counsellor: this.held, acceptedAt: this.acceptedAt, lastActivity: this.lastActivity, counsellorAway: this.counsellorAway }
  }

  private finish(at: number, reason: string): object {
    this.over = true
    this.endedAt = at
    this.reason = reason
    return { _tag: "Ended", at, reason }
  }

  private toQueue(at: number, cause: string): object {
    this.held = ""
    this.queuedAt = at
    this.front = true
    return { _tag: "Requeued", at, cause }
  }

  /** Everything that falls due by `at`, one after the other. */
  private clock(at: number): Array<object> {
    const events: Array<object> = []
    for (;;) {
      if (!this.live) return events
      const all: Array<[when: number, reason: string]> = []
      if (this.visitorAway !== null) all.push([this.visitorAway + this.limits.visitorGrace, "visitorGone"])
      if (this.waiting) all.push([this.queuedAt + this.limits.queue, "nobodyAvailable"])
      if (this.active) all.push([this.lastActivity + this.limits.idle, "idle"])
      all.push([this.openedAt + this.limits.length, "tooLong"])
      if (this.active && this.counsellorAway !== null) all.push([this.counsellorAway + this.limits.counsellorGrace, "counsellorGone"])
      // Array.sort is stable: on a tie the one pushed first comes first.
      const first = all.filter(([when]) => when <= at).sort(([a], [b]) => a - b)[0]
      if (first === undefined) return events
      const [when, reason] = first
      events.push(reason === "counsellorGone" ? this.toQueue(when, reason) : this.finish(when, reason))
    }
  }

  /** One command, after everything that fell due before it. */
  run(command: SessionCommand): NaiveOutcome {
    const events = this.clock(command.at)
    const refusedBy = this.obey(command, events)
    return { refusedBy, events }
  }

  private obey(command: SessionCommand, events: Array<object>): string | undefined {
    const { at } = command
    const quiet = ["Away", "Back", "End", "Leave", "Stop"].includes(command._tag)
    if (command._tag === "Expire") return "X-13"
    if (command._tag === "Open") {
      if (this.over) return "DFH-08"
      if (this.opened) return "DFH-10"
      if (!command.serviceOpen) return "IF-05"
      this.opened = true
      this.service = command.service
      this.notice = command.noticeVersion
      this.openedAt = this.queuedAt = at
      this.front = command.front
      events.push({ _tag: "Opened", at, service: command.service, noticeVersion: command.noticeVersion, front: command.front })
      return undefined
    }
    if (!this.opened) return "DFH-10"
    if (this.over) return quiet ? undefined : "DFH-08"
    if (command._tag === "Accept") {
      if (this.held === command.counsellor) return undefined
      if (this.held !== "") return "DFH-07"
      if (command.holding >= this.limits.capacity) return "E-14"
      this.held = command.counsellor
      this.acceptedAt = this.lastActivity = at
      this.counsellorAway = null
      events.push({ _tag: "Accepted", at, counsellor: command.counsellor })
    }
    if (command._tag === "Return") {
      if (this.held === "") return "E-14"
      if (this.held !== command.counsellor) return "DFH-07"
      events.push(this.toQueue(at, "returned"))
    }
    if (command._tag === "Away" && command.party === "visitor" && this.visitorAway === null) {
      this.visitorAway = at
      events.push({ _tag: "WentAway", at, party: "visitor" })
    }
    if (command._tag === "Away" && command.party === "counsellor" && this.held !== "" && this.counsellorAway === null) {
      this.counsellorAway = at
      events.push({ _tag: "WentAway", at, party: "counsellor" })
    }
    if (command._tag === "Back" && command.party === "visitor" && this.visitorAway !== null) {
      this.visitorAway = null
      events.push({ _tag: "CameBack", at, party: "visitor" })
    }
    if (command._tag === "Back" && command.party === "counsellor" && this.held !== "" && this.counsellorAway !== null) {
      this.counsellorAway = null
      events.push({ _tag: "CameBack", at, party: "counsellor" })
    }
    if (command._tag === "Activity") {
      if (this.held === "") return "E-14"
      if (at > this.lastActivity) {
        this.lastActivity = at
        events.push({ _tag: "WasActive", at })
      }
    }
    if (command._tag === "Redact") {
      if (command.by === "counsellor") return "DFH-09"
      events.push({ _tag: "Redacted", at })
    }
    if (command._tag === "End") {
      if (command.by === "counsellor" && this.held === "") return "E-14"
      events.push(this.finish(at, command.by === "visitor" ? "visitorEnded" : "counsellorEnded"))
    }
    if (command._tag === "Leave") events.push(this.finish(at, "visitorLeft"))
    if (command._tag === "Stop") events.push(this.finish(at, "serverStopped"))
    return undefined
  }
}
