/**
 * Every state and every edge of the consent machine that a small vocabulary can reach: breadth first, until nothing new is found.
 */
import type { ConsentCommand, ConsentState } from "@fortrolig/core/consent/messages"
import { catchUp } from "@fortrolig/core/kernel/machine"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { type Edge } from "@fortrolig/core/kernel/table"
import * as Result from "effect/Result"
import { beginning, type ConsentMachine, notices, receipts } from "./consentLives.ts"

const shortened = (beginning + 60_000) as Instant
const end = (beginning + 7 * 24 * 3_600_000) as Instant
const flags = [true, false]
const ages = [null, 17, 18]
const texts = [notices[0], notices[1] ?? notices[0]]

/** The vocabulary: two notices, two receipts, two questions, every set of two purposes, an age on each side of the limit. */
export const vocabulary: ReadonlyArray<ConsentCommand> = [
  ...texts.flatMap((notice) =>
    flags.flatMap((chatActive) =>
      ages.flatMap((statedAge): ReadonlyArray<ConsentCommand> => [
        { _tag: "ShowNotice", at: beginning, openedAt: beginning, notice, chatActive, statedAge },
        { _tag: "Ask", at: beginning, notice, chatActive, statedAge }
      ])
    )
  ),
  ...(["visitor", "counsellor"] as const).flatMap((by) =>
    [0, 1, 2].flatMap((question): ReadonlyArray<ConsentCommand> => [
      { _tag: "Decline", at: beginning, by, question },
      ...texts.flatMap((notice) =>
        receipts.flatMap((receiptHash) =>
          ([["quality"], ["research"], ["quality", "research"], ["treatment"]] as const).map(
            ([first, ...rest]): ConsentCommand => ({ _tag: "Grant", at: beginning, by, question, notice, purposes: [first, ...rest], receiptHash })
          )
        )
      )
    ])
  ),
  ...receipts.map((receiptHash): ConsentCommand => ({ _tag: "Withdraw", at: beginning, receiptHash })),
  { _tag: "SessionOver", at: beginning },
  { _tag: "StateAge", at: beginning, years: 17 },
  { _tag: "StateAge", at: beginning, years: 18 },
  { _tag: "Halt", at: beginning },
  { _tag: "Shorten", at: beginning, deleteAt: shortened },
  { _tag: "Expire", at: beginning }
]

/** What exploring found. */
export interface Explored {
  readonly states: ReadonlyArray<ConsentState>
  /** Every accepted way from one state to another, or back to itself, by the names of both and of the command. */
  readonly edges: ReadonlyArray<Edge>
  /** How many commands were tried. */
  readonly tried: number
}

/** Explores a machine to closure: each command in each state, and the timer of each state, run at `end`, until no new state appears. */
export const explore = (machine: ConsentMachine): Explored => {
  const known = new Map<string, ConsentState>([[JSON.stringify(machine.initial), machine.initial]])
  const edges = new Map<string, Edge>()
  let tried = 0
  const reach = (from: ConsentState, by: string, to: ConsentState) => {
    edges.set(`${from._tag} ${by} ${to._tag}`, { from: from._tag, by, to: to._tag })
    known.set(JSON.stringify(to), to)
  }
  // A map's values include those added while they are walked through.
  for (const state of known.values()) {
    for (const command of vocabulary) {
      tried += 1
      const decided = machine.decide(state, command)
      if (Result.isFailure(decided)) continue
      reach(state, command._tag, decided.success.reduce(machine.evolve, state))
    }
    const timer = machine.due(state)
    if (timer !== undefined) reach(state, timer.command._tag, catchUp(machine, state, end).state)
  }
  return { states: [...known.values()], edges: [...edges.values()], tried }
}
