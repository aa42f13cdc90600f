/**
 * The rules of Dinutvei, what enforces each, and what proves it.
 */
import type { Enforced, Traced } from "./traced.ts"

const core = "packages/core/src"
const directoryTests = `${core}/guidance/laws.test.ts`
const lintTests = `${core}/guidance/lint.test.ts`
const policyTests = `${core}/policy/guide.test.ts`
const machineTests = `${core}/guidance/machine.test.ts`

const inDirectory = (title: string) => ({ file: directoryTests, title: `the laws of the directory > ${title}` })
const ofDirectory = (title: string) => ({ file: directoryTests, title: `the directory > ${title}` })
const ofReferrals = (title: string) => ({ file: directoryTests, title: `the laws of a referral > ${title}` })
const whenLinted = (when: string) => ({ file: lintTests, title: `the lint of a guide > finds exactly what is wrong, and nothing else, when ${when}` })
const refusing = (what: string) => ({ file: policyTests, title: `the policy of a guide > with ${what} is refused by a message that says where and why` })

const agreed = inDirectory("and a naive directory agree on every answer, line for line (DUV-01..09, DUV-13, DUV-14, DUV-17, DUV-22)")
const empty = inDirectory("For every audience and every code of a municipality, the directory names that municipality's own services and the GP, once each")
const byReferral = inDirectory(
  "A clinic or a contract specialist is reached through one referral, before the service; an emergency takes it away for a clinic only"
)
const lists = inDirectory("A service of the lists for anger, violence and sexual abuse is never reached through a referral")
const stays = ofReferrals("The competence asked for and the interpreter stay as they were written, from the draft until the service has accepted")
const alike = { file: machineTests, title: "the referral and the naive referral > answer every command alike (DUV-10, DUV-16, DUV-19, DUV-23, DUV-24, DUV-25)" }
const travels = { file: machineTests, title: "a draft > is the same after a journey through JSON, competence, interpreter and all (DUV-10, DUV-16, DUV-19)" }
const nothingWrong = whenLinted("nothing is changed")
const allMissing = {
  file: lintTests,
  title: "the lint of a guide > finds the clinics, places and trusts that are missing altogether, and a clinic without another to choose"
}

const enforced = (rule: string, by: string, never: Enforced["never"], always: Enforced["always"], find: string, replace: string): Enforced => ({
  kind: "enforced",
  rule,
  by: `${core}/${by}`,
  never,
  always,
  disable: { find, replace }
})

const directory = "guidance/directory.ts#directory"
const lint = "guidance/lint.ts#lintGuide"
const machine = "guidance/machine.ts#referralMachine"
const wayTo = "guidance/route.ts#routeTo"

/** A link that the lint asks for: lost, it is a finding. */
const linked = (rule: string, name: string, field: string, when: string): Enforced =>
  enforced(rule, lint, whenLinted(when), nothingWrong, `...linkFindings(guide, on, rules.${name}, "links.${field}", guide.links.${field}),`, "")

/** The rules of guidance. */
export const guidanceTraced: ReadonlyArray<Traced> = [
  enforced(
    "DUV-01",
    directory,
    agreed,
    ofDirectory("has a way to help for every audience, in the reference guide and in a complete one (DUV-01, DUV-02)"),
    "entry.audiences.includes(audience) && serves",
    "serves"
  ),
  enforced("DUV-01", lint, whenLinted("nobody is for those who committed"), nothingWrong, "self(\"angerOrViolence\") && self(\"committedSexualAbuse\")", "true"),
  enforced("DUV-02", lint, whenLinted("nobody is for the concerned"), nothingWrong, "self(\"concernedMayCommit\")", "true"),
  enforced("DUV-03", directory, empty, empty, "code: place.municipality,", "code: \"\","),
  enforced(
    "DUV-04",
    directory,
    inDirectory("A service that serves other municipalities only is not shown, SANKS excepted; one that serves this one, for this audience, always is"),
    agreed,
    "entry.municipalities === null || entry.municipalities.includes(place.municipality)",
    "true"
  ),
  enforced("DUV-05", "guidance/route.ts#needsReferral", refusing("a service with two ways in (DUV-05)"), agreed, "entry.access === \"referral\" && ", ""),
  enforced("DUV-06", "policy/guideEntries.ts#Entry", refusing("a violence service that one is referred to (DUV-06)"), lists, "category === null || access === \"self\"", "true"),
  enforced("DUV-06", lint, whenLinted("a violence service leaves its list"), nothingWrong, "any(({ category }) => category === \"violence\")", "true"),
  enforced("DUV-07", "policy/guideEntries.ts#Entry", refusing("a sexual abuse service that one is referred to (DUV-07)"), lists, "category === null || access === \"self\"", "true"),
  enforced("DUV-07", lint, whenLinted("the sexual abuse service leaves its list"), nothingWrong, "any(({ category }) => category === \"sexualAbuse\")", "true"),
  enforced("DUV-08", wayTo, agreed, refusing("a referral that no dentist makes (DUV-08)"), "of: Referrer.literals", "of: [\"gp\"]"),
  enforced(
    "DUV-09",
    "guidance/route.ts#referralGraph",
    ofDirectory("leads from the GP and from the dentist to a psychologist and to a psychiatrist (DUV-08, DUV-09)"),
    agreed,
    "Therapist.literals.map((to)",
    "Therapist.literals.slice(1).map((to)"
  ),
  enforced("DUV-10", machine, stays, travels, "request: state.draft.request,", "request: { ...state.draft.request, competences: [] },"),
  enforced("DUV-11", lint, allMissing, whenLinted("a catchment has ended"), "clinics.length > 0", "true"),
  enforced(
    "DUV-12",
    "guidance/fee.ts#countsTowardsCeiling",
    { file: `${core}/guidance/fee.test.ts`, title: "user fees > count for the specialist health service only: not for private specialists without a contract (DUV-12)" },
    { file: `${core}/guidance/fee.test.ts`, title: "user fees > agree with money counted in one pot for each year, refusals included (DUV-20)" },
    "type === \"dps\" || type === \"contractSpecialist\"",
    "type !== \"municipal\""
  ),
  enforced("DUV-13", "policy/guideEntries.ts#Entry", refusing("a contract specialist without a referral (DUV-13)"), byReferral, "!needsReferral.includes(type) || access === \"referral\"", "true"),
  enforced("DUV-14", "guidance/route.ts#needsReferral", byReferral, agreed, "!(emergency && entry.directInEmergency)", "true"),
  enforced(
    "DUV-14",
    wayTo,
    inDirectory("The numbers for help now stand first, in the answer and on every way to a service, in an emergency and not otherwise"),
    agreed,
    "emergency ? [{",
    "entry.type === \"dps\" ? [{"
  ),
  enforced("DUV-15", lint, whenLinted("a clinic names no treatment"), nothingWrong, "forms.length > 0", "true"),
  enforced("DUV-16", wayTo, agreed, refusing("one wording of competence only (DUV-16)"), "requesting: Competence.literals", "requesting: [\"violenceAndAbuse\"]"),
  enforced(
    "DUV-17",
    directory,
    ofDirectory("does not know anything about who asks but what the help is for, where, and when (DUV-17)"),
    inDirectory("SANKS is shown in every answer, whoever it is for, wherever and whenever"),
    "entry.type === \"sanks\" || (entry.audiences",
    "(entry.audiences"
  ),
  enforced("DUV-19", machine, stays, travels, "request: state.draft.request,", "request: { ...state.draft.request, interpreter: null },"),
  enforced(
    "DUV-20",
    "guidance/fee.ts#chargesOf",
    {
      file: `${core}/guidance/fee.test.ts`,
      title: "user fees > count to the ceiling of their year and never beyond; what is kept is what counts, and nothing is paid after it (DUV-20)"
    },
    { file: `${core}/guidance/fee.test.ts`, title: "user fees > of 2026 in the reference guide: the visit that passes NOK 3278 is paid back in part, the next is free" },
    "left === 0 ? free : ",
    ""
  ),
  enforced(
    "DUV-21",
    "guidance/catchment.ts#catchmentOf",
    { file: `${core}/guidance/catchment.test.ts`, title: "a catchment > is for every place and date the same one answer as a naive look through the rules (DUV-21)" },
    { file: `${core}/guidance/catchment.test.ts`, title: "a catchment > in Oslo asks for the urban district, also when no district is entered (DUV-21)" },
    "districts.length > 0 || municipality === oslo",
    "districts.length > 0"
  ),
  enforced(
    "DUV-22",
    "guidance/catchment.ts#catchmentOf",
    {
      file: `${core}/guidance/catchment.test.ts`,
      title: "a catchment > answers that the GP can help, and never a guess, where nobody has said or two rules disagree (DUV-22)"
    },
    empty,
    "only === undefined || another !== undefined ? undefined",
    "only === undefined ? undefined"
  ),
  enforced("DUV-22", directory, empty, agreed, "{ _tag: \"Gp\", says: yourGp }", ""),
  enforced(
    "DUV-23",
    machine,
    ofReferrals("A pathway starts exactly once for each referral that a clinic accepts, at that moment, and for no other"),
    alike,
    "state.type === \"dps\" ? happened(accepted, { _tag: \"PathwayStarted\", at }) : ",
    ""
  ),
  enforced(
    "DUV-24",
    "guidance/machine.ts#assessBy",
    { file: machineTests, title: "a referral > is assessed within the working days of the guide, Easter left out (DUV-24)" },
    alike,
    "LocalDate => workingDaysAfter(receivedOn, workingDays)",
    "LocalDate => receivedOn"
  ),
  enforced(
    "DUV-25",
    machine,
    ofReferrals("What is sent is what was last written, and was shown after that; and whatever was shown can be sent"),
    alike,
    "if (!accepts(referralTable, state._tag, command._tag)) return refusals[command._tag]",
    ""
  ),
  linked("DUV-26", "pathwayLink", "patientPathway", "the pathway link is lost"),
  enforced(
    "DUV-27",
    "guidance/waiting.ts#waitingTimeOf",
    {
      file: `${core}/guidance/waiting.test.ts`,
      title: "a waiting time > is the newest that somebody measured, with its source, its day and a word about its age, or nothing at all (DUV-27)"
    },
    refusing("a waiting time without a source (DUV-27)"),
    "if (latest === undefined) return null",
    "if (latest === undefined) return { days: 30, source: \"\", measuredOn: on, stale: false }"
  ),
  enforced(
    "DUV-28",
    "guidance/waiting.ts#otherClinics",
    { file: `${core}/guidance/waiting.test.ts`, title: "the other clinics > are all clinics but the own one, and nothing that is no clinic (DUV-28)" },
    { file: `${core}/guidance/waiting.test.ts`, title: "the other clinics > of a country with two clinics or more are never none, for any of them (DUV-28)" },
    " && id !== dps",
    ""
  ),
  enforced(
    "DUV-29",
    "guidance/links.ts#contactsOn",
    { file: `${core}/guidance/links.test.ts`, title: "a contact > is shown from its first day until the day before its last bound, in the order of the policy (DUV-29)" },
    {
      file: `${core}/guidance/links.test.ts`,
      title: "a contact > for choosing a place of treatment was 800 43 573 and is 23 32 70 00: one of them on every day (DUV-29)"
    },
    "contacts.filter((contact) => isDuring(on, contact))",
    "contacts"
  ),
  enforced(
    "DUV-30",
    "guidance/links.ts#shownLink",
    { file: `${core}/guidance/links.test.ts`, title: "a link > is labelled whenever its language is not the reader's, and only then (DUV-30)" },
    { file: `${core}/guidance/links.test.ts`, title: "a link > leads where the policy says" },
    "link.language === ui ?",
    "ui === \"nb\" ?"
  ),
  linked("DUV-31", "whomToContact", "whomToContact", "the list link was long not seen"),
  enforced("DUV-32", lint, allMissing, whenLinted("a health trust has no list"), "guide.healthTrusts.length > 0", "true"),
  linked("DUV-33", "psychologists", "psychologists", "the psychologists' link is lost"),
  enforced(
    "DUV-34",
    lint,
    whenLinted("the content was never reviewed"),
    whenLinted("the content was just reviewed in time"),
    "!isStale(guide.reviewedOn, guide.staleAfterMonths.content, on)",
    "true"
  ),
  enforced(
    "DUV-35",
    "policy/guide.ts#GuidePolicy",
    refusing("no source (DUV-35)"),
    { file: policyTests, title: "the policy of a guide > of Dinutvei names the editorial board and the four sources of its text (DUV-34, DUV-35)" },
    "sources: Schema.NonEmptyArray(Schema.NonEmptyString)",
    "sources: Schema.Array(Schema.NonEmptyString)"
  )
]
