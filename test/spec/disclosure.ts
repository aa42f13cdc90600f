/**
 * A case about a danger, written a second time and badly on purpose: flags, strings and numbers, one long list of alarms that is sorted each time,
 * no helper of the product. Property tests hold the real machine against it.
 */
import type { ConcernCommand } from "@fortrolig/core/disclosure/messages"
import { NaiveDeciding } from "./disclosureDeciding.ts"
import { naiveNeed } from "./disclosureDuty.ts"
import { min, passing, undecided } from "./disclosureFile.ts"

/** What the naive case did: the rule that it refused by, if it did, and its events as plain objects. */
export interface NaiveAnswer {
  readonly refusedBy: string | undefined
  readonly events: ReadonlyArray<object>
}

const mayTell: Record<string, ReadonlyArray<string>> = {
  police: "danger toWhom whenAndWhere visitorStatements sessionRef openedAt service vendorContact callbackNumber".split(" "),
  ambulance: ["medicalDanger", "location", "callbackNumber"],
  fire: ["hazard", "place"],
  childWelfare: ["childIdentity", "municipality", "ground", "observations", "reporter"]
}

export class NaiveConcern extends NaiveDeciding {
  run(command: ConcernCommand): NaiveAnswer {
    const events = this.clock(command.at)
    return { refusedBy: this.obey(command, events), events }
  }

  private obey(command: ConcernCommand, events: Array<object>): string | undefined {
    const { at } = command
    if (this.is === "Closed" && (command._tag === "ChatEnded" || command._tag === "Close")) return undefined
    if (command._tag === "Expire") return this.is === "None" ? "X-07" : this.is === "Gone" ? "X-08" : "X-13"
    if (command._tag === "Raise") return this.raise(command, events)
    if (this.is === "None") return "X-07"
    if (!this.open) return "X-08"
    if (command._tag === "ChatEnded") return undefined
    if (command._tag === "HandOver") {
      if (command.to !== this.holder) events.push({ _tag: "HandedOver", at, to: command.to, cause: command.cause })
      this.holder = command.to
      return undefined
    }
    if (command._tag === "LearnDeadline") return this.learn(command, events)
    if (command._tag === "DeferTelling" && this.is === "NoDuty") return "X-08"
    if (command._tag === "TellVisitor" || command._tag === "DeferTelling" || command._tag === "CannotTell") return this.inform(command, events)
    if (undecided.includes(this.is)) return this.deciding(command, events)
    return this.after(command, events)
  }

  /** The commands of a case that is decided. */
  private after(command: ConcernCommand, events: Array<object>): string | undefined {
    const { at } = command
    if (!("by" in command)) return "X-08"
    const { by, _tag } = command
    const isPassing = passing.includes(this.is)
    const busy = this.owed.some((one) => one.is === "Sending")
    if (_tag === "Close") {
      if (isPassing) return "IF-28"
      if (command.releaseOpen || !this.settled() || this.alone !== null) return "X-08"
      events.push({ _tag: "Closed", at, by, keepUntil: this.end(at, this.is === "NoDuty" ? "nothing" : "fulfilled", null) })
      return undefined
    }
    if (_tag === "Review" && this.is !== "RightDecided" && this.is !== "ConsentDecided") {
      if (this.alone === by) return "DFH-31"
      if (this.alone !== null) events.push({ _tag: "Reviewed", at, by })
      this.alone = this.review = null
      return undefined
    }
    if (!isPassing) return "X-08"
    if (_tag === "Retract") {
      if (this.sent) return "X-08"
      if (this.is === "ConsentDecided") {
        Object.assign(this, { is: "Assessed", bases: [], owed: [], proposal: null, opinion: null, ring: this.soon(at, this.consultTime()) })
        events.push({ _tag: "ConsentTakenBack", at, by, alarm: { ...this.ring } })
        return undefined
      }
      if (naiveNeed(this.terms, command.assessment) === "duty") return "X-08"
      if (this.retraction === by) return undefined
      if (this.retraction !== null) events.push(this.finished(at, "NoDuty", { _tag: "DutyRetracted", at, by }))
      else events.push({ _tag: "RetractionProposed", at, by })
      this.retraction ??= by
      return undefined
    }
    if (_tag === "RecordAverted") {
      if (busy) return "IF-26"
      if (command.stillAvertable && !["crisisCentre", "childWelfare"].includes(command.means)) return "IF-26"
      this.owed = this.owed.filter((one) => one.is === "Acknowledged")
      events.push(this.finished(at, "Fulfilled", { _tag: "AvertedByOther", at, by, means: command.means }))
      return undefined
    }
    if ((_tag === "Absorb" || _tag === "MergeInto") && this.is === "DutyDecided") {
      if ((_tag === "Absorb" ? command.from : command.into) === this.ref || by === this.raisedBy) return "E-13"
      if (_tag === "Absorb") return this.absorb(command, events)
      if (busy) return "E-13"
      if (this.owed.some((one) => one.is !== "Acknowledged" && !(command.taken as ReadonlyArray<string>).includes(one.to))) return "E-13"
      if (!this.settled() || this.alone !== null) return "X-08"
      events.push({ _tag: "MergedInto", at, by, into: command.into, keepUntil: this.end(at, "merged", command.into) })
      return undefined
    }
    if (_tag === "Prepare" || _tag === "Send" || _tag === "Fail" || _tag === "Acknowledge") return this.passOn(command, events)
    return "X-08"
  }

  private absorb(command: Extract<ConcernCommand, { _tag: "Absorb" }>, events: Array<object>): undefined {
    const { at, by, from, owes, bases, sent } = command
    if (this.absorbed.includes(from)) return
    this.absorbed.push(from)
    const ring = this.soon(at, min * (this.fast ? this.terms.timers.callMinutes : this.terms.timers.notifyMinutes))
    events.push({ _tag: "Absorbed", at, by, from, bases, sent, owes, alarm: { ...ring } })
    this.retraction = null
    this.sent ||= sent
    for (const basis of bases) if (!this.bases.includes(basis)) this.bases.push(basis)
    for (const to of new Set(owes)) {
      const one = this.owed.find((other) => other.to === to)
      if (!one) this.owed.push({ to, is: "Idle", cases: [from], covers: [], channel: "", ring: { ...ring } })
      else if (one.is === "Acknowledged") Object.assign(one, { is: "Idle", cases: [from], ring: { ...ring } })
      else {
        one.cases.push(from)
        if (one.is === "Prepared") one.is = "Idle"
      }
    }
  }

  private passOn(command: Extract<ConcernCommand, { _tag: "Prepare" | "Send" | "Fail" | "Acknowledge" }>, events: Array<object>): string | undefined {
    const { at, by, recipient, _tag } = command
    const one = this.owed.find((other) => other.to === recipient)
    if (!one) return "X-01"
    if (_tag === "Acknowledge" && one.is === "Acknowledged") return undefined
    if (one.is === "Acknowledged") return "DFH-31"
    if (_tag === "Prepare") {
      if (one.is !== "Idle" && one.is !== "Prepared") return "DFH-31"
      if (!this.fast && this.visitor._tag === "Undecided") return "IF-29"
      const may = [...(mayTell[recipient] ?? []), ...(recipient === "police" && this.bases.includes("avert") ? ["offence"] : []), ...(recipient === "police" && this.fast ? ["bookingIdentity"] : [])]
      if (command.fields.length === 0 || command.fields.some((name) => !may.includes(name))) return "X-09"
      if (command.covers.length === 0 || command.covers.some((ref) => !one.cases.includes(ref))) return "E-13"
      one.is = "Prepared"
      one.covers = [...command.covers]
      events.push({ _tag: "Prepared", at, by, recipient, fields: command.fields, covers: command.covers })
      return undefined
    }
    if (_tag === "Send") {
      if (one.is === "Idle") return "X-09"
      if (one.is === "Sending") return undefined
      const order = ["phone", "otherPhone", "form"]
      if (one.is === "Prepared") one.channel = recipient === "childWelfare" && !this.fast ? "form" : "phone"
      else one.channel = order[(order.indexOf(one.channel) + 1) % 3] ?? ""
      one.is = "Sending"
      one.ring = this.soon(at, this.terms.timers.acknowledgeMinutes * min)
      this.sent = true
      this.retraction = null
      events.push({ _tag: "SendingStarted", at, by, recipient, channel: one.channel, alarm: { ...one.ring } })
      return undefined
    }
    if (one.is === "Idle" || one.is === "Prepared" || (one.is === "Failed" && _tag === "Acknowledge")) return "DFH-31"
    if (one.is === "Failed") return undefined
    if (_tag === "Fail") {
      one.is = "Failed"
      one.ring = this.soon(at, this.terms.timers.callMinutes * min)
      events.push({ _tag: "SendingFailed", at, by, recipient, alarm: { ...one.ring } })
      return undefined
    }
    const ring = this.soon(at, min * (this.fast ? this.terms.timers.callMinutes : this.terms.timers.notifyMinutes))
    events.push({ _tag: "Acknowledged", at, by, recipient, reference: command.reference, alarm: { ...ring } })
    this.told.push({ recipient, reference: command.reference })
    one.cases = one.cases.filter((ref) => !one.covers.includes(ref))
    if (one.cases.length > 0) Object.assign(one, { is: "Idle", ring })
    else one.is = "Acknowledged"
    if (this.owed.every((other) => other.is === "Acknowledged")) events.push(this.finished(at, "Fulfilled", { _tag: "Fulfilled", at }))
    return undefined
  }
}
