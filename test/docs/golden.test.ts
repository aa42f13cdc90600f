import { readFileSync } from "node:fs"
import { join } from "node:path"
import { bookingMachine } from "@fortrolig/core/booking/machine"
import { BookingCommand, BookingEvent, BookingState } from "@fortrolig/core/booking/messages"
import { consentMachine } from "@fortrolig/core/consent/machine"
import { ConsentCommand, ConsentEvent, ConsentState } from "@fortrolig/core/consent/messages"
import { custodyMachine } from "@fortrolig/core/custody/machine"
import { CustodyCommand, CustodyEvent, CustodyState } from "@fortrolig/core/custody/messages"
import { concernMachine } from "@fortrolig/core/disclosure/machine"
import { ConcernCommand, ConcernEvent, ConcernState } from "@fortrolig/core/disclosure/messages"
import { referralMachine } from "@fortrolig/core/guidance/machine"
import { ReferralCommand, ReferralEvent, ReferralState } from "@fortrolig/core/guidance/messages"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { type Machine, step } from "@fortrolig/core/kernel/machine"
import { edgesOf } from "@fortrolig/core/kernel/table"
import { retentionMachine } from "@fortrolig/core/retention/machine"
import { RetentionCommand, RetentionEvent, RetentionState } from "@fortrolig/core/retention/messages"
import { sessionMachine } from "@fortrolig/core/session/machine"
import { SessionCommand, SessionEvent, SessionState } from "@fortrolig/core/session/messages"
import { contactMachine } from "@fortrolig/core/statistics/contact"
import { ledgerMachine } from "@fortrolig/core/statistics/machine"
import { ContactCommand, ContactEvent, ContactState, LedgerCommand, LedgerEvent, LedgerState } from "@fortrolig/core/statistics/messages"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { tables } from "../world/tables.ts"
import { trail } from "../world/trail.ts"

interface Tagged {
  readonly _tag: string
}
interface Case {
  readonly terms: number
  readonly given: unknown
  readonly when: unknown
  readonly expect: { readonly events: ReadonlyArray<unknown>; readonly state: unknown; readonly refusal?: unknown }
}
interface Golden {
  readonly machine: string
  readonly terms: ReadonlyArray<unknown>
  readonly cases: ReadonlyArray<Case>
}

const read = (machine: string): Golden => JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/golden", `${machine}.json`), "utf8"))
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** A machine as another program would use it: from JSON, through the schemas of the topic, to JSON. */
interface Replay {
  /** What the machine answers. */
  readonly answer: (one: Case, terms: unknown) => unknown
  /** The edges that it walks, those of the timers before the command's. */
  readonly edges: (one: Case, terms: unknown) => ReadonlyArray<string>
}

const replaying = <State extends Tagged, Command extends Tagged & { readonly at: Instant }, Event>(
  make: (terms: never) => Machine<State, Command, Event>,
  state: Schema.Codec<State, unknown>,
  command: Schema.Codec<Command, unknown>,
  event: Schema.Codec<Event, unknown>
): Replay => ({
  answer: ({ given, when }, terms) => {
    const done = step(make(terms as never), Schema.decodeUnknownSync(state)(given), Schema.decodeUnknownSync(command)(when))
    const { refusal } = done
    const events = done.events.map((one) => Schema.encodeSync(event)(one))
    return plain({ events, state: Schema.encodeSync(state)(done.state), ...(refusal === undefined ? {} : { refusal }) })
  },
  edges: ({ given, when }, terms) => trail(make(terms as never), Schema.decodeUnknownSync(state)(given), Schema.decodeUnknownSync(command)(when))
})

const statistics = (terms: { readonly statistics: Parameters<typeof contactMachine>[0]; readonly timeZone: string }) => terms

const replays: Readonly<Record<keyof typeof tables, Replay>> = {
  session: replaying(sessionMachine, SessionState, SessionCommand, SessionEvent),
  consent: replaying(consentMachine, ConsentState, ConsentCommand, ConsentEvent),
  retention: replaying(retentionMachine, RetentionState, RetentionCommand, RetentionEvent),
  concern: replaying((disclosure) => concernMachine({ disclosure }), ConcernState, ConcernCommand, ConcernEvent),
  custody: replaying(() => custodyMachine, CustodyState, CustodyCommand, CustodyEvent),
  booking: replaying(bookingMachine, BookingState, BookingCommand, BookingEvent),
  contact: replaying((terms) => contactMachine(statistics(terms).statistics, statistics(terms).timeZone), ContactState, ContactCommand, ContactEvent),
  ledger: replaying((terms) => ledgerMachine(statistics(terms).statistics, statistics(terms).timeZone), LedgerState, LedgerCommand, LedgerEvent),
  referral: replaying(referralMachine, ReferralState, ReferralCommand, ReferralEvent)
}

describe("the golden decisions", () => {
  for (const [machine, { answer }] of Object.entries(replays)) {
    it(`of ${machine} are what the machine answers, read from JSON and written to it`, () => {
      const { cases, terms } = read(machine)
      assert.isAbove(cases.length, 3)
      for (const one of cases) assert.deepStrictEqual(answer(one, terms[one.terms]), one.expect)
    })
  }

  it("walk every edge of every machine, those that only a timer walks too, and no other", () => {
    for (const [machine, table] of Object.entries(tables)) {
      const { cases, terms } = read(machine)
      const walked = new Set(cases.flatMap((one) => replays[machine]?.edges(one, terms[one.terms]) ?? []))
      assert.deepStrictEqual([...walked].toSorted(), edgesOf(table).map(({ by, from, to }) => `${from} ${by} ${to}`).toSorted(), machine)
    }
  })

  it("differ when a decision does: another policy's answer is noticed", () => {
    const { cases, terms } = read("session")
    const full = cases.filter(({ when }) => tagOf(when) === "Accept")
    const changed = full.filter((one) => {
      const made = Object.assign({}, terms[one.terms], { capacity: 0 })
      return JSON.stringify(replays["session"]?.answer(one, made)) !== JSON.stringify(one.expect)
    })
    assert.isNotEmpty(changed)
  })
})

const tagOf = (value: unknown): string => (typeof value === "object" && value !== null && "_tag" in value ? String(value._tag) : "")
