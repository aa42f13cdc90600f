/**
 * Twenty-three real defects of comparable systems, read in their sources and issue threads, each as the invariant that would have caught it here, with its proofs.
 * What the core cannot hold is proven by the server or waits for a later part of the product, and says so.
 */
import type { Proof } from "./traced.ts"

/** One defect that somebody else's users met, turned into what must hold here. */
export interface Defect {
  readonly number: number
  readonly says: string
  readonly proofs: ReadonlyArray<Proof>
  /** What of it waits for a later part of the product. */
  readonly later?: string
}

const core = "packages/core/src"
const of = (file: string, ...titles: ReadonlyArray<string>): ReadonlyArray<Proof> => titles.map((title) => ({ file, title }))
const retention = (...titles: ReadonlyArray<string>) => of(`${core}/retention/laws.test.ts`, ...titles.map((title) => `the laws of retention > ${title}`))
const session = (...titles: ReadonlyArray<string>) => of(`${core}/session/laws.test.ts`, ...titles.map((title) => `the laws of a session > ${title}`))

const neverLater = "A deadline never moves later, a stricter policy moves it exactly to its own, and reading, changing, ordering and releasing move nothing"
const destroyed = "A datum is destroyed as soon as that is asked when it is due and no order keeps it, and never before: not before its deadline, its order's end or its release"
const orders = "An order keeps a datum only if it comes in time, names it, and ends within what the policy allows for its kind; such an order is never refused"

/** The defects, in the order in which they were collected. */
export const defects: ReadonlyArray<Defect> = [
  {
    number: 1,
    says: "A period is a positive whole number or it is refused: zero, never, missing and malformed are four errors and no default.",
    proofs: of(
      `${core}/policy/policy.test.ts`,
      ...["a missing retention", "a retention of zero", "a retention that is a text", "a retention without an end"].map(
        (what) => `a policy > with ${what} is refused, and the message names ${what === "a missing retention" ? "accessTrace" : "hoursAfterOpening"}`
      )
    )
  },
  {
    number: 2,
    says: "Units cannot be mixed up: a deadline is the promise of the policy's unit, to the millisecond.",
    proofs: retention("The deadline is set once, when counting starts: never later than the promise, and earlier by less than one bucket")
  },
  {
    number: 3,
    says: "One service's settings change nothing of another's, and a policy that does not say what it must is refused.",
    proofs: of(`${core}/policy/problems.test.ts`, "what is wrong with a policy > names each field of the schema when it is missing, and none other")
  },
  {
    number: 4,
    says: "Gone means destroyed, at or after the deadline, and a pointer never outlives what it points to.",
    proofs: [
      ...retention(destroyed),
      ...of(`${core}/booking/laws.test.ts`, "the laws of booking > A booking is handed over once, its payload is destroyed when it has arrived and only then or when it lapses, and a reference is all that is left")
    ]
  },
  {
    number: 5,
    says: "Whatever is interrupted, ticked late or ticked twice ends in the same state, and nothing lives on without an owner.",
    proofs: [
      ...session(
        "Ticking late, ticking twice, or only with the next command gives the same session",
        "Every session ends by itself: after the last thing done in it, it outlives the longest silence by nothing, and never its greatest length"
      ),
      ...of("test/app/forgetting.test.ts", "recovery after a kill > ends every session that was live, at the last activity plus the idle limit when that is earlier than now"),
      ...of(
        "test/store/restart.test.ts",
        "PostgreSQL is restarted under load > in order and by a kill, while chats open, write and end and sweeps run: nothing is lost that was answered for, and everything is gone after its deadline"
      ),
      ...of("packages/adapters/src/postgres/consents.test.ts", "severing over PostgreSQL > leaves exactly the notes whose yes was alive at the deadline, once each, however sweeps die and meet, and nothing linked"),
      ...of("packages/adapters/src/keys/vaultFile.test.ts", "a vault in a file > opens whole after its process was killed in mid-overwrite, six times over")
    ]
  },
  { number: 6, says: "No sequence of events makes a deadline later, unless an authority's order names the item, within a bound.", proofs: retention(neverLater, orders) },
  { number: 7, says: "A deadline counts from one named event; using or changing a datum is nothing to it.", proofs: retention(neverLater) },
  {
    number: 8,
    says: "Every class of data has exactly one clock and stands in exactly one activity of the register.",
    proofs: of(`${core}/notice/record.test.ts`, "the record of processing activities > has every declared data class in exactly one activity, each with a purpose, a legal basis and a time limit (DFH-01)")
  },
  {
    number: 9,
    says: "Forgetting one visitor's data touches nobody else's, and nothing can be forgotten that has no name.",
    proofs: of(`${core}/retention/register.test.ts`, "the clocks of many data > are the same with and without one datum, from its destruction on: nothing in them tells that it was there")
  },
  {
    number: 10,
    says: "When a row goes, what it points to goes too.",
    proofs: of(`${core}/booking/laws.test.ts`, "the laws of booking > What was not delivered lapses at its deadline, not before and not after, and the deadline is the promise or less than one bucket earlier"),
    later: "There are no files beside the databases; the byte scans of whole installs look everywhere."
  },
  {
    number: 11,
    says: "A copy lives no longer than its origin: the triage note and its consent end with the trace that they hang on.",
    proofs: of(`${core}/consent/laws.test.ts`, "the laws of a consent > From the deadline of the access trace on nothing is left of a consent, and not a moment before; the deadline never moves later")
  },
  {
    number: 12,
    says: "What is past its deadline, or deleted by the visitor, is read by nobody: no role, no order, no clock.",
    proofs: retention("What is due by either clock cannot be read, whether or not its timer has run or an order keeps it, and what is not due can be")
  },
  {
    number: 13,
    says: "A chat has exactly one owner, and nobody more chats than allowed, under any interleaving.",
    proofs: [
      ...session("A chat has exactly one counsellor from acceptance until it is given back, moved or over, and is accepted only when it has none"),
      ...of("test/app/switchboard.test.ts", "the switchboard > never lets a counsellor who accepts many at once exceed the capacity, and fills it exactly")
    ]
  },
  {
    number: 14,
    says: "Open and closed agree with a clock on the wall, minute by minute, through ten years and every night on which clocks change.",
    proofs: of(`${core}/hours/tenYears.test.ts`, "opening hours through ten years > agree with the clocks on the wall in Europe/Oslo in each of the 5 258 880 minutes")
  },
  {
    number: 15,
    says: "Unknown configuration is closed: without published hours nobody can start a chat.",
    proofs: of(`${core}/hours/openingHours.test.ts`, "opening hours > is closed, and never opens, without a schedule, and without windows")
  },
  {
    number: 16,
    says: "The visitor's address is in the sealed register and nowhere else.",
    proofs: of(
      "packages/http/src/edge/edge.test.ts",
      "the two realms > give the service realm the same to the letter whatever the visitor's address, while the vendor realm alone has it"
    )
  },
  {
    number: 17,
    says: "There is no consent without the visitor's own act.",
    proofs: of(
      `${core}/consent/laws.test.ts`,
      "the laws of a consent > There is a yes exactly when the visitor gives it to a question that is open, under the notice and in the language that was shown"
    )
  },
  {
    number: 18,
    says: "Age groups partition every age, and not saying is a group of its own.",
    proofs: of(`${core}/statistics/contact.test.ts`, "age groups > Every age from 0 to 120 has exactly one group, every group has an age, and the groups follow one another")
  },
  {
    number: 19,
    says: "From everything ever published no small count can be computed.",
    proofs: of(`${core}/statistics/laws.test.ts`, "the laws of a ledger > From everything that is public no small count can be computed, nor come closer than the declared width")
  },
  { number: 20, says: "An order keeps a datum although its deadline passes, and once the order ends the datum is destroyed at the next sweep.", proofs: retention(orders, destroyed) },
  {
    number: 21,
    says: "What the documentation claims is run by the tests.",
    proofs: of("test/docs/rules.test.ts", "the generated pages > are as they would be generated now: run `npm run docs` when this fails")
  },
  {
    number: 22,
    says: "Nothing is written in the visitor's browser before the first act.",
    proofs: of("packages/http/src/app.test.ts", "every answer of the server > gives staff a cookie that scripts and other sites cannot use, and visitors none")
  },
  {
    number: 23,
    says: "What is sent on carries no more than its recipient needs, and no word of a chat.",
    proofs: of(`${core}/disclosure/laws.test.ts`, "the laws of a case > No field outside a recipient's list is ever prepared, and nothing within it is refused for being too much")
  }
]
