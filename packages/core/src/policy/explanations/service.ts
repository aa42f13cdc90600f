/**
 * Who the service is, who answers for it, and what it has told the public.
 */
import { field } from "./explanation.ts"

/** The fields about the service, its register, its published text and its open questions. */
export const serviceFields = {
  service: field(
    "The name of the service in its addresses.",
    "name in an address",
    "DFH-36",
    "Write small letters, digits and hyphens, 2 to 31 of them, first a letter, and no word that is a page of the product."
  ),
  name: field("What the service is called.", "text in bokmål and English", "DFH-03", "Write the name under both `nb` and `en`."),
  audience: field("Who reads the notice: children get shorter words.", "one of a few words", "IF-36", "Write `adults` or `children`."),
  controller: field(
    "Who is responsible for the personal data.", "section", "DFH-03", "Write `controller` with the name and the form of whoever is responsible."
  ),
  "controller.name": field(
    "The name of whoever is responsible.", "text", "DFH-03", "Write the full name of the organisation that answers for the data."
  ),
  "controller.form": field("Whether that is a public or a voluntary body.", "one of a few words", "IF-20", "Write `public` or `voluntary`."),
  vendor: field("Who runs the chat for the controller.", "section", "DFH-36", "Write `vendor` with the name of whoever runs the chat."),
  "vendor.name": field(
    "The name of the only one who can open an access trace.",
    "text",
    "IF-30",
    "Write the full name of whoever runs the chat; it cannot be the controller itself."
  ),
  subProcessors: field(
    "Whom the vendor has under contract.",
    "list",
    "DFH-37",
    "Write a list of sub-processors with name, task and contract; an empty list when there are none."
  ),
  "subProcessors[].name": field("The name of the sub-processor.", "text", "DFH-37", "Write the full name of the sub-processor."),
  "subProcessors[].task": field("What it does.", "text in bokmål and English", "DFH-37", "Write the task under both `nb` and `en`."),
  "subProcessors[].contract": field("The contract that binds it.", "text", "DFH-37", "Write the reference and the date of the contract."),
  "subProcessors[].contractUntil": field(
    "The last day of that contract.", "date", "DFH-37", "Write a date such as `2027-12-31`, or `null` when the contract has no end."
  ),
  activities: field(
    "What is processed, why, and on which basis.",
    "list",
    "DFH-01",
    "Write at least one activity; each kind of data of the service stands in exactly one."
  ),
  "activities[].name": field("What the activity is called.", "text in bokmål and English", "DFH-01", "Write the name under both `nb` and `en`."),
  "activities[].purpose": field("What the activity is for.", "text in bokmål and English", "DFH-01", "Write the purpose under both `nb` and `en`."),
  "activities[].basis": field(
    "The articles and laws that allow it.", "list of words", "DFH-01", "Write at least one basis, such as `GDPR 6(1)(e)` and `GDPR 9(2)(h)`."
  ),
  "activities[].dataClasses": field(
    "The kinds of data that it covers.", "list of words", "DFH-01", "Write at least one kind of data, each in one activity only."
  ),
  published: field(
    "What the service has told the public.",
    "section",
    "X-12",
    "Write `published` with the page that was read, the day, and what it says; `null` where it is silent."
  ),
  "published.page": field("The page that was read.", "link", "X-12", "Write an address that begins with `https://`."),
  "published.readOn": field("The day on which it was read.", "date", "X-12", "Read the page again, and write the day as `2026-11-01`."),
  "published.contentHours": field(
    "How long the page says that chats are kept after they end.",
    "whole hours",
    "IF-17",
    "Write the hours that the page states, 0 to 8784, or `null` where it is silent."
  ),
  "published.accessTraceHours": field(
    "How long the page says that the IP address is kept.",
    "whole hours",
    "DFH-11",
    "Write the hours that the page states, 1 to 8784, or `null` where it is silent."
  ),
  "published.webLogHours": field(
    "How long the page says that the web server's log keeps addresses.",
    "whole hours",
    "DFH-44",
    "Write the hours that the page states, 1 to 8784, or `null` where it is silent."
  ),
  "published.mentionsHolds": field(
    "Whether the page says that an authority's order can keep something longer.",
    "yes or no",
    "X-02",
    "Write `true` only if the page says so, otherwise `false`."
  ),
  "published.nothingElseCollected": field(
    "Whether the page promises that nothing else is collected.",
    "yes or no",
    "IF-35",
    "Write `true` if the page promises it, otherwise `false`."
  ),
  questions: field(
    "What the published text leaves open, each with the answer of this policy.",
    "list",
    "X-12",
    "Write a list of questions; an empty list when the text is clear."
  ),
  "questions[].id": field(
    "The name of the question.", "text", "X-12", "Write small letters, digits and hyphens, 3 to 61 of them, first a letter, used once."
  ),
  "questions[].rule": field("The rule that the question is about.", "text", "X-12", "Write the id of a rule, such as `IF-17`."),
  "questions[].field": field(
    "The field of the policy that the answer is given in.",
    "text",
    "X-12",
    "Write the name of a field of this policy, such as `accessTrace.hoursAfterOpening`."
  ),
  "questions[].asks": field("What the text leaves open.", "text", "X-12", "Write one sentence that says what the text does not."),
  "questions[].answer": field("What this policy does.", "text", "X-12", "Write one sentence that says what this policy does.")
}
