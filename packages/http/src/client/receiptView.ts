/**
 * The receipt at the end: what is gone now, and what goes when, in local time.
 */
import type { Receipt } from "@fortrolig/core/wire/socket"
import { element, fill } from "./page.ts"

/** The words of the receipt; each `later` text has a `{date}`. */
export interface ReceiptTexts {
  readonly gone: Readonly<Record<Receipt["gone"][number], string>>
  readonly later: Readonly<Record<Receipt["later"][number]["what"], string>>
}

/** An instant as Norwegian wall-clock time in words, in bokmål or English. */
export const localTime = (language: string, at: number): string =>
  new Intl.DateTimeFormat(language === "en" ? "en-GB" : "nb-NO", {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Europe/Oslo"
  }).format(at)

/** Fills the two lists of the receipt. */
export const showReceipt = (gone: HTMLElement, later: HTMLElement, receipt: Receipt, texts: ReceiptTexts, language: string): void => {
  gone.replaceChildren(...receipt.gone.map((what) => element("li", "", texts.gone[what])))
  later.replaceChildren(
    ...receipt.later.map(({ what, at }) => element("li", "", fill(texts.later[what], { date: localTime(language, at) })))
  )
}
