/**
 * The visitors who wait, as the desk shows them: how long each has waited, and nothing else about them. Rows keep their place and focus while others come and go.
 */
import type { ToDesk } from "@fortrolig/core/wire/socket"
import { element, fill, say } from "./page.ts"
import type { StaffTexts } from "./texts.ts"

type Waiting = Extract<ToDesk, { readonly _tag: "Desk" }>["queue"][number]

/** The list of waiting visitors. */
export interface QueueList {
  /** Shows the queue; `full` when this counsellor may take nobody more. Says whether the focused row went away. */
  readonly show: (queue: ReadonlyArray<Waiting>, full: boolean) => boolean
  /** Brings the waiting times up to date. */
  readonly tick: () => void
}

interface Row {
  readonly element: HTMLElement
  readonly update: (waiting: Waiting, full: boolean, now: number) => void
}

/** Makes the list in `list`. */
export const makeQueueList = (
  list: HTMLElement,
  texts: Pick<StaffTexts, "waited" | "front" | "declined" | "accept" | "decline">,
  now: () => number,
  press: (what: "Accept" | "Decline", ref: Waiting["ref"]) => void
): QueueList => {
  const rows = new Map<string, Row>()
  const shown = new Map<string, Waiting>()

  const makeRow = (ref: Waiting["ref"]): Row => {
    const row = element("li", "waiting")
    const words = element("div", "waiting-words")
    const time = element("p", "waiting-time")
    const note = element("p", "waiting-note")
    words.append(time, note)
    const act = (label: string, what: "Accept" | "Decline") => {
      const made = element("button", "ds-button", label)
      made.type = "button"
      made.addEventListener("click", () => press(what, ref))
      return made
    }
    const accept = act(texts.accept, "Accept")
    const decline = act(texts.decline, "Decline")
    decline.dataset["variant"] = "secondary"
    const actions = element("div", "waiting-actions")
    actions.append(accept, decline)
    row.append(words, actions)
    return {
      element: row,
      update: (waiting, full, at) => {
        say(time, fill(texts.waited, { minutes: Math.max(0, Math.floor((at - waiting.queuedAt) / 60_000)) }))
        say(note, [waiting.front ? texts.front : "", waiting.declined ? texts.declined : ""].filter((text) => text !== "").join(" "))
        note.hidden = note.textContent === ""
        accept.disabled = full
        decline.hidden = waiting.declined
      }
    }
  }
  const update = (waiting: Waiting, full: boolean) => rows.get(waiting.ref)?.update(waiting, full, now())
  let isFull = false

  return {
    show: (queue, full) => {
      isFull = full
      const focused = [...rows.values()].find((row) => row.element.contains(document.activeElement))
      shown.clear()
      queue.forEach((waiting, i) => {
        const row = rows.get(waiting.ref) ?? makeRow(waiting.ref)
        rows.set(waiting.ref, row)
        shown.set(waiting.ref, waiting)
        if (list.children[i] !== row.element) list.insertBefore(row.element, list.children[i] ?? null)
        update(waiting, full)
      })
      for (const [ref, row] of rows) {
        if (shown.has(ref)) continue
        row.element.remove()
        rows.delete(ref)
      }
      return focused !== undefined && !focused.element.isConnected
    },
    tick: () => {
      for (const waiting of shown.values()) update(waiting, isFull)
    }
  }
}
