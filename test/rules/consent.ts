/**
 * What is said of the rules of consent and of the triage note.
 */
import type { Proof, Traced } from "./traced.ts"

const folder = "packages/core/src/consent"
const law = (says: string): Proof => ({ file: `${folder}/laws.test.ts`, title: `the laws of a consent > ${says}` })
const noteLaw = (says: string): Proof => ({ file: `${folder}/triage.test.ts`, title: `the laws of a triage note > ${says}` })
const note = (says: string): Proof => ({ file: `${folder}/triage.test.ts`, title: `a triage note > ${says}` })
const both = (proof: Proof) => ({ never: proof, always: proof })

const asked = law("The question is put after its notice, in a live chat, no more often than allowed, never again after a yes, and is not refused before that")
const act = law("There is a yes exactly when the visitor gives it to a question that is open, under the notice and in the language that was shown")
const chosen = law("The purposes of a yes are those that the visitor chose, and no others")
const silence = law("A question that is open when the session ends, when the visitor turns out to be too young, or when it is no longer needed, counts as answered with no")
const withdrawal = law("The right receipt takes a yes back until the deadline, and every other withdrawal is answered in one and the same way and does nothing")
const deadline = law("From the deadline of the access trace on nothing is left of a consent, and not a moment before; the deadline never moves later")
const age = law("Whoever states an age below the limit is not asked and a yes is void, and whoever states none or a higher one is treated like everyone")
const bound = noteLaw("A note is read for every purpose that the visitor said yes to, for no other, and always without what ties it to a session")
const unmoved: Proof = {
  file: `${folder}/access.test.ts`,
  title: "access > Whether the visitor says yes, says no, stays silent or is never asked, the session does the same things at the same steps"
}

/** A session wired to its consent: what must not be there is put there. */
const wired = {
  file: "test/spec/consentPairs.ts",
  find: "export const silent: Wire = () => undefined",
  replace: "export const silent: Wire = (event, at) => (event._tag === \"Declined\" ? { _tag: \"Activity\", at } : undefined)"
}

/** Every rule of consent, with what enforces it and what proves that. */
export const consentTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-13",
    by: `${folder}/machine.ts#consentMachine`,
    ...both(asked),
    disable: { find: "if (!chatActive) return noChat", replace: "" }
  },
  {
    kind: "enforced",
    rule: "DFH-13",
    by: `${folder}/triage.ts#writeNote`,
    never: note("is refused from the deadline on, before a yes, and under a yes to treatment only"),
    always: note("is written under a live yes, for its purposes, with its receipt and deadline"),
    disable: { find: "|| consent.deleteAt <= at) return noYes", replace: ") return noYes" }
  },
  {
    kind: "enforced",
    rule: "DFH-14",
    by: `${folder}/machine.ts#consentMachine`,
    ...both(act),
    disable: { find: "if (!sameNotice(command.notice, state.notice)) return otherNotice\n  if (!command.purposes", replace: "if (!command.purposes" }
  },
  {
    kind: "enforced",
    rule: "DFH-14",
    by: `${folder}/machine.ts#consentMachine`,
    ...both(silence),
    disable: { find: "return state._tag === \"Asked\" ? happened({ _tag: \"Declined\", at }) : nothing", replace: "return nothing" }
  },
  {
    kind: "enforced",
    rule: "DFH-14",
    by: `${folder}/machine.ts#consentMachine`,
    ...both(asked),
    disable: { find: "if (state._tag === \"Declined\" && state.timesAsked >= terms.timesAsked) return askedEnough", replace: "" }
  },
  {
    kind: "enforced",
    rule: "DFH-14",
    by: `${folder}/machine.ts#consentMachine`,
    ...both(withdrawal),
    disable: { find: "return state._tag === \"Granted\" && command.receiptHash === state.receiptHash ? happened({ _tag: \"Withdrawn\", at }) : withdrawsNothing", replace: "return withdrawsNothing" }
  },
  { kind: "enforced", rule: "DFH-15", by: `${folder}/laws.ts#answersChangeNothing`, ...both(unmoved), disable: wired },
  {
    kind: "enforced",
    rule: "DFH-16",
    by: `${folder}/machine.ts#consentMachine`,
    ...both(chosen),
    disable: { find: "if (!command.purposes.every((purpose) => terms.purposes.includes(purpose))) return otherPurpose", replace: "" }
  },
  {
    kind: "enforced",
    rule: "DFH-17",
    by: `${folder}/triage.ts#noteAfter`,
    ...both(noteLaw("A note is tied to its session before the deadline of the access trace and anonymous from then on, and never tied again")),
    disable: { find: "case \"Expired\":\n      return sever(note, terms)", replace: "case \"Expired\":\n      return note" }
  },
  {
    kind: "enforced",
    rule: "DFH-17",
    by: `${folder}/machine.ts#consentMachine`,
    ...both(deadline),
    disable: { find: "deadlineOf(command.openedAt, hours(terms.traceHours), terms)", replace: "deadlineOf(command.at, hours(terms.traceHours), terms)" }
  },
  {
    kind: "enforced",
    rule: "DFH-18",
    by: `${folder}/triage.ts#sever`,
    ...both(noteLaw("Two notes that say the same become equal, whichever session, receipt or moment each came from, and keep what they say")),
    disable: { find: "period: coarsePeriod(writtenAt, grain)", replace: "period: String(writtenAt)" }
  },
  { kind: "deployer", rule: "DFH-18", says: "Whoever runs the service keeps no backup, proxy log or error tracker from which a note could be joined to a visitor." },
  {
    kind: "enforced",
    rule: "IF-07",
    by: `${folder}/machine.ts#consentMachine`,
    ...both(age),
    disable: { find: "return statedAge !== null && statedAge < terms.minimumAge ? tooYoung : undefined", replace: "return (statedAge ?? 0) < terms.minimumAge ? tooYoung : undefined" }
  },
  { kind: "enforced", rule: "IF-07", by: `${folder}/laws.ts#answersChangeNothing`, ...both(unmoved), disable: wired },
  { kind: "enforced", rule: "X-05", by: `${folder}/laws.ts#answersChangeNothing`, ...both(unmoved), disable: wired },
  {
    kind: "enforced",
    rule: "X-10",
    by: `${folder}/triage.ts#readNote`,
    ...both(bound),
    disable: { find: "if (!isTriagePurpose(purpose) || !note.purposes.includes(purpose)) return anotherPurpose", replace: "" }
  }
]
