/**
 * Leaving at once: the page goes blank, keys, texts and storage go, the session ends, and the tab shows a neutral page that Back does not lead out of.
 */
import { leaveSession } from "./api.ts"
import { part } from "./page.ts"
import { watchShift } from "./shiftExit.ts"
import { readToken, wipeToken } from "./token.ts"

/** Makes the leave button and Shift three times work on a visitor's page. `forget` drops what the page holds in memory. */
export const armExit = (forget: () => void): void => {
  const form = part(document, "exit")
  const exitUrl = form.dataset["exitUrl"] ?? "about:blank"
  const leave = () => {
    document.documentElement.classList.add("left")
    document.body.replaceChildren()
    forget()
    const token = readToken(sessionStorage)
    wipeToken(sessionStorage)
    if (token !== undefined) leaveSession(token.service, token.resume)
    location.replace(exitUrl)
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    leave()
  })
  watchShift(leave)
  // Whatever way the page is left: nothing of it stays in memory, and only the sealed storage stays, for a reload.
  addEventListener("pagehide", () => {
    forget()
    document.body.replaceChildren()
  })
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return
    wipeToken(sessionStorage)
    location.replace(location.href)
  })
}

/** In-service links replace this page, so that the tab's history has one entry for the whole visit. */
export const replaceLinks = (): void => {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest("a") : null
    if (link === null || link.origin !== location.origin || link.target !== "" || link.getAttribute("href")?.startsWith("#") === true) return
    event.preventDefault()
    location.replace(link.href)
  })
}
