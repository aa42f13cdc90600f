/**
 * A service's one page for the whole visit: start, queue, chat and receipt in one document, so that the tab's history has one entry.
 */
import { html } from "hono/html"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { noticeLines } from "@fortrolig/core/notice/notice"
import { closedWords, openWords, pageTexts } from "@fortrolig/core/notice/pagePhrases"
import type { Policy } from "@fortrolig/core/policy/policy"
import { afterSections, chatSection, dialogs, insecureSection, queueSection } from "./chatSections.ts"
import { type Html, inLanguage, island, page, type PageFrame } from "./layout.ts"
import { visitorChatTexts } from "@fortrolig/core/notice/chatPhrases"

/** What the page shows of the service at this moment. */
export interface ServicePage {
  readonly frame: PageFrame
  readonly policy: Policy
  readonly open: boolean
  /** When the service closes next, if it is open and that is known. */
  readonly closes?: Instant
  /** When the service opens next, if it is closed and that is known. */
  readonly opens?: Instant
}

const state = ({ closes, frame: { language }, open, opens, policy }: ServicePage): Html => {
  const zone = policy.openingHours?.timeZone
  const says = open ? openWords(language, closes, zone) : closedWords(language, opens, zone)
  return html`<p class="open-state" data-open="${String(open)}">${says}</p>`
}

/** One promise: its first sentence stands out, for who reads no more than that. */
const promise = (line: string): Html => {
  const [first = "", ...rest] = line.split(/(?<=[.!?]) /)
  return html`<li><strong>${first}</strong> ${rest.join(" ")}</li>`
}

const landing = (input: ServicePage): Html => {
  const { frame: { language }, open, policy } = input
  const { exit, hours, noScript, welcome } = pageTexts(language)
  return html`<section class="landing" data-section="landing">
    <div class="hello">
      <p class="eyebrow">${policy.name[language]}</p>
      <h1 class="ds-heading" data-size="xl">${welcome.heading}</h1>
      <p class="lead">${welcome.body}</p>
      ${state(input)}
      ${open ? "" : html`<p>${hours.meanwhile}</p>`}
      <p class="trouble" role="alert" data-part="start-trouble"></p>
      <noscript><div class="trouble"><p><strong>${noScript.heading}</strong></p><p>${noScript.body}</p></div></noscript>
    </div>
      <section class="card stored" aria-labelledby="stored-heading">
        <h2 id="stored-heading" class="ds-heading" data-size="xs">${welcome.noticeHeading}</h2>
        <ul class="promises">${noticeLines(policy, language).map(promise)}</ul>
        <p><a class="ds-link" href="${inLanguage(`/${policy.service}/privacy`, language)}">${welcome.readMore}</a></p>
      </section>
      <section class="card" aria-labelledby="exit-heading">
        <h2 id="exit-heading" class="ds-heading" data-size="xs">${exit.heading}</h2>
        <ul class="plain">${[exit.what, exit.shift, exit.history, exit.safer].map((line) => html`<li>${line}</li>`)}</ul>
      </section>
      <div class="begin"${open ? "" : html` hidden`}>
        <button type="button" class="ds-button needs-script" data-size="lg" data-part="start"${open ? "" : html` hidden`}>${welcome.start}</button>
      </div>
  </section>`
}

/** The page of one service. */
export const servicePage = (input: ServicePage): Html => {
  const { frame, policy } = input
  const { language } = frame
  const { ask } = pageTexts(language)
  return page(
    {
      frame,
      script: "chat.js",
      home: { text: policy.name[language], href: inLanguage(frame.path, language) },
      exit: { url: policy.exitUrl, action: `/${policy.service}/leave` },
      service: policy.service,
      view: "landing"
    },
    html`<p class="connection" role="status" data-part="connection"></p>
    ${landing(input)}
    <section class="middle" data-section="resuming" hidden><p class="waiting-words" role="status">${pageTexts(language).chat.resuming}</p></section>
    ${queueSection(language)} ${chatSection(language)} ${afterSections(language)} ${insecureSection(language)}`,
    html`${dialogs([
      { name: "ask-delete-one", danger: true, ...ask.deleteOne },
      { name: "ask-delete-all", danger: true, ...ask.deleteAll },
      { name: "ask-end", danger: true, more: noticeLines(policy, language)[0], ...ask.end },
      { name: "ask-identity", danger: false, ...ask.identity }
    ])}${island("texts", visitorChatTexts(policy, language))}`
  )
}
