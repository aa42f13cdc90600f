/**
 * Dinutvei: the national guide's page for people who are violent or have committed sexual assault, or fear that they might.
 */
import { decodeGuidePolicy } from "../guide.ts"

/**
 * The promises of Dinutvei. The lists of services, clinics and trusts are not part of the published text: they stay empty,
 * and the guide's lint says so.
 */
export const dinutvei = decodeGuidePolicy({
  service: "dinutvei",
  name: { nb: "Dinutvei.no: psykisk helsevern for deg som bruker vold", en: "Dinutvei.no: mental healthcare for you who are violent" },
  editor: "The editorial board of dinutvei.no",
  page: "https://dinutvei.no/",
  readOn: "2026-11-01",
  sources: [
    "Norwegian Resource Centre for Community Mental Health (NAPHA)",
    "The Norwegian Electronic Health Library",
    "The Norwegian Directorate of Health",
    "Various municipalities' websites"
  ],
  reviewedOn: null,
  staleAfterMonths: { content: 12, links: 6, waitingTimes: 6 },
  openCaseAt: "immediateRisk",
  emergency: [
    { number: "113", name: { nb: "Ambulanse: når det står om liv", en: "Ambulance: when a life is at risk" }, lastVerified: "2026-11-01" },
    { number: "116 117", name: { nb: "Legevakt: når du må ha lege i dag", en: "Doctor: when you need one today" }, lastVerified: "2026-11-01" }
  ],
  referrers: { gp: { nb: "fastlegen din", en: "your GP" }, dentist: { nb: "tannlegen din", en: "your dentist" } },
  competences: {
    violenceAndAbuse: { nb: "kunnskap om vold og overgrep", en: "knowledge of violence and abuse" },
    violenceAndTraumas: { nb: "kunnskap om vold og traumer", en: "knowledge of violence and traumas" }
  },
  assessmentWorkingDays: 10,
  municipalities: [],
  healthTrusts: [],
  entries: [
    {
      id: "sanks",
      name: { nb: "SANKS: psykisk helsevern for den samiske befolkningen", en: "SANKS: mental healthcare for the Sami population" },
      type: "sanks",
      category: null,
      audiences: ["angerOrViolence", "committedSexualAbuse", "concernedMayCommit"],
      access: "referral",
      directInEmergency: false,
      forms: [],
      trust: null,
      municipalities: null,
      interpreter: true,
      contacts: []
    }
  ],
  catchments: [],
  feeCeilings: [{ year: 2026, kroner: 3278, source: "A secondary source; the official page was not read", lastVerified: "2026-11-01" }],
  waitingTimes: [],
  choiceOfPlace: [
    { kind: "phone", number: "800 43 573", lastVerified: null, from: null, until: "2026-11-01" },
    { kind: "phone", number: "23 32 70 00", lastVerified: "2026-11-01", from: "2026-11-01", until: null }
  ],
  links: { patientPathway: null, waitingTimes: null, whomToContact: null, psychologists: null },
  questions: [
    {
      id: "violence-list",
      rule: "DUV-06",
      field: "entries",
      asks: "The list of specialised services for anger or violence is not part of the published text.",
      answer: "Left empty; whoever runs the guide enters at least one before it opens."
    },
    {
      id: "sexual-abuse-list",
      rule: "DUV-07",
      field: "entries",
      asks: "The list of specialised services for sexual abuse is not part of the published text.",
      answer: "Left empty; whoever runs the guide enters at least one before it opens."
    },
    {
      id: "municipal-services",
      rule: "DUV-03",
      field: "municipalities",
      asks: "The text says that every municipality has services, and names none.",
      answer: "Left empty; everyone is shown to the municipality's own services and to the GP until the list is entered."
    },
    {
      id: "clinics",
      rule: "DUV-11",
      field: "entries",
      asks: "The text says that outpatient clinics are available nationwide, and names none.",
      answer: "Left empty; whoever runs the guide enters them with the health trust that each belongs to."
    },
    {
      id: "catchments",
      rule: "DUV-21",
      field: "catchments",
      asks: "The text says that the clinic depends on where you live, and not how.",
      answer: "Left empty; the GP can guide, as the text says, until the catchments are entered."
    },
    {
      id: "specialist-lists",
      rule: "DUV-32",
      field: "healthTrusts",
      asks: "The text says that each health trust has a list of contract specialists, and the list of links is not part of it.",
      answer: "Left empty; whoever runs the guide enters one link for each health trust."
    },
    {
      id: "choice-number",
      rule: "DUV-29",
      field: "choiceOfPlace",
      asks: "The text gives 800 43 573, and helsenorge.no showed 23 32 70 00 when it was read.",
      answer: "Contacts are dated: the published number until the day on which the other was seen, 23 32 70 00 from that day."
    },
    {
      id: "two-wordings",
      rule: "DUV-16",
      field: "competences",
      asks: "The text asks once for knowledge of violence and abuse, and once for knowledge of violence and traumas.",
      answer: "Both are offered, as two tags."
    },
    {
      id: "who-refers",
      rule: "DUV-08",
      field: "referrers",
      asks: "The text first has the GP or dentist assess the need, and elsewhere only says \"the person who refers you\".",
      answer: "Both the GP and the dentist are offered wherever a referral is needed."
    },
    {
      id: "sanks-access",
      rule: "DUV-17",
      field: "entries",
      asks: "The text names SANKS among the services that require a referral, and gives neither its access nor its contacts.",
      answer: "With a referral, and shown to everyone; whoever runs the guide enters the contacts."
    },
    {
      id: "links-lost",
      rule: "DUV-26",
      field: "links",
      asks: "The text leads to four other pages, and their addresses are not part of it.",
      answer: "Left empty; no address is guessed."
    },
    {
      id: "fee-ceiling",
      rule: "DUV-20",
      field: "feeCeilings",
      asks: "The text names the exemption card limit, and not the amount, which changes every year.",
      answer: "NOK 3278 for 2026 from a secondary source; a year that is not entered is refused, never guessed."
    },
    {
      id: "any-other-clinic",
      rule: "DUV-28",
      field: "waitingTimes",
      asks: "The text lets people choose another clinic when their own cannot offer a good enough service; the law gives the choice to everyone.",
      answer: "Other clinics are always shown, and nobody is asked why."
    },
    {
      id: "assessment-deadline",
      rule: "DUV-24",
      field: "assessmentWorkingDays",
      asks: "The text promises treatment without unnecessary waiting, and no number of days.",
      answer: "The law's 10 working days from the receipt of the referral, Monday to Friday without public holidays."
    },
    {
      id: "review-date",
      rule: "DUV-34",
      field: "reviewedOn",
      asks: "The text does not say when it was written or reviewed.",
      answer: "Left empty; the guide's lint asks for a review until there is one."
    },
    {
      id: "months-until-stale",
      rule: "DUV-35",
      field: "staleAfterMonths",
      asks: "The text does not say how often it is gone through.",
      answer: "Content every 12 months, links and waiting times every 6."
    }
  ]
})
