/**
 * The rules that a policy is held to.
 */
import type { Proof, Traced } from "./traced.ts"

const folder = "packages/core/src/policy"
const bad = (what: string, field: string, rule: string): Proof => ({
  file: `${folder}/mutations.test.ts`,
  title: `bad policies, one field wrong in each > ${what}: refused at ${field} by ${rule}, and accepted when repaired`
})
const planted = (what: string, severity: string, rule: string): Proof => ({
  file: `${folder}/lint.test.ts`,
  title: `the linter > finds ${what} (${severity}, ${rule}), whatever else stands in the policy`
})
const linter = (title: string): Proof => ({ file: `${folder}/lint.test.ts`, title: `the linter > ${title}` })

/** Entries of the policy language. */
export const policyTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-01",
    by: `${folder}/lint/register.ts#registerFindings`,
    never: planted("data in no activity", "contradiction", "DFH-01"),
    always: bad("data in no activity", "activities", "DFH-01"),
    disable: { find: "!listed.some((entry) => entry.dataClass === dataClass)", replace: "false" }
  },
  {
    kind: "enforced",
    rule: "DFH-03",
    by: `${folder}/lint/texts.ts#textFindings`,
    never: planted("no controller", "missing", "DFH-03"),
    always: bad("a controller without a name", "controller.name", "DFH-03"),
    disable: { find: "!saysNothing(text)", replace: "true" }
  },
  {
    kind: "enforced",
    rule: "DFH-04",
    by: `${folder}/lint/staleness.ts#staleFindings`,
    never: linter("trusts what somebody looked at for 183 days, and no day that has not come"),
    always: bad("a link that nobody looked at for long", "links.privacy.lastVerified", "DFH-04"),
    disable: { find: "age > trustedDays", replace: "age > Infinity" }
  },
  {
    kind: "enforced",
    rule: "DFH-36",
    by: `${folder}/lint/promises.ts#promiseFindings`,
    never: planted("a vendor that is the controller", "dishonest", "IF-31"),
    always: bad("a vendor that is the controller", "vendor.name", "IF-31"),
    disable: { find: "controller.name.trim().toLowerCase() === vendor.name.trim().toLowerCase()", replace: "false" }
  },
  {
    kind: "enforced",
    rule: "DFH-37",
    by: `${folder}/lint/staleness.ts#staleFindings`,
    never: linter("counts a contract as ended on the day after its last"),
    always: bad("a contract that has ended", "subProcessors[0].contractUntil", "DFH-37"),
    disable: { find: "contractUntil !== null && contractUntil < today", replace: "false" }
  },
  {
    kind: "enforced",
    rule: "DFH-38",
    by: `${folder}/web.ts#Cookie`,
    never: bad("a cookie for marketing", "cookies[0].purpose", "DFH-38"),
    always: linter("finds nothing in the reference policies but what they answer with a named question"),
    disable: { find: 'Schema.Literals(["security", "staffSignIn"])', replace: "Schema.String" }
  },
  {
    kind: "enforced",
    rule: "DFH-39",
    by: `${folder}/lint/register.ts#registerFindings`,
    never: bad("a legitimate interest of a public body", "activities[5].basis", "DFH-39"),
    always: linter("finds nothing in the reference policies but what they answer with a named question"),
    disable: { find: 'policy.controller.form === "public"', replace: "false" }
  },
  {
    kind: "enforced",
    rule: "DFH-40",
    by: `${folder}/lint/site.ts#siteFindings`,
    never: planted("a cookie of two years", "dishonest", "DFH-40"),
    always: bad("a cookie of more than a year", "cookies[0].maxAgeDays", "DFH-40"),
    disable: { find: "maxAgeDays > 365", replace: "maxAgeDays > 36500" }
  },
  {
    kind: "deployer",
    rule: "DFH-43",
    says: "This product keeps no statistics of visits and sends nothing about them anywhere. The web server before it, and its log, belong to whoever runs the service."
  },
  {
    kind: "enforced",
    rule: "DFH-44",
    by: `${folder}/lint/promises.ts#promiseFindings`,
    never: planted("a web log of more than 14 days", "dishonest", "DFH-44"),
    always: bad("addresses in the web log for 15 days", "webLog.addressHours", "DFH-44"),
    disable: { find: "webLog.addressHours > 336", replace: "webLog.addressHours > Infinity" }
  },
  {
    kind: "enforced",
    rule: "DFH-57",
    by: `${folder}/lint/beside.ts#besideFindings`,
    never: bad("no link to what the treatment involves", "links.treatment", "DFH-57"),
    always: linter("finds nothing in the reference policies but what they answer with a named question"),
    disable: { find: "policy.links.treatment === null", replace: "false" }
  },
  {
    kind: "enforced",
    rule: "IF-11",
    by: `${folder}/lint/site.ts#siteFindings`,
    never: planted("children without who answers", "missing", "IF-11"),
    always: bad("children who cannot see who answers", "links.whoAnswers", "IF-11"),
    disable: { find: "policy.links.whoAnswers === null", replace: "false" }
  },
  {
    kind: "enforced",
    rule: "IF-21",
    by: `${folder}/lint/site.ts#siteFindings`,
    never: planted("children without the duty", "missing", "IF-21"),
    always: bad("children who cannot read about the duty", "links.duty", "IF-21"),
    disable: { find: "policy.links.duty === null", replace: "false" }
  },
  {
    kind: "enforced",
    rule: "IF-35",
    by: `${folder}/lint/promises.ts#promiseFindings`,
    never: planted("another thing counted", "dishonest", "IF-35"),
    always: planted("a note though nothing else is collected", "dishonest", "IF-35"),
    disable: { find: "!published.nothingElseCollected ?", replace: "true ?" }
  },
  {
    kind: "enforced",
    rule: "X-12",
    by: `${folder}/lint.ts#unservable`,
    never: {
      file: "packages/http/src/config.test.ts",
      title: "the settings > stop the start when a policy does more than people were told, and say which field, which rule and what to do"
    },
    always: linter("never lets the day decide whether a policy may be served: only what is stale depends on it"),
    disable: { find: "timeless(policy).filter(({ answeredBy }) => answeredBy === null)", replace: "[]" }
  },
  {
    kind: "enforced",
    rule: "X-12",
    by: `${folder}/diff.ts#invalidatesNotice`,
    never: { file: `${folder}/diff.test.ts`, title: "a change of a policy > asks for none when nothing that the notice says is another and nothing is loosened" },
    always: { file: `${folder}/diff.test.ts`, title: "a change of a policy > asks for a new notice whenever it loosens anything" },
    disable: { find: 'direction === "loosens" || spoken', replace: "spoken" }
  }
]
