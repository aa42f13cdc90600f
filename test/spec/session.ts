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
  readonly closing: number
  /** How long a counsellor is kept free for a call, or -1 where there is no phone. */
  readonly call: number
  readonly capacity: number
  /** The one standing that may answer, and the rule that says so. */
  readonly answers: "healthProfessional" | "declaredHost"
  readonly answersRule: string
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
  begun = false
  closes: number | null = null
  concern = false
  /** The counsellor whom the visitor is asked about, or nobody. */
  offered = ""
  offeredUntil = 0
  /** The code of the call that is expected, or none. */
  code = ""
  codeUntil = 0
  keep = false
  /** What the visitor has been asked about a counsellor who is gone: no, yes, or waits. */
  asked = "no"
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
    const both: Record<string, unknown> = { service: this.service, openedAt: this.openedAt, noticeVersion: this.notice, visitorAway: this.visitorAway }
    if (this.closes !== null) both["closesAt"] = this.closes
    if (this.concern) both["concernOpen"] = true
    if (this.waiting) return { _tag: "Waiting", ...both, queuedAt: this.queuedAt, front: this.front, ...(this.begun ? { begun: true } : {}) }
    if (this.offered !== "") both["transfer"] = { to: this.offered, until: this.offeredUntil }
    if (this.code !== "") both["call"] = { until: this.codeUntil, codeHash: this.code, keepChat: this.keep, asked: this.asked }
    return { _tag: "Active", ...both, counsellor: this.held, acceptedAt: this.acceptedAt, lastActivity: this.lastActivity, counsellorAway: this.counsellorAway }
  }

  private finish(at: number, reason: string): object {
    this.over = true
    this.endedAt = at
    this.reason = reason
    return { _tag: "Ended", at, reason }
  }

  private toQueue(at: number, cause: string): object {
    this.held = this.offered = this.code = ""
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
      if (this.closes !== null && !this.concern) all.push([this.begun ? this.closes + this.limits.closing : this.closes, "closingTime"])
      if (this.active && this.code !== "") all.push([this.codeUntil, "noCall"])
      if (this.active && this.counsellorAway !== null && (this.code === "" || this.asked === "no")) all.push([this.counsellorAway + this.limits.counsellorGrace, "counsellorGone"])
      if (this.active && this.offered !== "") all.push([this.offeredUntil, "noAnswer"])
      // Array.sort is stable: on a tie the one pushed first comes first.
      const first = all.filter(([when]) => when <= at).sort(([a], [b]) => a - b)[0]
      if (first === undefined) return events
      const [when, reason] = first
      if (reason === "noAnswer") {
        this.offered = ""
        events.push({ _tag: "TransferDropped", at: when, cause: "silence" })
      } else if (reason === "noCall") {
        this.code = ""
        events.push({ _tag: "CallExpired", at: when })
        if (this.asked !== "no") events.push(this.toQueue(when, "counsellorGone"))
      } else if (reason === "counsellorGone" && this.code !== "") {
        this.asked = "yes"
        events.push({ _tag: "CallerAsked", at: when })
      } else events.push(reason === "counsellorGone" ? this.toQueue(when, reason) : this.finish(when, reason))
    }
  }

  /** One command, after everything that fell due before it. */
  run(command: SessionCommand): NaiveOutcome {
    const events = this.clock(command.at)
    const refusedBy = this.obey(command, events)
    return { refusedBy, events }
  }

  /** The rule by which a counsellor cannot have one more chat. */
  private cannotHave(facts: { readonly holding: number; readonly standing: string; readonly reserved: boolean }): string | undefined {
    if (facts.standing !== this.limits.answers) return this.limits.answersRule
    if (facts.reserved) return "DFH-22"
    return facts.holding >= this.limits.capacity ? "E-14" : undefined
  }

  private obey(command: SessionCommand, events: Array<object>): string | undefined {
    const { at } = command
    const quiet = ["Away", "Back", "End", "Leave", "Stop", "Close", "Concern"].includes(command._tag)
    const needsCounsellor = ["Return", "OfferTransfer", "AnswerTransfer", "WithdrawTransfer", "RequestPhone", "TakeCall", "Choose", "Activity"].includes(command._tag)
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
    if (needsCounsellor && this.held === "") return "E-14"
    if ((command._tag === "Return" || command._tag === "OfferTransfer" || command._tag === "WithdrawTransfer" || command._tag === "TakeCall") && this.held !== command.counsellor) return "DFH-07"
    if (command._tag === "Accept") {
      if (this.held === command.counsellor) return undefined
      if (this.held !== "") return "DFH-07"
      const rule = this.cannotHave(command)
      if (rule !== undefined) return rule
      this.held = command.counsellor
      this.begun = true
      this.acceptedAt = this.lastActivity = at
      this.counsellorAway = null
      events.push({ _tag: "Accepted", at, counsellor: command.counsellor })
    }
    if (command._tag === "Return") events.push(this.toQueue(at, "returned"))
    if (command._tag === "OfferTransfer" && command.to !== this.held && command.to !== this.offered) {
      if (this.offered !== "") return "E-08"
      const rule = this.cannotHave(command)
      if (rule !== undefined) return rule
      this.offered = command.to
      this.offeredUntil = at + this.limits.visitorGrace
      events.push({ _tag: "TransferOffered", at, to: command.to, until: this.offeredUntil })
    }
    if (command._tag === "AnswerTransfer" && !command.yes && this.offered === command.to) {
      this.offered = ""
      events.push({ _tag: "TransferDropped", at, cause: "declined" })
    }
    if (command._tag === "AnswerTransfer" && command.yes && this.held !== command.to) {
      if (this.offered !== command.to) return "E-08"
      const rule = this.cannotHave(command)
      if (rule !== undefined) return rule
      this.held = command.to
      this.offered = ""
      this.asked = "no"
      this.acceptedAt = this.lastActivity = at
      this.counsellorAway = null
      events.push({ _tag: "Transferred", at, counsellor: command.to })
    }
    if (command._tag === "WithdrawTransfer" && this.offered !== "") {
      this.offered = ""
      events.push({ _tag: "TransferDropped", at, cause: "withdrawn" })
    }
    if (command._tag === "RequestPhone") {
      if (this.limits.call < 0) return "DFH-22"
      if (this.code === command.codeHash) return undefined
      if (this.code !== "" || command.reserved) return "DFH-22"
      this.code = command.codeHash
      this.codeUntil = at + this.limits.call
      this.keep = command.keepChat
      this.asked = "no"
      if (at > this.lastActivity) this.lastActivity = at
      events.push({ _tag: "CallReserved", at, until: this.codeUntil, codeHash: this.code, keepChat: this.keep })
    }
    if (command._tag === "TakeCall") {
      if (this.code === "" || this.code !== command.codeHash) return "DFH-22"
      this.code = ""
      if (this.counsellorAway !== null) this.counsellorAway = at
      events.push(this.keep && command.keepChat ? { _tag: "CallTaken", at } : this.finish(at, "continuedByPhone"))
    }
    if (command._tag === "Choose") {
      if (this.code === "" || this.asked === "no") return "DFH-22"
      if (command.choice === "wait" && this.asked === "yes") {
        this.asked = "waits"
        events.push({ _tag: "CallerWaits", at })
      }
      if (command.choice === "other") events.push(this.toQueue(at, "visitorChose"))
      if (command.choice === "stop") events.push(this.finish(at, "visitorEnded"))
    }
    if (command._tag === "Close") {
      const told = command.closesAt < at ? at : command.closesAt
      if (this.closes === null || told < this.closes) {
        this.closes = told
        events.push({ _tag: "ClosingSet", at, closesAt: told })
      }
    }
    if (command._tag === "Concern" && command.open !== this.concern) {
      this.concern = command.open
      if (!command.open && this.closes !== null && this.closes < at) this.closes = at
      events.push({ _tag: command.open ? "ConcernOpened" : "ConcernClosed", at })
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
      this.asked = "no"
      events.push({ _tag: "CameBack", at, party: "counsellor" })
    }
    if (command._tag === "Activity" && at > this.lastActivity) {
      this.lastActivity = at
      events.push({ _tag: "WasActive", at })
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
