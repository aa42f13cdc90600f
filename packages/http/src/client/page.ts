/**
 * What the client needs of the document: parts by name, texts from the server's data island, and questions in dialogs.
 */

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

/** Shows a question of the page and resolves to whether it was answered with yes. */
export const ask = (name: string): Promise<boolean> => {
  const dialog = part(document, name)
  if (!(dialog instanceof HTMLDialogElement)) throw new Error(`${name} is not a dialog.`)
  if (dialog.open) return Promise.resolve(false)
  dialog.returnValue = ""
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true })
    dialog.showModal()
  })
}

/** The data that the server wrote into the page, under an element's id. */
export const island = <A>(id: string): A => JSON.parse(document.getElementById(id)?.textContent ?? "{}")

/** A text with its `{names}` filled in. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
