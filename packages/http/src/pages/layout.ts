/**
 * The frame of every page: neutral title and icon, styles, one script, and nothing from elsewhere (DFH-42).
 */
import { html, raw } from "hono/html"
import { helpNumbers } from "@fortrolig/core/notice/helpNumbers"
import { type Language, languageNames, languages } from "@fortrolig/core/notice/language"
import { pageTexts } from "@fortrolig/core/notice/pagePhrases"

/** HTML as `hono/html` makes it: everything that is put in is escaped. */
export type Html = ReturnType<typeof html>

/** The address of a served file by its plain name, such as `chat.js`. */
export type Href = (name: string) => string

/** What every page needs to know. */
export interface PageFrame {
  readonly language: Language
  readonly href: Href
  /** The address of this page without its query, for the links to the other languages. */
  readonly path: string
  /** A demonstration says so on every page. */
  readonly demonstration: boolean
}

/** The way out of a visitor's page. */
export interface Exit {
  /** Where the button leads: a neutral page that says nothing of the visit. */
  readonly url: string
  /** Where the form goes when there is no JavaScript. */
  readonly action: string
}

/** An address of the product in a language. */
export const inLanguage = (path: string, language: Language): string => `${path}?lang=${language}`

/** Data for the client as a script that is never run. Nothing in it can end the element. */
export const island = (id: string, data: object): Html =>
  html`<script type="application/json" id="${id}">${raw(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>`

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect x='2' y='2' width='12' height='12' rx='3' fill='%236b7674'/%3E%3C/svg%3E"

const languageLinks = ({ language, path }: PageFrame): Html =>
  html`<nav class="languages" aria-label="${languageNames[language]}">${languages
    .filter((other) => other !== language)
    .map((other) => html`<a class="ds-link" href="${inLanguage(path, other)}" lang="${other}" hreflang="${other}">${languageNames[other]}</a>`)}</nav>`

/** The numbers for help now, with and without JavaScript, before, during and after a chat. */
export const helpBox = (language: Language): Html => {
  const { help } = pageTexts(language)
  return html`<aside class="help" aria-labelledby="help-heading">
    <h2 id="help-heading" class="help-heading">${help.heading}</h2>
    <ul class="help-numbers">${helpNumbers.map(
      ({ href, label, number }) => {
        const [who, when] = label[language].split(": ")
        return html`<li><a href="${href}"><strong class="help-number">${number}</strong> <span class="help-label">${who}<span class="help-when">: ${when}</span></span></a></li>`
      }
    )}</ul>
  </aside>`
}

const exitButton = (exit: Exit, language: Language): Html => {
  const w = pageTexts(language).exit
  return html`<form class="exit" method="post" action="${exit.action}" data-part="exit" data-exit-url="${exit.url}">
    <button type="submit" class="ds-button" data-color="danger">${w.button}<span class="ds-sr-only"> (${w.hidden})</span></button>
  </form>`
}

interface Shell {
  readonly frame: PageFrame
  readonly script: "chat.js" | "staff.js"
  /** The name that the bar shows, leading home. */
  readonly home: { readonly text: string; readonly href: string }
  readonly exit?: Exit
  readonly service?: string
  readonly view?: string
  /** Says nothing of the service; the visitor's is the default. */
  readonly title?: string
}

/** A whole page around its main part. A visitor's page has the way out first in its tab order. */
export const page = ({ exit, frame, home, script, service, title, view }: Shell, main: Html, after: Html | "" = ""): Html => {
  const { demonstration, href, language } = frame
  const w = pageTexts(language)
  return html`<!doctype html>
<html lang="${language}" data-color-scheme="light" data-size="md">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<title>${title ?? w.title}</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${href("designsystemet.css")}">
<link rel="stylesheet" href="${href("theme.css")}">
<link rel="stylesheet" href="${href("app.css")}">
<script type="module" src="${href(script)}"></script>
</head>
<body data-view="${view ?? "page"}"${service === undefined ? "" : html` data-service="${service}"`}>
<header class="bar">
  ${exit === undefined ? "" : exitButton(exit, language)}
  <a class="skip" href="#main">${w.skip}</a>
  <a class="home" href="${home.href}">${home.text}</a>
  ${exit === undefined ? "" : html`<p class="exit-hint">${w.exit.shift}</p>`}
  ${languageLinks(frame)}
</header>
<main id="main" tabindex="-1">
${demonstration ? html`<p class="demonstration">${w.demonstration.what}${exit === undefined ? "" : ` ${w.demonstration.help}`}</p>` : ""}
${main}
</main>
${exit === undefined ? "" : helpBox(language)}
${after}
</body>
</html>`
}
