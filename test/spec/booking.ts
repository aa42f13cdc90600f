/**
 * A booking, written a second time and badly on purpose: flags, texts and lists, no helper of the product. Property tests hold the real machine against it.
 */
import type { BookingCommand } from "@fortrolig/core/booking/messages"

/** What the naive booking knows of its service. */
export interface NaiveTerms {
  readonly phone: boolean
  readonly characters: number
  readonly outbox: number
  readonly bucket: number
  readonly performers: ReadonlyArray<string>
  readonly sites: ReadonlyArray<{ readonly name: string; readonly from: string }>
}

/** What the naive booking did: the rule that it refused by, if it did, and its events as plain objects. */
export interface NaiveOutcome {
  readonly refusedBy: string | undefined
  readonly events: ReadonlyArray<object>
}

/** The date in Norway, by adding the hours that its clocks were ahead in the years that the tests live in. */
const norwegianDate = (at: number): string => {
  const summer = at >= Date.UTC(2026, 2, 29, 1) && at < Date.UTC(2026, 9, 25, 1)
  return new Date(at + (summer ? 2 : 1) * 3_600_000).toISOString().slice(0, 10)
}

export class NaiveBooking {
  readonly terms: NaiveTerms
  writing = false
  phone = false
  sent = false
  arrived = false
  late = false
  turnedAway = false
  ended = false
  followUp = ""
  yes: Array<number> = []
  no: Array<number> = []
  shownDraft = ""
  shownInfo: ReadonlyArray<number> = []
  key = ""
  sealed = ""
  deadline = 0

  constructor(terms: NaiveTerms) {
    this.terms = terms
  }

  /** The state as the product would show it. */
  picture(): object {
    if (this.followUp === "yes") return { _tag: "FollowUpAccepted", reference: this.key }
    if (this.followUp === "no") return { _tag: "FollowUpDeclined", reference: this.key }
    if (this.ended) return { _tag: "FollowUpOffered", reference: this.key }
    if (this.arrived) return { _tag: "Acknowledged", reference: this.key }
    if (this.sent) return { _tag: "Pending", key: this.key, sealed: this.sealed, lapsesAt: this.deadline }
    if (this.writing) {
      const answers = [...this.yes.map((item) => ({ item, approved: true })), ...this.no.map((item) => ({ item, approved: false }))].sort((a, b) => a.item - b.item)
      return { _tag: this.phone ? "ByPhone" : "Form", answers, shown: this.shownDraft === "" ? null : { draft: this.shownDraft, info: this.shownInfo } }
    }
    return { _tag: this.late ? "Lapsed" : this.turnedAway ? "NotCreated" : "NotStarted" }
  }

  private wipe(): void {
    this.yes = []
    this.no = []
    this.shownDraft = ""
    this.shownInfo = []
  }

  /** One command, after the outbox gave up if it had to. */
  run(command: BookingCommand): NaiveOutcome {
    const events: Array<object> = []
    if (this.sent && !this.arrived && command.at >= this.deadline) {
      events.push({ _tag: "Lapsed", at: this.deadline }, { _tag: "PayloadDestroyed", at: this.deadline, sealed: this.sealed })
      this.sent = false
      this.late = true
    }
    return { refusedBy: this.obey(command, events), events }
  }

  private obey(command: BookingCommand, events: Array<object>): string | undefined {
    const { at, _tag } = command
    if (_tag === "Leave") {
      if (!this.writing) return undefined
      this.writing = false
      this.late = this.turnedAway = false
      this.wipe()
      events.push({ _tag: "Discarded", at })
      return undefined
    }
    if (_tag === "Choose" && !this.sent) {
      if (!this.terms.phone) return "DFH-21"
      if (this.writing && this.phone === (command.route === "phone")) return undefined
      if (this.writing) events.push({ _tag: "Discarded", at })
      this.wipe()
      this.writing = true
      this.late = this.turnedAway = false
      this.phone = command.route === "phone"
      events.push({ _tag: "Chosen", at, route: command.route })
      return undefined
    }
    if (this.writing) return this.write(command, events)
    if (this.late) return "E-15"
    if (this.turnedAway) return "DFH-47"
    if (!this.sent) return "DFH-58"
    return this.deliver(command, events)
  }

  private write(command: BookingCommand, events: Array<object>): string | undefined {
    const { at, _tag } = command
    if (_tag === "AnswerItem") {
      if ((command.approved ? this.yes : this.no).includes(command.item)) return undefined
      this.yes = this.yes.filter((item) => item !== command.item)
      this.no = this.no.filter((item) => item !== command.item)
      if (command.approved) this.yes.push(command.item)
      else this.no.push(command.item)
      this.shownDraft = ""
      events.push({ _tag: "ItemAnswered", at, item: command.item, approved: command.approved })
      return undefined
    }
    if (_tag === "DeclineInfo") {
      if (this.yes.length + this.no.length === 0) return undefined
      this.wipe()
      events.push({ _tag: "InfoDeclined", at })
      return undefined
    }
    if (_tag === "Show") {
      for (const item of command.info) if (!this.yes.includes(item)) return "DFH-27"
      if (command.info.length === 0 && command.characters !== 0) return "DFH-27"
      if (command.characters > this.terms.characters) return "DFH-26"
      this.shownDraft = command.draft
      this.shownInfo = command.info
      events.push({ _tag: "Shown", at, draft: command.draft, info: command.info })
      return undefined
    }
    if (_tag !== "Submit") return "DFH-24"
    if (command.checked.on !== norwegianDate(at)) return "DFH-47"
    if (command.checked.age !== "oldEnough") {
      this.writing = false
      this.turnedAway = true
      this.wipe()
      events.push({ _tag: "Discarded", at }, { _tag: "NotCreated", at, routing: ["alarm116111", "generalPractitioner", "childServices"] })
      return undefined
    }
    if (this.shownDraft !== command.draft) return "DFH-26"
    const wrong = this.wrongAppointment(command.appointment)
    if (wrong !== undefined) return wrong
    this.writing = false
    this.sent = true
    this.key = command.key
    this.sealed = command.sealed
    this.deadline = at + this.terms.outbox
    while (this.deadline % this.terms.bucket !== 0) this.deadline -= 1
    const { appointment, key, sealed } = command
    const referral = { purpose: "treatment", competence: "sexualInterestInChildren", appointment, info: this.shownInfo }
    this.wipe()
    events.push({ _tag: "Submitted", at, key, sealed, lapsesAt: this.deadline, referral })
    return undefined
  }

  private wrongAppointment({ on, site, performer }: { readonly on: string; readonly site: string; readonly performer: string }): string | undefined {
    if (!this.terms.performers.includes(performer)) return "DFH-45"
    const place = this.terms.sites.find(({ name }) => name === site)
    return place === undefined || Date.parse(place.from) > Date.parse(on) ? "DFH-46" : undefined
  }

  private deliver(command: BookingCommand, events: Array<object>): string | undefined {
    const { at, _tag } = command
    if (["Choose", "AnswerItem", "DeclineInfo", "Show"].includes(_tag)) return "DFH-24"
    if (_tag === "Submit" || _tag === "Acknowledge" || _tag === "Fail") {
      if (this.ended || command.key !== this.key) return "DFH-24"
      if (this.arrived || _tag === "Submit") return undefined
      if (_tag === "Fail") events.push({ _tag: "Retrying", at, key: this.key })
      if (_tag === "Acknowledge") {
        this.arrived = true
        events.push({ _tag: "Acknowledged", at, key: this.key }, { _tag: "PayloadDestroyed", at, sealed: this.sealed })
      }
      return undefined
    }
    if (_tag === "Lapse") return this.arrived ? "DFH-24" : "E-15"
    if (_tag === "Read") {
      if (this.arrived) return "DFH-24"
      if (command.purpose !== "treatment") return "DFH-20"
      if (command.role !== "bookingClerk" && command.role !== "assignedCounsellor") return "DFH-25"
      events.push({ _tag: "PayloadRead", at, reader: command.reader })
      return undefined
    }
    if (!this.arrived) return "DFH-24"
    if (_tag === "EndTreatment") {
      if (!this.ended) events.push({ _tag: "FollowUpOffered", at, reference: this.key })
      this.ended = true
      return undefined
    }
    if (_tag === "Schedule") {
      if (this.ended) return "DFH-24"
      const wrong = this.wrongAppointment(command.appointment)
      if (wrong === undefined) events.push({ _tag: "Scheduled", at, reference: this.key, appointment: command.appointment })
      return wrong
    }
    if (_tag === "AnswerFollowUp") {
      if (!this.ended) return "DFH-54"
      const said = command.accept ? "yes" : "no"
      if (this.followUp !== said) events.push({ _tag: "FollowUpAnswered", at, accepted: command.accept })
      this.followUp = said
      return undefined
    }
    if (this.followUp !== "yes") return "DFH-54"
    events.push({ _tag: "Contacted", at, reference: this.key })
    return undefined
  }
}
