/**
 * Every state that a session can be in when time moves in whole minutes and limits are a few minutes long: breadth first, until nothing new is found.
 */
import { StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Edge } from "@fortrolig/core/kernel/table"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { CodeHash, type SessionCommand, type SessionState } from "@fortrolig/core/session/messages"
import * as Result from "effect/Result"
import { at, beginning, type SessionMachine, type SessionPolicy, type Wish } from "./sessionLives.ts"

const minute = 60_000

/** Limits of one to three minutes, so that every order of them occurs. */
export const briefPolicy: SessionPolicy = {
  limits: { idleMinutes: 2, graceSeconds: 60, counsellorGraceSeconds: 60, queueMinutes: 2, lengthMinutes: 3, closingMinutes: 1, messageBytes: 1024, messagesPerMinute: 60 },
  capacity: 1,
  answeredBy: "declaredHosts",
  phone: { number: "synthetic", reservedMinutes: 2, codeDigits: 4 }
}

const [ada, ben] = [StaffId.make("a".repeat(32)), StaffId.make("b".repeat(32))]
const codeHash = CodeHash.make("1".repeat(64))
const otherHash = CodeHash.make("2".repeat(64))
const free = { holding: 0, standing: "declaredHost", reserved: false } as const

/** The vocabulary: two counsellors, two codes, and each fact once as it must be and once as it must not. `Close` is said for now and for a minute later. */
const wishes = (now: number): ReadonlyArray<Wish> => [
  { _tag: "Open", service: detfinneshjelp.service, noticeVersion: "1", serviceOpen: true, front: false },
  { _tag: "Open", service: detfinneshjelp.service, noticeVersion: "1", serviceOpen: false, front: false },
  ...[free, { ...free, holding: 1 }, { ...free, standing: "none" as const }, { ...free, reserved: true }].flatMap((facts): ReadonlyArray<Wish> => [
    { _tag: "Accept", counsellor: ada, ...facts },
    { _tag: "OfferTransfer", counsellor: ada, to: ben, ...facts },
    { _tag: "AnswerTransfer", to: ben, yes: true, ...facts }
  ]),
  { _tag: "AnswerTransfer", to: ben, yes: false, ...free },
  ...[ada, ben].flatMap((counsellor): ReadonlyArray<Wish> => [
    { _tag: "Return", counsellor },
    { _tag: "WithdrawTransfer", counsellor },
    { _tag: "TakeCall", counsellor, codeHash, keepChat: true },
    { _tag: "TakeCall", counsellor, codeHash: otherHash, keepChat: true }
  ]),
  { _tag: "TakeCall", counsellor: ada, codeHash, keepChat: false },
  { _tag: "RequestPhone", codeHash, keepChat: true, reserved: false },
  { _tag: "RequestPhone", codeHash: otherHash, keepChat: false, reserved: true },
  ...(["wait", "other", "stop"] as const).map((choice): Wish => ({ _tag: "Choose", choice })),
  { _tag: "Close", closesAt: now as Instant },
  { _tag: "Close", closesAt: (now + minute) as Instant },
  { _tag: "Concern", open: true },
  { _tag: "Concern", open: false },
  ...(["visitor", "counsellor"] as const).flatMap((party): ReadonlyArray<Wish> => [
    { _tag: "Away", party },
    { _tag: "Back", party },
    { _tag: "Redact", by: party },
    { _tag: "End", by: party }
  ]),
  { _tag: "Activity" },
  { _tag: "Leave" },
  { _tag: "Stop" },
  { _tag: "Expire", limit: "idle" }
]

/** A state as it looks from `now`: instants as distances, and nothing that no rule reads. */
const abstracted = (state: SessionState, now: number): string =>
  state._tag === "Ended" ? state.reason : JSON.stringify(state, (key, value: unknown) => (key === "acceptedAt" ? undefined : typeof value === "number" ? value - now : value))

/** What exploring found. */
export interface Explored {
  readonly states: number
  readonly tried: number
  /** Every accepted way from one state to another, or back to itself, by the names of both and of the command. */
  readonly edges: ReadonlyArray<Edge>
  /** Each state and command that was refused in all that was tried. */
  readonly onlyRefused: ReadonlySet<string>
}

/** Explores a machine to closure: in each state each command, and a minute of waiting with whatever falls due in it. */
export const explore = (machine: SessionMachine): Explored => {
  const known = new Map<string, { readonly state: SessionState; readonly now: number }>([["", { state: machine.initial, now: beginning }]])
  const edges = new Map<string, Edge>()
  const refused = new Set<string>()
  const accepted = new Set<string>()
  let tried = 0
  const take = (from: SessionState, command: SessionCommand): SessionState | undefined => {
    tried += 1
    const decided = machine.decide(from, command)
    const name = `${from._tag} ${command._tag}`
    if (Result.isFailure(decided)) {
      refused.add(name)
      return undefined
    }
    accepted.add(name)
    const to = decided.success.reduce(machine.evolve, from)
    edges.set(`${name} ${to._tag}`, { from: from._tag, by: command._tag, to: to._tag })
    return to
  }
  const reach = (state: SessionState, now: number): void => {
    let caught = state
    for (let timer = machine.due(caught); timer !== undefined && timer.at <= now; timer = machine.due(caught)) {
      const next = take(caught, timer.command)
      if (next === undefined) throw new Error("a timer was refused by its own machine")
      caught = next
    }
    const key = abstracted(caught, now)
    if (!known.has(key)) known.set(key, { state: caught, now })
  }
  // A map's values include those added while they are walked through.
  for (const { state, now } of known.values()) {
    for (const wish of wishes(now)) {
      const next = take(state, at(now, wish))
      if (next !== undefined) reach(next, now)
    }
    if (state._tag === "Waiting" || state._tag === "Active") reach(state, now + minute)
  }
  return { states: known.size, tried, edges: [...edges.values()], onlyRefused: new Set([...refused].filter((name) => !accepted.has(name))) }
}
