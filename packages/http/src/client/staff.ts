/**
 * Entry of the counsellor's page: signs in with the link's secret, then opens the desk.
 */
import { me, redeem } from "./api.ts"
import { type Desk, openDeskView } from "./desk.ts"
import { wipe } from "./history.ts"
import { button, island, part, say } from "./page.ts"
import { chatsPrefix } from "./panel.ts"
import type { StaffTexts } from "./texts.ts"

const texts = island<StaffTexts>("texts")
let desk: Desk | undefined

const show = (name: "signing-in" | "link" | "desk" | "insecure", focus: string) => {
  document.body.dataset["view"] = name
  for (const section of document.querySelectorAll<HTMLElement>("[data-section]")) section.hidden = section.dataset["section"] !== name
  part(document, focus).focus()
}
const signedOut = (why: string) => {
  desk = undefined
  say(part(document, "link-why"), why)
  show("link", "link-heading")
}
const start = () => {
  show("desk", "queue-heading")
  desk = openDeskView(texts, signedOut)
}
const needLink = (why: string) => {
  // What a counsellor who is signed out left behind in this tab opens nothing; it goes all the same.
  wipe(sessionStorage, chatsPrefix)
  signedOut(why)
}
const offer = (secret: string) => {
  show("signing-in", "sign-in")
  button(document, "sign-in").addEventListener("click", async () => {
    const press = button(document, "sign-in")
    press.disabled = true
    try {
      const reply = await redeem(secret)
      if ("ok" in reply) return start()
      if (reply.refused.status < 500) return needLink(texts.linkUsed)
    } catch {
      // Told below: the link is not used up, so it can be pressed again.
    }
    press.disabled = false
    say(part(document, "sign-in-trouble"), texts.cannotSignIn)
  })
}
const begin = async () => {
  const secret = /^#([A-Za-z0-9_-]{43})$/.exec(location.hash)?.[1]
  // The secret leaves the address before anything else happens, so that it stays in no history.
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search)
  if (secret !== undefined) return offer(secret)
  try {
    if ("ok" in (await me())) return start()
    needLink("")
  } catch {
    needLink(texts.cannotSignIn)
  }
}

if (isSecureContext && typeof crypto.subtle === "object") void begin()
else show("insecure", "insecure-heading")

addEventListener("pagehide", () => {
  desk?.forget()
  document.body.replaceChildren()
})
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(location.href)
})
