/**
 * Entry of every visitor page: the exit works everywhere, the visit where there is one.
 */
import { armExit, replaceLinks } from "./exit.ts"
import { island, pageLanguage, part } from "./page.ts"
import type { VisitorTexts } from "./texts.ts"
import { makeVisit } from "./visitor.ts"

const chat = document.querySelector<HTMLElement>("[data-service]")
// Without HTTPS, off this machine, browsers have no cryptography: then nothing may start (the page says why).
const able = isSecureContext && typeof crypto.subtle === "object"
replaceLinks()
if (chat === null) armExit(() => undefined)
else if (!able) {
  armExit(() => undefined)
  for (const section of document.querySelectorAll<HTMLElement>("[data-section]")) section.hidden = section.dataset["section"] !== "insecure"
  part(document, "insecure-heading").focus()
} else {
  const visit = makeVisit(chat.dataset["service"] ?? "", pageLanguage(), island<VisitorTexts>("texts"))
  armExit(visit.forget)
  document.documentElement.classList.add("able")
  visit.resume()
}
