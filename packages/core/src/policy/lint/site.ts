/**
 * The website around the chat: its cookies, its links, and the page that leaves it.
 */
import type { Policy } from "../policy.ts"
import { contradiction, dishonest, type Finding, missing, when } from "./finding.ts"

/** Names that trackers give their cookies (DFH-42). */
const tracker = /^_(?:ga|gid|gat|gcl|fbp|fbc|pk|hj|hs|clck|ym)/i

const cookies = (policy: Policy): ReadonlyArray<Finding> =>
  policy.cookies.flatMap(({ maxAgeDays, name, purpose }, at) => [
    ...when(purpose !== "security" && purpose !== "staffSignIn", () =>
      dishonest(
        `cookies[${at}].purpose`,
        "DFH-39",
        "Such a cookie needs a consent that this product does not ask for.",
        "Write `security`, or take the cookie out."
      )
    ),
    ...when(tracker.test(name), () => dishonest(`cookies[${at}].name`, "DFH-42", "This is the name of a tracker's cookie.", "Take the cookie out.")),
    ...when(maxAgeDays > 365, () => dishonest(`cookies[${at}].maxAgeDays`, "DFH-40", "The cookie lives for more than a year.", "Write 365 or less.")),
    ...when(purpose === "staffSignIn" && maxAgeDays > 1, () =>
      contradiction(`cookies[${at}].maxAgeDays`, "X-03", "The cookie outlives the sign-in, which lasts for hours.", "Write 1.")
    ),
    ...when(policy.cookies.findIndex((other) => other.name === name) < at, () =>
      contradiction(`cookies[${at}].name`, "DFH-38", "Two cookies have the same name.", "Write each cookie once.")
    )
  ])

const forChildren = (policy: Policy): ReadonlyArray<Finding> =>
  policy.audience !== "children" ? [] : [
    ...when(policy.links.whoAnswers === null, () =>
      missing(policy, "links.whoAnswers", "IF-11", "Children cannot see who answers.", "Write the link, or name a question about `links.whoAnswers`.")
    ),
    ...when(policy.links.duty === null, () =>
      missing(
        policy,
        "links.duty",
        "IF-21",
        "Children cannot read about the duty to avert and to report.",
        "Write the link, or name a question about `links.duty`."
      )
    )
  ]

const hostOf = (href: string): string => (/^https:\/\/(?:www\.)?([^/?#]+)/i.exec(href)?.[1] ?? "").toLowerCase()

const exit = ({ exitUrl, links, published }: Policy): ReadonlyArray<Finding> => {
  const own = [published.page, ...Object.values(links).flatMap((link) => (link === null ? [] : [link.href]))].map(hostOf)
  return when(own.includes(hostOf(exitUrl)), () =>
    contradiction("exitUrl", "DFH-08", "Whoever leaves the page would come to a page of the service.", "Write a page that says nothing of the visit.")
  )
}

/** Everything about the website. */
export const siteFindings = (policy: Policy): ReadonlyArray<Finding> => [...cookies(policy), ...forChildren(policy), ...exit(policy)]
