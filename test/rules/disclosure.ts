/**
 * The rules of a disclosure: what enforces them, and what proves that.
 */
import type { Proof, Traced } from "./traced.ts"

const topic = "packages/core/src/disclosure"
const proof = (file: string, title: string): Proof => ({ file: `${topic}/${file}.test.ts`, title })
const law = (says: string): Proof => proof("laws", `the laws of a case > ${says}`)
const noticed = (title: string): Proof => proof("laws", `a law notices a case that breaks it > ${title}`)
const duty = (title: string): Proof => proof("duty", title)
const refuses = (title: string): Proof => proof("steps", `a case > refuses in ${title}`)

const decidedFirst = law("Whatever is prepared, sent or acknowledged rests on a decision with a basis, and nothing is called fulfilled before it was decided")
const ownLife = duty("what an assessment leads to > asks for neither an offence nor an identification when life is in danger")
const child = duty("what an assessment leads to > tells child welfare only about a child under 18 and on a ground of the law, and asks a second person while the age is unknown")
const identified = duty("what an assessment leads to > sends a crime without identification to a second person, never to a duty and never to nothing, where the service's text asks for it")
const thresholds = duty("the threshold > opens a case for every belief as the service says, and a wider threshold opens every case that a stricter one does")
const all160 = duty("the duty to avert > agrees with the naive table on all 160 inputs: 118 none, 16 consult, 26 duty")
const whens = duty("the duty to avert > is a duty for what will happen, goes on or will probably happen again, and asks a second person when that is unclear")
const notAgain = duty("the duty to avert > is nothing for what certainly will not happen again, unless its consequences can still be averted")
const unlisted = duty("the duty to avert > is nothing for an unlisted offence, and nothing for thoughts that nobody is likely to act on")
const onlyPeople = law("A case exists only after a person raised it, and a person whose belief meets the service's threshold is never refused")
const lists = proof("payload", "what a recipient may be told > is exactly the list of that recipient: every field of every audience, allowed or refused")
const closedList = proof("payload", "what a recipient may be told > goes to a closed list of recipients, each of whom has a list, and no field is for an address")
const nothingOwed = law(
  "No case closes while it owes somebody, while a notification is under way or while the visitor's information is open, and a settled one is not kept open"
)
const unsupported = refuses("Consulted, DecideDuty: IF-28 What was assessed does not support this basis.")

/** The entries of the topic. */
export const disclosureTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-31",
    by: `${topic}/machine.ts#concernMachine`,
    never: decidedFirst,
    always: proof("table", "the table of a case > is what a walk of every command and timer finds, both ways"),
    disable: { find: "if (!accepts(concernTable, state._tag, command._tag)) return", replace: "if (!accepts(concernTable, state._tag, command._tag) && command._tag !== \"Close\") return" }
  },
  { kind: "enforced", rule: "DFH-32", by: `${topic}/duty.ts#avert`, never: all160, always: all160, disable: { find: `if (!avertable && !consequencesAvertable) return "none"`, replace: "" } },
  { kind: "enforced", rule: "DFH-33", by: `${topic}/duty.ts#lifeDanger`, never: ownLife, always: ownLife, disable: { find: `atLeast(level, "high") ? "duty" : "consult"`, replace: `"consult"` } },
  { kind: "enforced", rule: "DFH-35", by: `${topic}/duty.ts#childWelfare`, never: child, always: child, disable: { find: "child.age < 18", replace: "child.age < 180" } },
  {
    kind: "enforced",
    rule: "DFH-51",
    by: `${topic}/duty.ts#avert`,
    never: unlisted,
    always: all160,
    disable: { find: `if (likelihood === "unlikely") return "none"`, replace: "" }
  },
  { kind: "enforced", rule: "IF-13", by: `${topic}/decision.ts#decideDuty`, never: decidedFirst, always: unsupported, disable: { find: "bases.length > 0 && assessment !== null && bases.every((basis) => supports(terms, assessment, basis)) ? undefined : noBasis", replace: "undefined" } },
  {
    kind: "enforced",
    rule: "IF-15",
    by: `${topic}/payload.ts#allowed`,
    never: law("No event and no state of a case has a field for an address, a name or what was written, about the visitor or anybody else"),
    always: lists,
    disable: { find: `fire: ["hazard", "place"],`, replace: `fire: ["hazard", "place", "visitorStatements"],` }
  },
  { kind: "enforced", rule: "IF-19", by: `${topic}/duty.ts#opensCase`, never: thresholds, always: thresholds, disable: { find: ">= thresholds.length", replace: "> thresholds.length" } },
  {
    kind: "deployer",
    rule: "IF-20",
    says: "The text calls the service a state service; the operator is a foundation. The case knows the declared duty only, and whoever runs the service answers for what it says about its legal form."
  },
  { kind: "enforced", rule: "IF-22", by: `${topic}/duty.ts#crime`, never: identified, always: identified, disable: { find: ` || (terms.crimeNeedsIdentification && assessment.identifiability !== "content")`, replace: "" } },
  { kind: "enforced", rule: "IF-23", by: `${topic}/duty.ts#avert`, never: unlisted, always: all160, disable: { find: `if (!listed) return "none"`, replace: "" } },
  { kind: "enforced", rule: "IF-24", by: `${topic}/duty.ts#avert`, never: notAgain, always: notAgain, disable: { find: `if (when === "pastCertainlyNotAgain" && !consequencesAvertable) return "none"`, replace: "" } },
  { kind: "enforced", rule: "IF-25", by: `${topic}/duty.ts#avert`, never: whens, always: whens, disable: { find: `return when === "pastUnclear" && !consequencesAvertable ? "consult" : "duty"`, replace: `return "duty"` } },
  {
    kind: "enforced",
    rule: "IF-26",
    by: `${topic}/notify.ts#recordAverted`,
    never: refuses("DutyDecided, RecordAverted: IF-26 It can still be averted, and this has not averted it."),
    always: law("A second person who disagrees never takes away the way of who holds the case, and that way is open only against disagreement"),
    disable: { find: `if (command.stillAvertable && means !== "crisisCentre" && means !== "childWelfare") return canStillBeAverted`, replace: "" }
  },
  {
    kind: "enforced",
    rule: "IF-27",
    by: `${topic}/decision.ts#declareImminent`,
    never: refuses("Raised, DeclareImminent: IF-28 What was assessed does not support this basis."),
    always: proof("machine", "the machine of a case and the naive case > answer every command alike, event for event, with any clock"),
    disable: { find: "if (!atOnce && (assessment === null || !supports(context.terms, assessment, basis))) return noBasis", replace: "" }
  },
  { kind: "enforced", rule: "IF-28", by: `${topic}/decision.ts#decideDuty`, never: unsupported, always: noticed("a yes of the visitor decides a duty (IF-28)"), disable: { find: "bases.length > 0 && assessment !== null && bases.every((basis) => supports(terms, assessment, basis)) ? undefined : noBasis", replace: "undefined" } },
  {
    kind: "enforced",
    rule: "IF-29",
    by: `${topic}/notify.ts#prepare`,
    never: refuses("DutyDecided, Prepare: IF-29 Say first whether the visitor has been told."),
    always: lists,
    disable: { find: `if (!state.fast && state.visitor._tag === "Undecided") return visitorFirst`, replace: "" }
  },
  { kind: "enforced", rule: "DUV-18", by: `${topic}/decision.ts#raise`, never: refuses("None, Raise: DUV-18 This is below what opens a case in this service."), always: thresholds, disable: { find: "if (!opensCase(terms.openCaseAt, command.belief)) return belowThreshold", replace: "" } },
  {
    kind: "enforced",
    rule: "X-01",
    by: `${topic}/notify.ts#prepare`,
    never: proof("steps", "a case > has no right to disclose and no recipient that the service does not have"),
    always: closedList,
    disable: { file: `${topic}/decision.ts`, find: "if (!terms.recipients.includes(recipient)) return notHere", replace: "" }
  },
  { kind: "enforced", rule: "X-07", by: `${topic}/decision.ts#raise`, never: onlyPeople, always: onlyPeople, disable: { find: `if (command.flaggedBy !== "person") return software`, replace: "" } },
  { kind: "enforced", rule: "X-08", by: `${topic}/ending.ts#close`, never: refuses("Fulfilled, Close: X-08 Settle first what the visitor is told."), always: nothingOwed, disable: { find: `  if (command.releaseOpen) return releaseOpen
  if (!isSettled(state.visitor)) return visitorOpen`, replace: "" } },
  { kind: "enforced", rule: "X-09", by: `${topic}/payload.ts#mayHave`, never: lists, always: lists, disable: { find: "return (allowed[to] as ReadonlyArray<PropertyKey>).includes(name)", replace: "return true" } }
]
