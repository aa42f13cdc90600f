/**
 * Random deeds of a few people over days: what two worlds live through, one of them without one of these people.
 */
import * as fc from "fast-check"

/** People of both services by turns: even ones come to the one that asks for triage, odd ones to the one that keeps what is written. */
export const people = 5

/** One deed. What the person it is about cannot do at that moment is left out. */
export type Deed =
  | { readonly do: "open" | "accept" | "redactAll" | "end" | "yes" | "no" | "withdraw" | "release"; readonly who: number }
  | { readonly do: "keep" | "redact"; readonly who: number; readonly n: number }
  | { readonly do: "note"; readonly who: number; readonly n: number }
  /** An order that keeps the trace so many hours beyond its deadline. */
  | { readonly do: "hold"; readonly who: number; readonly hours: number }
  | { readonly do: "wait"; readonly minutes: number }
  | { readonly do: "sweep" }

const who = fc.integer({ min: 0, max: people - 1 })
const plainDeed = fc.record({ do: fc.constantFrom("open", "open", "open", "accept", "redactAll", "end", "end", "yes", "yes", "no", "withdraw", "release"), who })
const countedDeed = fc.record({ do: fc.constantFrom("keep", "keep", "redact", "note", "note"), who, n: fc.integer({ min: 0, max: 3 }) })
const holdDeed = fc.record({ do: fc.constant("hold"), who, hours: fc.integer({ min: 1, max: 60 }) })
const waitDeed = fc.record({ do: fc.constant("wait"), minutes: fc.constantFrom(1, 7, 31, 59, 60, 61, 400, 1500, 3000, 4400) })
const sweepDeed = fc.record({ do: fc.constant("sweep") })

/** A story: its deeds, and who is left out of the other world. */
export interface Story {
  readonly deeds: ReadonlyArray<Deed>
  readonly without: number
}

/** One comes, chats and ends, and another one who came later is there still. */
export const simpleStory: Story = {
  deeds: [{ do: "open", who: 0 }, { do: "open", who: 1 }, { do: "keep", who: 1, n: 1 }, { do: "end", who: 0 }, { do: "wait", minutes: 1500 }, { do: "hold", who: 1, hours: 200 }],
  without: 0
}

/** One leaves a note, and so does another one; a third takes the yes back. */
export const storyOfNotes: Story = {
  deeds: [0, 2, 4]
    .flatMap((who): ReadonlyArray<Deed> => [{ do: "open", who }, { do: "yes", who }, { do: "note", who, n: who / 2 }, { do: "wait", minutes: 31 }])
    .concat([{ do: "withdraw", who: 4 }, { do: "hold", who: 0, hours: 20 }, { do: "end", who: 2 }]),
  without: 0
}

const deeds: fc.Arbitrary<ReadonlyArray<Deed>> = fc.array<Deed>(
  fc.oneof(
    { weight: 10, arbitrary: plainDeed },
    { weight: 5, arbitrary: countedDeed },
    { weight: 2, arbitrary: holdDeed },
    { weight: 6, arbitrary: waitDeed },
    { weight: 2, arbitrary: sweepDeed }
  ),
  { minLength: 12, maxLength: 36, size: "max" }
)

/** Random stories; the one who is left out elsewhere does come, sooner or later. */
export const stories: fc.Arbitrary<Story> = fc
  .record({ deeds, without: who, after: fc.integer({ min: 0, max: 12 }) })
  .map(({ after, without, ...story }) => ({ deeds: [...story.deeds.slice(0, after), { do: "open", who: without }, ...story.deeds.slice(after)], without }))
