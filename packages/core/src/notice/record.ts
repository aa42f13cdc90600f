/**
 * The record of processing activities that GDPR Article 30(1) asks of a controller, generated from the policy and from the declared data classes (DFH-01, X-12).
 */
import type { Period } from "../kernel/instant.ts"
import type { RuleId } from "../kernel/rule.ts"
import type { Activity, DataClass } from "../policy/accountability.ts"
import type { Policy } from "../policy/policy.ts"
import { type Declaration, declarations } from "../retention/dataClass.ts"
import { worstCaseLifetime } from "../retention/lifetime.ts"
import { productPlaces } from "../retention/productPlaces.ts"
import type { Language } from "./language.ts"
import { whereWords } from "./placeTexts.ts"
import { privacyTexts } from "./privacyTexts.ts"

/** The time limit for erasing one class of data (Article 30(1)(f)). Periods are in milliseconds. */
export interface TimeLimit {
  readonly dataClass: DataClass
  /** What the data are, in plain words. */
  readonly what: string
  /** Where they lie, in the words of the privacy page. */
  readonly where: string
  readonly rule: RuleId
  readonly realm: Declaration["realm"]
  readonly clock: Declaration["clock"]
  /** `null` for what holds nothing about a person and has no clock. */
  readonly promise: Period | null
  /** The longest that a datum exists while a server runs: promise, clock skew, sweep and the longest order of an authority that may keep it; `null` without a clock. */
  readonly worstCase: Period | null
  /** Whether the service stores this at all; `false` for what only the browsers have. */
  readonly stored: boolean
}

/** One processing activity as the record shows it. */
export interface RecordedActivity {
  readonly name: string
  /** Article 30(1)(b). */
  readonly purpose: string
  readonly basis: ReadonlyArray<string>
  /** Article 30(1)(c), (f): the classes of data with their time limits. */
  readonly data: ReadonlyArray<TimeLimit>
}

/** A whole record, in one language. */
export interface ProcessingRecord {
  readonly service: string
  readonly name: string
  /** Article 30(1)(a). */
  readonly controller: string
  readonly controllerPage: string
  readonly processors: ReadonlyArray<{ readonly name: string; readonly task: string; readonly contract: string | null; readonly contractUntil: string | null }>
  readonly activities: ReadonlyArray<RecordedActivity>
  /** Article 30(1)(d): whom data may be disclosed to; beside them, nobody. */
  readonly recipients: Policy["disclosure"]["recipients"]
  /** Article 30(1)(g), in plain words. */
  readonly measures: ReadonlyArray<string>
  /** What the published text leaves open, with the answer that is in force. */
  readonly questions: Policy["questions"]
}

const words = {
  nb: {
    runs: "Driver chatten og tar vare på IP-adressen og tidspunktet, låst",
    measures: [
      "Meldingene er kryptert mellom de to nettleserne. Tjeneren kan ikke lese dem.",
      "Det som lagres, er kryptert med nøkler utenfor databasen. Nøklene ødelegges ved fristen.",
      "IP-adressen ligger hos leverandøren, låst for to personer som må åpne sammen. De som svarer, kan aldri se den.",
      "En kontroll teller hva som er lagret, og hva som er for gammelt. Den viser aldri innholdet."
    ]
  },
  en: {
    runs: "Runs the chat and keeps the IP address and the time, locked",
    measures: [
      "Messages are encrypted between the two browsers. The server cannot read them.",
      "What is stored is encrypted with keys outside the database. The keys are destroyed at the deadline.",
      "The IP address is with the vendor, locked to two people who must open it together. Those who answer can never see it.",
      "An audit counts what is stored and what is too old. It never shows the content."
    ]
  }
} as const satisfies Record<Language, object>

const limitOf = (policy: Policy, declaration: Declaration, language: Language): TimeLimit => ({
  dataClass: declaration.dataClass,
  what: privacyTexts[language].table.what[declaration.dataClass],
  where: whereWords(policy, declaration, productPlaces, language),
  rule: declaration.rule,
  realm: declaration.realm,
  clock: declaration.clock,
  promise: declaration.period ?? null,
  worstCase: worstCaseLifetime(policy, declaration)?.bounded ?? null,
  stored: declaration.stored
})

/** The record of a service. A class that the register names and the service does not have is left out; the linter finds it. */
export const processingRecord = (policy: Policy, language: Language): ProcessingRecord => {
  const declared = declarations(policy)
  const recorded = (activity: Activity): RecordedActivity => ({
    name: activity.name[language],
    purpose: activity.purpose[language],
    basis: activity.basis,
    data: declared.filter(({ dataClass }) => activity.dataClasses.includes(dataClass)).map((declaration) => limitOf(policy, declaration, language))
  })
  return {
    service: policy.service,
    name: policy.name[language],
    controller: policy.controller.name,
    controllerPage: policy.links.privacy.href,
    processors: [
      { name: policy.vendor.name, task: words[language].runs, contract: null, contractUntil: null },
      ...policy.subProcessors.map(({ name, task, contract, contractUntil }) => ({ name, task: task[language], contract, contractUntil }))
    ],
    activities: policy.activities.map(recorded),
    recipients: policy.disclosure.recipients,
    measures: words[language].measures,
    questions: policy.questions
  }
}
