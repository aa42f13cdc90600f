/**
 * The rules of the guide: what must hold, the words of Dinutvei that it comes from, and what no code can do about it.
 */
import { rule } from "../kernel/rule.ts"

const data = "What is not entered cannot be shown; the lint names what is missing."

/** The rules of guidance, by what they protect. A refusal and a finding carry the id of one of these. */
export const guidanceRules = {
  audience: rule(
    "DUV-01",
    "Whoever has threatened, been violent or committed sexual assault finds at least one way to help.",
    "\"threatened, are you violent or have you sexually assaulted\""
  ),
  concerned: rule(
    "DUV-02",
    "Whoever is concerned that it might happen is met like those who have acted.",
    "\"concerned that you might do, then you may need professional help\""
  ),
  everyMunicipality: rule(
    "DUV-03",
    "For every municipality the directory has an answer.",
    "\"All municipalities have services offering mental healthcare\"",
    { gap: data }
  ),
  notUniform: rule(
    "DUV-04",
    "A municipality's services are shown for that municipality only, and nothing says that they are alike.",
    "\"These services vary from municipality to municipality\""
  ),
  accessMode: rule(
    "DUV-05",
    "Every service has exactly one way in: by oneself, or with a referral.",
    "\"some services independently, while others require you to have a referral\""
  ),
  violenceList: rule(
    "DUV-06",
    "A service for anger or violence never requires a referral, and at least one is listed.",
    "\"help dealing with their own anger or violence\"",
    { gap: data }
  ),
  sexualAbuseList: rule(
    "DUV-07",
    "A service for sexual abuse never requires a referral, and at least one is listed.",
    "\"committed, or are concerned they may commit, sexual abuse\"",
    { gap: data }
  ),
  referrers: rule(
    "DUV-08",
    "Wherever a referral is needed, the GP and the dentist are both named.",
    "\"Your GP or dentist can assess in consultation with you\"",
    { gap: "The assessment itself is a conversation between two people." }
  ),
  therapists: rule(
    "DUV-09",
    "A referral leads to a psychologist or a psychiatrist.",
    "\"refer you on to a psychologist or psychiatrist if this is needed\""
  ),
  abuseKnowledge: rule(
    "DUV-10",
    "A request for a therapist with knowledge of violence and abuse stays in the referral.",
    "\"request a therapist with knowledge of violence and abuse\"",
    { gap: "Whether such a therapist is there to be had." }
  ),
  clinicsEverywhere: rule(
    "DUV-11",
    "Every municipality has an outpatient clinic.",
    "\"available nationwide and are part of the specialist healthcare service\"",
    { gap: data }
  ),
  contractSpecialists: rule(
    "DUV-12",
    "Contract specialists belong to the specialist health service; private ones without a contract do not, and their fees do not count.",
    "\"psychologists and psychiatrists with operating contracts\""
  ),
  referralNeeded: rule(
    "DUV-13",
    "The way to an outpatient clinic or a contract specialist leads through a referral.",
    "\"you must have a referral\""
  ),
  emergency: rule(
    "DUV-14",
    "In an emergency the numbers for help now come first, and an outpatient clinic may be contacted directly; a contract specialist may not.",
    "\"emergency mental healthcare, you can also contact a district psychiatric outpatient clinic directly\""
  ),
  treatmentForms: rule(
    "DUV-15",
    "The forms of treatment are named: stabilisation course and individual counselling.",
    "\"stabilisation course and individual counselling\""
  ),
  traumaKnowledge: rule(
    "DUV-16",
    "A request for a therapist with knowledge of violence and traumas is offered beside the other wording, and stays in the referral.",
    "\"a therapist with knowledge of violence and traumas\""
  ),
  sanks: rule(
    "DUV-17",
    "SANKS is shown to everyone, and nobody's background is asked or guessed.",
    "\"SANKS is a service offering mental healthcare to the Sami population\""
  ),
  interpreter: rule(
    "DUV-19",
    "The need for an interpreter and the language stay in the referral.",
    "\"An interpreter can be provided when necessary\""
  ),
  userFee: rule(
    "DUV-20",
    "User fees are paid up to the year's ceiling: the excess of the last one is paid back, and nothing is paid after it.",
    "\"the ordinary user fee up to the healthcare exemption card limit\""
  ),
  catchment: rule(
    "DUV-21",
    "A place belongs to exactly one outpatient clinic on a date; in Oslo the urban district decides.",
    "\"depends on where you live and what your local hospital is\""
  ),
  gpGuidance: rule(
    "DUV-22",
    "Where the clinic of a place is not known, the GP is named and nothing is guessed.",
    "\"Your GP can offer guidance\""
  ),
  pathway: rule(
    "DUV-23",
    "A referral that an outpatient clinic accepts starts exactly one patient pathway.",
    "\"this initiates what is known as a patient pathway\""
  ),
  assessmentDeadline: rule(
    "DUV-24",
    "The day until which a referral is to be assessed is shown: 10 working days from its receipt.",
    "\"without any unnecessary waiting time\"; pasient- og brukerrettighetsloven § 2-2",
    { gap: "Whether the clinic keeps the day." }
  ),
  ownWords: rule(
    "DUV-25",
    "Nothing is sent that the person has not seen exactly as it is sent, and every field is theirs.",
    "\"you should have more influence over your treatment\""
  ),
  pathwayLink: rule(
    "DUV-26",
    "The link to the patient pathway is there, with the day on which it was last seen to work.",
    "\"Read more about the patient pathway at helsenorge.no\"",
    { gap: data }
  ),
  waitingTimes: rule(
    "DUV-27",
    "A waiting time is shown with its source and its day, and never estimated.",
    "\"The waiting time for treatment ... varies depending on where you are in the country\""
  ),
  otherClinic: rule(
    "DUV-28",
    "Every other outpatient clinic may be chosen, and no reason is asked for.",
    "\"option for you to be treated at another district psychiatric outpatient clinic\""
  ),
  datedContacts: rule(
    "DUV-29",
    "A contact is shown on the days on which it holds, and no others.",
    "\"800 43 573 (800 HELSE)\""
  ),
  linkLanguage: rule(
    "DUV-30",
    "A link to a page in another language than the reader's says so.",
    "\"(Norwegian only)\""
  ),
  whomToContact: rule(
    "DUV-31",
    "The list of whom to contact is linked.",
    "\"List of whom you can contact\"",
    { gap: data }
  ),
  specialistLists: rule(
    "DUV-32",
    "Every health trust has a link to its list of contract specialists.",
    "\"Each health enterprise offers lists of psychologists and psychiatrists\"",
    { gap: data }
  ),
  psychologists: rule(
    "DUV-33",
    "The psychologists' association's search is linked.",
    "\"Find a psychologist on the Norwegian Psychological Association's website\"",
    { gap: data }
  ),
  editor: rule(
    "DUV-34",
    "The content names who answers for it and when it was last reviewed, and content too old is a finding.",
    "\"The text was written by the editorial board of dinutvei.no\""
  ),
  sources: rule(
    "DUV-35",
    "The content names its sources.",
    "The four sources at the end of the page"
  )
} as const
