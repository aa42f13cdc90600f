/**
 * The log of the web server: no address for the chat's own pages, and none at all once its hours are over (DFH-44, E-06).
 * The address is taken out, not hashed or cut: what could be matched again would not be anonymous.
 */
import { hours, type Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import { deleteAt } from "../retention/deadlines.ts"
import type { IpAddress } from "./ipAddress.ts"

/** One line of the log: when somebody asked for a page of which part of the site, and from where. */
export interface WebLogLine {
  readonly at: Instant
  readonly part: "chat" | "site"
  readonly address: IpAddress | null
}

const without = (line: WebLogLine): WebLogLine => ({ ...line, address: null })

/** The line that may be written down; nothing where the service keeps no log. */
export const logged = (policy: Pick<Policy, "webLog">, line: WebLogLine): WebLogLine | undefined => {
  if (policy.webLog === null) return undefined
  return line.part === "chat" && !policy.webLog.addressOnChatPages ? without(line) : line
}

/** The log as it may be at `latest`, the later of the two clocks: each line without its address from its deadline on, in their order. */
export const anonymised = (policy: Pick<Policy, "webLog" | "bucketMinutes">, lines: ReadonlyArray<WebLogLine>, latest: Instant): ReadonlyArray<WebLogLine> => {
  const { webLog } = policy
  if (webLog === null) return []
  return lines.map((line) => (latest < deleteAt(line.at, hours(webLog.addressHours), policy) ? line : without(line)))
}
