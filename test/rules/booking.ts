/**
 * What is said of the rules of booking.
 */
import type { Proof, Traced } from "./traced.ts"

const folder = "packages/core/src/booking"
const machine = `${folder}/machine.ts#bookingMachine`
const proof = (file: string, title: string): Proof => ({ file: `${folder}/${file}.test.ts`, title })
const law = (says: string): Proof => proof("laws", `the laws of booking > ${says}`)
const both = (one: Proof) => ({ never: one, always: one })

const sideBySide = law("Wherever the form can be reached the phone can be too, wherever booking begins both are, and changing to either discards what the other held")
const once = law("A booking is handed over once, its payload is destroyed when it has arrived and only then or when it lapses, and a reference is all that is left")
const inTime = law("What was not delivered lapses at its deadline, not before and not after, and the deadline is the promise or less than one bucket earlier")
const adults = law("Who is old enough on the day of booking is never turned away for it, and who is not, or may not be, never gets a booking")
const onwards = law("Whoever is turned away is pointed onwards, the form is discarded, and what stands is nothing but that there is no booking")
const approved = law("The information in a referral is exactly what was shown last, each item of it approved and not taken back, and none after declining")
const few = law("Only who arranges the booking can read what waits in the outbox, only for treatment, and each reading is logged exactly once")
const followUp = law("An ended treatment has exactly one offer of follow-up, and contact is made whenever the last answer was yes, and never otherwise")
const places = law("Every appointment is with a therapist and at an open place of the service, and one that is, is never refused, however many there are or how close")
const nameless = law("No state and no event of a booking has a field that could carry a name, a number, an age or a chat")
const words = proof("laws", "the words of a booking > ask for no interest, no reason, no chat and no earlier treatment, in any command")
const alike = proof(
  "pairLaws",
  "a visitor who declines information in the referral > Whoever declines information in the referral has the same booking, answer by answer, as whoever grants it, also when the patient record is down"
)
const apart = proof("pairLaws", "a booking and a chat > No identifier stands both in a booking and in a chat, whoever takes part in both")
const birthday = proof(
  "age",
  "old enough to book > Whoever is 18 on the day of booking is accepted on that ground and nobody else: the 18th birthday counts, and 29 February on 1 March"
)
const openCentury = proof("age", "old enough to book > is known from no number whose century is open, unless a date that the number allows is stated or registered")
const everyDate = proof(
  "coverage",
  "the coverage of any table of sites > Every region has a site on every date from 2020 on: its own open ones, or else all that are open, and never one that is not open yet"
)

/** Every rule of booking, with what enforces it and what proves that. */
export const bookingTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-19",
    by: `${folder}/identityCheck.ts#checkIdentity`,
    never: proof("identityCheck", "the check of an identity > needs both a name and a number that hold"),
    always: proof("identityCheck", "the check of an identity > answers the kind, the verdict and the day, and nothing of a name or a number"),
    disable: { find: "if (name.trim() === \"\") return noName", replace: "" }
  },
  {
    kind: "enforced",
    rule: "DFH-19",
    by: `${folder}/nationalId.ts#readNationalId`,
    never: proof("nationalId", "a slip of the hand > in one digit, or two neighbours exchanged, never makes another valid number: birth numbers"),
    always: proof("nationalId", "a national identifier > has a first control digit that leaves 0, 1, 2 or 3 and a second that leaves 0"),
    disable: { find: "rest > 3 || remainder(digits, secondWeights) !== 0", replace: "rest > 3" }
  },
  { kind: "enforced", rule: "DFH-19", by: machine, ...both(nameless), disable: { find: "{ _tag: \"NotCreated\" } : state", replace: "{ _tag: \"NotCreated\", age: 17 } : state" } },
  { kind: "enforced", rule: "DFH-20", by: machine, ...both(few), disable: { find: "if (purpose !== \"treatment\") return notForThat", replace: "" } },
  {
    kind: "enforced",
    rule: "DFH-21",
    by: machine,
    ...both(sideBySide),
    disable: { find: "return happened({ _tag: \"Discarded\", at }, { _tag: \"Chosen\", at, route })", replace: "return happened({ _tag: \"Chosen\", at, route })" }
  },
  {
    kind: "enforced",
    rule: "DFH-21",
    by: `${folder}/machine.ts#routesOffered`,
    never: proof("life", "a booking > offers form and phone side by side wherever booking begins, and neither without a number to call"),
    always: sideBySide,
    disable: { find: "booking.phone !== null && accepted(state, \"Choose\") ? [\"form\", \"phone\"] : []", replace: "accepted(state, \"Choose\") ? [\"form\"] : []" }
  },
  {
    kind: "enforced",
    rule: "DFH-24",
    by: machine,
    ...both(once),
    disable: {
      find: "happened({ _tag: \"Acknowledged\", at, key: state.key }, { _tag: \"PayloadDestroyed\", at, sealed: state.sealed })",
      replace: "happened({ _tag: \"Acknowledged\", at, key: state.key })"
    }
  },
  { kind: "enforced", rule: "DFH-24", by: machine, ...both(inTime), disable: { find: "return at < due ? notDue : happened(", replace: "return happened(" } },
  { kind: "enforced", rule: "DFH-25", by: machine, ...both(few), disable: { find: "return role === \"bookingClerk\" || role === \"assignedCounsellor\" ? happened(", replace: "return role !== \"vendor\" ? happened(" } },
  {
    kind: "enforced",
    rule: "DFH-26",
    by: machine,
    ...both(approved),
    disable: { find: "return characters > booking.referralCharacters ? tooLong : happened(", replace: "return happened(" }
  },
  { kind: "enforced", rule: "DFH-26", by: machine, ...both(approved), disable: { find: "if (state.shown?.draft !== draft) return notShown", replace: "if (state.shown === null) return notShown" } },
  { kind: "enforced", rule: "DFH-27", by: machine, ...both(approved), disable: { find: "info.some((item) => !approved.includes(item)) || ", replace: "" } },
  {
    kind: "enforced",
    rule: "DFH-28",
    by: machine,
    ...both(alike),
    disable: { find: "return forbidden(policy, appointment) ?? happened({ _tag: \"Submitted\"", replace: "return (state.shown.info.length === 0 ? siteClosed : forbidden(policy, appointment)) ?? happened({ _tag: \"Submitted\"" }
  },
  { kind: "enforced", rule: "DFH-45", by: machine, ...both(places), disable: { find: "if (!booking.performers.includes(performer)) return noSuchPerformer", replace: "" } },
  {
    kind: "enforced",
    rule: "DFH-46",
    by: machine,
    ...both(places),
    disable: { find: "return openSites(booking, on).some(({ name }) => name === site) ? undefined : siteClosed", replace: "return undefined" }
  },
  { kind: "enforced", rule: "DFH-47", by: `${folder}/age.ts#ageVerdict`, ...both(birthday), disable: { find: ">= minimum ?", replace: "> minimum ?" } },
  {
    kind: "enforced",
    rule: "DFH-47",
    by: `${folder}/age.ts#ageVerdict`,
    ...both(openCentury),
    disable: { find: "birth.candidates.find((date) => date === confirmed)", replace: "confirmed" }
  },
  { kind: "enforced", rule: "DFH-47", by: machine, never: adults, always: onwards, disable: { find: "if (checked.age !== \"oldEnough\")", replace: "if (checked.age === \"tooYoung\")" } },
  {
    kind: "enforced",
    rule: "DFH-48",
    by: `${folder}/messages.ts#BookingCommand`,
    ...both(words),
    disable: { find: "Choose: { at: Instant, route: Route }", replace: "Choose: { at: Instant, route: Route, interest: Route }" }
  },
  {
    kind: "enforced",
    rule: "DFH-50",
    by: machine,
    ...both(proof("life", "a booking > asks for therapy with expertise in this concern, in what it hands over and nowhere else")),
    disable: { find: "competence: \"sexualInterestInChildren\", appointment", replace: "appointment" }
  },
  {
    kind: "enforced",
    rule: "DFH-52",
    by: machine,
    never: proof("life", "a booking > has as many appointments as the therapy needs, on any dates, also the same"),
    always: places,
    disable: { find: "if (command._tag === \"Schedule\") {", replace: "if (command._tag === \"Schedule\" && command.appointment.on < \"2026-12-02\") {" }
  },
  {
    kind: "enforced",
    rule: "DFH-54",
    by: machine,
    ...both(followUp),
    disable: {
      file: `${folder}/table.ts`,
      find: "AnswerFollowUp: [\"FollowUpAccepted\", \"FollowUpDeclined\"], Leave: [\"FollowUpDeclined\"]",
      replace: "AnswerFollowUp: [\"FollowUpAccepted\", \"FollowUpDeclined\"], Contact: [\"FollowUpDeclined\"], Leave: [\"FollowUpDeclined\"]"
    }
  },
  { kind: "enforced", rule: "DFH-54", by: `${folder}/messages.ts#BookingCommand`, ...both(words), disable: { find: "Contact: { at: Instant }", replace: "Contact: { at: Instant, earlierAnswer: Schema.Boolean }" } },
  {
    kind: "enforced",
    rule: "DFH-55",
    by: `${folder}/coverage.ts#sitesFor`,
    ...both(proof("coverage", "the sites of Det finnes hjelp > are Oslo for the South-Eastern region and Stavanger and Bergen for the Western, from 2020 on")),
    disable: { find: "return own.length > 0 ? own : open", replace: "return open" }
  },
  {
    kind: "enforced",
    rule: "DFH-56",
    by: `${folder}/coverage.ts#sitesFor`,
    never: proof("coverage", "the sites of Det finnes hjelp > are those three for the other regions until their own has opened, and their own from that day on"),
    always: everyDate,
    disable: { find: "return own.length > 0 ? own : open", replace: "return own" }
  },
  {
    kind: "enforced",
    rule: "DFH-58",
    by: machine,
    never: words,
    always: proof("pairLaws", "a booking and a chat > are each begun without the other"),
    disable: { find: "if (!isFilling(state)) return happened({ _tag: \"Chosen\", at, route })", replace: "if (!isFilling(state)) return notStarted" }
  },
  {
    kind: "enforced",
    rule: "X-04",
    by: machine,
    never: apart,
    always: nameless,
    disable: { find: "happened({ _tag: \"Submitted\", at, key, sealed,", replace: "happened({ _tag: \"Submitted\", at, key: \"a\".repeat(32), sealed," }
  }
]
