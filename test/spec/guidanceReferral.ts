/**
 * Random lives of a referral, the referral a second time with flags, and machines that are wrong in one way each.
 */
import type { ReferralHistory } from "@fortrolig/core/guidance/laws"
import type { ReferralCommand, ReferralDraft, ReferralEvent, ReferralState } from "@fortrolig/core/guidance/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { type Machine, step } from "@fortrolig/core/kernel/machine"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { dayAfter, naiveDayOff } from "./guidance.ts"
import { completeGuide } from "./guidanceWorlds.ts"

export type ReferralMachine = Machine<ReferralState, ReferralCommand, ReferralEvent>

/** Noon of 12 June 2026 in Norway, a Friday. */
export const beginning = Date.UTC(2026, 5, 12, 10)

/** The draft that every test starts from. */
export const firstDraft: ReferralDraft = {
  referrer: "gp",
  request: { to: "north-clinic", therapist: null, competences: ["violenceAndAbuse"], interpreter: { language: "se" } },
  words: "synthetic"
}

export const drafts: fc.Arbitrary<ReferralDraft> = fc.record({
  referrer: fc.constantFrom("gp", "dentist"),
  request: fc.record({
    to: fc.constantFrom("north-clinic", "north-clinic", "contract", "contract", "sanks", "calm", "nowhere"),
    therapist: fc.constantFrom(null, "psychologist", "psychiatrist"),
    competences: fc.subarray(["violenceAndAbuse", "violenceAndTraumas"]),
    interpreter: fc.constantFrom(null, { language: "pl" }, { language: "se" })
  }),
  words: fc.constantFrom("", "synthetic")
})

type Wish =
  | { readonly _tag: "Write"; readonly draft: ReferralDraft }
  | { readonly _tag: "Preview" | "Send" | "Discard" | "Decline" }
  | { readonly _tag: "Accept"; readonly daysLater: number }

/** A command without its instant, and how long after the one before it comes. */
export interface Deed {
  readonly gap: number
  readonly wish: Wish
}

export const deeds: fc.Arbitrary<Deed> = fc.record({
  gap: fc.constantFrom(0, 1, 3_600_000, 43_200_000, 86_400_000),
  wish: fc.oneof<Array<fc.Arbitrary<Wish>>>(
    fc.record({ _tag: fc.constant("Write" as const), draft: fc.oneof(fc.constant(firstDraft), drafts) }),
    fc.record({ _tag: fc.constantFrom("Preview" as const, "Preview" as const, "Send" as const, "Send" as const, "Discard" as const, "Decline" as const) }),
    fc.record({ _tag: fc.constant("Accept" as const), daysLater: fc.constantFrom(-30, -1, 0, 0, 0, 1) })
  )
})

const osloDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Oslo" })
/** The date in Norway at an instant. */
export const dateAt = (at: number): string => osloDay.format(at)

/** A wish as a command at an instant. */
export const commandOf = (wish: Wish, at: number): ReferralCommand =>
  wish._tag === "Accept" ? { _tag: "Accept", at: at as Instant, receivedOn: dayAfter(dateAt(at), wish.daysLater) } : { ...wish, at: at as Instant }

/** Lives in which a command often follows the one that makes it possible. */
export const lives = fc.array(deeds, { maxLength: 25, size: "max" }).map((list) => {
  let now = beginning
  return list.map(({ gap, wish }) => commandOf(wish, (now += gap)))
})

/** Runs a life on a machine and keeps what each step did. */
export const historyOf = (machine: ReferralMachine, commands: ReadonlyArray<ReferralCommand>): ReferralHistory => {
  let before = machine.initial
  return {
    guide: completeGuide,
    steps: commands.map((command) => {
      const { state, events, refusal } = step(machine, before, command)
      const done = { command, before, after: state, events, refusal }
      before = state
      return done
    })
  }
}

/** A referral as flags. Each command answers the tags of its events, or the rule that refuses it. */
export class NaiveReferral {
  written: ReferralDraft | undefined
  shown = false
  sentOn: string | undefined
  answer: "yes" | "no" | undefined
  assessBy: string | undefined
  pathway = false

  private clear(): void {
    this.written = undefined
    this.shown = false
    this.sentOn = undefined
  }

  run(command: ReferralCommand): ReadonlyArray<string> | string {
    const open = this.sentOn === undefined && this.answer !== "yes"
    switch (command._tag) {
      case "Write": {
        if (!open) return "DUV-25"
        if (!["north-clinic", "south-clinic", "contract", "sanks"].includes(command.draft.request.to)) return "DUV-05"
        if (this.written !== undefined && JSON.stringify(this.written) === JSON.stringify(command.draft)) return []
        this.written = command.draft
        this.shown = false
        this.answer = undefined
        return ["Written"]
      }
      case "Preview":
        if (!open || this.written === undefined) return "DUV-25"
        if (this.shown) return []
        this.shown = true
        return ["Previewed"]
      case "Send":
        if (this.sentOn !== undefined) return []
        if (!open || !this.shown) return "DUV-25"
        this.sentOn = dateAt(command.at)
        return ["Sent"]
      case "Discard":
        if (!open || this.answer === "no") return "DUV-25"
        if (this.written === undefined) return []
        this.clear()
        return ["Discarded"]
      case "Decline":
        if (this.answer === "no") return this.written === undefined ? [] : "DUV-23"
        if (this.sentOn === undefined) return "DUV-23"
        this.clear()
        this.answer = "no"
        return ["Declined"]
      case "Accept": {
        if (this.answer === "yes") return []
        if (this.sentOn === undefined) return "DUV-23"
        if (command.receivedOn > dateAt(command.at) || command.receivedOn < this.sentOn) return "DUV-24"
        this.answer = "yes"
        this.sentOn = undefined
        let left = 10
        let day = command.receivedOn
        while (left > 0) {
          day = dayAfter(day, 1)
          if (!naiveDayOff(day)) left--
        }
        this.assessBy = day
        this.pathway = this.written?.request.to.endsWith("clinic") === true
        return this.pathway ? ["Accepted", "PathwayStarted"] : ["Accepted"]
      }
    }
  }
}

type Plant = (machine: ReferralMachine) => ReferralMachine
const decides = (change: (state: ReferralState, command: ReferralCommand, events: ReadonlyArray<ReferralEvent>) => ReadonlyArray<ReferralEvent>): Plant => (machine) => ({
  ...machine,
  decide: (state, command) => Result.map(machine.decide(state, command), (events) => change(state, command, events))
})
const evolves = (change: (state: ReferralState, event: ReferralEvent, next: ReferralState) => ReferralState): Plant => (machine) => ({
  ...machine,
  evolve: (state, event) => change(state, event, machine.evolve(state, event))
})

/** The planted bugs, by what is wrong. */
export const referralBugs = {
  "a second yes starts a second pathway": decides((state, command, events) =>
    state._tag === "Accepted" && command._tag === "Accept" ? [{ _tag: "PathwayStarted", at: command.at }] : events
  ),
  "a contract specialist's yes starts a pathway": decides((_, command, events) =>
    events.some(({ _tag }) => _tag === "Accepted") && events.length === 1 ? [...events, { _tag: "PathwayStarted", at: command.at }] : events
  ),
  "no pathway ever starts": decides((_state, _command, events) => events.filter(({ _tag }) => _tag !== "PathwayStarted")),
  "the pathway starts when the referral is sent": decides((_, command, events) =>
    events.some(({ _tag }) => _tag === "Sent") ? [...events, { _tag: "PathwayStarted", at: command.at }] : events
  ),
  "a draft can be sent unseen": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(command._tag === "Send" && state._tag === "Draft" ? { ...state, _tag: "Previewed" } : state, command),
    evolve: (state, event) => machine.evolve(event._tag === "Sent" && state._tag === "Draft" ? { ...state, _tag: "Previewed" } : state, event)
  }),
  "changing a seen draft leaves it seen": evolves((state, event, next) =>
    event._tag === "Written" && state._tag === "Previewed" && next._tag === "Draft" ? { ...next, _tag: "Previewed" } : next
  ),
  "what was seen cannot be sent": (machine) => ({
    ...machine,
    decide: (state, command) => machine.decide(command._tag === "Send" && state._tag === "Previewed" ? { ...state, _tag: "Draft" } : state, command)
  }),
  "sending forgets the interpreter": evolves((_, event, next) =>
    event._tag === "Sent" && next._tag === "Sent" ? { ...next, draft: { ...next.draft, request: { ...next.draft.request, interpreter: null } } } : next
  ),
  "accepting forgets the competence asked for": evolves((_, event, next) =>
    event._tag === "Accepted" && next._tag === "Accepted" ? { ...next, request: { ...next.request, competences: [] } } : next
  ),
  "showing changes who refers": evolves((_, event, next) =>
    event._tag === "Previewed" && next._tag === "Previewed" ? { ...next, draft: { ...next.draft, referrer: "gp" } } : next
  )
} as const satisfies Record<string, Plant>
export type ReferralBug = keyof typeof referralBugs
