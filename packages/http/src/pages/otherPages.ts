/**
 * The pages around the visit: the list of services, privacy, and what is shown when there is no page or something failed.
 */
import { html } from "hono/html"
import { pageTexts } from "@fortrolig/core/notice/pagePhrases"
import { privacySections, type PrivacyTable } from "@fortrolig/core/notice/privacyPage"
import type { Policy } from "@fortrolig/core/policy/policy"
import { type Exit, type Html, inLanguage, page, type PageFrame } from "./layout.ts"

/** A service as the list shows it. */
export interface ListedService {
  readonly policy: Policy
  readonly open: boolean
}

const exitOf = (policy: Policy): Exit => ({ url: policy.exitUrl, action: `/${policy.service}/leave` })

/** The list of services. Throws when there is none, because then nothing is served. */
export const indexPage = (frame: PageFrame, services: ReadonlyArray<ListedService>): Html => {
  const { language } = frame
  const w = pageTexts(language).home
  const first = services[0]
  if (first === undefined) throw new Error("no service is served")
  return page(
    { frame, script: "chat.js", home: { text: "Fortrolig", href: inLanguage("/", language) }, exit: exitOf(first.policy) },
    html`<section class="index">
      <h1 class="ds-heading" data-size="xl">${w.heading}</h1>
      <ul class="services">${services.map(
        ({ open, policy }) => html`<li><a class="card service" href="${inLanguage(`/${policy.service}`, language)}">
          <span class="service-name">${policy.name[language]}</span>
          <span class="service-by">${policy.controller.name}</span>
          <span class="open-state" data-open="${String(open)}">${open ? w.open : w.closed}</span>
        </a></li>`
      )}</ul>
    </section>`
  )
}

const tableOf = ({ caption, columns, rows }: PrivacyTable): Html =>
  html`<div class="table" tabindex="0" role="group" aria-label="${caption}"><table class="ds-table"><caption>${caption}</caption>
    <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows.map(
      ([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell, i) => html`<td data-column="${columns[i + 1] ?? ""}">${cell}</td>`)}</tr>`
    )}</tbody>
  </table></div>`

/** Everything about privacy at one service. */
export const privacyPage = (frame: PageFrame, policy: Policy): Html => {
  const { language } = frame
  const w = pageTexts(language).privacy
  const home = { text: policy.name[language], href: inLanguage(`/${policy.service}`, language) }
  return page(
    { frame, script: "chat.js", home, exit: exitOf(policy) },
    html`<article class="reading">
      <p><a class="ds-link" href="${home.href}">← ${w.back}</a></p>
      <h1 class="ds-heading" data-size="lg">${w.heading}</h1>
      ${privacySections(policy, language).map(
        ({ heading, id, link, paragraphs, table }) => html`<section aria-labelledby="${id}">
          <h2 id="${id}" class="ds-heading" data-size="xs">${heading}</h2>
          ${paragraphs.map((text) => html`<p>${text}</p>`)}
          ${table === undefined ? "" : tableOf(table)}
          ${link === undefined ? "" : html`<p><a class="ds-link" href="${link.href}" rel="noreferrer noopener" target="_blank">${link.text}</a></p>`}
        </section>`
      )}
    </article>`
  )
}

/** A neutral page for an address that leads nowhere, or for a fault of ours. `exit` is any served policy's. */
export const messagePage = (frame: PageFrame, about: "notFound" | "trouble", policy: Policy): Html => {
  const { language } = frame
  const w = pageTexts(language)[about]
  const home = { text: "Fortrolig", href: inLanguage("/", language) }
  return page(
    { frame, script: "chat.js", home, exit: exitOf(policy) },
    html`<section class="middle"><div class="card">
      <h1 class="ds-heading" data-size="md">${w.heading}</h1>
      <p class="lead">${w.body}</p>
      <p><a class="ds-link" href="${home.href}">${pageTexts(language).notFound.home}</a></p>
    </div></section>`
  )
}
