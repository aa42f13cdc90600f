/**
 * The consent-status life cycle that others publish, and how ours maps to it.
 *
 * The graph is that of the W3C Data Privacy Vocabularies and Controls Community Group: `2.1/diagrams/consent-lifecycle.dot` in
 * https://github.com/w3c/dpv at commit 1cd320ca59e9ce819391db638e36a4ca5c6b1591, of which only the edges are kept here.
 * Copyright © the contributors to the Data Privacy Vocabulary, under the W3C Software and Document Licence,
 * https://www.w3.org/copyright/software-license-2023/.
 */
import type { ConsentState } from "@fortrolig/core/consent/messages"
import type { Edge } from "@fortrolig/core/kernel/table"

/** The published edges, `from -> to`. The four terminated statuses share one edge to the end in the drawing. */
export const published: ReadonlyArray<string> = [
  "start -> NoticeShown",
  "NoticeShown -> Requested",
  "Requested -> Given",
  "Requested -> Refused",
  "Given -> Withdrawn",
  "Given -> Expired",
  "Given -> Invalidated",
  "Given -> Halted",
  "Refused -> NoticeShown",
  "Withdrawn -> end",
  "Expired -> end",
  "Invalidated -> end",
  "Halted -> end",
  "Given -> NoticeShown"
]

/** The published status of each of our states, but for the last, which is both an expiry and the end. */
const statusOf: { readonly [Tag in Exclude<ConsentState["_tag"], "Expired">]: string } = {
  NotShown: "start",
  NoticeShown: "NoticeShown",
  Asked: "Requested",
  Granted: "Given",
  Declined: "Refused",
  Withdrawn: "Withdrawn",
  Invalidated: "Invalidated",
  Halted: "Halted"
}

const isTag = (name: string): name is keyof typeof statusOf => name in statusOf

/**
 * Our edges in the published words. A command that leaves the status as it is has no edge there. Our `Expired` remembers nothing, so a yes
 * that reaches it has expired and is at its end at once, and everything else that reaches it is at its end.
 */
export const inPublishedWords = (edges: ReadonlyArray<Edge>): ReadonlyArray<string> => [
  ...new Set(
    edges.flatMap(({ from, to }) => {
      if (from === to || !isTag(from)) return []
      if (isTag(to)) return [`${statusOf[from]} -> ${statusOf[to]}`]
      return from === "Granted" ? ["Given -> Expired", "Expired -> end"] : [`${statusOf[from]} -> end`]
    })
  )
]

/** Where ours differs on purpose, each with its reason. The same list stands in the decision on the consent life cycle. */
export const deviations: ReadonlyArray<{ readonly edge: string; readonly ours: "missing" | "more"; readonly why: string }> = [
  { edge: "Given -> NoticeShown", ours: "missing", why: "A yes is not asked for again: a second question about what is settled is pressure." },
  { edge: "NoticeShown -> end", ours: "more", why: "What was only shown is forgotten at the deadline too." },
  { edge: "Requested -> end", ours: "more", why: "A question that a stopped server never closed is forgotten at the deadline, and was never a yes." },
  { edge: "Refused -> end", ours: "more", why: "That somebody said no is forgotten at the deadline, so that afterwards nobody can tell a no from a yes." }
]
