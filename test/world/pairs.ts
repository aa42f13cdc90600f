/**
 * One script lived in two worlds that differ in one thing, and what may differ then: nothing that anybody gets.
 */
import type { IpAddress } from "@fortrolig/core/custody/ipAddress"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { merge, tally } from "@fortrolig/core/statistics/tally"
import { Coverage } from "./coverage.ts"
import type { Deed } from "./deed.ts"
import { drain } from "./drain.ts"
import { live } from "./life.ts"
import { accessView, serviceRealm, stored, vendorRealm } from "./views.ts"
import type { ConsentName } from "./visitor.ts"
import type { Wiring } from "./wiring.ts"
import { type Addresses, World } from "./world.ts"

/** What a visitor may do with a question. */
export const answers = ["granted", "withdrawn", "declined", "ignored", "not asked"] as const
export type Answer = (typeof answers)[number]

/** The deeds by which a question gets an answer. */
const answering = (world: World, at: Instant, visitor: number, name: ConsentName, answer: Answer): ReadonlyArray<Deed> => {
  if (answer === "not asked") return []
  const notice = { version: "1", language: "nb" } as const
  const facts = { chatActive: true, statedAge: null }
  const receiptHash = world.visitor(visitor).receipts[name]
  const { purposes } = world.house.service.consents[name]
  const about = { topic: "consent", at, visitor, name } as const
  return [
    { ...about, command: { _tag: "ShowNotice", at, openedAt: at, notice, ...facts } },
    { ...about, command: { _tag: "Ask", at, notice, ...facts } },
    ...(answer === "declined" ? [{ ...about, command: { _tag: "Decline", at, by: "visitor", question: 1 } } as const] : []),
    ...(answer === "granted" || answer === "withdrawn" ? [{ ...about, command: { _tag: "Grant", at, by: "visitor", question: 1, notice, purposes, receiptHash } } as const] : []),
    ...(answer === "withdrawn" ? [{ ...about, command: { _tag: "Withdraw", at, receiptHash } } as const] : [])
  ]
}

/** How many commands the scripts of pairs have. */
const length = 120

/** A script, and the world that it was written in. */
export interface Scripted {
  readonly seed: number
  readonly wires: Wiring
  readonly script: ReadonlyArray<Deed>
  readonly world: World
}

/** The script of a world by its seed. */
export const scriptOf = (seed: number, wires: Wiring): Scripted => {
  const world = new World(seed, wires, new Coverage())
  return { seed, wires, script: live(world, length), world }
}

/** The deed by which the first chat got a counsellor, if any did. */
const firstAccepted = (script: ReadonlyArray<Deed>, world: World): number => {
  const steps = world.house.visitors.flatMap(({ index, session }) =>
    session.steps.flatMap(({ command, events }) => (events.some(({ _tag }) => _tag === "Accepted") ? [{ index, command }] : []))
  )
  return script.findIndex((deed) => deed.topic === "session" && steps.some(({ index, command }) => index === deed.visitor && command.at === deed.at && command._tag === deed.command._tag))
}

/** What everybody gets at every step of a script, when one visitor answers one question in one way; nothing when nobody got a counsellor. */
export const accessWith = (
  { seed, wires, script, world: first }: Scripted,
  name: ConsentName,
  answer: Answer
): { readonly views: ReadonlyArray<string>; readonly state: string } | undefined => {
  const place = firstAccepted(script, first)
  const accepted = script[place]
  if (accepted === undefined) return undefined
  const { at, visitor } = accepted
  const world = new World(seed, wires, new Coverage())
  const views: Array<string> = []
  let state = "NotShown"
  let done = false
  for (const [index, deed] of script.entries()) {
    if (deed.topic === "consent" && deed.visitor === visitor && deed.name === name) continue
    // A little later than the counsellor came, so that whatever wrongly counts as a sign of life moves something.
    if (!done && index > place && deed.at > at) {
      for (const one of answering(world, deed.at, visitor, name, answer)) world.perform(one)
      state = world.visitor(visitor).consents[name].state._tag
      done = true
      // Half of them wait once more, so that a queue that knows of the answer shows it.
      const chat = world.visitor(visitor).session.state
      if (seed % 2 === 0 && chat._tag === "Active") world.perform({ topic: "session", at: deed.at, visitor, command: { _tag: "Return", at: deed.at, counsellor: chat.counsellor } })
    }
    world.perform(deed)
    for (const somebody of world.house.visitors) views.push(accessView(world, somebody))
  }
  return { views, state }
}

/** Other addresses for the same people. */
export const elsewhere: Addresses = (index) => `2001:db8::${index + 1}` as IpAddress

/** A script lived with addresses: what the service's realm had after each deed, and what the vendor had at some time. */
export const realmsWith = ({ seed, wires, script }: Scripted, from: Addresses): { readonly service: ReadonlyArray<string>; readonly vendor: ReadonlyArray<string> } => {
  const world = new World(seed, wires, new Coverage(), from)
  const service: Array<string> = []
  const vendor: Array<string> = []
  for (const [index, deed] of script.entries()) {
    world.perform(deed)
    if (index % 5 > 0) continue
    service.push(serviceRealm(world))
    vendor.push(vendorRealm(world))
  }
  drain(world, false)
  service.push(serviceRealm(world))
  return { service, vendor }
}

/** The deeds of one conversation, and of whoever asks for its record. What belongs to a booking or a referral is somebody's, and not of the chat. */
const ofChat = new Set<Deed["topic"]>(["session", "consent", "note", "age", "shorten", "trace", "content", "case", "contact"])

/** A script in which one conversation shares nobody with the others: it has a counsellor of its own, and nobody joins its cases with others. */
const untangled = (script: ReadonlyArray<Deed>, { house }: World, visitor: number): ReadonlyArray<Deed> => {
  const kept = script.filter((deed) => {
    if (deed.topic === "case") return deed.command._tag !== "Absorb" && deed.command._tag !== "MergeInto"
    return deed.topic !== "ledger" && !(deed.topic === "request" && deed.command._tag === "Receive" && deed.command.target._tag !== "Session")
  })
  return kept.map((deed) => {
    if (deed.visitor !== visitor || !ofChat.has(deed.topic)) return deed
    const text = house.staff.reduce((sofar, { id }) => sofar.replaceAll(id, house.apart), JSON.stringify(deed))
    return JSON.parse(text) as Deed
  })
}

/** What was found when one conversation had been, and when it had not, after everything of it was due. */
export interface Deletion {
  readonly withIt: string
  readonly without: string
  /** Whether anything is left of it beside the note and the count that have no key. */
  readonly left: ReadonlyArray<string>
  readonly hadBeen: boolean
}

/** Lives a script with and without the conversation of its first visitor. */
export const deletionOf = ({ seed, wires, script, world: first }: Scripted): Deletion => {
  const { visitors } = first.house
  // Best of all somebody of whom a note was written.
  const gone = (visitors.find(({ note }) => note !== undefined) ?? visitors.find(({ session }) => session.state._tag !== "Unopened"))?.index ?? 0
  const { ref } = first.visitor(gone)
  const asked = new Set(script.flatMap((deed) => (deed.topic === "request" && deed.command._tag === "Receive" && deed.command.target._tag === "Session" && deed.command.target.ref === ref ? [deed.index] : [])))
  const whole = untangled(script, first, gone).filter((deed) => !((deed.topic === "request" || deed.topic === "open record") && asked.has(deed.index)))
  const lived = (deeds: ReadonlyArray<Deed>): World => {
    const world = new World(seed, wires, new Coverage())
    for (const deed of deeds) world.perform(deed)
    world.runUntil(first.now)
    drain(world, false)
    return world
  }
  const one = lived(whole)
  const other = lived(whole.filter((deed) => deed.visitor !== gone || !ofChat.has(deed.topic)))
  const { receipts, codes, note, cases } = one.visitor(gone)
  const withIt = stored(one, one.house.visitors)
  const raised = cases.flatMap(({ steps }) => steps.flatMap(({ events }) => events.flatMap((event) => (event._tag === "Raised" ? [event.ref] : []))))
  const everything = `${withIt}${JSON.stringify([note ?? null, one.house.counted])}`
  const left = [ref, receipts.triage, receipts.referral, ...codes, ...raised].flatMap((id) => (everything.includes(id) ? ["an identifier of the chat"] : []))
  // The count of it, and nothing else of the counts, is what it leaves.
  const own = one.visitor(gone).contact.steps.flatMap(({ events }) => events.flatMap((event) => (event._tag === "Counted" ? [event] : [])))
  const sums = JSON.stringify(merge(tally(other.house.counted), tally(own))) === JSON.stringify(tally(one.house.counted))
  return { withIt, without: stored(other, other.house.visitors), left: sums ? left : [...left, "another count"], hadBeen: one.visitor(gone).session.state._tag === "Ended" }
}
