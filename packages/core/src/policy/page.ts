/**
 * The page for people who write a policy: every field, in Markdown. `docs/policy.md` is this text.
 */
import { directions } from "./diff/direction.ts"
import { explainAll } from "./explain.ts"
import { besideFields, dutyFields } from "./explanations/beside.ts"
import { chatFields } from "./explanations/chat.ts"
import { serviceFields } from "./explanations/service.ts"
import { trustedDays } from "./lint/staleness.ts"

const directionWords = {
  within: "",
  changes: "",
  more: "more loosens",
  less: "less loosens",
  ladder: "",
  list: "",
  part: "",
  finer: "finer loosens",
  inList: ""
} as const

/** What a change of a field does, in a few words; empty where it merely changes or the fields in it say it. */
const loosening = (field: string): string => {
  const direction = Object.entries(directions).find(([name]) => name === field)?.[1]
  if (direction === undefined) return ""
  if (direction.read === "ladder") return direction.from.join(" < ")
  if (direction.read === "list") return direction.added === "loosens" ? "adding loosens" : ""
  if (direction.read === "part") return direction.gained === "changes" ? "" : `adding ${direction.gained}`
  return directionWords[direction.read]
}

const intro = `# Writing a policy

A policy is one JSON file with everything that differs between services. It drives the chat, the storage, the notice and the audit. A field that is missing, misspelt or impossible stops the start, with its name, the rule behind it, and what to write instead. So does a policy that contradicts itself, does more than people were told, or leaves open what neither the published text nor a named question answers.

- **contradiction**: two fields cannot both hold. Not served.
- **dishonest**: the policy does more than the published text, or a named question, says. Not served.
- **missing**: something must be said. A question in \`questions\` about that field answers it; without one, not served.
- **stale**: a link, a number or a text that nobody has looked at for more than ${trustedDays} days, or a contract that has ended. Served: no service falls silent because time went by.

The last column says what a change does to a promise: what loosens a promise, or adds to what is collected, needs a new notice. Where the column is empty, another value merely changes something.

This page is generated from the explanations in the code; a test fails when it is not fresh.
`

const headings = [
  ["The service, and what it has told the public", serviceFields],
  ["The chat and the website", chatFields],
  ["Help beside the chat", besideFields],
  ["When confidentiality gives way", dutyFields]
] as const

/** The whole page. */
export const policyPage = (): string => {
  const tables = headings.map(([heading, section]) => {
    const rows = explainAll()
      .filter(({ field }) => field in section)
      .map(({ decides, field, remedy, rule, unit }) => `| \`${field}\` | ${decides} | ${unit} | ${rule} | ${remedy} | ${loosening(field)} |`)
    return `\n## ${heading}\n\n| field | decides | unit | rule | what to write | a change |\n| --- | --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`
  })
  return intro + tables.join("")
}
