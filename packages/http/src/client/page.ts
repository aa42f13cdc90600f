/**
 * What the client needs of the document: parts by name, texts from the server's data island, and questions in dialogs.
 */
import type { Language } from "@fortrolig/core/notice/language"

/** The element that carries `data-part="name"`. Throws when the page has none. */
export const part = (root: ParentNode, name: string): HTMLElement => {
  const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`)
  if (found === null) throw new Error(`The page has no part named ${name}.`)
  return found
}

/** The page's button of that name. */
export const button = (root: ParentNode, name: string): HTMLButtonElement => {
  const found = part(root, name)
  if (!(found instanceof HTMLButtonElement)) throw new Error(`${name} is not a button.`)
  return found
}

/** A new element with a class and a text. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = "", text = ""): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag)
  if (className !== "") made.className = className
  if (text !== "") made.textContent = text
  return made
}

/** Sets a text only when it differs, so that a live region speaks once. */
export const say = (where: HTMLElement, text: string): void => {
  if (where.textContent !== text) where.textContent = text
}

/** Sets a text that concerns this moment only, and takes it back after ten seconds if nothing else has been said there. */
export const sayForNow = (where: HTMLElement, text: string): void => {
  say(where, text)
  setTimeout(() => {
    if (where.textContent === text) say(where, "")
  }, 10_000)
}

/** Takes the question back, as if it was answered with no. */
export const closeQuestions = (): void => {
  for (const dialog of document.querySelectorAll("dialog")) if (dialog.open) dialog.close("no")
}

/**
 * Shows a question of the page and resolves to whether it was answered with yes. Escape is a no.
 * The rest of the page rests meanwhile, except the bar: the way out must work at any moment, so the dialog is not modal.
 */
export const ask = (name: string): Promise<boolean> => {
  const dialog = part(document, name)
  if (!(dialog instanceof HTMLDialogElement)) throw new Error(`${name} is not a dialog.`)
  if (dialog.open) return Promise.resolve(false)
  const before = document.activeElement
  const resting = document.querySelectorAll<HTMLElement>("main, aside")
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") dialog.close("no")
  }
  dialog.returnValue = ""
  for (const part of resting) part.inert = true
  addEventListener("keydown", onKey)
  dialog.show()
  dialog.querySelector("button")?.focus()
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        removeEventListener("keydown", onKey)
        for (const part of resting) part.inert = false
        if (before instanceof HTMLElement && before.isConnected) before.focus()
        resolve(dialog.returnValue === "yes")
      },
      { once: true }
    )
  })
}

/** The data that the server wrote into the page, under an element's id. */
export const island = <A>(id: string): A => JSON.parse(document.getElementById(id)?.textContent ?? "{}")

/** A text with its `{names}` filled in. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** The language of the page, as the server rendered it. */
export const pageLanguage = (): Language => (document.documentElement.lang === "en" ? "en" : "nb")
