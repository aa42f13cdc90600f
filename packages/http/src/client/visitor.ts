/**
 * The visitor's whole visit on one page: start, queue, chat, receipt. Nothing is stored before Start is pressed, and nothing is left after the end.
 */
import type { Language } from "@fortrolig/core/notice/language"
import { localTime } from "@fortrolig/core/notice/periods"
import type { EndReason } from "@fortrolig/core/session/messages"
import type { Receipt, ToParty } from "@fortrolig/core/wire/socket"
import { type Access, leaveSession, openSession, type Reply, resumeSession, Unreachable } from "./api.ts"
import { makeChatView } from "./chatView.ts"
import { makeComposer } from "./composer.ts"
import { connect, type Connection } from "./connection.ts"
import { everything } from "./conversation.ts"
import { openHistory, removeItems } from "./history.ts"
import { type Line, makeLine } from "./line.ts"
import { ask, button, closeQuestions, fill, part, say, sayForNow } from "./page.ts"
import { showReceipt } from "./receiptView.ts"
import { newToken, nextToken, prefix, readToken, rotateToken, type Token, wipeToken } from "./token.ts"
import type { VisitorTexts } from "./texts.ts"

/** The pages of a visit; one shows at a time. */
export type View = "landing" | "resuming" | "queue" | "chat" | "receipt" | "over"

/** The visit, for the parts of the page that outlive it. */
export interface Visit {
  /** Drops keys, texts and the connection from memory and from the page; the storage stays. */
  readonly forget: () => void
  /** Goes on with a session that this tab holds; a page without one stays as it is. */
  readonly resume: () => void
}

/** Makes the visitor's page work. */
export const makeVisit = (service: string, language: Language, texts: VisitorTexts): Visit => {
  const status = part(document, "status")
  let line: Line | undefined
  let connection: Connection | undefined
  let ref: string | undefined
  /** The session that a stop of the server cut off: named at the next start, which then goes to the front. */
  let cutOff: string | undefined
  let active = false
  let joined = false
  /** While this browser is cut off, nothing is known of the other side, and nothing is said of it. */
  let online = false

  const show = (view: View, focus?: string) => {
    document.body.dataset["view"] = view
    for (const section of document.querySelectorAll<HTMLElement>("[data-section]")) {
      section.hidden = !(section.dataset["section"] ?? "").split(" ").includes(view)
    }
    if (focus !== undefined) part(document, focus).focus()
  }

  const view = makeChatView(part(document, "chat"), texts.list, async (item) => {
    if (await ask("ask-delete-one")) line?.remove([item])
    composer.focus()
  })
  const composer = makeComposer({
    root: part(document, "chat"),
    texts: texts.composer,
    send: (text) => line?.say(text),
    typing: (on) => line?.tellTyping(on),
    identityWarning: "ask-identity"
  })

  const forget = () => {
    connection?.close()
    line?.close()
    connection = undefined
    line = undefined
    view.clear()
    composer.clear()
    closeQuestions()
  }
  /** The session is over for this browser: everything goes, then the page says why. */
  const over = (heading: string, body: string, again: boolean) => {
    forget()
    cutOff = ref
    ref = undefined
    wipeToken(sessionStorage)
    say(part(document, "over-heading"), heading)
    say(part(document, "over-body"), body)
    button(document, "again").hidden = !again
    show("over", "over-heading")
  }
  const ended = (reason: EndReason, receipt: Receipt) => {
    // The confirmation needs the connection that `forget` closes, so everything else goes first.
    line?.close()
    line = undefined
    view.clear()
    composer.clear()
    wipeToken(sessionStorage)
    connection?.send(JSON.stringify({ _tag: "Wiped" }))
    cutOff = reason === "serverStopped" ? ref : undefined
    ref = undefined
    closeQuestions()
    say(part(document, "ended-reason"), texts.ended[reason])
    showReceipt(part(document, "gone"), part(document, "later"), receipt, texts.receipt, language)
    const confirmed = part(document, "peer-wiped")
    say(confirmed, joined ? texts.peerWipePending : "")
    button(document, "again").hidden = false
    show("receipt", "receipt-heading")
    // The other browser confirms within seconds, or its keys are gone anyway.
    const last = connection
    setTimeout(() => last?.close(), 15_000)
  }

  const refresh = () => {
    if (line === undefined) return
    view.show(line.conversation())
    composer.enable(active)
    button(document, "delete-all").disabled = line.conversation().entries.length === 0
  }
  const tell = (text: string) => say(status, text)
  const tellPeer = () => {
    if (!active || !online || line === undefined) return
    tell(line.ready() ? texts.counsellorHere : line.peerHere() ? texts.securing : joined ? texts.counsellorAway : texts.securing)
    status.dataset["state"] = line.ready() ? "good" : "waiting"
  }
  const enter = (cause: string) => {
    active = true
    say(part(document, "notice"), "")
    show("chat")
    refresh()
    tell(cause)
    composer.focus()
  }

  const control = (message: ToParty) => {
    line?.control(message)
    switch (message._tag) {
      case "Queue":
        active = false
        if (document.body.dataset["view"] !== "chat") show("queue")
        say(part(document, "queue-place"), fill(texts.queuePlace, { place: message.place }))
        say(part(document, "queue-available"), message.available ? texts.queueAvailable : texts.queueNobody)
        if (document.body.dataset["view"] === "chat") tell(`${fill(texts.queuePlace, { place: message.place })} ${message.available ? "" : texts.queueNobody}`)
        return
      case "Joined":
        // Told again at every reconnect; the focus moves only when somebody new is there.
        if (!active || document.body.dataset["view"] !== "chat") enter(texts.joined)
        return
      case "Closing":
        return say(part(document, "notice"), fill(texts.closing, { time: localTime(message.at, language) }))
      case "Requeued":
        active = false
        refresh()
        status.dataset["state"] = "waiting"
        // Stands until somebody new is there; the place in the queue follows in the status.
        return say(part(document, "notice"), texts.requeued[message.cause])
      case "Peer":
        if (message.here) joined = true
        return tellPeer()
      case "Ended":
        return ended(message.reason, message.receipt)
      case "PeerWiped":
        say(part(document, "peer-wiped"), texts.peerWiped)
        return connection?.close()
      case "Refused":
        return sayForNow(part(document, "notice"), texts.refused)
      case "Offer":
      case "Answer":
      case "NewKey":
      case "Redact":
      case "Redacted":
        return
    }
  }

  const setUp = async (access: Access) => {
    ref = access.ref
    active = access.state === "active"
    const history = await openHistory(sessionStorage, prefix, access.half)
    const { conversation, epoch } = await history.load("visitor")
    line = makeLine({
      self: "visitor",
      conversation,
      epoch,
      history,
      send: (data) => connection?.send(data) ?? false,
      changed: () => {
        refresh()
        tellPeer()
      },
      typing: view.typing
    })
    line.counted(access.next ?? 1)
    joined = conversation.entries.length > 0
    if (active) enter(texts.securing)
    else if (joined) {
      show("chat")
      refresh()
    } else show("queue", "queue-heading")
  }

  /** A ticket for the next socket; the token rotates each time. */
  const renew = async (): Promise<string | undefined> => {
    const token = readToken(sessionStorage)
    if (token === undefined) return undefined
    const next = nextToken(sessionStorage)
    const reply: Reply<Access> = await resumeSession(token.service, { resume: token.resume, next })
    if ("refused" in reply) {
      if (reply.refused.status === 409) over(texts.elsewhere.heading, texts.elsewhere.body, false)
      else if (reply.refused.status === 410) over(texts.gone.heading, texts.gone.body, true)
      else throw new Unreachable()
      return undefined
    }
    rotateToken(sessionStorage, next)
    if (line === undefined) {
      if (reply.ok.redactions !== undefined) removeItems(sessionStorage, prefix, reply.ok.redactions)
      await setUp(reply.ok)
    } else line.counted(reply.ok.next ?? 1)
    return reply.ok.ticket
  }

  const attach = (first: string | undefined) => {
    let ticket = first
    connection = connect({
      ticket: () => {
        const fresh = ticket
        ticket = undefined
        return fresh === undefined ? renew() : Promise.resolve(fresh)
      },
      opened: () => {
        online = true
        say(part(document, "connection"), "")
        line?.opened()
      },
      lost: () => {
        online = false
        status.dataset["state"] = "waiting"
        tell("")
        line?.lost()
        if (document.body.dataset["view"] !== "receipt") say(part(document, "connection"), line === undefined ? "" : texts.reconnecting)
      },
      text: (text) => control(JSON.parse(text)),
      binary: (bytes) => line?.binary(bytes),
      unreachable: () => {
        if (document.body.dataset["view"] !== "receipt") over(texts.serverGone.heading, texts.serverGone.body, true)
      }
    })
  }

  const start = async () => {
    const press = button(document, "start")
    if (press.getAttribute("aria-busy") === "true") return
    press.setAttribute("aria-busy", "true")
    const trouble = part(document, "start-trouble")
    say(trouble, "")
    const token: Token = newToken(sessionStorage, service)
    try {
      const reply = await openSession(service, cutOff === undefined ? { resume: token.resume } : { resume: token.resume, after: cutOff })
      if ("refused" in reply) {
        wipeToken(sessionStorage)
        say(trouble, reply.refused.status === 403 ? texts.closedNow : texts.cannotStart)
      } else {
        await setUp(reply.ok)
        attach(reply.ok.ticket)
      }
    } catch {
      wipeToken(sessionStorage)
      say(trouble, texts.cannotStart)
    }
    press.setAttribute("aria-busy", "false")
  }

  button(document, "start").addEventListener("click", () => void start())
  button(document, "again").addEventListener("click", () => {
    show("landing", "start")
  })
  for (const press of document.querySelectorAll<HTMLButtonElement>("[data-end]")) {
    press.addEventListener("click", async () => {
      if (!(await ask("ask-end")) || connection?.send(JSON.stringify({ _tag: "End" })) === true) return
      // Without a connection the end still holds: here at once, and at the server as soon as it hears of it.
      const token = readToken(sessionStorage)
      over(texts.endedOffline.heading, texts.endedOffline.body, true)
      if (token !== undefined) leaveSession(token.service, token.resume)
    })
  }
  button(document, "delete-all").addEventListener("click", async () => {
    if (line !== undefined && (await ask("ask-delete-all"))) line.remove(everything(line.conversation()))
    composer.focus()
  })
  return {
    forget,
    resume: () => {
      if (readToken(sessionStorage)?.service !== service) return
      show("resuming")
      attach(undefined)
    }
  }
}
