/**
 * What the two parties of a chat say to the server, beside the frames that are only passed on.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Ask, Switchboard } from "@fortrolig/core/app/Switchboard"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { FromCounsellor, FromVisitor, type RedactedItems } from "@fortrolig/core/wire/socket"
import type { Keeper } from "./keeper.ts"
import type { End, Link } from "./link.ts"
import { parsed } from "./parsed.ts"
import { refill, refuse } from "./relay.ts"

/** The longest control message, in characters: a redaction that names a thousand messages. */
const longest = 40_000

const fromVisitor = Schema.decodeUnknownOption(FromVisitor)
const fromCounsellor = Schema.decodeUnknownOption(FromCounsellor)

/** The control of the chats. */
export interface Control {
  /** A text message from one end of a chat. */
  readonly hear: (end: End, text: string) => void
}

/** The control of a server's chats; `now` is the trusted clock to the second. */
export const makeControl = (switchboard: Switchboard["Service"], keeper: Keeper, now: () => Instant): Control => {
  /** Gives the session a command; a refusal is told to the end that asked. Answers whether it was done. */
  const ask = async (end: End, command: Ask): Promise<boolean> => {
    const done = await Effect.runPromiseExit(switchboard.command(end.link.ref, command))
    if (Exit.isSuccess(done)) return true
    const error = Option.getOrUndefined(Exit.findErrorOption(done))
    if (error?._tag === "Refused") refuse(end, error.says, error.rule)
    else if (error?._tag !== "UnknownSession") refuse(end, "This does not work right now. Please try again.")
    return false
  }

  const redact = async (end: End, id: string, items: RedactedItems): Promise<void> => {
    const { link } = end
    if (!(await ask(end, { _tag: "Redact", by: "visitor" }))) return
    link.redactions.add(items, { visitor: link.visitor.highest, counsellor: link.counsellor.highest })
    keeper.redact(link, items)
    // Without a counsellor no other browser has anything to remove.
    if (link.staff === undefined) return end.tell({ _tag: "Redacted", id })
    link.unconfirmed.set(id, items)
    link.counsellor.tell({ _tag: "Redact", id, items })
  }

  /** What was said last is kept before the end, so that the end is the same however fast it comes. */
  const finish = async (end: End, command: Ask): Promise<void> => {
    await keeper.settled(end.link)
    await ask(end, command)
  }

  const wiped = (end: End): void => {
    // Only an ended chat has anything to confirm.
    if (end.link.closeBy === 0 || end.wiped) return
    end.wiped = true
    if (end.party === "counsellor") end.peer.tell({ _tag: "PeerWiped" })
  }

  const hearVisitor = (end: End, message: FromVisitor): void => {
    switch (message._tag) {
      case "Offer":
      case "Answer":
      case "NewKey":
        return end.peer.tell(message)
      case "Redact":
        return void redact(end, message.id, message.items)
      case "End":
        return void finish(end, { _tag: "End", by: "visitor" })
      case "Leave":
        return void ask(end, { _tag: "Leave" })
      case "Wiped":
        return wiped(end)
    }
  }

  const hearCounsellor = (end: End, message: FromCounsellor): void => {
    const { link } = end
    switch (message._tag) {
      case "Offer":
      case "Answer":
      case "NewKey":
        return end.peer.tell(message)
      case "Redacted":
        if (link.unconfirmed.delete(message.id)) end.peer.tell(message)
        return
      case "Escrow":
        return keeper.keep(link, { by: "escrow", n: message.epoch, at: now(), bytes: Buffer.from(message.sealed, "base64url") })
      case "Return":
        if (link.staff !== undefined) void finish(end, { _tag: "Return", counsellor: link.staff })
        return
      case "End":
        return void finish(end, { _tag: "End", by: "counsellor" })
      case "Wiped":
        return wiped(end)
    }
  }

  return {
    hear: (end, text) => {
      if (text.length > longest) return refuse(end, "This message is too long.")
      refill(end)
      if (end.controlTokens < 1) return refuse(end, "Messages are coming very fast. Wait a moment, then try again.")
      end.controlTokens -= 1
      const json = parsed(text)
      if (end.party === "visitor") {
        const message = Option.flatMap(json, fromVisitor)
        return Option.isNone(message) ? refuse(end, unreadable) : hearVisitor(end, message.value)
      }
      const message = Option.flatMap(json, fromCounsellor)
      return Option.isNone(message) ? refuse(end, unreadable) : hearCounsellor(end, message.value)
    }
  }
}

const unreadable = "This message could not be understood."

/** A redaction whose counsellor is gone for good is done: the half key of that browser is destroyed. */
export const confirmAll = (link: Link): void => {
  for (const id of link.unconfirmed.keys()) link.visitor.tell({ _tag: "Redacted", id })
  link.unconfirmed.clear()
}
