/**
 * The rules that a policy is held to: by its schema, by the linter, or by the diff.
 */
import { rule } from "../kernel/rule.ts"

/** The rules of the policy language, by what they ask for. */
export const policyRules = {
  register: rule(
    "DFH-01",
    "Every kind of data stands in exactly one activity, and every activity has its legal bases; a policy without is not served.",
    "Det finnes hjelp: \"processed in compliance with data protection legislation and health legislation\"",
    { gap: "Whether a basis holds is for whoever runs the service to judge." }
  ),
  controller: rule(
    "DFH-03", "A policy names who is responsible for the data.", "Det finnes hjelp: \"data controller … is Oslo University Hospital\""
  ),
  privacyLink: rule(
    "DFH-04",
    "A policy leads to the controller's privacy page, and says when somebody last followed the link.",
    "Det finnes hjelp: \"please visit the OUS website\"",
    { gap: "Following the link is done by people." }
  ),
  vendor: rule(
    "DFH-36",
    "A policy names who runs the chat, and that is another than the controller.",
    "Det finnes hjelp: \"Norwegian Directorate of Health is the data processor and service provider\"",
    { gap: "The instructions to the vendor are a contract between the two." }
  ),
  subProcessors: rule(
    "DFH-37",
    "Each sub-processor has a contract that has not ended.",
    "Det finnes hjelp: \"a contract with a sub-supplier\"",
    { gap: "That the contract exists is for whoever runs the service to see to." }
  ),
  securityCookies: rule(
    "DFH-38",
    "A cookie is for security or for staff to sign in; no other can be written into a policy.",
    "Det finnes hjelp: \"cookies to identify safe web traffic and protect the site from intrusion\""
  ),
  cookieBasis: rule(
    "DFH-39",
    "A public body that rests something on a legitimate interest says so in a named question; a cookie that needs consent is refused.",
    "Det finnes hjelp: \"necessary for running the website … Article 6 (1) f\""
  ),
  cookieAge: rule("DFH-40", "A cookie lives for a year at most.", "Det finnes hjelp: \"Cookies are deleted after one year\""),
  notPassedOn: rule("DFH-43", "Nothing about visits is given to others.", "Det finnes hjelp: \"data are not disclosed to third parties\"", {
    gap: "The web server before this product, and its log, belong to whoever runs the service."
  }),
  webLog: rule(
    "DFH-44",
    "Addresses leave the web server's log after 14 days at the latest, and are never there for the chat's pages.",
    "Det finnes hjelp: \"IP address information is anonymised after 14 days\"",
    { gap: "The log is the web server's; the policy states what it must be set to." }
  ),
  treatmentLink: rule(
    "DFH-57",
    "Where therapy can be booked, a link says what it involves.",
    "Det finnes hjelp: \"Want to know more about what the treatment involves?\""
  ),
  whoAnswers: rule("IF-11", "Children can see who answers.", "I fengsel: \"Her ser du hvem som svarer på chatten\""),
  dutyLink: rule("IF-21", "Children can read about the duty to avert and to report.", "I fengsel: \"Les om avvergingsplikt og meldeplikt her\""),
  nothingElse: rule(
    "IF-35",
    "A service that promises to collect nothing else has a policy that collects nothing else.",
    "I fengsel: \"Ellers innhenter vi ingen systematisk informasjon om deg\""
  ),
  honesty: rule(
    "X-12",
    "A policy that does more than people were told is not served, and a change that loosens a promise needs a new notice.",
    "Invariant 12: policy honesty",
    { gap: "What the published text says is written into the policy by people who have read it." }
  )
} as const
