import jsonld from "jsonld"
import { assert, describe, it } from "vitest"
import { Instant } from "../kernel/instant.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { type ConsentFacts, consentReceipt, consentRecord } from "./consentRecord.ts"
import { dpvRecord } from "./dpvRecord.ts"
import { languages } from "./language.ts"
import type { LinkedNode, LinkedValue } from "./linkedData.ts"
import { noticeVersion } from "./notice.ts"

const at = (text: string): Instant => Instant.make(Date.parse(text))
const facts: ConsentFacts = {
  recordId: "0123456789abcdef0123456789abcdef",
  principalId: "fedcba9876543210fedcba9876543210",
  purposes: ["quality", "research"],
  noticeVersion: noticeVersion(detfinneshjelp),
  language: "nb",
  answered: { status: "given", at: at("2026-03-27T11:00:00Z") },
  withdrawAt: "https://example.org/consent"
}
const receipt = { id: "00112233445566778899aabbccddeeff", at: at("2026-03-27T11:00:05Z") }

const documents: ReadonlyArray<readonly [string, () => LinkedNode]> = [
  ...[detfinneshjelp, ifengsel].flatMap((policy) =>
    languages.map((language) => [`the record of ${policy.service} in ${language}`, () => dpvRecord(policy, language)] as const)
  ),
  ["a consent record", () => consentRecord(detfinneshjelp, facts)],
  ["a consent record after withdrawal", () => consentRecord(detfinneshjelp, { ...facts, withdrawnAt: at("2026-03-29T09:30:00Z") })],
  ["a consent receipt", () => consentReceipt(detfinneshjelp, facts, receipt)]
]

/** Strict: a term that would be dropped is an error. Its types know nothing of `safe`. */
const strict = { format: "application/n-quads" as const, safe: true, documentLoader: async (url: string) => assert.fail(`would fetch ${url}`) }

/** Reads a document as linked data, with nothing fetched. */
const triples = async (document: LinkedNode): Promise<string> => {
  const quads: unknown = await jsonld.toRDF(JSON.parse(JSON.stringify(document)), strict)
  return typeof quads === "string" ? quads : assert.fail("these are no quads")
}

const keys = (value: LinkedValue): ReadonlyArray<string> =>
  Array.isArray(value) ? value.flatMap(keys) : typeof value === "object" && value !== null ? Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)]) : []

/** Terms of the Data Privacy Vocabulary 2.3 that its guides to ISO/IEC TS 27560 and to Article 30 use, and the properties of Dublin Core. */
const known = new Set(
  (
    "DataProcessingRecord hasJurisdiction hasApplicableLaw hasDataController DataController hasDataProcessor DataProcessor DataSubProcessor hasRecipient Recipient hasName " +
    "hasTechnicalOrganisationalMeasure TechnicalOrganisationalMeasure hasProcess Process hasPurpose Purpose hasLegalBasis LegalBasis hasPersonalData PersonalData hasData NonPersonalData hasStorageCondition " +
    "StorageDuration StorageDeletion StorageLocation hasLocation hasDuration ConsentRecord ConsentReceipt hasDataSubject DataSubject hasIdentifier hasNotice ConsentNotice " +
    "hasConsentControl WithdrawConsent isExercisedAt hasRight DataSubjectRight hasConsentStatus ConsentGiven ExpressedConsent ConsentRefused ConsentWithdrawn isIndicatedBy " +
    "isIndicatedAtTime hasRecordOfActivity ServiceOptimisation ScientificResearch"
  )
    .split(" ")
    .map((name) => `dpv:${name}`)
)

describe("linked data", () => {
  for (const [name, made] of documents) {
    it(`${name} is read as linked data with nothing fetched, and no term is lost or unknown`, async () => {
      const document = made()
      const quads = await triples(document)
      assert.notMatch(quads, /(?<=[<"])(?:dpv|dct|loc|eu-gdpr|xsd):/)
      const terms = JSON.stringify(document).match(/dpv:\w+(?=")/g) ?? []
      assert.isAbove(terms.length, 20)
      assert.deepStrictEqual(terms.filter((one) => !known.has(one)), [])
      for (const key of new Set(keys(document))) {
        if (key.startsWith("@") || ["dpv", "loc", "eu-gdpr", "dct", "xsd"].includes(key)) continue
        assert.include(quads, key.replace("dpv:", "https://w3id.org/dpv#").replace("dct:", "http://purl.org/dc/terms/"), key)
      }
    })
  }

  it("a term without a meaning is noticed", async () => {
    const error = await triples({ "@context": { dpv: "https://w3id.org/dpv#" }, "@type": "dpv:Process", hasNoMeaning: "x" }).then(
      () => undefined,
      (failure: unknown) => failure
    )
    assert.instanceOf(error, Error)
  })

  it("says of each class of data how long it is kept, and by when it is gone at worst", async () => {
    const quads = await triples(dpvRecord(detfinneshjelp, "en"))
    assert.include(quads, '"PT604800S"^^<http://www.w3.org/2001/XMLSchema#duration>')
    assert.include(quads, '"PT604865S"^^<http://www.w3.org/2001/XMLSchema#duration>')
  })
})

describe("the record of a consent", () => {
  const mandatory = [
    "dct:conformsTo", "dct:identifier", "dpv:hasDataSubject", "dpv:hasDataController", "dpv:hasJurisdiction", "dpv:hasNotice", "dpv:hasProcess", "dpv:hasConsentControl", "dpv:hasConsentStatus"
  ]

  it("has what ISO/IEC TS 27560 asks of a record: schema, id, person, notice, language, purpose, data, parties, places, period, recipients and how to withdraw", () => {
    const document = consentRecord(detfinneshjelp, facts)
    for (const field of mandatory) assert.property(document, field)
    for (const field of ["dpv:hasPurpose", "dpv:hasPersonalData", "dpv:hasStorageCondition", "dpv:hasRecipient", "dct:language", "dpv:hasLocation", "dpv:hasDuration"]) assert.include(keys(document), field)
    assert.deepStrictEqual(document["dpv:hasDataSubject"], { "@type": "dpv:DataSubject", "dpv:hasIdentifier": facts.principalId })
    assert.deepStrictEqual(document["dpv:hasConsentStatus"], [
      { "@type": ["dpv:ConsentGiven", "dpv:ExpressedConsent"], "dpv:isIndicatedBy": { "@id": "dpv:DataSubject" }, "dpv:isIndicatedAtTime": { "@type": "xsd:dateTime", "@value": "2026-03-27T11:00:00Z" } }
    ])
  })

  it("is exactly this document", () => {
    const withdrawnAt = at("2026-03-29T09:30:00Z")
    const { "@context": _, ...record } = consentRecord(detfinneshjelp, { ...facts, purposes: ["quality"], language: "en", withdrawnAt })
    const controller = { "@type": "dpv:DataController", "dpv:hasName": "Oslo universitetssykehus HF" }
    const indicated = (type: LinkedValue, value: string) => ({
      "@type": type, "dpv:isIndicatedBy": { "@id": "dpv:DataSubject" }, "dpv:isIndicatedAtTime": { "@type": "xsd:dateTime", "@value": value }
    })
    const lasts = (type: string, value: string) => ({ "@type": type, "dpv:hasDuration": { "@type": "xsd:duration", "@value": value } })
    assert.deepStrictEqual<LinkedNode>(record, {
      "@type": "dpv:ConsentRecord",
      "dct:conformsTo": { "@id": "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr" },
      "dct:identifier": facts.recordId,
      "dpv:hasDataSubject": { "@type": "dpv:DataSubject", "dpv:hasIdentifier": facts.principalId },
      "dpv:hasDataController": controller,
      "dpv:hasDataProcessor": { "@type": "dpv:DataProcessor", "dpv:hasName": "Helsedirektoratet" },
      "dpv:hasJurisdiction": { "@id": "loc:NO" },
      "dpv:hasApplicableLaw": { "@id": "eu-gdpr:GDPR" },
      "dpv:hasNotice": { "@type": "dpv:ConsentNotice", "dct:hasVersion": facts.noticeVersion, "dct:language": "en" },
      "dpv:hasProcess": [{
        "@type": "dpv:Process",
        "dpv:hasPurpose": { "@id": "dpv:ServiceOptimisation" },
        "dpv:hasLegalBasis": ["GDPR 6(1)(a)", "GDPR 9(2)(a)"].map((title) => ({ "@type": "dpv:LegalBasis", "dct:title": title })),
        "dpv:hasPersonalData": {
          "@type": "dpv:PersonalData",
          "dct:title": "The note that you said yes to, without free text. After this it cannot be linked to you"
        },
        "dpv:hasRecipient": controller,
        "dpv:hasStorageCondition": [
          { "@type": "dpv:StorageLocation", "dpv:hasLocation": { "@id": "loc:NO" } },
          lasts("dpv:StorageDuration", "PT604800S"),
          lasts("dpv:StorageDeletion", "PT604865S")
        ]
      }],
      "dpv:hasConsentControl": { "@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": { "@id": "https://example.org/consent" } },
      "dpv:hasRight": { "@type": ["dpv:DataSubjectRight", "eu-gdpr:A7-3"], "dpv:isExercisedAt": { "@id": "https://example.org/consent" } },
      "dpv:hasConsentStatus": [
        indicated(["dpv:ConsentGiven", "dpv:ExpressedConsent"], "2026-03-27T11:00:00Z"),
        indicated("dpv:ConsentWithdrawn", "2026-03-29T09:30:00Z")
      ]
    })
  })

  it("has one process for each purpose that was agreed to, and no other", () => {
    for (const purposes of [["quality"], ["research"], ["quality", "research"]] as const) {
      const processes = consentRecord(detfinneshjelp, { ...facts, purposes })["dpv:hasProcess"]
      const named = Array.isArray(processes) ? processes.map((one: LinkedNode) => one["dpv:hasPurpose"]) : []
      assert.deepStrictEqual(named, purposes.map((purpose) => ({ "@id": purpose === "quality" ? "dpv:ServiceOptimisation" : "dpv:ScientificResearch" })))
    }
  })

  it("tells a refusal, and a withdrawal after the answer", () => {
    const types = (more: Partial<ConsentFacts>) => {
      const statuses = consentRecord(detfinneshjelp, { ...facts, ...more })["dpv:hasConsentStatus"]
      return Array.isArray(statuses) ? statuses.map((one: LinkedNode) => one["@type"]) : []
    }
    assert.deepStrictEqual(types({ answered: { status: "refused", at: facts.answered.at } }), ["dpv:ConsentRefused"])
    assert.deepStrictEqual(types({ withdrawnAt: at("2026-03-29T01:30:00Z") }), [["dpv:ConsentGiven", "dpv:ExpressedConsent"], "dpv:ConsentWithdrawn"])
  })

  it("is the whole of what a receipt carries, beside the receipt's own id, time and publisher", () => {
    const { "@context": context, ...record } = consentRecord(detfinneshjelp, facts)
    assert.deepStrictEqual(consentReceipt(detfinneshjelp, facts, receipt), {
      "@context": context ?? assert.fail(),
      "@type": "dpv:ConsentReceipt",
      "dct:conformsTo": { "@id": "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr" },
      "dct:identifier": receipt.id,
      "dct:created": { "@type": "xsd:dateTime", "@value": "2026-03-27T11:00:05Z" },
      "dct:publisher": { "@type": "dpv:DataController", "dpv:hasName": "Oslo universitetssykehus HF" },
      "dpv:hasRecordOfActivity": record
    })
  })
})
