/**
 * The counsellor's page: sign-in from the link, the queue, and the chats that are held.
 */
import { html } from "hono/html"
import { deskTexts } from "@fortrolig/core/notice/chatPhrases"
import { staffPageTexts } from "@fortrolig/core/notice/staffPhrases"
import { dialogs, insecureSection, panelTemplate } from "./chatSections.ts"
import { type Html, inLanguage, island, page, type PageFrame } from "./layout.ts"

/** The counsellor's page. It needs JavaScript, so everything starts hidden but a line that says so. */
export const staffPage = (frame: PageFrame): Html => {
  const { language } = frame
  const w = staffPageTexts(language)
  return page(
    { frame, script: "staff.js", title: w.title, home: { text: w.title, href: inLanguage("/staff", language) }, view: "staff" },
    html`<noscript><p class="trouble">${w.noScript}</p></noscript>
    <section class="middle" data-section="signing-in" hidden>
      <div class="card">
        <h1 class="ds-heading" data-size="md">${w.signIn.heading}</h1>
        <p>${w.signIn.body}</p>
        <button type="button" class="ds-button" data-part="sign-in">${w.signIn.button}</button>
        <p class="trouble" role="alert" data-part="sign-in-trouble"></p>
      </div>
    </section>
    <section class="middle" data-section="link" hidden>
      <div class="card">
        <h1 class="ds-heading" data-size="md" tabindex="-1" data-part="link-heading">${w.signIn.needLink}</h1>
        <p class="lead" role="status" data-part="link-why"></p>
        <p>${w.signIn.askForLink}</p>
      </div>
    </section>
    <section class="desk" data-section="desk" data-part="desk" hidden>
      <div class="desk-queue">
        <div class="desk-head">
          <h1 class="ds-heading" data-size="xs" tabindex="-1" data-part="queue-heading">${w.desk.queue}</h1>
          <p class="desk-state" data-part="open-state"></p>
        </div>
        <p class="connection" role="status" data-part="desk-connection"></p>
        <p class="small" role="status" data-part="queue-count"></p>
        <p class="small" data-part="queue-full"></p>
        <p class="notice" role="status" data-part="desk-notice"></p>
        <p class="empty" data-part="queue-empty">${w.desk.empty}</p>
        <ul class="queue" data-part="queue"></ul>
        <button type="button" class="ds-button sign-out" data-variant="tertiary" data-part="sign-out">${w.desk.signOut}</button>
      </div>
      <div class="desk-chats">
        <h2 class="ds-sr-only">${w.desk.holding}</h2>
        <p class="empty" data-part="no-chats">${w.desk.none}</p>
        <div class="chats" data-part="chats"></div>
      </div>
    </section>
    ${insecureSection(language)}`,
    html`${panelTemplate(language)}${dialogs([
      { name: "ask-end-staff", danger: true, ...w.ask.end },
      { name: "ask-return", danger: false, ...w.ask.giveBack },
      { name: "ask-sign-out", danger: true, ...w.ask.signOut }
    ])}${island("texts", deskTexts(language))}`
  )
}
