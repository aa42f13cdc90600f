/**
 * A simulated world: a service with its visitors, its staff and the vendor, in one time that runs every timer in the order in which it is due.
 */
import type { ReaderRef } from "@fortrolig/core/booking/messages"
import { handOver, Release } from "@fortrolig/core/custody/release"
import type { IpAddress } from "@fortrolig/core/custody/ipAddress"
import type { ConcernCommand } from "@fortrolig/core/disclosure/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { releasableUntil } from "@fortrolig/core/retention/machine"
import type { SessionCommand } from "@fortrolig/core/session/messages"
import type { TriageFields } from "@fortrolig/core/consent/triageFields"
import * as Result from "effect/Result"
import { Actor, type Timed } from "./actor.ts"
import type { Coverage } from "./coverage.ts"
import type { Deed } from "./deed.ts"
import { caseNotified, foundFor, holding, type House, newHouse, releaseOpen, type Request, reserved } from "./house.ts"
import { type Random, randomFrom } from "./random.ts"
import { connect, connectCase } from "./reactions.ts"
import { type Service, services } from "./services.ts"
import { type Case, newVisitor, type Visitor } from "./visitor.ts"
import type { Wiring } from "./wiring.ts"

/** When every world begins: a Friday noon in March, two nights before the clocks change. */
export const beginning = Date.UTC(2026, 2, 27, 11)

/** Where a visitor comes from, by the visitor's number. */
export type Addresses = (index: number) => IpAddress
/** Synthetic addresses of a range that is reserved for documentation. */
export const addresses: Addresses = (index) => `198.51.100.${index + 1}` as IpAddress

/** A world that is lived one deed after another. */
export class World {
  readonly random: Random
  readonly house: House
  readonly wires: Wiring
  readonly coverage: Coverage
  /** What was seen to be wrong while it happened. */
  readonly broken: Array<string> = []
  accepted = 0
  now: Instant = beginning as Instant
  private readonly timed: Array<Timed>

  constructor(seed: number, wires: Wiring, coverage: Coverage, from: Addresses = addresses, service?: Service) {
    this.random = randomFrom(seed)
    this.wires = wires
    this.coverage = coverage
    const chosen = service ?? this.random.pick(services)
    this.house = newHouse(chosen, this.random, coverage)
    const size = this.random.whole(3, 6)
    for (let index = 0; index < size; index++) {
      const visitor = newVisitor(index, this.random, from(index), chosen, coverage)
      connect(wires, this.house, visitor)
      this.house.visitors.push(visitor)
    }
    // The vendor's clocks come before what depends on them: on a tie the record goes first.
    this.timed = [
      ...this.house.visitors.flatMap(({ trace, content, consents, session, booking }): ReadonlyArray<Timed> => [trace, content, consents.triage, consents.referral, session, booking]),
      ...this.house.requests
    ]
  }

  /** Runs every timer that is due at or before an instant, each at its own time, and stands there. */
  runUntil(at: Instant): void {
    for (;;) {
      let next: Timed | undefined
      let due: number = at
      for (const one of this.timed) {
        if (one.dueAt < due || (one.dueAt === due && next === undefined)) {
          due = one.dueAt
          next = one
        }
      }
      if (next === undefined) break
      next.fire()
    }
    this.now = at
  }

  /** When the next timer of anything is due. */
  get nextDue(): number {
    let due = Infinity
    for (const { dueAt } of this.timed) if (dueAt < due) due = dueAt
    return due
  }

  /** The visitor of a deed. */
  visitor(index: number): Visitor {
    const visitor = this.house.visitors[index]
    if (visitor === undefined) throw new Error("no such visitor")
    return visitor
  }

  /** Lets time pass, and does one deed with the facts as they are then. */
  perform(deed: Deed): boolean {
    this.runUntil(deed.at)
    const done = this.does(deed, this.visitor(deed.visitor))
    if (done) this.accepted += 1
    this.watch(deed)
    return done
  }

  /** What must hold at every moment, between parts that do not know each other. */
  private watch(deed: Deed): void {
    const { session, consents, trace, note } = this.visitor(deed.visitor)
    if (deed.topic === "session") this.watchCapacity(deed.command)
    if (session.state._tag === "Ended" && (consents.triage.state._tag === "Asked" || consents.referral.state._tag === "Asked")) this.broken.push("DFH-14: an open question outlived its chat")
    if (note?._tag === "Linked" && trace.state._tag !== "Running") this.broken.push("X-04: a note outlived the trace that it is tied to")
    if (deed.topic !== "request") return
    const { state } = this.requestOf(deed.index)
    if ("until" in state) {
      const kept = this.house.visitors.find(({ ref }) => ref === state.trace)
      if (kept === undefined || releasableUntil(kept.trace.state) !== state.until) this.broken.push("E-05: a request does not know how long its record is there")
    }
    if (state._tag !== "Released" || state.releasedAt !== deed.at) return
    const record = this.house.visitors.find(({ ref }) => ref === state.trace)
    if ((record === undefined ? 0 : (releasableUntil(record.trace.state) ?? 0)) <= deed.at) this.broken.push("E-05: a record was released that is gone")
  }

  private watchCapacity(command: SessionCommand): void {
    const { service, staff } = this.house
    if (command._tag !== "Accept" && command._tag !== "AnswerTransfer") return
    for (const { id } of staff) if (holding(this.house, id) > service.policy.capacity) this.broken.push("E-14: somebody has more chats than the service allows")
  }

  private does(deed: Deed, visitor: Visitor): boolean {
    const { house } = this
    switch (deed.topic) {
      case "session":
        return visitor.session.act(this.withFacts(deed.command))
      case "consent": {
        const { command, name } = deed
        const openedAt = house.register.get(visitor.ref)?.openedAt ?? command.at
        const facts = { chatActive: visitor.session.state._tag === "Active", statedAge: visitor.statedAge }
        const known = command._tag === "ShowNotice" ? { ...command, openedAt, ...facts } : command._tag === "Ask" ? { ...command, ...facts } : command
        return this.withNote(visitor, deed.at, name === "triage" ? undefined : null, () => visitor.consents[name].act(known))
      }
      case "note":
        return this.withNote(visitor, deed.at, deed.fields, () => true)
      case "age": {
        const { at, years } = deed
        visitor.statedAge = Math.min(years, visitor.statedAge ?? years)
        return this.withNote(visitor, at, undefined, () => {
          const heard = [visitor.consents.triage.act({ _tag: "StateAge", at, years }), visitor.consents.referral.act({ _tag: "StateAge", at, years })]
          visitor.contact.act({ _tag: "State", at, age: years })
          return heard.every(Boolean)
        })
      }
      case "shorten": {
        const { at, deleteAt } = deed
        return this.withNote(visitor, at, undefined, () => {
          const done = visitor.trace.act({ _tag: "Shorten", at, deleteAt })
          if (done && "deleteAt" in visitor.trace.state) {
            const strict = visitor.trace.state.deleteAt
            for (const name of ["triage", "referral"] as const) visitor.consents[name].act({ _tag: "Shorten", at, deleteAt: strict })
          }
          return done
        })
      }
      case "trace":
      case "content":
        return visitor[deed.topic].act(deed.command)
      case "case":
        return this.caseOf(visitor, deed.index).act(this.withChat(visitor, deed.command))
      case "request": {
        const { command } = deed
        if (command._tag !== "Receive") return this.requestOf(deed.index).act(command)
        const found = foundFor(house, command.target)
        return this.requestOf(deed.index).act({ ...command, found, caseNotified: caseNotified(house, found) })
      }
      case "open record":
        return this.openRecord(deed.index, deed.at)
      case "contact":
        return visitor.contact.act(deed.command)
      case "booking": {
        const { command } = deed
        return visitor.booking.act(command._tag === "Read" ? { ...command, reader: this.wires.readerOf(command.reader, house) as ReaderRef } : command)
      }
      case "referral":
        return visitor.referral.act(deed.command)
      case "ledger":
        return house.ledger.act(deed.command)
      case "sweep":
        this.sweep(deed.at)
        return false
    }
  }

  /** What the session cannot know itself. */
  private withFacts(command: SessionCommand): SessionCommand {
    const { house, wires } = this
    if (command._tag === "Accept") return { ...command, ...wires.facts(house, command.counsellor, command.at) }
    if (command._tag === "OfferTransfer" || command._tag === "AnswerTransfer") return { ...command, ...wires.facts(house, command.to, command.at) }
    if (command._tag !== "RequestPhone") return command
    const mine = house.visitors.find(({ codes }) => codes.includes(command.codeHash))?.session.state
    return { ...command, reserved: mine?._tag === "Active" && reserved(house, mine.counsellor, command.at) }
  }

  private withChat(visitor: Visitor, command: ConcernCommand): ConcernCommand {
    const { state } = visitor.session
    if (command._tag === "Close") return { ...command, releaseOpen: releaseOpen(this.house, visitor.ref) }
    if (command._tag !== "Raise") return command
    return { ...command, session: state._tag === "Unopened" ? null : { ref: visitor.ref, endedAt: state._tag === "Ended" ? state.endedAt : null } }
  }

  /** Does something that the triage note may follow, and keeps both for the laws of the note. `null` when it is about the other consent. */
  private withNote(visitor: Visitor, at: Instant, fields: TriageFields | undefined | null, act: () => boolean): boolean {
    if (fields === null) return act()
    const last = visitor.noteSteps.at(-1)
    const before = last?.after ?? visitor.consents.triage.machine.initial
    const done = act()
    const consent = visitor.consents.triage.state
    let written = false
    const writes = fields !== undefined && visitor.note === undefined
    if (writes) {
      const note = this.wires.writeNote(consent, { at, session: visitor.ref, fields })
      if (Result.isSuccess(note)) {
        visitor.note = note.success
        written = true
      }
    }
    visitor.noteSteps.push({ at, writes, before, after: consent, noteBefore: last?.noteAfter, noteAfter: visitor.note })
    return fields === undefined ? done : written
  }

  /** A case by its place in the visitor's list; the next place is a case that nobody has opened yet. */
  caseOf(visitor: Visitor, index: number): Case {
    const known = visitor.cases[index]
    if (known !== undefined) return known
    const one: Case = new Actor("concern", this.house.service.concern, this.coverage)
    connectCase(this.wires, visitor, one)
    visitor.cases.push(one)
    this.timed.push(one)
    return one
  }

  private requestOf(index: number): Request {
    const request = this.house.requests[index]
    if (request === undefined) throw new Error("no such request")
    return request
  }

  /** A custodian tries to take out of the register what a request allows. */
  private openRecord(index: number, at: Instant): boolean {
    const { state } = this.requestOf(index)
    const permission = Release.of(state, at)
    const record = "trace" in state ? this.house.register.get(state.trace) : undefined
    if (record === undefined || (permission === undefined && this.wires.opensReleasedOnly)) return false
    const given = permission === undefined ? record : handOver(permission, record, at)
    if (given !== undefined) this.house.handedOver.push({ ip: given.ip, permitted: permission !== undefined })
    return false
  }

  /** Destroys what is due, as far as its own machine lets it. */
  sweep(at: Instant): void {
    for (const { trace, content } of this.house.visitors) {
      for (const clock of [trace, content]) if (clock.state._tag === "Hidden") clock.act({ _tag: "Destroy", at })
    }
  }
}
