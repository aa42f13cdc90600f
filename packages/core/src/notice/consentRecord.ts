/**
 * The record of one consent and the receipt for it, in the shape of ISO/IEC TS 27560 with DPV terms. The person is a random id of this one consent, which dies with it:
 * a record that named the visitor would break the anonymity that it documents.
 */
import { hours, type Instant } from "../kernel/instant.ts"
import type { TriagePurpose } from "../policy/care.ts"
import type { Policy } from "../policy/policy.ts"
import { worstCase } from "../retention/dataClass.ts"
import type { Language } from "./language.ts"
import { context, legalBasis, type LinkedNode, literal, organisation, storage, term } from "./linkedData.ts"
import { privacyTexts } from "./privacyTexts.ts"

/** What a record tells of one consent. Ids are random and made for this consent only; times are those of the visitor's own acts. */
export interface ConsentFacts {
  readonly recordId: string
  readonly principalId: string
  readonly purposes: ReadonlyArray<TriagePurpose>
  readonly noticeVersion: string
  readonly language: Language
  /** What was answered, and when; withdrawal, where there was one, comes after. */
  readonly answered: { readonly status: "given" | "refused"; readonly at: Instant }
  readonly withdrawnAt?: Instant
  /** Where the visitor can take the consent back, by the secret of the receipt. */
  readonly withdrawAt: string
}

const purposeTerm = { quality: "dpv:ServiceOptimisation", research: "dpv:ScientificResearch" } as const satisfies Record<TriagePurpose, string>
const when = (at: Instant): LinkedNode => literal("dateTime", isoTime(at))

/** An instant as ISO 8601 in UTC, to the second. Written out, because the core asks no calendar of the machine. */
const isoTime = (at: Instant): string => {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC", dateStyle: "short", timeStyle: "medium" }).format(at)
  return `${text.replace(" ", "T")}Z`
}

const statuses = ({ answered, withdrawnAt }: ConsentFacts): ReadonlyArray<LinkedNode> => {
  const indicated = (status: string | ReadonlyArray<string>, at: Instant): LinkedNode => ({
    "@type": status,
    "dpv:isIndicatedBy": term("dpv:DataSubject"),
    "dpv:isIndicatedAtTime": when(at)
  })
  const answer = answered.status === "given" ? indicated(["dpv:ConsentGiven", "dpv:ExpressedConsent"], answered.at) : indicated("dpv:ConsentRefused", answered.at)
  return withdrawnAt === undefined ? [answer] : [answer, indicated("dpv:ConsentWithdrawn", withdrawnAt)]
}

const record = (policy: Policy, facts: ConsentFacts): LinkedNode => {
  const period = hours(policy.accessTrace.hoursAfterOpening)
  return {
    "@type": "dpv:ConsentRecord",
    "dct:conformsTo": term("https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"),
    "dct:identifier": facts.recordId,
    "dpv:hasDataSubject": { "@type": "dpv:DataSubject", "dpv:hasIdentifier": facts.principalId },
    "dpv:hasDataController": organisation("dpv:DataController", policy.controller.name),
    "dpv:hasDataProcessor": organisation("dpv:DataProcessor", policy.vendor.name),
    "dpv:hasJurisdiction": term("loc:NO"),
    "dpv:hasApplicableLaw": term("eu-gdpr:GDPR"),
    "dpv:hasNotice": { "@type": "dpv:ConsentNotice", "dct:hasVersion": facts.noticeVersion, "dct:language": facts.language },
    "dpv:hasProcess": facts.purposes.map((purpose) => ({
      "@type": "dpv:Process",
      "dpv:hasPurpose": term(purposeTerm[purpose]),
      "dpv:hasLegalBasis": [legalBasis("GDPR 6(1)(a)"), legalBasis("GDPR 9(2)(a)")],
      "dpv:hasPersonalData": { "@type": "dpv:PersonalData", "dct:title": privacyTexts[facts.language].table.what.triage },
      "dpv:hasRecipient": organisation("dpv:DataController", policy.controller.name),
      "dpv:hasStorageCondition": [{ "@type": "dpv:StorageLocation", "dpv:hasLocation": term("loc:NO") }, storage(period, worstCase(period))].flat()
    })),
    "dpv:hasConsentControl": { "@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": term(facts.withdrawAt) },
    "dpv:hasRight": { "@type": ["dpv:DataSubjectRight", "eu-gdpr:A7-3"], "dpv:isExercisedAt": term(facts.withdrawAt) },
    "dpv:hasConsentStatus": statuses(facts)
  }
}

/** The record that the service keeps of one consent, as JSON-LD. It holds no session, no address and nothing of what was said. */
export const consentRecord = (policy: Policy, facts: ConsentFacts): LinkedNode => ({ "@context": context, ...record(policy, facts) })

/** The receipt that the visitor takes along: the same record, with its own id and the time at which it was made. */
export const consentReceipt = (policy: Policy, facts: ConsentFacts, receipt: { readonly id: string; readonly at: Instant }): LinkedNode => ({
  "@context": context,
  "@type": "dpv:ConsentReceipt",
  "dct:conformsTo": term("https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"),
  "dct:identifier": receipt.id,
  "dct:created": when(receipt.at),
  "dct:publisher": organisation("dpv:DataController", policy.controller.name),
  "dpv:hasRecordOfActivity": record(policy, facts)
})
