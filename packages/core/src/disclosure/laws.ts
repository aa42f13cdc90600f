/**
 * The laws of a case, as sentences over histories. They judge by what happened, not by what the state says of itself.
 */
import * as Equal from "effect/Equal"
import type { Period } from "../kernel/instant.ts"
import type { Law, Refusal } from "../kernel/rule.ts"
import type { DisclosureTerms } from "../policy/duties.ts"
import { likelihoods } from "./assessment.ts"
import { type AvertInput, type Outcome, outcomes } from "./duty.ts"
import { type ConcernCommand, type ConcernEvent, type ConcernState, isOpen } from "./messages.ts"
import { mayHave } from "./payload.ts"
import { disclosureRules as rules } from "./rules.ts"
import { longestWait, periodsOf } from "./timers.ts"

/** One command with what it did, timers included. */
export interface ConcernStep {
  readonly command: ConcernCommand
  readonly before: ConcernState
  readonly after: ConcernState
  readonly events: ReadonlyArray<ConcernEvent>
  readonly refusal: Refusal | undefined
}

/** What happened to one case, in order of time. */
export interface ConcernHistory {
  readonly terms: DisclosureTerms
  readonly steps: ReadonlyArray<ConcernStep>
}

/** One case three times: its timers run with each command only, whenever a task woke up, and each time twice. */
export interface TickedConcern {
  readonly withCommands: ConcernState
  readonly ticked: ConcernState
  readonly tickedTwice: ConcernState
}

/** The same commands run twice, and the events of the first run applied to nothing. */
export interface ReplayedConcern {
  readonly first: ConcernHistory
  readonly again: ConcernHistory
  readonly applied: ConcernState
}

/** The same case with whatever the visitor says yes to, and without. */
export interface ConsentPair {
  readonly withYes: ConcernHistory
  readonly withNo: ConcernHistory
}

type Events = ReadonlyArray<ConcernEvent>

/** Says `what` of every step for which it is true of the step and of all that happened before it. */
const where = (steps: ReadonlyArray<ConcernStep>, what: string, broken: (step: ConcernStep, earlier: Events, index: number) => boolean): ReadonlyArray<string> => {
  const earlier: Array<ConcernEvent> = []
  return steps.flatMap((step, index) => {
    const found = broken(step, earlier, index) ? [`step ${index + 1} (${step.command._tag}): ${what}`] : []
    earlier.push(...step.events)
    return found
  })
}

/** Whether, after these events, somebody has decided that something is passed on, and nobody has taken it back. */
const standing = (events: Events): boolean => {
  let decided = false
  for (const event of events) {
    if (event._tag === "DutyDecided") decided = event.bases.length > 0
    if (event._tag === "RightDecided" || event._tag === "ConsentDecided") decided = true
    if (event._tag === "DutyRetracted" || event._tag === "ConsentTakenBack") decided = false
  }
  return decided
}

/** P1: nothing leaves without a decision. */
export const decidedFirst: Law<ConcernHistory> = {
  rule: rules.onlyWay.id,
  says: "Whatever is prepared, sent or acknowledged rests on a decision with a basis, and nothing is called fulfilled before it was decided",
  broken: ({ steps }) =>
    where(steps, "something was passed on without a decision", ({ events }, earlier) =>
      events.some((event, index) => ["Prepared", "SendingStarted", "Acknowledged", "Fulfilled"].includes(event._tag) && !standing([...earlier, ...events.slice(0, index)]))
    )
}

/** P2: imminent. */
export const imminentIsReviewed: Law<ConcernHistory> = {
  rule: rules.danger.id,
  says: "An imminent danger to life is decided by one person at once, and no case decided alone or against advice closes before somebody else has looked at it",
  broken: ({ terms, steps }) =>
    where(steps, "an imminent danger waited, or a lonely decision was not looked at", ({ command, before, events, refusal }, earlier) => {
      const closing = events.some(({ _tag }) => _tag === "Closed" || _tag === "MergedInto")
      const alone = [...earlier, ...events].findLast((event) => event._tag === "DutyDecided")
      const looked = [...earlier, ...events].some((event) => event._tag === "Reviewed" && event.by !== alone?.by)
      if (closing && alone !== undefined && alone.how !== "consulted" && !looked) return true
      if (refusal === undefined || command._tag !== "DeclareImminent" || command.level !== "imminent") return false
      const mayBeAsked = before._tag === "Raised" || before._tag === "Assessed" || before._tag === "Consulting"
      const fit = command.recipients.length > 0 && command.recipients.every((one) => one !== "childWelfare" && terms.recipients.includes(one))
      const life = command.bases.length > 0 && command.bases.every((basis) => basis === "healthEmergency" || basis === "necessity")
      // A consultation may have timed out just before the command; that changes nothing for who holds the case.
      return mayBeAsked && fit && life && before.holder === command.by
    })
}

/** P3: within the list. */
export const withinTheList: Law<ConcernHistory> = {
  rule: rules.minimum.id,
  says: "No field outside a recipient's list is ever prepared, and nothing within it is refused for being too much",
  broken: ({ steps }) =>
    where(steps, "a payload and the list disagree", ({ command, before, refusal, events }) => {
      if (!isOpen(before)) return false
      if (events.some((event) => event._tag === "Prepared" && event.fields.some((name) => !mayHave(event.recipient, name, before)))) return true
      if (command._tag !== "Prepare" || refusal?.rule !== rules.minimum.id) return false
      return command.fields.length > 0 && command.fields.every((name) => mayHave(command.recipient, name, before))
    })
}

const identifying = /address|(?:^|_)ip|name|text|message|email|phoneNumber/i
/** Whether a value, or anything in it, has a field that could identify somebody. */
const identifies = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.entries(value).some(([key, inner]) => identifying.test(key) || identifies(inner))

/** P4: no address, no name, no word. */
export const nothingIdentifies: Law<ConcernHistory> = {
  rule: rules.thirdParties.id,
  says: "No event and no state of a case has a field for an address, a name or what was written, about the visitor or anybody else",
  broken: ({ steps }) => where(steps, "a field could identify somebody", ({ events, after }) => identifies(events) || identifies(after))
}

/** P5: dissent. */
export const dissentDisablesNobody: Law<ConcernHistory> = {
  rule: rules.effort.id,
  says: "A second person who disagrees never takes away the way of who holds the case, and that way is open only against disagreement",
  broken: ({ steps }) =>
    where(steps, "disagreement and going on do not fit", ({ command, before, refusal }) => {
      if (command._tag !== "ProceedDespiteDissent" || before._tag !== "Consulted") return false
      const disagreed = before.proposal === "duty" && before.opinion?.agrees === false
      if (!disagreed || before.holder !== command.by) return refusal === undefined
      return refusal?.rule === rules.onlyWay.id
    })
}

/** P6: nothing owed is closed. */
export const nothingOwedIsClosed: Law<ConcernHistory> = {
  rule: rules.noDrop.id,
  says: "No case closes while it owes somebody, while a notification is under way or while the visitor's information is open, and a settled one is not kept open",
  broken: ({ steps }) =>
    where(steps, "a case closed with something open, or was kept open", ({ command, before, events, refusal }, earlier) => {
      const all = [...earlier, ...events]
      const nothingDue = all.some(({ _tag }) => _tag === "NoDutyDecided" || _tag === "DutyRetracted")
      const done = standing(earlier) ? all.some(({ _tag }) => _tag === "Fulfilled" || _tag === "AvertedByOther") : nothingDue
      const visitorSettled = nothingDue || all.some(({ _tag }) => _tag === "VisitorTold" || _tag === "TellingNotPossible")
      const sending = all.findLast(({ _tag }) => _tag === "SendingStarted" || _tag === "SendingFailed" || _tag === "Acknowledged")?._tag === "SendingStarted"
      if (events.some(({ _tag }) => _tag === "Closed")) return !done || !visitorSettled || sending
      if (command._tag !== "Close" || (before._tag !== "Fulfilled" && before._tag !== "NoDuty")) return false
      return refusal !== undefined && done && visitorSettled && !command.releaseOpen && before.alone === null
    })
}

/** P7: the duty to avert as a table. */
export const avertIsTotal: Law<ReadonlyArray<AvertInput & { readonly outcome: Outcome }>> = {
  rule: rules.offence.id,
  says: "The duty to avert has one outcome for each of its 160 inputs (118 none, 16 consult, 26 duty), and a likelier danger never leads to less",
  broken: (rows) => {
    const key = ({ listed, when, avertable, consequencesAvertable }: AvertInput, likelihood: string): string =>
      [listed, when, avertable, consequencesAvertable, likelihood].join()
    const grades = new Map(rows.map((row) => [key(row, row.likelihood), outcomes.indexOf(row.outcome)]))
    const count = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length
    const complete = grades.size === 160 && count("none") === 118 && count("consult") === 16 && count("duty") === 26
    const leadsToLess = (row: AvertInput & { readonly outcome: Outcome }): boolean => {
      const likelier = likelihoods[likelihoods.indexOf(row.likelihood) + 1]
      return likelier !== undefined && (grades.get(key(row, likelier)) ?? -1) < outcomes.indexOf(row.outcome)
    }
    return [
      ...(complete ? [] : ["the table does not have its 160 outcomes"]),
      ...rows.filter(leadsToLess).map((row) => `${key(row, row.likelihood)}: a likelier danger leads to less`)
    ]
  }
}

/** The longest time in which an open case calls upon nobody and nobody does anything. */
export const longestSilence = (terms: DisclosureTerms): Period => {
  const { warn: _, record: __, ...periods } = periodsOf(terms)
  return Math.max(longestWait, ...Object.values(periods)) as Period
}

/** P8: never silent. */
export const neverSilent: Law<ConcernHistory> = {
  rule: rules.handOver.id,
  says: "An open case is never silent for longer than its longest wait: somebody acts, or somebody is called upon; and what is closed is forgotten on its day",
  broken: ({ terms, steps }) => {
    const longest = longestSilence(terms)
    let last = 0
    let keepUntil = Infinity
    return where(steps, "nobody was called upon in time, or a case was kept too long", ({ command, before, after, events }) => {
      let wrong = false
      for (const { at } of [...events, command]) {
        wrong ||= isOpen(before) && at - last > longest
        last = Math.max(last, at)
      }
      for (const event of events) {
        if (event._tag === "Closed" || event._tag === "MergedInto") keepUntil = event.at + terms.timers.recordDays * 24 * 3_600_000
        if (event._tag === "Forgotten") wrong ||= event.at !== keepUntil
      }
      return wrong || (after._tag === "Closed" && command.at >= keepUntil) || (after._tag === "Gone" && command.at < keepUntil)
    })
  }
}

/** P9: replay. */
export const replays: Law<ReplayedConcern> = {
  rule: rules.sameOutcome.id,
  says: "The same commands give the same case, and its events alone give it again",
  broken: ({ first, again, applied }) => [
    ...(Equal.equals(first.steps, again.steps) ? [] : ["a second run went another way"]),
    ...(first.steps.slice(-1).every(({ after }) => Equal.equals(after, applied)) ? [] : ["the events alone lead elsewhere"])
  ]
}

/** ticking. */
export const tickingMakesNoDifference: Law<TickedConcern> = {
  rule: rules.sameOutcome.id,
  says: "A case is the same whether its timers run late, twice, or only with the next command",
  broken: ({ withCommands, ticked, tickedTwice }) => [
    ...(Equal.equals(withCommands, ticked) ? [] : ["ticking changed the case"]),
    ...(Equal.equals(ticked, tickedTwice) ? [] : ["ticking twice changed the case"])
  ]
}

/** P10: consent is no guard. */
export const consentIsNoGuard: Law<ConsentPair> = {
  rule: rules.sometimes.id,
  says: "What a visitor says yes to changes no decision about a duty: only the visitor's own request depends on it",
  broken: ({ withYes, withNo }) =>
    where(withYes.steps, "a yes changed a decision that does not depend on it", ({ command, before, after }, _, index) => {
      const other = withNo.steps[index]
      if (other === undefined) return true
      return command._tag !== "DecideConsent" && Equal.equals(before, other.before) && !Equal.equals(after, other.after)
    })
}

/** only people. */
export const onlyPeopleRaise: Law<ConcernHistory> = {
  rule: rules.onlyPeople.id,
  says: "A case exists only after a person raised it, and a person whose belief meets the service's threshold is never refused",
  broken: ({ terms, steps }) => {
    const enough = { immediateRisk: ["immediate"], reasonToBelieve: ["reason", "immediate"], mayBeDanger: ["mayBe", "reason", "immediate"] }[terms.openCaseAt]
    return where(steps, "a case and a person's wish do not fit", ({ command, before, after, refusal }) => {
      if (before._tag !== "None") return false
      if (command._tag !== "Raise" || command.flaggedBy !== "person") return after._tag !== "None"
      const known = command.session !== null && (command.session.endedAt === null || command.at - command.session.endedAt <= 24 * 3_600_000)
      const grounds = command.visitorAsks || (enough.includes(command.belief) && terms.triggers.includes(command.trigger))
      return (refusal === undefined) !== (known && grounds)
    })
  }
}

/** nothing closes by itself. */
export const nothingClosesByItself: Law<ConcernHistory> = {
  rule: rules.noDrop.id,
  says: "The end of a chat, a hand-over and a timer never close a case, and after a hand-over the new holder answers for it",
  broken: ({ steps }) =>
    where(steps, "a case was closed, or left with nobody", ({ command, before, after }) => {
      if (!isOpen(before)) return false
      if (command._tag === "HandOver") return !isOpen(after) || after.holder !== command.to
      return (command._tag === "ChatEnded" || command._tag === "Expire") && !isOpen(after)
    })
}

/** The laws over one history. */
export const concernLaws: ReadonlyArray<Law<ConcernHistory>> = [
  decidedFirst, imminentIsReviewed, withinTheList, nothingIdentifies, dissentDisablesNobody, nothingOwedIsClosed, neverSilent, onlyPeopleRaise, nothingClosesByItself
]
