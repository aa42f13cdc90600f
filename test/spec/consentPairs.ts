/**
 * One session and its consent side by side. The consent is told facts of the session; whether anything goes the other way is what is tested.
 */
import type { SessionMoment } from "@fortrolig/core/consent/laws"
import { consentMachine } from "@fortrolig/core/consent/machine"
import { type ConsentCommand, type ConsentEvent, type ConsentState } from "@fortrolig/core/consent/messages"
import type { ConsentTerms } from "@fortrolig/core/consent/terms"
import { StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { step } from "@fortrolig/core/kernel/machine"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { sessionMachine } from "@fortrolig/core/session/machine"
import type { SessionCommand, SessionState } from "@fortrolig/core/session/messages"
import * as fc from "fast-check"
import { beginning, notices, receipts } from "./consentLives.ts"

/** What a visitor may do with the question; the last two are not asked at all, one because of the age that was stated. */
export const responses = ["granted", "granted and withdrawn", "declined", "ignored", "not asked", "too young"] as const
export type Response = (typeof responses)[number]

const counsellor = StaffId.make("a".repeat(32))

/** Services that differ in when a chat ends or moves by itself. */
export const services: fc.Arbitrary<Policy> = fc
  .record({ idleMinutes: fc.constantFrom(1, 2, 30), counsellorGraceSeconds: fc.constantFrom(30, 60), lengthMinutes: fc.constantFrom(3, 60) })
  .map((limits) => ({ ...detfinneshjelp, limits: { ...detfinneshjelp.limits, ...limits } }))

type Without<Command> = Command extends unknown ? Omit<Command, "at"> : never
const wish = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Without<SessionCommand>>({ _tag: "Activity" }) },
  { weight: 2, arbitrary: fc.constant<Without<SessionCommand>>({ _tag: "Accept", counsellor, holding: 0, standing: "healthProfessional", reserved: false }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Without<SessionCommand>>(
      { _tag: "Away", party: "visitor" },
      { _tag: "Back", party: "visitor" },
      { _tag: "Away", party: "counsellor" },
      { _tag: "Back", party: "counsellor" },
      { _tag: "Redact", by: "visitor" },
      { _tag: "Return", counsellor }
    )
  },
  { weight: 1, arbitrary: fc.constantFrom<Without<SessionCommand>>({ _tag: "Leave" }, { _tag: "End", by: "visitor" }, { _tag: "End", by: "counsellor" }) }
)

/** The commands of one session: opened, soon accepted, and looked at once more when everything is over. */
export const sessionLives: fc.Arbitrary<ReadonlyArray<SessionCommand>> = fc
  .array(fc.tuple(fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.constantFrom(0, 30_000, 60_000)), wish), { maxLength: 16, size: "max" })
  .map((told) => {
    let now: number = beginning
    const at = () => now as Instant
    const open: SessionCommand = { _tag: "Open", at: at(), service: detfinneshjelp.service, noticeVersion: "1", serviceOpen: true, front: false }
    const accept: SessionCommand = { _tag: "Accept", at: at(), counsellor, holding: 0, standing: "healthProfessional", reserved: false }
    const rest = told.map(([gap, given]): SessionCommand => {
      now += gap
      return { ...given, at: at() }
    })
    now += 6 * 3_600_000
    return [open, accept, ...rest, { _tag: "Back", at: at(), party: "visitor" }]
  })

/** What the session hears when its consent changes: nothing, unless somebody wired it wrongly. */
export type Wire = (event: ConsentEvent, at: Instant) => SessionCommand | undefined

/** As it must be. */
export const silent: Wire = () => undefined

/** Wired wrongly, each in one way. */
export const wrongWires: Readonly<Record<string, Wire>> = {
  "answering counts as activity in the chat": (event, at) => (event._tag === "Granted" ? { _tag: "Activity", at } : undefined),
  "a no ends the chat": (event, at) => (event._tag === "Declined" ? { _tag: "End", at, by: "counsellor" } : undefined),
  "a withdrawal sends the visitor back to the queue": (event, at) => (event._tag === "Withdrawn" ? { _tag: "Return", at, counsellor } : undefined),
  "the question itself keeps the chat alive": (event, at) => (event._tag === "Asked" ? { _tag: "Activity", at } : undefined)
}

/** Runs the commands of a session; after each of them in which a counsellor is there, the consent goes on by one deed. */
export const sessionBeside = (
  policy: Policy,
  terms: ConsentTerms,
  commands: ReadonlyArray<SessionCommand>,
  response: Response,
  wire: Wire
): { readonly moments: ReadonlyArray<SessionMoment>; readonly consent: ConsentState } => {
  const sessions = sessionMachine(policy)
  const consents = consentMachine(terms)
  const moments: Array<SessionMoment> = []
  let session: SessionState = sessions.initial
  let consent = consents.initial
  let deeds = 0
  const take = (command: SessionCommand): void => {
    const { state, events } = step(sessions, session, command)
    session = state
    moments.push({ state, events })
  }
  const answer = (command: ConsentCommand): void => {
    const done = step(consents, consent, command)
    consent = done.state
    for (const event of done.events) {
      const heard = wire(event, command.at)
      if (heard !== undefined) take(heard)
    }
  }
  for (const command of commands) {
    const { at } = command
    take(command)
    if (session._tag === "Ended") answer({ _tag: "SessionOver", at })
    if (session._tag !== "Active" || response === "not asked") continue
    const facts = { notice: notices[0], chatActive: true, statedAge: response === "too young" ? 12 : null }
    const question = consent._tag === "Asked" ? consent.timesAsked : 1
    const [receiptHash] = receipts
    const script: ReadonlyArray<ConsentCommand | undefined> = [
      { _tag: "ShowNotice", at, openedAt: beginning, ...facts },
      { _tag: "Ask", at, ...facts },
      response.startsWith("granted") ? { _tag: "Grant", at, by: "visitor", question, notice: notices[0], purposes: terms.purposes, receiptHash } : undefined,
      response === "declined" ? { _tag: "Decline", at, by: "visitor", question } : undefined,
      response === "granted and withdrawn" ? { _tag: "Withdraw", at, receiptHash } : undefined
    ]
    const next = script[deeds % script.length]
    deeds += 1
    if (next !== undefined) answer(next)
  }
  return { moments, consent }
}
