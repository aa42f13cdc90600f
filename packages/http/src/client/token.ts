/**
 * The visitor's resume token in this tab's session storage. Nothing is there before Start is pressed.
 */
import { randomBytes, toBase64Url } from "./bytes.ts"
import { type Store, wipe } from "./history.ts"

/** Everything of the visitor's session lies under this prefix. */
export const prefix = "f."

/** The service and token of the session that this tab holds. */
export interface Token {
  readonly service: string
  readonly resume: string
}

/** The session of this tab, if it has one. */
export const readToken = (store: Store): Token | undefined => {
  const service = store.getItem(`${prefix}service`)
  const resume = store.getItem(`${prefix}resume`)
  return service === null || resume === null ? undefined : { service, resume }
}

/** A token of a session that is about to be opened. */
export const newToken = (store: Store, service: string): Token => {
  const resume = toBase64Url(randomBytes(32))
  store.setItem(`${prefix}service`, service)
  store.setItem(`${prefix}resume`, resume)
  return { service, resume }
}

/** The successor of the token, stored before it is asked for: a tab that dies on the way asks with the same pair again. */
export const nextToken = (store: Store): string => {
  const name = `${prefix}next`
  const next = store.getItem(name) ?? toBase64Url(randomBytes(32))
  store.setItem(name, next)
  return next
}

/** The server took the successor. */
export const rotateToken = (store: Store, next: string): void => {
  store.setItem(`${prefix}resume`, next)
  store.removeItem(`${prefix}next`)
}

/** Removes everything of the session from this tab. */
export const wipeToken = (store: Store): void => wipe(store, prefix)
