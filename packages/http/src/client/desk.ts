/**
 * The counsellor's desk: who waits and for how long, and the chats that are held.
 */
import type { ToDesk } from "@fortrolig/core/wire/socket"
import { clockSkew, openDesk, signOut, Unreachable } from "./api.ts"
import { connect, type Connection } from "./connection.ts"
import { wipe } from "./history.ts"
import { ask, button, fill, part, say } from "./page.ts"
import { chatsPrefix, openPanel, type Panel } from "./panel.ts"
import { makeQueueList } from "./queueList.ts"
import type { StaffTexts } from "./texts.ts"

type DeskState = Extract<ToDesk, { readonly _tag: "Desk" }>

/** The server closed the desk because it was opened in another tab, or the sign-in is over. */
const replaced = 4001
const signedOut = 4004

/** The desk of one signed-in counsellor. */
export interface Desk {
  /** Drops keys and texts from memory and page. */
  readonly forget: () => void
}

/** Opens the desk. `left` is called when nobody is signed in any more, with the reason to show. */
export const openDeskView = (texts: StaffTexts, left: (why: string) => void): Desk => {
  const root = part(document, "desk")
  const chats = part(root, "chats")
  const template = part(document, "panel-template")
  const panels = new Map<string, Panel>()
  let state: DeskState | undefined
  let skew = 0

  const queue = makeQueueList(part(root, "queue"), texts, () => Date.now() + skew, (what, ref) => connection.send(JSON.stringify({ _tag: what, ref })))
  const tidy = () => {
    part(root, "no-chats").hidden = panels.size > 0
    root.classList.toggle("busy", panels.size > 0)
  }
  const open = (ref: string) => {
    if (panels.has(ref) || !(template instanceof HTMLTemplateElement)) return
    const panelRoot = template.content.firstElementChild?.cloneNode(true)
    if (!(panelRoot instanceof HTMLElement)) return
    chats.append(panelRoot)
    const panel = openPanel({ ref, root: panelRoot, texts, finished: tidy })
    panels.set(ref, panel)
    button(panelRoot, "close").addEventListener("click", () => {
      panelRoot.remove()
      panels.delete(ref)
      tidy()
      part(root, "queue-heading").focus()
    })
    tidy()
  }
  const show = (next: DeskState) => {
    const before = state
    state = next
    say(part(root, "open-state"), next.open ? texts.open : texts.closed)
    const full = next.holding.length >= next.capacity
    if (queue.show(next.queue, full)) part(root, "queue-heading").focus()
    part(root, "queue-empty").hidden = next.queue.length > 0
    say(part(root, "queue-full"), full && next.queue.length > 0 ? fill(texts.full, { count: next.capacity }) : "")
    if (before === undefined || before.queue.length !== next.queue.length) {
      say(part(root, "queue-count"), next.queue.length === 0 ? "" : fill(texts.queueCount, { count: next.queue.length }))
    }
    for (const ref of next.holding) open(ref)
    for (const [ref, panel] of panels) if (!next.holding.some((held) => held === ref) && !panel.isOver()) setTimeout(() => settle(ref, panel), 3_000)
  }
  /** A chat that the server no longer lists, and whose own socket has not said why. */
  const settle = (ref: string, panel: Panel) => {
    if (state !== undefined && !state.holding.some((held) => held === ref)) panel.end(texts.gone)
  }
  const forget = () => {
    connection.close()
    clearInterval(clock)
    for (const panel of panels.values()) {
      panel.forget()
      panel.root.remove()
    }
    panels.clear()
    queue.show([], true)
  }
  const leave = (why: string) => {
    forget()
    wipe(sessionStorage, chatsPrefix)
    left(why)
  }

  const connection: Connection = connect({
    ticket: async () => {
      const reply = await openDesk()
      if ("ok" in reply) return reply.ok.ticket
      if (reply.refused.status >= 500) throw new Unreachable()
      leave(texts.signedOut)
      return undefined
    },
    opened: () => say(part(root, "desk-connection"), ""),
    lost: () => say(part(root, "desk-connection"), state === undefined ? "" : texts.reconnecting),
    refused: (code) => {
      if (code === replaced) leave(texts.deskElsewhere)
      else if (code === signedOut) leave(texts.signedOut)
      return code === replaced || code === signedOut
    },
    text: (text) => {
      const message: ToDesk = JSON.parse(text)
      if (message._tag === "Desk") show(message)
      else if (message._tag === "Accepted") open(message.ref)
      else {
        say(part(root, "desk-notice"), texts.takenByOther)
        if (state !== undefined) show(state)
      }
    },
    binary: () => undefined,
    unreachable: () => leave(texts.serverGone)
  })
  const clock = setInterval(queue.tick, 10_000)
  void clockSkew().then((found) => {
    skew = found
    queue.tick()
  })

  button(root, "sign-out").addEventListener("click", async () => {
    if (panels.size > 0 && !(await ask("ask-sign-out"))) return
    await signOut().catch(() => undefined)
    leave(texts.signedOut)
  })
  return { forget }
}
