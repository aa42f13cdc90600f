/**
 * The register of activities and the list of questions: complete, each kind of data once, each with the bases that it needs (DFH-01).
 */
import { type Activity, type DataClass } from "../accountability.ts"
import { explanations, isField } from "../explanations/fields.ts"
import type { Policy } from "../policy.ts"
import { contradiction, type Finding, missing, when } from "./finding.ts"

/** The kinds of data that a policy has, each with the field that brings it; those of the chat itself are always there. */
const always: ReadonlyArray<DataClass> = [
  "content", "accessTrace", "liveSession", "endedSession", "invitation", "staffSession", "installation", "concern"
]
const brought = {
  triage: ["triage", "consent", "anonymousNote"],
  booking: ["booking"],
  phone: ["phoneCall"],
  statistics: ["ageCount"],
  webLog: ["webLog"]
} as const satisfies Partial<Record<keyof Policy, ReadonlyArray<DataClass>>>
const bringing = Object.keys(brought) as ReadonlyArray<keyof typeof brought>

const classes = (policy: Policy): ReadonlyArray<Finding> => {
  const listed = policy.activities.flatMap(({ dataClasses }, at) => dataClasses.map((dataClass) => ({ dataClass, at })))
  const needed = [...always, ...bringing.flatMap((part): ReadonlyArray<DataClass> => (policy[part] === null ? [] : brought[part]))]
  return [
    ...needed.filter((dataClass) => !listed.some((entry) => entry.dataClass === dataClass)).map((dataClass) =>
      contradiction(
        "activities", "DFH-01", `The data \`${dataClass}\` stands in no activity.`, `Put \`${dataClass}\` into the activity that it belongs to.`
      )
    ),
    ...listed.filter(({ dataClass }, index) => listed.findIndex((entry) => entry.dataClass === dataClass) < index).map(({ at, dataClass }) =>
      contradiction(
        `activities[${at}].dataClasses`,
        "DFH-01",
        `The data \`${dataClass}\` stands in the register twice.`,
        `Leave \`${dataClass}\` in one activity.`
      )
    ),
    ...bringing.flatMap((part) => {
      const at = listed.find(({ dataClass }) => policy[part] === null && brought[part].some((own) => own === dataClass))?.at
      if (at === undefined) return []
      const open = missing(
        policy,
        part,
        "DFH-01",
        `The register names data of \`${part}\`, and the policy says nothing of it.`,
        `Fill in \`${part}\`, or take its data out of the register.`
      )
      return [open.answeredBy === null ? { ...open, severity: "contradiction" as const, field: `activities[${at}].dataClasses` } : open]
    })
  ]
}

interface Need {
  readonly of: ReadonlyArray<DataClass>
  readonly basis: RegExp
  readonly rule: string
  readonly says: string
  readonly remedy: string
  readonly only?: (policy: Policy) => boolean
}

const needs: ReadonlyArray<Need> = [
  {
    of: ["content", "triage", "booking"],
    basis: /GDPR 9\(2\)\([a-j]\)/,
    rule: "DFH-01",
    says: "What people write here is about health, and the activity names no basis for such data.",
    remedy: "Add the basis for special categories, such as `GDPR 9(2)(h)`."
  },
  {
    of: ["content", "booking"],
    basis: /helsepersonelloven|pasientjournalloven|pasient- og brukerrettighetsloven/,
    rule: "DFH-01",
    says: "Health professionals answer, and the activity names no health law.",
    remedy: "Add the health law that applies, such as `helsepersonelloven § 21`.",
    only: ({ answeredBy }) => answeredBy === "healthProfessionals"
  },
  {
    of: ["triage"],
    basis: /GDPR 9\(2\)\(a\)/,
    rule: "DFH-14",
    says: "A triage note rests on consent, and the activity does not name it.",
    remedy: "Add `GDPR 9(2)(a)`, explicit consent."
  },
  {
    of: ["concern"],
    basis: /straffeloven|helsepersonelloven|barnevernsloven/,
    rule: "DFH-31",
    says: "Confidentiality gives way to a statute only, and the activity names none.",
    remedy: "Add the statute, such as `straffeloven § 196`."
  }
]

const bases = (policy: Policy): ReadonlyArray<Finding> =>
  policy.activities.flatMap(({ basis, dataClasses }: Activity, at) => {
    const field = `activities[${at}].basis`
    return [
      ...when(!basis.some((one) => /GDPR 6\(1\)\([a-f]\)/.test(one)), () =>
        contradiction(field, "DFH-01", "The activity names no basis of GDPR Article 6.", "Add the basis, such as `GDPR 6(1)(e)`.")
      ),
      ...needs.filter((need) =>
        need.only?.(policy) !== false && dataClasses.some((own) => need.of.includes(own)) && !basis.some((one) => need.basis.test(one))
      )
        .map(({ remedy, rule, says }) => contradiction(field, rule, says, remedy)),
      ...when(policy.controller.form === "public" && basis.some((one) => one.includes("GDPR 6(1)(f)")), () =>
        missing(
          policy,
          field,
          "DFH-39",
          "A public body cannot rest its public tasks on GDPR Article 6(1)(f).",
          "Name another basis, or a question about `cookies` or `activities[].basis` that records both.",
          ["activities[].basis", "cookies"]
        )
      )
    ]
  })

const questions = (policy: Policy): ReadonlyArray<Finding> =>
  policy.questions.flatMap(({ field, id }, at) => {
    const part = field.split(".")[0] ?? ""
    const inAbsent = field !== part && part in policy && policy[part as keyof Policy] === null
    return [
      ...when(!isField(field) || inAbsent, () =>
        contradiction(
          `questions[${at}].field`,
          "X-12",
          inAbsent ? "The question is about something that this policy does not have." : "The question is about a field that no policy has.",
          explanations["questions[].field"].remedy
        )
      ),
      ...when(policy.questions.findIndex((question) => question.id === id) < at, () =>
        contradiction(`questions[${at}].id`, "X-12", "Two questions have the same name.", "Give each question a name of its own.")
      )
    ]
  })

/** Everything that is wrong with the register and with the questions. */
export const registerFindings = (policy: Policy): ReadonlyArray<Finding> => [...classes(policy), ...bases(policy), ...questions(policy)]
