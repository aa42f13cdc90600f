/**
 * The policy against what the service has told the public: nothing may be kept longer, held, or collected beyond it.
 */
import { keepsContent, type Policy } from "../policy.ts"
import { dishonest, type Finding, missing, when } from "./finding.ts"

const askOrPublish = "Publish the period, or name a question about this field with the answer that the policy gives."

const periods = (policy: Policy): ReadonlyArray<Finding> => {
  const { accessTrace, published, webLog } = policy
  const contentHours = keepsContent(policy) ? policy.content.hoursAfterEnd : 0
  const contentField = keepsContent(policy) ? "content.hoursAfterEnd" : "content.store"
  const too = (field: string, rule: string, own: number, told: number | null) =>
    when(told !== null && own > told, () =>
      dishonest(
        field,
        rule,
        `This is ${own} hours, and the published text says ${told}.`,
        "Shorten it to what the published text says, or publish the longer period first."
      )
    )
  return [
    ...too(contentField, published.contentHours === 0 ? "DFH-08" : "IF-17", contentHours, published.contentHours),
    ...too("accessTrace.hoursAfterOpening", "DFH-11", accessTrace.hoursAfterOpening, published.accessTraceHours),
    ...when(published.contentHours === null, () =>
      missing(policy, contentField, "IF-17", "The published text does not say how long chats are kept.", askOrPublish, [contentField, "content"])
    ),
    ...when(published.accessTraceHours === null, () =>
      missing(policy, "accessTrace.hoursAfterOpening", "IF-30", "The published text does not say how long the IP address is kept.", askOrPublish, [
        "accessTrace.hoursAfterOpening",
        "accessTrace"
      ])
    ),
    ...when(published.accessTraceHours === null && keepsContent(policy) && accessTrace.hoursAfterOpening > contentHours, () =>
      dishonest(
        "accessTrace.hoursAfterOpening",
        "IF-30",
        "The IP address is kept longer than the chat, and nobody was told how long.",
        "Keep it no longer than the chat, or publish the period."
      )
    ),
    ...(webLog === null ? [] : [
      ...too("webLog.addressHours", "DFH-44", webLog.addressHours, published.webLogHours),
      ...when(published.webLogHours === null, () =>
        missing(
          policy,
          "webLog.addressHours",
          "DFH-44",
          "The published text does not say how long the web server's log keeps addresses.",
          askOrPublish,
          ["webLog.addressHours", "webLog"]
        )
      )
    ])
  ]
}

const holds = (policy: Policy): ReadonlyArray<Finding> => {
  if (policy.holds === null || policy.published.mentionsHolds) return []
  const finding = missing(
    policy,
    "holds",
    "X-02",
    "An authority's order can keep something longer, and neither the published text nor a question says so.",
    "Say so in the published text, name a question about `holds`, or write `null`.",
    ["holds", "holds.items", "holds.maximumDays"]
  )
  return [finding.answeredBy === null ? { ...finding, severity: "dishonest" } : finding]
}

/** "Otherwise we collect no systematic information about you": then only the age group may be counted (IF-35). */
const nothingElse = ({ booking, published, statistics, triage, webLog }: Policy): ReadonlyArray<Finding> => {
  const collects = (field: string, what: string) =>
    dishonest(
      field,
      "IF-35",
      `The published text promises that nothing else is collected, and the policy collects ${what}.`,
      "Take it out of the policy, or take the promise out of the published text first."
    )
  return !published.nothingElseCollected ? [] : [
    ...when(statistics !== null && statistics.dimensions.length > 0, () => collects("statistics.dimensions", "more than the age group")),
    ...when(triage !== null, () => collects("triage", "a triage note")),
    ...when(booking !== null, () => collects("booking", "names and national ids")),
    ...when(webLog !== null, () => collects("webLog", "the addresses of visitors to the site"))
  ]
}

/** Who can see the address is another than who answers: otherwise "can never trace" would be untrue (IF-31). */
const anotherVendor = ({ controller, vendor }: Policy): ReadonlyArray<Finding> =>
  when(controller.name.trim().toLowerCase() === vendor.name.trim().toLowerCase(), () =>
    dishonest(
      "vendor.name",
      "IF-31",
      "The vendor is the controller itself, so that whoever answers could trace an IP address.",
      "Let another organisation keep the access trace, and name it here."
    )
  )

/** Chat pages without addresses, and no address in a log past two weeks (E-06, DFH-44). */
const webLogOfChat = ({ webLog }: Policy): ReadonlyArray<Finding> =>
  webLog === null ? [] : [
    ...when(webLog.addressOnChatPages, () =>
      dishonest(
        "webLog.addressOnChatPages",
        "E-06",
        "A log with addresses on chat pages leads from a triage note back to a person.",
        "Write `false`, and set the web server up so."
      )
    ),
    ...when(webLog.addressHours > 336, () =>
      dishonest(
        "webLog.addressHours", "DFH-44", "Addresses stay in the log for more than 14 days.", "Write 336 or less, and set the web server up so."
      )
    )
  ]

/** Everything in which the policy goes beyond, or leaves open, what people were told. */
export const promiseFindings = (policy: Policy): ReadonlyArray<Finding> => [
  ...periods(policy),
  ...holds(policy),
  ...nothingElse(policy),
  ...anotherVendor(policy),
  ...webLogOfChat(policy)
]
