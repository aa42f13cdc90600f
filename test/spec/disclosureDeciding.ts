/**
 * How the naive case of disclosure.ts is raised, talked about and decided.
 */
import type { ConcernCommand } from "@fortrolig/core/disclosure/messages"
import { naiveNeed, naiveOpens, naiveSupports } from "./disclosureDuty.ts"
import { day, min, NaiveFile } from "./disclosureFile.ts"

export class NaiveDeciding extends NaiveFile {
  protected raise(command: Extract<ConcernCommand, { _tag: "Raise" }>, events: Array<object>): string | undefined {
    const { at, by, ref, session, trigger } = command
    if (this.is !== "None") return "X-08"
    if (command.flaggedBy === "software") return "X-07"
    if (!session || (session.endedAt !== null && session.endedAt + day < at)) return "DFH-31"
    if (!command.visitorAsks && !(this.terms.triggers as ReadonlyArray<string>).includes(trigger)) return "DFH-31"
    if (!command.visitorAsks && !naiveOpens(this.terms.openCaseAt, command.belief)) return "DUV-18"
    Object.assign(this, { is: "Raised", ref, session: session.ref, raisedBy: by, holder: by, trigger })
    this.ring = this.soon(at, this.terms.timers.assessMinutes * min)
    events.push({ _tag: "Raised", at, by, ref, session: session.ref, trigger, alarm: { ...this.ring } })
    return undefined
  }

  protected learn({ at, item, deadline }: Extract<ConcernCommand, { _tag: "LearnDeadline" }>, events: Array<object>): undefined {
    if (deadline <= at || this.items.some((one) => one.item === item && one.deadline === deadline)) return
    const all = [...new Set(this.terms.timers.warnHours.map((hours) => Math.max(0, deadline - hours * 60 * min)))].sort((a, b) => a - b)
    const warnAt = all.filter((when) => when > at)
    this.items = [...this.items.filter((one) => one.item !== item), { item, deadline, warnAt: [...warnAt] }]
    events.push({ _tag: "DeadlineLearned", at, item, deadline, warnAt })
    if (warnAt.length < all.length) events.push({ _tag: "Warned", at, item, whom: "lead" })
  }

  protected inform(command: Extract<ConcernCommand, { _tag: "TellVisitor" | "DeferTelling" | "CannotTell" }>, events: Array<object>): string | undefined {
    const { at, by, _tag } = command
    const { _tag: now, reason } = this.visitor
    if (_tag === "TellVisitor") {
      if (now === "Told") return undefined
      const when = this.sent ? "after" : "before"
      this.visitor = { _tag: "Told", when }
      events.push({ _tag: "VisitorTold", at, by, when })
      return undefined
    }
    if (now === "Told") return "IF-29"
    const closed = now === "NotPossible" || now === "NotNeeded"
    if (_tag === "DeferTelling") {
      if (closed) return "IF-29"
      if (now === "Deferred" && reason === command.reason) return undefined
      this.visitor = { _tag: "Deferred", reason: command.reason }
      events.push({ _tag: "TellingDeferred", at, by, reason: command.reason })
      return undefined
    }
    if (closed) return undefined
    if (command.connected) return "IF-29"
    this.visitor = { _tag: "NotPossible" }
    events.push({ _tag: "TellingNotPossible", at, by })
    return undefined
  }

  protected both(proposal: string): boolean {
    return this.proposal === proposal && this.opinion !== null && this.opinion.agrees && this.opinion.by !== this.holder
  }

  /** The commands of a case that is not decided yet. */
  protected deciding(command: ConcernCommand, events: Array<object>): string | undefined {
    const { at } = command
    if (!("by" in command)) return "IF-28"
    const { by } = command
    const mine = by === this.holder
    const involved = mine || this.opinion?.by === by
    const decidable = this.is === "Consulted" || this.is === "ConsultTimedOut"
    const supported = "bases" in command && command.bases.length > 0 && command.bases.every((basis) => naiveSupports(this.terms, this.assessed, basis))
    if (command._tag === "Assess") {
      if (!mine) return "DFH-31"
      const { assessment } = command
      const grave = assessment.level === "high" || assessment.level === "imminent" || naiveNeed(this.terms, assessment) !== "none"
      Object.assign(this, { is: "Assessed", assessed: assessment, trigger: assessment.trigger, second: this.second || grave, proposal: null, opinion: null })
      this.ring = this.soon(at, this.consultTime())
      events.push({ _tag: "Assessed", at, by, assessment, needsSecond: this.second, alarm: { ...this.ring } })
      return undefined
    }
    if (command._tag === "DeclareImminent") {
      if (!mine) return "DFH-31"
      const now = command.level === "imminent"
      const assessedNow = this.assessed !== null && naiveNeed(this.terms, this.assessed) === "duty" && this.assessed.when === "ongoing" && command.minutesMatter
      if (!now && !assessedNow) return "IF-28"
      const fits = (basis: string) => (now && ["avert", "healthEmergency", "necessity"].includes(basis)) || naiveSupports(this.terms, this.assessed, basis)
      if (command.bases.length === 0 || !command.bases.every(fits)) return "IF-28"
      const bad = this.recipientsRule(command.recipients)
      if (bad === undefined) events.push(this.duty(at, by, "fast", null, command, null))
      return bad
    }
    if (command._tag === "RequestConsult" && (this.is === "Assessed" || decidable)) {
      if (!mine) return "DFH-31"
      Object.assign(this, { is: "Consulting", proposal: command.proposes, opinion: null })
      this.ring = this.soon(at, this.consultTime())
      events.push({ _tag: "ConsultRequested", at, by, proposes: command.proposes, alarm: { ...this.ring } })
      return undefined
    }
    if (command._tag === "GiveOpinion" && (this.is === "Consulting" || this.is === "ConsultTimedOut")) {
      if (mine || by === this.raisedBy) return "DFH-31"
      this.is = "Consulted"
      this.opinion = { by, agrees: command.agrees }
      this.ring = this.soon(at, this.consultTime())
      events.push({ _tag: "OpinionGiven", at, by, agrees: command.agrees, alarm: { ...this.ring } })
      return undefined
    }
    if (command._tag === "DecideDuty" && decidable) {
      if (!involved) return "DFH-31"
      if (mine && this.proposal === "duty" && this.opinion?.agrees === false) return "DFH-31"
      if (!supported) return "IF-28"
      const bad = this.recipientsRule(command.recipients)
      if (bad === undefined) events.push(this.duty(at, by, this.is === "Consulted" ? "consulted" : "timedOut", null, command, command.shiftEndsAt))
      return bad
    }
    if (command._tag === "ProceedDespiteDissent" && this.is === "Consulted") {
      if (!mine || this.proposal !== "duty" || this.opinion?.agrees !== false) return "DFH-31"
      if (!supported) return "IF-28"
      const bad = this.recipientsRule(command.recipients)
      if (bad === undefined) events.push(this.duty(at, by, "dissent", command.reason, command, command.shiftEndsAt))
      return bad
    }
    if (command._tag === "DecideRight" && this.is === "Consulted") {
      if (!this.terms.rightToDisclose || !involved || !this.both("right")) return "DFH-31"
      const bad = this.recipientsRule(command.recipients)
      if (bad !== undefined) return bad
      Object.assign(this, { is: "RightDecided", bases: ["rightToDisclose"] })
      events.push({ _tag: "RightDecided", at, by, notify: this.owe(at, command.recipients, command.shiftEndsAt) })
      return undefined
    }
    if (command._tag === "DecideConsent" && decidable) {
      if (!mine) return "DFH-31"
      if (!command.visitorAgreed) return "DUV-18"
      const bad = this.recipientsRule(command.recipients)
      if (bad !== undefined) return bad
      Object.assign(this, { is: "ConsentDecided", bases: ["visitorAsked"] })
      events.push({ _tag: "ConsentDecided", at, by, notify: this.owe(at, command.recipients, command.shiftEndsAt) })
      return undefined
    }
    if (command._tag === "DecideNone" && decidable) {
      if (!involved) return "DFH-31"
      if (naiveNeed(this.terms, this.assessed) === "duty") return "X-08"
      const asked = this.proposal === "none" && this.opinion !== null
      if ((this.second || asked) && !this.both("none")) return "X-08"
      events.push(this.finished(at, "NoDuty", { _tag: "NoDutyDecided", at, by, reason: command.reason }))
      return undefined
    }
    return "IF-28"
  }
}
