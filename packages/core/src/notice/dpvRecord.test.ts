import { assert, describe, it } from "vitest"
import type { Policy } from "../policy/policy.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { dpvRecord } from "./dpvRecord.ts"
import { context, type LinkedNode, type LinkedValue } from "./linkedData.ts"
import { noticeVersion } from "./notice.ts"
import { processingRecord } from "./record.ts"

const subProcessor = { name: "Undersky AS", task: { nb: "Drifter serverne", en: "Runs the servers" }, contract: "2026/1", contractUntil: "2027-12-31" }
const policy: Policy = { ...ifengsel, subProcessors: [subProcessor] }
const nodes = (value: LinkedValue | undefined): ReadonlyArray<LinkedNode> =>
  Array.isArray(value) ? value.flatMap(nodes) : typeof value === "object" ? [value as LinkedNode] : []
const lies = (where: string) => ({ "@type": "dpv:StorageLocation", "dct:title": where })
const lasts = (type: string, value: string) => ({ "@type": type, "dpv:hasDuration": { "@type": "xsd:duration", "@value": value } })

describe("the record of processing as linked data", () => {
  it("is exactly this document around its activities", () => {
    const { "dpv:hasProcess": _, "dpv:hasTechnicalOrganisationalMeasure": measures, ...record } = dpvRecord(policy, "en")
    assert.deepStrictEqual<LinkedNode>(record, {
      "@context": context,
      "@type": "dpv:DataProcessingRecord",
      "dct:title": "I fengsel (In prison)",
      "dct:language": "en",
      "dct:hasVersion": noticeVersion(policy),
      "dpv:hasJurisdiction": { "@id": "loc:NO" },
      "dpv:hasApplicableLaw": { "@id": "eu-gdpr:GDPR" },
      "dpv:hasDataController": { "@type": "dpv:DataController", "dpv:hasName": "Kirkens Bymisjon", "dct:source": { "@id": "https://kirkensbymisjon.no/personvern/" } },
      "dpv:hasDataProcessor": [
        { "@type": "dpv:DataProcessor", "dpv:hasName": "NOOP", "dct:description": "Runs the chat and keeps the IP address and the time, locked" },
        { "@type": "dpv:DataSubProcessor", "dpv:hasName": "Undersky AS", "dct:description": "Runs the servers" }
      ],
      "dpv:hasRecipient": ["police", "ambulance", "fire", "childWelfare"].map((name) => ({ "@type": "dpv:Recipient", "dpv:hasName": name }))
    })
    assert.deepStrictEqual<ReadonlyArray<LinkedNode>>(
      nodes(measures),
      processingRecord(policy, "en").measures.map((says) => ({ "@type": "dpv:TechnicalOrganisationalMeasure", "dct:description": says }))
    )
  })

  it("has each activity with its purpose, its bases and its data, and a duration for what is stored and has a clock", () => {
    const [, , ages, operation] = nodes(dpvRecord(policy, "en")["dpv:hasProcess"])
    assert.deepStrictEqual<LinkedNode | undefined>(ages, {
      "@type": "dpv:Process",
      "dct:title": "Age groups",
      "dpv:hasPurpose": {
        "@type": "dpv:Purpose",
        "dct:title": "Give information that fits the age, make the chat as good as possible and know whom we reach"
      },
      "dpv:hasLegalBasis": [{ "@type": "dpv:LegalBasis", "dct:title": "GDPR 6(1)(f)" }],
      "dpv:hasData": [{ "@type": "dpv:NonPersonalData", "dct:title": "How many in each age group, not who", "dpv:hasStorageCondition": lies("With the service") }]
    })
    assert.deepStrictEqual(nodes(operation?.["dpv:hasPersonalData"])[0], {
      "@type": "dpv:PersonalData",
      "dct:title": "A link for new staff, not about you",
      "dpv:hasStorageCondition": [
        lies("With the service, in the database and on the screen of whoever made it"),
        lasts("dpv:StorageDuration", "PT86400S"),
        lasts("dpv:StorageDeletion", "PT86465S")
      ]
    })
    assert.deepStrictEqual(operation?.["dpv:hasData"], [
      {
        "@type": "dpv:NonPersonalData",
        "dct:title": "How the system is set up, not about anyone",
        "dpv:hasStorageCondition": lies("With the service, in the database, in files and in the server's log")
      }
    ])
    const inBrowsers = nodes(dpvRecord(detfinneshjelp, "en")["dpv:hasProcess"]).flatMap((one) => nodes(one["dpv:hasPersonalData"]))
    assert.deepStrictEqual(inBrowsers[0], {
      "@type": "dpv:PersonalData",
      "dct:title": "What is written in the chat",
      "dpv:hasStorageCondition": lies("Only in the browsers of you two")
    })
  })

  it("does not call an anonymous note personal data, and says of the note that it is made of when it goes", () => {
    const [, , triage] = nodes(dpvRecord(detfinneshjelp, "en")["dpv:hasProcess"])
    const [note, consent] = nodes(triage?.["dpv:hasPersonalData"])
    const week = [lies("With the service, locked in the database"), lasts("dpv:StorageDuration", "PT604800S"), lasts("dpv:StorageDeletion", "PT604865S")]
    assert.deepStrictEqual([note?.["dpv:hasStorageCondition"], consent?.["dpv:hasStorageCondition"]], [week, week])
    assert.deepStrictEqual(triage?.["dpv:hasData"], [
      {
        "@type": "dpv:NonPersonalData",
        "dct:title": "What the note then becomes: a few codes and about when, not about anyone",
        "dpv:hasStorageCondition": lies("With the service, in the database")
      }
    ])
    assert.isUndefined(nodes(dpvRecord(detfinneshjelp, "en")["dpv:hasProcess"])[0]?.["dpv:hasData"])
  })
})
