/**
 * A request for a record, written a second time and badly on purpose: flags and numbers, no helper of the product.
 */
import type { CustodyCommand } from "@fortrolig/core/custody/messages"

type Of<Tag extends CustodyCommand["_tag"]> = Extract<CustodyCommand, { readonly _tag: Tag }>
type Answer = { refusedBy: string | undefined; events: ReadonlyArray<object> }

export class NaiveRequest {
  came = false
  checked = false
  approved = false
  released = false
  gone = false
  why = ""
  request: { readonly secret: boolean } = { secret: false }
  trace = ""
  end = 0
  arrived = 0
  finishedAt = 0
  first = ""
  second = ""
  checker = ""

  /** The same request again, to be led another way. */
  copy(): NaiveRequest {
    return Object.assign(new NaiveRequest(), this)
  }

  private get open(): boolean {
    return this.came && !this.released && !this.gone && this.why === ""
  }

  picture(): object {
    const { request, trace } = this
    if (!this.came) return { _tag: "NoRequest" }
    if (this.gone) return { _tag: "Unavailable", request, at: this.finishedAt }
    if (this.why !== "") return { _tag: "Rejected", request, reason: this.why, at: this.finishedAt }
    if (this.released) {
      const openBefore = Math.min(this.end, this.finishedAt + 3_600_000)
      return { _tag: "Released", request, trace, approvedBy: this.first, releasedBy: this.second, releasedAt: this.finishedAt, openBefore }
    }
    const pending = { request, trace, until: this.end, receivedAt: this.arrived }
    if (this.approved) return { ...pending, _tag: "Approved", checkedBy: this.checker, approvedBy: this.first }
    return this.checked ? { ...pending, _tag: "AuthenticityChecked", checkedBy: this.checker } : { ...pending, _tag: "Received" }
  }

  /** What the service hears of it. */
  heard(): object | undefined {
    return this.came && !this.open && !this.request.secret ? { _tag: "RequestHandled" } : undefined
  }

  private reject(at: number, reason: string, events: Array<object>): void {
    this.why = reason
    this.finishedAt = at
    events.push({ _tag: "Rejected", at, request: this.request, reason })
  }

  private lose(at: number, events: Array<object>): void {
    this.gone = true
    this.finishedAt = at
    events.push({ _tag: "Unavailable", at, request: this.request })
  }

  private pass(at: number, events: Array<object>): void {
    if (!this.open) return
    const late = this.arrived + 86_400_000
    if (at >= this.end && this.end <= late) this.lose(this.end, events)
    else if (at >= late) this.reject(late, "notDecidedInTime", events)
  }

  private receive({ at, request, target, caseNotified, found }: Of<"Receive">, events: Array<object>): void {
    this.came = true
    this.request = request
    this.arrived = at
    if (request.basis === "investigation") return this.reject(at, "noOrder", events)
    if (request.basis === "averting" && !caseNotified) return this.reject(at, "noNotifiedCase", events)
    if (target._tag === "Topic") return this.reject(at, "tooWide", events)
    if (target._tag === "Window") {
      if (!(target.from < target.to && target.to <= at)) return this.reject(at, "unclear", events)
      if ((target.to - target.from) / 60_000 > 15) return this.reject(at, "tooWide", events)
    }
    let matches = 0
    for (const { trace, until } of found) {
      if (until <= at || (target._tag === "Session" && target.ref !== trace)) continue
      matches++
      this.trace = trace
      this.end = until
    }
    if (matches === 0) return this.lose(at, events)
    if (matches > 1) return this.reject(at, "severalPeople", events)
    events.push({ _tag: "Received", at, request, trace: this.trace, until: this.end })
  }

  run(command: CustodyCommand): Answer {
    const events: Array<object> = []
    const { at } = command
    this.pass(at, events)
    const no = (refusedBy: string): Answer => ({ refusedBy, events })
    const yes = (): Answer => ({ refusedBy: undefined, events })
    if (command._tag === "Receive") {
      if (this.came) return no("DFH-34")
      this.receive(command, events)
      return yes()
    }
    if (!this.came) return no("DFH-34")
    if (command._tag === "FollowRecord") {
      if (this.open && command.until <= at) this.lose(at, events)
      if (this.open && command.until !== this.end) {
        this.end = command.until
        events.push({ _tag: "RecordFollowed", at, until: command.until })
      }
      return yes()
    }
    if (this.gone) return no("X-03")
    if (this.why !== "") return command._tag === "Reject" ? yes() : no("DFH-34")
    if (this.released) return command._tag === "Release" && command.by === this.second ? yes() : no("DFH-34")
    if (command._tag === "Expire") return no("X-13")
    if (command._tag === "Reject") this.reject(at, command.reason, events)
    if (command._tag === "CheckAuthenticity") {
      if (command.number !== "ownDirectory") return no("DFH-34")
      if (!command.confirmed) this.reject(at, "notGenuine", events)
      else if (!this.checked) {
        this.checked = true
        this.checker = command.by
        events.push({ _tag: "AuthenticityChecked", at, by: command.by })
      }
    }
    if (command._tag === "Approve") {
      if (!this.checked || (this.approved && this.first !== command.by)) return no("DFH-34")
      if (!this.approved) events.push({ _tag: "Approved", at, by: command.by })
      this.approved = true
      this.first = command.by
    }
    if (command._tag === "Release") {
      if (!this.approved || this.first === command.by) return no("DFH-34")
      if (command.latest >= this.end) return no("X-03")
      this.released = true
      this.second = command.by
      this.finishedAt = at
      events.push({ _tag: "Released", at, by: command.by })
    }
    return yes()
  }
}
