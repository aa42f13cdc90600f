/**
 * The encrypted line of one chat in one browser: agrees keys with the other browser, sends what is unconfirmed again, and removes what the visitor deletes.
 * The server relays and keeps nothing, so this is where nothing gets lost, doubled or shown after its deletion.
 */
import type { Party } from "@fortrolig/core/session/messages"
import type { FromCounsellor, FromVisitor, ToParty } from "@fortrolig/core/wire/socket"
import { randomBytes, toBase64Url } from "./bytes.ts"
import * as Conversation from "./conversation.ts"
import { answerOffer, type Channel, type Lead, offerKey, type PendingOffer } from "./crypto.ts"
import { acknowledgementFrame, messageFrame, readFrame, typingFrame } from "./frames.ts"
import type { History } from "./history.ts"

/** An unconfirmed message is sent again after this long, in milliseconds. */
const patience = 8_000
/** Most messages that one deletion names on the wire. */
const namedAtOnce = 200

/** What a line needs and tells. */
export interface LineOptions {
  readonly self: Party
  readonly conversation: Conversation.Conversation
  readonly epoch: number
  readonly history: History
  /** Where the service keeps what is written: whom the counsellor's browser seals the keys to. */
  readonly lead?: Lead | undefined
  readonly send: (data: string | Uint8Array<ArrayBuffer>) => boolean
  /** Something to show has changed. */
  readonly changed: () => void
  readonly typing: (on: boolean) => void
}

/** One chat's line. */
export interface Line {
  readonly conversation: () => Conversation.Conversation
  /** Whether both browsers are connected and share a key. */
  readonly ready: () => boolean
  readonly peerHere: () => boolean
  /** The server has this browser's numbers below `next`. */
  readonly counted: (next: number) => void
  /** The socket is open, or gone. */
  readonly opened: () => void
  readonly lost: () => void
  /** A control message that concerns the line; others are ignored. */
  readonly control: (message: ToParty) => void
  readonly binary: (bytes: ArrayBuffer) => void
  readonly say: (text: string) => void
  readonly remove: (items: ReadonlyArray<Conversation.Item>) => void
  readonly tellTyping: (on: boolean) => void
  /** Forgets keys and texts; nothing works afterwards. */
  readonly close: () => void
}

/** Makes the line of one chat. */
export const makeLine = (options: LineOptions): Line => {
  const { self, history } = options
  let talk = options.conversation
  let epoch = options.epoch
  let channel: Channel | undefined
  let offer: PendingOffer | undefined
  let answer: { readonly publicKey: string; readonly encapsulated: string; readonly epoch: number } | undefined
  let here = false
  let closed = false
  /** Sealed frames of this key, so that a reconnect sends the same bytes again. */
  const sealed = new Map<number, Uint8Array<ArrayBuffer>>()
  const sentAt = new Map<number, number>()

  const tell = (message: FromVisitor | FromCounsellor) => options.send(JSON.stringify(message))
  const commit = (next: Conversation.Conversation): Promise<void> => {
    const before = talk
    talk = next
    options.changed()
    return history.save(before, next)
  }
  const serially = () => {
    let last: Promise<void> = Promise.resolve()
    return (work: () => Promise<void>) => {
      last = last.then(() => (closed ? undefined : work())).catch(() => undefined)
    }
  }
  const inbox = serially()
  const outbox = serially()

  const flush = (unsentOnly = false) => {
    for (const { n, text } of Conversation.outstanding(talk)) {
      const last = sentAt.get(n) ?? 0
      // What is deleted is never confirmed, because the server delivers nothing of it: once for each connection is enough.
      if (unsentOnly && (text === "" ? last > 0 : Date.now() - last < patience)) continue
      sentAt.set(n, Date.now())
      outbox(async () => {
        const using = channel
        if (using === undefined || !here || !Conversation.stillOutstanding(talk, n, text)) return
        const frame = sealed.get(n) ?? messageFrame(n, using.epoch, await using.seal(n, text))
        // Deleted, or the key was replaced, while it was being sealed: nothing of it leaves.
        if (channel !== using || !Conversation.stillOutstanding(talk, n, text)) return
        sealed.set(n, frame)
        options.send(frame)
      })
    }
  }
  const useChannel = (next: Channel | undefined) => {
    channel = next
    sealed.clear()
    options.changed()
  }
  const resendRemovals = () => {
    if (self !== "visitor") return
    for (const { id, items, done } of talk.removals) if (!done) tell({ _tag: "Redact", id, items })
  }
  const makeOffer = async () => {
    if (offer === undefined) {
      epoch = epoch >= 255 ? 1 : epoch + 1
      await history.saveEpoch(epoch)
      offer = await offerKey(epoch)
    }
    tell({ _tag: "Offer", epoch: offer.epoch, publicKey: offer.publicKey })
  }
  /** The other browser is there: agree on a key, or send again what it has not confirmed. */
  const meet = () => {
    if (channel !== undefined) flush()
    else if (self === "visitor") tell({ _tag: "NewKey" })
    else inbox(makeOffer)
  }
  const sendAnswer = () => {
    if (answer === undefined) return
    tell({ _tag: "Answer", epoch: answer.epoch, encapsulated: answer.encapsulated })
    flush()
  }

  const onOffer = async (message: { readonly epoch: number; readonly publicKey: string }) => {
    if (self !== "visitor") return
    here = true
    if (answer?.publicKey !== message.publicKey) {
      const answered = await answerOffer(message)
      if (closed) return
      // A browser that reloaded counts its keys on; one that starts over is somebody else's, who gets nothing of what was said before.
      if (message.epoch <= epoch) await commit(Conversation.partWithPeer(talk))
      epoch = message.epoch
      await history.saveEpoch(epoch)
      answer = { publicKey: message.publicKey, encapsulated: answered.encapsulated, epoch }
      useChannel(answered.channel)
    }
    sendAnswer()
  }
  const onAnswer = async (message: { readonly epoch: number; readonly encapsulated: string }) => {
    if (offer === undefined || message.epoch !== offer.epoch) return
    const opened = await offer.accept(message.encapsulated)
    const sealedKeys = options.lead === undefined ? undefined : await opened.sealKeys(options.lead)
    if (closed) return
    offer = undefined
    here = true
    // Before anything is written under these keys, so that nothing is kept that nobody could open.
    if (sealedKeys !== undefined) tell({ _tag: "Escrow", epoch: opened.channel.epoch, sealed: sealedKeys })
    useChannel(opened.channel)
    flush()
  }
  const onRedact = async (id: string, items: "all" | ReadonlyArray<Conversation.Item>) => {
    const named = items === "all" ? talk.entries.filter((entry) => entry.by !== self || entry.delivered) : items
    for (const { by, n } of named) if (by === self) sealed.delete(n)
    await commit(Conversation.confirmRemoval(Conversation.remove(talk, id, named.map(({ by, n }) => ({ by, n }))), id))
    tell({ _tag: "Redacted", id })
    flush(true)
  }
  const onMessage = async (n: number, from: number, payload: Uint8Array<ArrayBuffer>) => {
    if (channel === undefined || channel.epoch !== from) return
    const text = await channel.open(n, payload)
    if (text === undefined || closed) return
    const before = talk
    await commit(Conversation.receive(talk, n, text))
    if (talk !== before) options.typing(false)
    // Confirmed only when a reload would still have it.
    options.send(acknowledgementFrame(n))
  }

  const watch = setInterval(() => {
    if (channel !== undefined && here) flush(true)
  }, patience / 2)

  return {
    conversation: () => talk,
    ready: () => channel !== undefined && here,
    peerHere: () => here,
    counted: (next) => void commit(Conversation.counted(talk, next)),
    opened: () => resendRemovals(),
    lost: () => {
      here = false
      sentAt.clear()
      options.typing(false)
      options.changed()
    },
    control: (message) => {
      switch (message._tag) {
        case "Peer":
          here = message.here
          if (here) {
            meet()
            resendRemovals()
          } else options.typing(false)
          return options.changed()
        case "Requeued":
          here = false
          answer = undefined
          options.typing(false)
          useChannel(undefined)
          return void commit(Conversation.partWithPeer(talk))
        case "Offer":
          return inbox(() => onOffer(message))
        case "Answer":
          return inbox(() => onAnswer(message))
        case "NewKey":
          if (self !== "counsellor") return
          return inbox(async () => {
            here = true
            useChannel(undefined)
            await makeOffer()
          })
        case "Redact":
          return inbox(() => onRedact(message.id, message.items))
        case "Redacted":
          return void commit(Conversation.confirmRemoval(talk, message.id))
        case "Queue":
        case "Joined":
        case "Ended":
        case "Closing":
        case "PeerWiped":
        case "Refused":
          return
      }
    },
    binary: (bytes) => {
      const frame = readFrame(bytes)
      if (frame === undefined) return
      if (frame.kind === "message") return inbox(() => onMessage(frame.n, frame.epoch, frame.payload))
      if (frame.kind === "typing") return options.typing(frame.on)
      sealed.delete(frame.n)
      sentAt.delete(frame.n)
      return void commit(Conversation.acknowledge(talk, frame.n))
    },
    say: (text) => {
      const saved = commit(Conversation.write(talk, text))
      // Sealed in the history before it is sent: a number that the other side has seen is never used again.
      outbox(() => saved)
      flush(true)
    },
    remove: (items) => {
      for (let i = 0; i < items.length; i += namedAtOnce) {
        const id = toBase64Url(randomBytes(12))
        const some = items.slice(i, i + namedAtOnce).map(({ by, n }) => ({ by, n }))
        for (const { by, n } of some) if (by === self) sealed.delete(n)
        void commit(Conversation.remove(talk, id, some))
        tell({ _tag: "Redact", id, items: some })
      }
      flush()
    },
    tellTyping: (on) => {
      if (channel !== undefined && here) options.send(typingFrame(on))
    },
    close: () => {
      closed = true
      clearInterval(watch)
      history.close()
      channel = undefined
      offer = undefined
      answer = undefined
      sealed.clear()
      talk = Conversation.begin(self)
    }
  }
}
