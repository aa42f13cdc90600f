/**
 * What a store of consents and notes must hold, kept by a second hand: flags and a list, no function of the product. And random lives of a few sessions in it.
 */
import * as fc from "fast-check"

/** What is done to the stores. `who` is one of a few sessions; times are in minutes. */
export type Deed =
  | { readonly do: "yes" | "write" | "withdraw" | "decline" | "shorten"; readonly who: number; readonly topic: number }
  | { readonly do: "wait"; readonly minutes: number }
  /** A sweep; `crash` is after how many steps it dies, and `two` means that another one runs beside it. */
  | { readonly do: "sweep"; readonly crash: number | undefined; readonly two: boolean }

export const people = 4
/** A session's trace lives this long, in minutes. */
export const traceMinutes = 60

/** Random deeds. */
export const deeds: fc.Arbitrary<ReadonlyArray<Deed>> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom("yes", "yes", "yes", "write", "write", "write", "withdraw", "decline", "shorten"),
        who: fc.integer({ min: 0, max: people - 1 }),
        topic: fc.integer({ min: 0, max: 3 })
      })
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(1, 29, 30, 31, 59, 60) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant("sweep" as const), crash: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }), two: fc.boolean() })
    }
  ),
  { minLength: 6, maxLength: 30, size: "max" }
)

interface Person {
  asked: boolean
  yes: boolean
  until: number
  note: number | undefined
}

/** The second hand. */
export class NaiveNotes {
  minute = 0
  readonly anonymous: Array<number> = []
  readonly persons: Array<Person> = Array.from({ length: people }, () => ({ asked: false, yes: false, until: traceMinutes, note: undefined }))

  /** Whether the deed can be tried now: a visitor is asked once, in the chat. */
  may(deed: Deed): boolean {
    if (deed.do === "wait" || deed.do === "sweep") return true
    const person = this.persons[deed.who]
    if (person === undefined || person.until <= this.minute) return false
    if (deed.do === "yes" || deed.do === "decline") return !person.asked
    return person.yes
  }

  do(deed: Deed): void {
    if (deed.do === "wait") this.minute += deed.minutes
    if (deed.do === "wait" || deed.do === "sweep") return
    const person = this.persons[deed.who]
    if (person === undefined) return
    person.asked = true
    if (deed.do === "yes") person.yes = true
    if (deed.do === "write") person.note = deed.topic
    if (deed.do === "shorten") person.until = Math.min(person.until, this.minute + 5)
    if (deed.do === "withdraw") {
      person.yes = false
      person.note = undefined
    }
  }

  /** A sweep that came to its end. */
  swept(): void {
    for (const person of this.persons) {
      if (person.until > this.minute) continue
      if (person.note !== undefined) this.anonymous.push(person.note)
      person.note = undefined
      person.yes = false
    }
  }

  /** The topics of notes that are linked and seen. */
  linked(who: number): number | undefined {
    const person = this.persons[who]
    return person === undefined || person.until <= this.minute ? undefined : person.note
  }
}
