/**
 * Shows a conversation as bubbles, by text nodes only. Keeps the elements of what did not change, so that a screen reader hears only what is new.
 */
import type { Party } from "@fortrolig/core/session/messages"
import type { Conversation, Entry, Item, Removal } from "./conversation.ts"
import { element, part, say } from "./page.ts"

/** The words of the list. */
export interface ListTexts {
  readonly authors: Readonly<Record<Party, string>>
  readonly sending: string
  readonly delivered: string
  readonly notDelivered: string
  readonly deletedHere: string
  readonly deletedBoth: string
  readonly deleteOne: string
}

/** The list of messages of one chat. */
export interface ChatView {
  readonly show: (conversation: Conversation) => void
  readonly typing: (on: boolean) => void
  /** Removes every text from the page. */
  readonly clear: () => void
}

interface Row {
  readonly element: HTMLElement
  readonly update: (entry: Entry, lapsed: boolean) => void
}

/** Makes a view in `root`. With `onDelete`, every message can be deleted. */
export const makeChatView = (root: ParentNode, texts: ListTexts, onDelete?: (item: Item) => void): ChatView => {
  const log = part(root, "log")
  const list = part(root, "list")
  const typist = part(root, "typing")
  const rows = new Map<string, Row>()
  const lines = new Map<string, HTMLElement>()
  let quiet: ReturnType<typeof setTimeout> | undefined

  const makeRow = (self: Party, entry: Entry): Row => {
    const row = element("li", `message ${entry.by === self ? "own" : "other"}`)
    const bubble = element("p", "bubble")
    bubble.append(element("span", "ds-sr-only", `${texts.authors[entry.by]}: `), entry.text)
    const meta = element("div", "meta")
    const state = element("span", "state")
    meta.append(state)
    if (onDelete !== undefined) {
      const remove = element("button", "quiet", texts.deleteOne)
      remove.type = "button"
      remove.addEventListener("click", () => onDelete({ by: entry.by, n: entry.n }))
      meta.append(remove)
    }
    row.append(bubble, meta)
    return {
      element: row,
      update: (now, lapsed) => {
        if (now.by === self) say(state, now.delivered ? texts.delivered : lapsed ? texts.notDelivered : texts.sending)
      }
    }
  }
  const lineOf = (removal: Removal): HTMLElement => {
    const line = lines.get(removal.id) ?? element("li", "removed")
    lines.set(removal.id, line)
    say(line, removal.done ? texts.deletedBoth : texts.deletedHere)
    return line
  }
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80

  return {
    show: (conversation) => {
      const follow = atEnd() || conversation.entries.at(-1)?.by === conversation.self && !rows.has(keyOf(conversation.entries.at(-1)))
      const shown = new Set(conversation.entries.map(keyOf))
      for (const [key, row] of rows) {
        if (shown.has(key)) continue
        row.element.replaceChildren()
        row.element.remove()
        rows.delete(key)
      }
      const wanted: Array<{ readonly order: number; readonly element: HTMLElement }> = []
      for (const entry of conversation.entries) {
        const row = rows.get(keyOf(entry)) ?? makeRow(conversation.self, entry)
        rows.set(keyOf(entry), row)
        row.update(entry, conversation.lapsed.includes(entry.n))
        wanted.push({ order: entry.order, element: row.element })
      }
      for (const removal of conversation.removals) wanted.push({ order: removal.order, element: lineOf(removal) })
      wanted.sort((a, b) => a.order - b.order)
      wanted.forEach(({ element: wants }, i) => {
        if (list.children[i] !== wants) list.insertBefore(wants, list.children[i] ?? null)
      })
      if (follow) log.scrollTop = log.scrollHeight
    },
    typing: (on) => {
      clearTimeout(quiet)
      const follow = atEnd()
      typist.hidden = !on
      if (on) quiet = setTimeout(() => (typist.hidden = true), 8_000)
      if (follow) log.scrollTop = log.scrollHeight
    },
    clear: () => {
      clearTimeout(quiet)
      typist.hidden = true
      for (const row of rows.values()) row.element.replaceChildren()
      list.replaceChildren()
      rows.clear()
      lines.clear()
    }
  }
}

const keyOf = (item: Item | undefined): string => (item === undefined ? "" : `${item.by}.${item.n}`)
