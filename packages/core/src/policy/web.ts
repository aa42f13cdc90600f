/**
 * What a policy says of the website around the chat: its cookies, its log, and the pages that visitors are sent to.
 */
import * as Schema from "effect/Schema"
import { Link, Positive } from "./values.ts"

/** A cookie that the site may set, kept no longer than a year from the first setting (DFH-38..40). */
export const Cookie = Schema.Struct({
  name: Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,64}$/)),
  purpose: Schema.Literals(["security", "staffSignIn"]),
  maxAgeDays: Positive(365)
})
export type Cookie = typeof Cookie.Type

/**
 * The log of the web server, if there is one: when addresses are removed from it (DFH-44),
 * and whether it has any for the chat's own pages (E-06).
 */
export const WebLog = Schema.Struct({ addressHours: Positive(336), addressOnChatPages: Schema.Boolean })
export type WebLog = typeof WebLog.Type

/** Pages that the notice leads to; `null` where the service has none. */
export const Links = Schema.Struct({
  /** The controller's own privacy page (DFH-04). */
  privacy: Link,
  /** Who answers the chat (IF-11). */
  whoAnswers: Schema.NullOr(Link),
  /** About the duty to avert and to report (IF-21). */
  duty: Schema.NullOr(Link),
  /** What the treatment involves (DFH-57). */
  treatment: Schema.NullOr(Link)
})
export type Links = typeof Links.Type
