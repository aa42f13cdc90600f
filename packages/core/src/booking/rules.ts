/**
 * The rules that booking enforces: what must hold, the words it comes from, and what no code can do about it.
 */
import { rule } from "../kernel/rule.ts"

/** The rules of booking, by what they protect. A refusal carries the id of one of these. */
export const bookingRules = {
  identity: rule(
    "DFH-19",
    "A booking is made with a name and a birth number or D-number that hold, and neither is kept here.",
    "Det finnes hjelp: \"you must provide your name and national ID number\"",
    { gap: "Other numbers are booked by phone. Whether the name and the number belong together only the patient record can tell." }
  ),
  purpose: rule(
    "DFH-20",
    "Who books is used to offer therapy, and for nothing else.",
    "Det finnes hjelp: \"We ask for this in order to be able offer you therapy\"",
    { gap: "What the patient record does with it is the hospital's duty." }
  ),
  phone: rule(
    "DFH-21",
    "Wherever the form can be reached the phone can be too, and choosing the phone discards what the form held.",
    "Det finnes hjelp: \"you can phone for an appointment\""
  ),
  handOver: rule(
    "DFH-24",
    "Who books is handed to the patient record once, and when it has arrived nothing is left here but a reference and a status.",
    "Det finnes hjelp: \"entered in the health authority's patients' records system\""
  ),
  confidence: rule(
    "DFH-25",
    "Only those who arrange the booking may read what waits in the outbox, and each reading is logged once.",
    "Det finnes hjelp: \"treated in the strictest confidence\"",
    { gap: "What somebody has read they remember." }
  ),
  shown: rule(
    "DFH-26",
    "What the therapist is told beforehand is shown to the visitor letter by letter before it is sent, and is not longer than the service allows.",
    "Det finnes hjelp: \"help the therapist to know a bit more about you\""
  ),
  itemByItem: rule(
    "DFH-27",
    "Of what was said only the items that the visitor approved go into the referral, and none when the visitor declines.",
    "Det finnes hjelp: \"asked if you would like certain information from the call to be entered in the referral\""
  ),
  noDifference: rule(
    "DFH-28",
    "A referral without information is treated exactly like one with it.",
    "Det finnes hjelp: \"declining will not affect your access to advice or an appointment for therapy\"",
    { gap: "How a therapist reads a referral is beyond the software." }
  ),
  performer: rule("DFH-45", "Therapy is with a performer that the service offers.", "Det finnes hjelp: \"sessions with a clinical psychologist or psychiatrist\""),
  site: rule("DFH-46", "Therapy is at a site that is open on that date.", "Det finnes hjelp: \"at one of our outpatient centres\""),
  adult: rule(
    "DFH-47",
    "Whoever is 18 or older on the day of booking is accepted on that ground, and nobody else is.",
    "Det finnes hjelp: \"for persons over the age of 18\"",
    { gap: "\"Over 18\" is read as from the 18th birthday on, as the health authorities do." }
  ),
  selfIdentified: rule(
    "DFH-48",
    "Whom the therapy is for is told to the visitor and never asked or judged by software.",
    "Det finnes hjelp: \"sexual interest in children and have no desire to act on it\""
  ),
  competence: rule("DFH-50", "A referral asks for a therapist with expertise in this concern.", "Det finnes hjelp: \"therapists with expertise in this particular concern\""),
  individual: rule("DFH-52", "How often and for how long therapy goes on is limited by nothing here.", "Det finnes hjelp: \"how often you need therapy, and for how long\""),
  followUp: rule(
    "DFH-54",
    "Every ended treatment has one offer of follow-up, nobody is contacted without having accepted it, and declining it changes nothing else.",
    "Det finnes hjelp: \"you will be offered follow-up support, at your option\""
  ),
  firstSites: rule(
    "DFH-55",
    "From 2020 the South-Eastern region is treated in Oslo, and the Western in Stavanger and Bergen.",
    "Det finnes hjelp: \"From 2020, therapy will be offered at Oslo University Hospital\"",
    { since: "2020-01-01", gap: "The text names the year and no day; a policy says which." }
  ),
  nationwide: rule(
    "DFH-56",
    "Until a region has its own site it is served by those of the others, so that every region is served on every date.",
    "Det finnes hjelp: \"The three health trusts will be offering treatment to people nationwide in Norway until 2021\"",
    { since: "2020-01-01", gap: "The text names the year and no day; a policy says which." }
  ),
  bothDoors: rule(
    "DFH-58",
    "Nobody has to talk before booking, or to book before talking.",
    "Det finnes hjelp: \"Contact us for help in sorting out your thoughts, or book therapy now\""
  ),
  minor: rule(
    "E-10",
    "When somebody is not old enough, or the number cannot tell, no booking is made, the form is discarded and the visitor is pointed onwards; nobody else is told.",
    "Edge case 10: a minor tries to book"
  ),
  outbox: rule(
    "E-15",
    "What cannot be delivered is destroyed within the time that the policy gives, and the visitor is told to book anew.",
    "Edge case 15: booking identity and anonymous chat",
    { gap: "A referral whose acknowledgement was lost until after that time stands in the patient record beside a new one." }
  ),
  unlinked: rule("X-04", "A booking and a chat share no identifier, ever.", "Invariant 4: unlinkability"),
  determinism: rule("X-13", "The same commands give the same booking, whenever its timer happens to run.", "Invariant 13: determinism")
} as const
