/**
 * The receipt at the end: what is gone now, and what goes when, in local time.
 */
import type { Language } from "@fortrolig/core/notice/language"
import { localTime } from "@fortrolig/core/notice/periods"
import type { Receipt } from "@fortrolig/core/wire/socket"
import { element, fill } from "./page.ts"

/** The words of the receipt; each `later` text has a `{date}`. */
export interface ReceiptTexts {
  readonly gone: Readonly<Record<Receipt["gone"][number], string>>
  readonly later: Readonly<Record<Receipt["later"][number]["what"], string>>
}

/** Fills the two lists of the receipt. */
export const showReceipt = (gone: HTMLElement, later: HTMLElement, receipt: Receipt, texts: ReceiptTexts, language: Language): void => {
  gone.replaceChildren(...receipt.gone.map((what) => element("li", "", texts.gone[what])))
  later.replaceChildren(
    ...receipt.later.map(({ what, at }) => element("li", "", fill(texts.later[what], { date: localTime(at, language) })))
  )
}
