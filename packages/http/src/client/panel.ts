/**
 * One chat on the counsellor's desk: connects, shows, and wipes itself when the chat ends, is given back or is deleted by the visitor.
 */
import { localTime } from "@fortrolig/core/notice/periods"
import type { ToParty } from "@fortrolig/core/wire/socket"
import { joinSession, Unreachable } from "./api.ts"
import { makeChatView } from "./chatView.ts"
import { makeComposer } from "./composer.ts"
import { connect, type Connection } from "./connection.ts"
import { openHistory, removeItems, wipe } from "./history.ts"
import { type Line, makeLine } from "./line.ts"
import { ask, button, closeQuestions, fill, pageLanguage, part, say, sayForNow } from "./page.ts"
import type { StaffTexts } from "./texts.ts"

/** The storage prefix of every chat of a counsellor's tab. */
export const chatsPrefix = "c."

/** Codes with which the server closes a socket that must not come back. */
const replaced = 4001
const returned = 4003
const signedOut = 4004

/** What a panel needs and tells. */
export interface PanelOptions {
  readonly ref: string
  readonly root: HTMLElement
  readonly texts: StaffTexts
  /** Nothing more comes of this chat, and its panel is wiped. */
  readonly finished: () => void
}

/** One chat's panel. */
export interface Panel {
  readonly root: HTMLElement
  readonly focus: () => void
  /** Whether the chat is over and only its last words are shown. */
  readonly isOver: () => boolean
  /** Drops keys and texts from memory and page; the sealed storage stays, for a reload. */
  readonly forget: () => void
  /** Wipes everything of the chat, and says why. */
  readonly end: (why: string) => void
}

/** Opens the panel of a chat that this counsellor holds. */
export const openPanel = ({ ref, root, texts, finished }: PanelOptions): Panel => {
  const prefix = `${chatsPrefix}${ref}.`
  const status = part(root, "status")
  let line: Line | undefined
  let over = false
  let focused = false
  /** While this browser is cut off, nothing is known of the visitor, and nothing is said. */
  let online = false

  const view = makeChatView(root, texts.list)
  const composer = makeComposer({
    root,
    texts: texts.composer,
    send: (text) => line?.say(text),
    typing: (on) => line?.tellTyping(on)
  })
  composer.enable(false)

  const forget = () => {
    connection.close()
    line?.close()
    line = undefined
    view.clear()
    composer.clear()
  }
  const erase = () => {
    line?.close()
    line = undefined
    view.clear()
    composer.clear()
    composer.enable(false)
    wipe(sessionStorage, prefix)
  }
  const end = (why: string) => {
    if (over) return
    over = true
    closeQuestions()
    erase()
    root.classList.add("finished")
    say(status, why)
    button(root, "return").hidden = true
    button(root, "end").hidden = true
    button(root, "close").hidden = false
    finished()
  }
  const refresh = () => {
    if (line === undefined || over) return
    view.show(line.conversation())
    composer.enable(true)
    say(status, !online ? "" : line.ready() ? texts.visitorHere : line.peerHere() ? texts.securing : texts.visitorAway)
    root.classList.toggle("ready", line.ready())
    if (line.ready() && !focused) {
      focused = true
      composer.focus()
    }
  }
  const control = (message: ToParty) => {
    line?.control(message)
    if (message._tag === "Ended") {
      erase()
      connection.send(JSON.stringify({ _tag: "Wiped" }))
      end(texts.ended[message.reason])
      connection.close()
    } else if (message._tag === "Refused") sayForNow(part(root, "notice"), texts.refused)
    else if (message._tag === "Closing") say(part(root, "notice"), fill(texts.closing, { time: localTime(message.at, pageLanguage()) }))
  }
  const join = async (): Promise<string | undefined> => {
    const reply = await joinSession(ref)
    if ("refused" in reply) {
      if (reply.refused.status >= 500) throw new Unreachable()
      end(texts.gone)
      return undefined
    }
    const { half, leadKey, next = 1, redactions, ticket } = reply.ok
    if (line === undefined) {
      if (redactions !== undefined) removeItems(sessionStorage, prefix, redactions)
      const history = await openHistory(sessionStorage, prefix, half)
      const { conversation, epoch } = await history.load("counsellor")
      const lead = leadKey === null ? undefined : { publicKey: leadKey, ref }
      line = makeLine({ self: "counsellor", conversation, epoch, history, lead, send: (data) => connection.send(data), changed: refresh, typing: view.typing })
    }
    line.counted(next)
    return ticket
  }

  const connection: Connection = connect({
    ticket: join,
    opened: () => {
      online = true
      say(part(root, "connection"), "")
      line?.opened()
      refresh()
    },
    lost: () => {
      online = false
      line?.lost()
      if (!over) say(part(root, "connection"), line === undefined ? "" : texts.reconnecting)
    },
    refused: (code) => {
      if (code === returned) end(texts.returned)
      else if (code === signedOut) end(texts.gone)
      else if (code === replaced) end(texts.elsewhere)
      return code === returned || code === signedOut || code === replaced
    },
    text: (text) => control(JSON.parse(text)),
    binary: (bytes) => line?.binary(bytes),
    unreachable: () => end(texts.serverGone)
  })

  button(root, "return").addEventListener("click", async () => {
    if (!(await ask("ask-return")) || !connection.send(JSON.stringify({ _tag: "Return" }))) return
    end(texts.returned)
    connection.close()
  })
  button(root, "end").addEventListener("click", async () => {
    if (await ask("ask-end-staff")) connection.send(JSON.stringify({ _tag: "End" }))
  })
  return { root, focus: () => composer.focus(), isOver: () => over, forget, end }
}
