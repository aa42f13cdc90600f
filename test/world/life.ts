/**
 * How a world goes on: time mostly creeps, sometimes leaps to what is due or over days, and somebody does something.
 */
import type { TriageFields } from "@fortrolig/core/consent/triageFields"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Deed } from "./deed.ts"
import { bookingMenu } from "./menus/booking.ts"
import { concernMenu } from "./menus/concern.ts"
import { consentMenu } from "./menus/consent.ts"
import { contactMenu, ledgerMenu } from "./menus/counts.ts"
import { custodyMenu } from "./menus/custody.ts"
import { guidanceMenu } from "./menus/guidance.ts"
import { retentionMenu } from "./menus/retention.ts"
import { sessionMenu } from "./menus/session.ts"
import type { Random } from "./random.ts"
import { type ConsentName, isLive, type Visitor } from "./visitor.ts"
import type { World } from "./world.ts"

const topics: ReadonlyArray<Deed["topic"]> = (
  [["session", 26], ["consent", 22], ["note", 2], ["age", 2], ["shorten", 1], ["trace", 6], ["content", 3], ["case", 34], ["request", 8], ["open record", 2], ["contact", 2], ["booking", 12], ["referral", 6], ["sweep", 1]] as const
).flatMap(([topic, weight]) => Array.from({ length: weight }, () => topic))

const hour = 3_600_000
/** The next instant: mostly within seconds, often exactly now, sometimes at or around what is due next, seldom after hours or days. */
const nextInstant = (random: Random, world: World): Instant => {
  const { now } = world
  const dice = random.whole(0, 99)
  if (dice < 60) return (now + random.whole(0, 12_000)) as Instant
  if (dice < 90) return now
  if (dice < 97) {
    const due = world.nextDue
    return (due - now > 3 * hour ? now + random.whole(0, 120_000) : Math.max(now, due + random.pick([-1, 0, 1]))) as Instant
  }
  if (dice < 99 || random.chance(0.3)) return (now + random.whole(0, 12) * 600_000) as Instant
  return (now + random.whole(0, 70) * hour) as Instant
}

const ages = [9, 17, 18, 25, 30, 40, 40]
const fields: TriageFields = { topic: "thoughts", talkedBefore: "no", help: "advice", useful: "yes" }

/** What somebody is busy with just now. */
interface Attention {
  readonly topic: Deed["topic"]
  readonly visitor: Visitor
  readonly name: ConsentName
  readonly index: number
}

/** Mostly somebody whose chat is going on, or somebody new. */
const somebody = (random: Random, visitors: ReadonlyArray<Visitor>): Visitor => {
  const live = visitors.filter(isLive)
  if (live.length > 0 && random.chance(0.8)) return random.pick(live)
  const fresh = visitors.filter(({ session }) => session.state._tag === "Unopened")
  return random.pick(fresh.length > 0 && random.chance(0.8) ? fresh : visitors)
}

/** What somebody turns to. */
const attention = ({ random, house }: World): Attention => {
  const topic = random.pick(topics)
  const active = topic === "consent" ? house.visitors.filter(({ session }) => session.state._tag === "Active") : []
  const visitor =
    active.length > 0 && random.chance(0.85) ? random.pick(active) : topic === "session" || topic === "consent" ? somebody(random, house.visitors) : random.pick(house.visitors)
  const index = topic === "case" ? random.whole(0, Math.min(1, visitor.cases.length)) : random.whole(0, house.requests.length - 1)
  return { topic, visitor, name: random.chance(0.6) ? "triage" : "referral", index }
}

/** What somebody does next; nothing when nothing that comes to mind would be true. */
const nextDeed = (world: World, { topic, visitor, name, index }: Attention): Deed | undefined => {
  const { random, house } = world
  // Who waits for a call, or for somebody who is gone, mostly waits until something happens.
  const waits = topic === "session" && visitor.session.state._tag === "Active" && visitor.session.state.call !== undefined && visitor.session.state.counsellorAway !== null
  const at = waits && random.chance(0.4) ? (Math.max(world.now, visitor.session.dueAt) as Instant) : nextInstant(random, world)
  // The menus look at the world as it is before time passes: a command that comes too late is a command too.
  const by = { at, visitor: visitor.index }
  switch (topic) {
    case "session":
      return { ...by, topic, command: sessionMenu(random, at, visitor, house) }
    case "consent": {
      // An open question is when an age, or a stricter policy, matters most.
      const dice = visitor.consents[name].state._tag === "NotShown" ? 99 : random.whole(0, 99)
      if (dice < 5) return { ...by, topic: "age", years: random.pick(ages) }
      if (dice < 9) return { ...by, topic: "shorten", deleteAt: (at + random.pick([-1, 0, 1, 24, 48]) * hour) as Instant }
      const may = visitor.consents.triage.state._tag === "Granted" && visitor.note === undefined && dice > 75
      if (name === "triage" && (may || dice === 75)) return { ...by, topic: "note", fields }
      const command = consentMenu(random, at, visitor, name, house)
      return command === undefined ? undefined : { ...by, topic, name, command }
    }
    case "note":
      return { ...by, topic, fields }
    case "age":
      return { ...by, topic, years: random.pick(ages) }
    case "shorten":
      return { ...by, topic, deleteAt: (at + random.pick([-1, 0, 1, 24, 48, 200]) * hour) as Instant }
    case "trace":
    case "content":
      return { ...by, topic, command: retentionMenu(random, at, visitor, visitor[topic]) }
    case "case":
      return { ...by, topic, index, command: concernMenu(random, at, visitor, world.caseOf(visitor, index), house) }
    case "request": {
      const request = house.requests[index]
      if (request === undefined || (request.state._tag === "NoRequest" && house.register.size === 0)) return undefined
      return { ...by, topic, index, command: custodyMenu(random, at, request, house) }
    }
    case "open record":
      return { ...by, topic, index }
    case "contact": {
      const command = contactMenu(random, at, visitor)
      return command === undefined ? undefined : { ...by, topic, command }
    }
    case "booking":
      return { ...by, topic, command: bookingMenu(random, at, visitor) }
    case "referral":
      return { ...by, topic, command: guidanceMenu(random, at, visitor) }
    case "ledger":
      return { ...by, topic, command: ledgerMenu(random, at, house) }
    case "sweep":
      return { ...by, topic }
  }
}

/** Lives on until so many commands were accepted; every deed that was done, in order. */
export const live = (world: World, accepted: number): ReadonlyArray<Deed> => {
  const script: Array<Deed> = []
  const { random } = world
  let busy = attention(world)
  for (let tried = 0; world.accepted < accepted && tried < 20 * accepted; tried++) {
    if (!random.chance(0.7)) busy = attention(world)
    const deed = nextDeed(world, busy)
    if (deed === undefined) continue
    script.push(deed)
    world.perform(deed)
  }
  // Few worlds publish: what a release costs is the solver's time, which is measured elsewhere.
  if (random.chance(0.05)) for (let n = 0; n < 4; n++) {
    const deed: Deed = { topic: "ledger", at: world.now, visitor: 0, command: ledgerMenu(random, world.now, world.house) }
    script.push(deed)
    world.perform(deed)
  }
  return script
}
