/**
 * The parts of a visit after Start, and the parts that the counsellor's desk shares with it.
 */
import { html } from "hono/html"
import type { Language } from "@fortrolig/core/notice/language"
import { pageTexts } from "@fortrolig/core/notice/pagePhrases"
import { staffPageTexts } from "@fortrolig/core/notice/staffPhrases"
import type { Party } from "@fortrolig/core/session/messages"
import type { Html } from "./layout.ts"

/** Longest message that is sent as one, in characters; its UTF-8 always fits in a frame. */
export const longestMessage = 2000

/** Waiting in the queue. */
export const queueSection = (language: Language): Html => {
  const w = pageTexts(language).queue
  return html`<section class="middle" data-section="queue" hidden aria-labelledby="queue-heading">
    <div class="card queue-card">
      <p class="breath" aria-hidden="true"></p>
      <h1 id="queue-heading" class="ds-heading" data-size="md" tabindex="-1" data-part="queue-heading">${w.heading}</h1>
      <div role="status">
        <p class="queue-place" data-part="queue-place"></p>
        <p data-part="queue-available"></p>
      </div>
      <p class="small">${w.body}</p>
      <button type="button" class="ds-button" data-variant="secondary" data-end>${w.cancel}</button>
    </div>
  </section>`
}

/** The list of messages and the box to write in, for either side. */
const conversation = (language: Language, side: Party): Html => {
  const w = side === "visitor" ? pageTexts(language).chat : staffPageTexts(language).chat
  const beginning = side === "visitor" ? pageTexts(language).welcome.body : staffPageTexts(language).onlyVisitorDeletes
  return html`<div class="log" role="log" tabindex="0" aria-label="${w.log}" data-part="log">
      <p class="beginning">${beginning}</p>
      <ol class="messages" data-part="list"></ol>
      <p class="typing" data-part="typing" hidden>${w.typing}</p>
    </div>
    <p class="notice" role="alert" data-part="notice"></p>
    <div class="composer">
      <textarea class="ds-input" aria-label="${w.box}" data-part="box" data-most="${longestMessage}" rows="1" autocomplete="off" autocapitalize="sentences" spellcheck="false" disabled placeholder="${w.box}"></textarea>
      <button type="button" class="ds-button" data-part="send" disabled>${w.send}</button>
      <p class="count" role="status" data-part="count"></p>
    </div>`
}

/** The visitor's chat. */
export const chatSection = (language: Language): Html => {
  const w = pageTexts(language).chat
  return html`<section class="chat" data-section="chat" data-part="chat" hidden aria-labelledby="chat-heading">
    <div class="chat-head">
      <h1 id="chat-heading" class="ds-sr-only">${w.heading}</h1>
      <p class="chat-status" role="status" data-part="status" data-state="waiting"></p>
      <div class="chat-actions">
        <button type="button" class="ds-button" data-size="sm" data-variant="tertiary" data-part="delete-all">${w.deleteAll}</button>
        <button type="button" class="ds-button" data-size="sm" data-variant="secondary" data-end>${w.end}</button>
      </div>
    </div>
    ${conversation(language, "visitor")}
  </section>`
}

/** One chat on the counsellor's desk, copied for each. */
export const panelTemplate = (language: Language): Html => {
  const w = staffPageTexts(language).chat
  return html`<template data-part="panel-template"><article class="chat panel" aria-label="${w.heading}">
    <div class="chat-head">
      <p class="chat-status" role="status" data-part="status"></p>
      <div class="chat-actions">
        <button type="button" class="ds-button" data-size="sm" data-variant="tertiary" data-part="return">${w.giveBack}</button>
        <button type="button" class="ds-button" data-size="sm" data-variant="secondary" data-part="end">${w.end}</button>
        <button type="button" class="ds-button" data-size="sm" data-variant="secondary" data-part="close" hidden>${w.close}</button>
      </div>
    </div>
    <p class="connection" role="status" data-part="connection"></p>
    ${conversation(language, "counsellor")}
  </article></template>`
}

/** The end: the receipt, or why there is none, and the way to start again. */
export const afterSections = (language: Language): Html => {
  const w = pageTexts(language).receipt
  return html`<section class="middle" data-section="receipt" hidden aria-labelledby="receipt-heading">
    <div class="card receipt">
      <h1 id="receipt-heading" class="ds-heading" data-size="md" tabindex="-1" data-part="receipt-heading">${w.heading}</h1>
      <p class="lead" data-part="ended-reason"></p>
      <h2 class="ds-heading" data-size="2xs">${w.gone}</h2>
      <ul class="gone" data-part="gone"></ul>
      <p class="small" role="status" data-part="peer-wiped"></p>
      <h2 class="ds-heading" data-size="2xs">${w.later}</h2>
      <ul class="later" data-part="later"></ul>
    </div>
  </section>
  <section class="middle" data-section="over" hidden>
    <div class="card">
      <h1 class="ds-heading" data-size="md" tabindex="-1" data-part="over-heading"></h1>
      <p class="lead" data-part="over-body"></p>
    </div>
  </section>
  <div class="middle again" data-section="receipt over" hidden>
    <button type="button" class="ds-button" data-variant="secondary" data-part="again">${w.again}</button>
  </div>`
}

/** Why nothing starts without HTTPS: there, browsers have no encryption. */
export const insecureSection = (language: Language): Html => {
  const w = pageTexts(language).insecure
  return html`<section class="middle" data-section="insecure" hidden>
    <div class="card">
      <h1 class="ds-heading" data-size="md" tabindex="-1" data-part="insecure-heading">${w.heading}</h1>
      <p>${w.body}</p>
    </div>
  </section>`
}

/** A question before what cannot be undone. */
export interface Question {
  /** The name that the client asks for. */
  readonly name: string
  readonly heading: string
  readonly body: string
  readonly more?: string
  readonly yes: string
  readonly no: string
  readonly danger: boolean
}

/** The questions of a page, as dialogs. The careful answer stands first. */
export const dialogs = (questions: ReadonlyArray<Question>): Html =>
  html`${questions.map(
    ({ body, danger, heading, more, name, no, yes }) => html`<dialog class="ds-dialog" data-part="${name}" aria-labelledby="${name}-heading">
      <form method="dialog">
        <h2 id="${name}-heading" class="ds-heading" data-size="xs">${heading}</h2>
        <p>${body}</p>
        ${more === undefined ? "" : html`<p>${more}</p>`}
        <div class="answers">
          <button class="ds-button" data-variant="secondary" value="no">${no}</button>
          <button class="ds-button" data-color="${danger ? "danger" : "accent"}" value="yes">${yes}</button>
        </div>
      </form>
    </dialog>`
  )}`
