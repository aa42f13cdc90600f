/**
 * The record of processing activities as linked data, for tools that read the Data Privacy Vocabulary.
 */
import type { Policy } from "../policy/policy.ts"
import type { Language } from "./language.ts"
import { context, legalBasis, type LinkedNode, organisation, storage, term } from "./linkedData.ts"
import { noticeVersion } from "./notice.ts"
import { processingRecord, type RecordedActivity, type TimeLimit } from "./record.ts"

/** What has no clock is about nobody. */
const isPersonal = ({ clock }: TimeLimit): boolean => clock !== "none"

const dataOf = (limit: TimeLimit): LinkedNode => {
  const { what, where, promise, worstCase, stored } = limit
  const lies = { "@type": "dpv:StorageLocation", "dct:title": where }
  return {
    "@type": isPersonal(limit) ? "dpv:PersonalData" : "dpv:NonPersonalData",
    "dct:title": what,
    "dpv:hasStorageCondition": promise === null || worstCase === null || !stored ? lies : [lies, storage(promise, worstCase)].flat()
  }
}

const some = (property: "dpv:hasPersonalData" | "dpv:hasData", data: ReadonlyArray<TimeLimit>): LinkedNode =>
  data.length === 0 ? {} : { [property]: data.map(dataOf) }

const processOf = ({ name, purpose, basis, data }: RecordedActivity): LinkedNode => ({
  "@type": "dpv:Process",
  "dct:title": name,
  "dpv:hasPurpose": { "@type": "dpv:Purpose", "dct:title": purpose },
  "dpv:hasLegalBasis": basis.map(legalBasis),
  ...some("dpv:hasPersonalData", data.filter(isPersonal)),
  ...some("dpv:hasData", data.filter((limit) => !isPersonal(limit)))
})

/** The record of one service as JSON-LD, in one language; the version names the notice that says the same to visitors. */
export const dpvRecord = (policy: Policy, language: Language): LinkedNode => {
  const record = processingRecord(policy, language)
  return {
    "@context": context,
    "@type": "dpv:DataProcessingRecord",
    "dct:title": record.name,
    "dct:language": language,
    "dct:hasVersion": noticeVersion(policy),
    "dpv:hasJurisdiction": term("loc:NO"),
    "dpv:hasApplicableLaw": term("eu-gdpr:GDPR"),
    "dpv:hasDataController": { ...organisation("dpv:DataController", record.controller), "dct:source": term(record.controllerPage) },
    "dpv:hasDataProcessor": record.processors.map(({ name, task }, index) => ({
      ...organisation(index === 0 ? "dpv:DataProcessor" : "dpv:DataSubProcessor", name),
      "dct:description": task
    })),
    "dpv:hasRecipient": record.recipients.map((name) => ({ "@type": "dpv:Recipient", "dpv:hasName": name })),
    "dpv:hasTechnicalOrganisationalMeasure": record.measures.map((says) => ({ "@type": "dpv:TechnicalOrganisationalMeasure", "dct:description": says })),
    "dpv:hasProcess": record.activities.map(processOf)
  }
}
