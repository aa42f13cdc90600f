/**
 * The resume tokens of live sessions, as hashes: each works once and names its follower, so that a second tab is told apart from a lost answer.
 */
import type { ServiceName } from "@fortrolig/core/kernel/identity"
import type { Link } from "./link.ts"

/** What a resume token turns out to be. */
export type ResumeAnswer =
  | { readonly _tag: "Resumed"; readonly link: Link }
  /** The chat went on in another tab. */
  | { readonly _tag: "Elsewhere" }
  /** Unknown, or the session is over: the two cannot be told apart. */
  | { readonly _tag: "Gone" }

/** How many used tokens of one session are told apart from unknown ones. */
const mostUsed = 1000

/** The resume tokens of a server. */
export class Resumes {
  readonly #links = new Map<string, Link>()

  add(link: Link): void {
    this.#links.set(link.resume, link)
  }

  /** The session whose present token has this hash. */
  holder(hash: string): Link | undefined {
    const link = this.#links.get(hash)
    return link?.resume === hash ? link : undefined
  }

  /**
   * Uses a token up and puts the next one in its place. The same pair again is answered again, so that an answer lost on the way locks nobody out;
   * another follower for a used token is another tab.
   */
  use(service: ServiceName, hash: string, next: string): ResumeAnswer {
    const link = this.#links.get(hash)
    if (link === undefined || link.service !== service) return { _tag: "Gone" }
    if (link.resume !== hash) return link.used.get(hash) === next && link.resume === next ? { _tag: "Resumed", link } : { _tag: "Elsewhere" }
    if (this.#links.has(next)) return { _tag: "Elsewhere" }
    link.used.set(hash, next)
    link.resume = next
    this.#links.set(next, link)
    if (link.used.size > mostUsed) this.#forgetOldest(link)
    return { _tag: "Resumed", link }
  }

  /** Forgets every token of a session. */
  forget(link: Link): void {
    this.#links.delete(link.resume)
    for (const hash of link.used.keys()) this.#links.delete(hash)
    link.used.clear()
  }

  #forgetOldest(link: Link): void {
    for (const oldest of link.used.keys()) {
      link.used.delete(oldest)
      this.#links.delete(oldest)
      return
    }
  }
}
