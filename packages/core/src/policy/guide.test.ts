import { assert, describe, it } from "vitest"
import { clinic, completeGuide, entry } from "../../../../test/spec/guidanceWorlds.ts"
import { decodeGuidePolicy } from "./guide.ts"
import { dinutvei } from "./reference/dinutvei.ts"

const withEntry = (change: object) => ({ ...completeGuide, entries: [...completeGuide.entries, { ...entry("added"), ...change }] })
const withRule = (change: object) => ({ ...completeGuide, catchments: [...completeGuide.catchments, { ...completeGuide.catchments[0], ...change }] })
const without = (field: keyof typeof completeGuide) => Object.fromEntries(Object.entries(completeGuide).filter(([name]) => name !== field))
const phone = { kind: "phone", number: "99 99 99 99", lastVerified: null, from: null, until: null }
const place = { code: "9904", name: "Fourth", districts: [], website: null, from: null, until: null }

/** One field changed each, with the whole message of the refusal. */
const refused: ReadonlyArray<readonly [what: string, guide: unknown, message: string]> = [
  ["a field that nobody knows", { ...completeGuide, waiting: 10 }, "Expected no excess property\n  at [\"waiting\"]"],
  ["a missing reviewed date", without("reviewedOn"), "Missing key\n  at [\"reviewedOn\"]"],
  ["a missing editor", without("editor"), "Missing key\n  at [\"editor\"]"],
  ["a missing threshold of confidentiality", without("openCaseAt"), "Missing key\n  at [\"openCaseAt\"]"],
  [
    "a violence service that one is referred to (DUV-06)",
    withEntry({ category: "violence", access: "referral" }),
    "must be self: nobody needs a referral to a service of either list (DUV-06, DUV-07)\n  at [\"entries\"][8][\"access\"]"
  ],
  [
    "a sexual abuse service that one is referred to (DUV-07)",
    withEntry({ category: "sexualAbuse", audiences: ["concernedMayCommit"], access: "referral" }),
    "must be self: nobody needs a referral to a service of either list (DUV-06, DUV-07)\n  at [\"entries\"][8][\"access\"]"
  ],
  [
    "a violence service for nobody who is violent",
    withEntry({ category: "violence", audiences: ["concernedMayCommit"] }),
    "must have angerOrViolence, as the category says (DUV-06)\n  at [\"entries\"][8][\"audiences\"]"
  ],
  [
    "a sexual abuse service for nobody whom it concerns",
    withEntry({ category: "sexualAbuse" }),
    "must have committedSexualAbuse or concernedMayCommit, as the category says (DUV-07)\n  at [\"entries\"][8][\"audiences\"]"
  ],
  [
    "a contract specialist without a referral (DUV-13)",
    withEntry({ type: "contractSpecialist" }),
    "must be referral: this type of service is referred to (DUV-13)\n  at [\"entries\"][8][\"access\"]"
  ],
  [
    "a clinic without a referral (DUV-13)",
    withEntry({ ...clinic("added"), access: "self" }),
    "must be referral: this type of service is referred to (DUV-13)\n  at [\"entries\"][8][\"access\"]"
  ],
  [
    "a clinic that nobody may contact in an emergency (DUV-14)",
    withEntry({ ...clinic("added"), directInEmergency: false }),
    "must be true for a dps and false for every other type (DUV-14)\n  at [\"entries\"][8][\"directInEmergency\"]"
  ],
  [
    "a contract specialist for emergencies (DUV-14)",
    withEntry({ type: "contractSpecialist", access: "referral", directInEmergency: true }),
    "must be true for a dps and false for every other type (DUV-14)\n  at [\"entries\"][8][\"directInEmergency\"]"
  ],
  [
    "municipal services that are the same everywhere (DUV-04)",
    withEntry({ type: "municipal" }),
    "must name them: no municipal service is the same everywhere (DUV-04)\n  at [\"entries\"][8][\"municipalities\"]"
  ],
  ["a service with two ways in (DUV-05)", withEntry({ access: "both" }), "Expected \"self\" | \"referral\"\n  at [\"entries\"][8][\"access\"]"],
  ["a service for nobody", withEntry({ audiences: [] }), "Missing key\n  at [\"entries\"][8][\"audiences\"][0]"],
  ["a service that stands twice", withEntry({ id: "calm" }), "stands twice in the list: keep one of them\n  at [\"entries\"][8]"],
  [
    "a service of a trust that is not there",
    withEntry({ trust: "west" }),
    "must be the id of a health trust of the guide\n  at [\"entries\"][8][\"trust\"]"
  ],
  [
    "a contact that ends before it begins",
    withEntry({ contacts: [{ ...phone, from: "2026-02-01", until: "2026-01-01" }] }),
    "must be later than from\n  at [\"entries\"][8][\"contacts\"][0][\"until\"]"
  ],
  [
    "a contact of no day",
    { ...completeGuide, choiceOfPlace: [{ ...phone, from: "2026-01-01", until: "2026-01-01" }] },
    "must be later than from\n  at [\"choiceOfPlace\"][0][\"until\"]"
  ],
  ["no number 113 (DUV-14)", { ...completeGuide, emergency: completeGuide.emergency.slice(1) }, "must have 113 (DUV-14)\n  at [\"emergency\"]"],
  [
    "no number 116 117 (DUV-14)",
    { ...completeGuide, emergency: completeGuide.emergency.slice(0, 1) },
    "must have 116 117 (DUV-14)\n  at [\"emergency\"]"
  ],
  [
    "a referral that no dentist makes (DUV-08)",
    { ...completeGuide, referrers: { gp: completeGuide.referrers.gp } },
    "Missing key\n  at [\"referrers\"][\"dentist\"]"
  ],
  [
    "one wording of competence only (DUV-16)",
    { ...completeGuide, competences: { violenceAndAbuse: completeGuide.competences.violenceAndAbuse } },
    "Missing key\n  at [\"competences\"][\"violenceAndTraumas\"]"
  ],
  [
    "Oslo without urban districts (DUV-21)",
    { ...completeGuide, municipalities: [...completeGuide.municipalities, { ...place, code: "0301" }] },
    "must have the urban districts of Oslo (DUV-21)\n  at [\"municipalities\"][2][\"districts\"]"
  ],
  [
    "a municipality that stands twice",
    { ...completeGuide, municipalities: [...completeGuide.municipalities, { ...place, code: "9901" }] },
    "stands twice in the list: keep one of them\n  at [\"municipalities\"][2]"
  ],
  [
    "a municipality that ends before it begins",
    { ...completeGuide, municipalities: [...completeGuide.municipalities, { ...place, from: "2026-01-02", until: "2026-01-01" }] },
    "must be later than from\n  at [\"municipalities\"][2][\"until\"]"
  ],
  [
    "a health trust that stands twice",
    { ...completeGuide, healthTrusts: [...completeGuide.healthTrusts, { id: "north", name: "N", contractSpecialists: null }] },
    "stands twice in the list: keep one of them\n  at [\"healthTrusts\"][2]"
  ],
  [
    "a catchment of a service that is no clinic",
    withRule({ dps: "calm" }),
    "must be the id of a dps of the guide\n  at [\"catchments\"][3][\"dps\"]"
  ],
  [
    "a catchment of a municipality that is not there",
    withRule({ municipality: "9909" }),
    "must be the code of a municipality of the guide\n  at [\"catchments\"][3][\"municipality\"]"
  ],
  [
    "a catchment of a whole municipality that has districts (DUV-21)",
    withRule({ municipality: "9902" }),
    "must be an urban district of the municipality, or null where it has none (DUV-21)\n  at [\"catchments\"][3][\"district\"]"
  ],
  [
    "a catchment of a district of another municipality",
    withRule({ district: "990201" }),
    "must be an urban district of the municipality, or null where it has none (DUV-21)\n  at [\"catchments\"][3][\"district\"]"
  ],
  ["a catchment that ends before it begins", withRule({ until: "2019-12-31" }), "must be later than from\n  at [\"catchments\"][3][\"until\"]"],
  [
    "two ceilings for one year (DUV-20)",
    { ...completeGuide, feeCeilings: [...completeGuide.feeCeilings, ...completeGuide.feeCeilings] },
    "stands twice in the list: keep one of them\n  at [\"feeCeilings\"][1]"
  ],
  [
    "a waiting time of nothing that is a clinic (DUV-27)",
    { ...completeGuide, waitingTimes: [{ dps: "calm", days: 1, source: "https://guide.example/", measuredOn: "2026-01-01" }] },
    "must be the id of a dps of the guide\n  at [\"waitingTimes\"][0][\"dps\"]"
  ],
  [
    "a waiting time without a source (DUV-27)",
    { ...completeGuide, waitingTimes: [{ dps: "north-clinic", days: 1, measuredOn: "2026-01-01" }] },
    "Missing key\n  at [\"waitingTimes\"][0][\"source\"]"
  ],
  [
    "a waiting time without a day (DUV-27)",
    { ...completeGuide, waitingTimes: [{ dps: "north-clinic", days: 1, source: "https://guide.example/" }] },
    "Missing key\n  at [\"waitingTimes\"][0][\"measuredOn\"]"
  ],
  [
    "a question that stands twice",
    { ...completeGuide, questions: [...completeGuide.questions, ...completeGuide.questions.slice(0, 1)] },
    `stands twice in the list: keep one of them\n  at ["questions"][${completeGuide.questions.length}]`
  ],
  ["no source (DUV-35)", { ...completeGuide, sources: [] }, "Missing key\n  at [\"sources\"][0]"]
]

const messageOf = (guide: unknown): string => {
  try {
    decodeGuidePolicy(guide)
    return "accepted"
  } catch (error) {
    return error instanceof Error ? error.message : "no error"
  }
}

describe("the policy of a guide", () => {
  it.each(refused)("with %s is refused by a message that says where and why", (_, guide, message) => {
    assert.strictEqual(messageOf(guide), message)
  })

  it("names everything that is wrong at once", () => {
    assert.strictEqual(
      messageOf(withRule({ dps: "calm", municipality: "9909", until: "2019-12-31" })),
      [
        "must be later than from\n  at [\"catchments\"][3][\"until\"]",
        "must be the id of a dps of the guide\n  at [\"catchments\"][3][\"dps\"]",
        "must be the code of a municipality of the guide\n  at [\"catchments\"][3][\"municipality\"]"
      ].join("\n")
    )
    assert.strictEqual(
      messageOf(withEntry({ type: "contractSpecialist", directInEmergency: true })),
      [
        "must be referral: this type of service is referred to (DUV-13)\n  at [\"entries\"][8][\"access\"]",
        "must be true for a dps and false for every other type (DUV-14)\n  at [\"entries\"][8][\"directInEmergency\"]"
      ].join("\n")
    )
  })

  it("of Dinutvei and of a complete guide are accepted as they stand", () => {
    for (const guide of [dinutvei, completeGuide]) assert.deepStrictEqual(decodeGuidePolicy(guide), guide)
    assert.deepStrictEqual(decodeGuidePolicy(withEntry({ contacts: [{ ...phone, from: "2026-01-01", until: "2026-01-02" }] })).entries.length, 9)
  })

  it("of Dinutvei asks its questions about fields that it has", () => {
    assert.deepStrictEqual(
      dinutvei.questions.filter(({ field }) => !(field in dinutvei)).map(({ id }) => id),
      []
    )
  })

  it("of Dinutvei names the editorial board and the four sources of its text (DUV-34, DUV-35)", () => {
    assert.deepStrictEqual([dinutvei.editor, dinutvei.sources, dinutvei.reviewedOn], [
      "The editorial board of dinutvei.no",
      [
        "Norwegian Resource Centre for Community Mental Health (NAPHA)",
        "The Norwegian Electronic Health Library",
        "The Norwegian Directorate of Health",
        "Various municipalities' websites"
      ],
      null
    ])
  })

  it("of Dinutvei invents nothing: what the text lost is empty and has a question", () => {
    const { municipalities, healthTrusts, catchments, waitingTimes, links, entries, questions } = dinutvei
    const contactsOf = entries.map(({ id, contacts }) => [id, contacts])
    assert.deepStrictEqual({ municipalities, healthTrusts, catchments, waitingTimes, links, entries: contactsOf }, {
      municipalities: [],
      healthTrusts: [],
      catchments: [],
      waitingTimes: [],
      links: { patientPathway: null, waitingTimes: null, whomToContact: null, psychologists: null },
      entries: [["sanks", []]]
    })
    assert.deepStrictEqual(
      questions.map(({ rule }) => rule).toSorted().map(String),
      ["03", "06", "07", "08", "11", "16", "17", "20", "21", "24", "26", "28", "29", "32", "34", "35"].map((number) => `DUV-${number}`)
    )
  })
})
