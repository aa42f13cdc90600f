/**
 * What travels over a chat's or a desk's WebSocket. Text frames are JSON control messages, one schema for each direction; binary frames are relayed between the two browsers.
 *
 * Binary frame: byte 0 is the kind, bytes 1-4 the sender's own number `n` (unsigned, big-endian, from 1).
 * Kind 1, message: byte 5 is the key epoch, then the ciphertext (AES-256-GCM; see the client's `crypto.ts`). Kind 2, acknowledgement of the peer's message `n`. Kind 3, typing: `n` is 1 (on) or 0 (off).
 */
import * as Schema from "effect/Schema"
import { SessionRef, ServiceName } from "../kernel/identity.ts"
import { Instant } from "../kernel/instant.ts"
import { EndReason, Party } from "../session/messages.ts"

/** Kinds of binary frames. */
export const FrameKind = { message: 1, acknowledgement: 2, typing: 3 } as const
/** Bytes before the ciphertext of a message. */
export const messageHeader = 6
/** Bytes of the two short frames. */
export const shortFrame = 5

const Bytes = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,1400}$/))
const Epoch = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 255 }))
const Item = Schema.Struct({ by: Party, n: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 0xffffffff })) })
const ActionId = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,32}$/))

/** What a redaction names: everything, or messages by their author and number. */
export const RedactedItems = Schema.Union([Schema.Literal("all"), Schema.Array(Item).check(Schema.isMaxLength(1000))])
export type RedactedItems = typeof RedactedItems.Type

/** Key agreement, relayed as it is: the counsellor offers a fresh public key, the visitor answers with the encapsulation, and either may ask for a new key. */
export const KeyAgreement = Schema.TaggedUnion({
  Offer: { epoch: Epoch, publicKey: Bytes },
  Answer: { epoch: Epoch, encapsulated: Bytes },
  NewKey: {}
})
export type KeyAgreement = typeof KeyAgreement.Type

/** From a visitor's chat socket. */
export const FromVisitor = Schema.TaggedUnion({
  Offer: KeyAgreement.cases.Offer.fields,
  Answer: KeyAgreement.cases.Answer.fields,
  NewKey: {},
  Redact: { id: ActionId, items: RedactedItems },
  End: {},
  Leave: {},
  /** This browser has wiped everything of the session. */
  Wiped: {}
})
export type FromVisitor = typeof FromVisitor.Type

/** From a counsellor's chat socket. */
export const FromCounsellor = Schema.TaggedUnion({
  Offer: KeyAgreement.cases.Offer.fields,
  Answer: KeyAgreement.cases.Answer.fields,
  NewKey: {},
  /** The redaction `id` is done in this browser. */
  Redacted: { id: ActionId },
  /** The content key sealed to the service's leads, where the policy keeps content. */
  Escrow: { epoch: Epoch, sealed: Bytes },
  Return: {},
  End: {},
  Wiped: {}
})
export type FromCounsellor = typeof FromCounsellor.Type

/** What is gone now and what goes when, shown at the end. Instants are UTC; pages show local time. */
export const Receipt = Schema.Struct({
  gone: Schema.Array(Schema.Literals(["visitorBrowser", "counsellorBrowser", "serverKeys"])),
  later: Schema.Array(Schema.Struct({ what: Schema.Literals(["content", "accessTrace", "endedSession"]), at: Instant }))
})
export type Receipt = typeof Receipt.Type

/** To a chat socket of either party. */
export const ToParty = Schema.TaggedUnion({
  Offer: KeyAgreement.cases.Offer.fields,
  Answer: KeyAgreement.cases.Answer.fields,
  NewKey: {},
  /** Place in the queue, from 1; `available` is whether any counsellor could accept now. Visitor only. */
  Queue: { place: Schema.Int, available: Schema.Boolean },
  /** A counsellor has accepted; the key agreement follows. */
  Joined: {},
  /** Back to the front of the queue. Visitor only. */
  Requeued: { cause: Schema.Literals(["returned", "counsellorGone"]) },
  /** Whether the other end has a live connection. */
  Peer: { here: Schema.Boolean },
  /** The visitor asks this browser to remove what is named. Counsellor only. */
  Redact: { id: ActionId, items: RedactedItems },
  /** The redaction is done in the counsellor's browser. Visitor only. */
  Redacted: { id: ActionId },
  /** The session is over: wipe now, then answer `Wiped`. */
  Ended: { reason: EndReason, receipt: Receipt },
  /** The server is about to stop: the chat goes on until `at` at the latest. */
  Closing: { at: Instant },
  /** The other browser confirmed that it has wiped. Visitor only. */
  PeerWiped: {},
  /** A frame or message was refused and dropped; the connection stays. */
  Refused: { rule: Schema.String, says: Schema.String }
})
export type ToParty = typeof ToParty.Type

/** From a counsellor's desk socket. */
export const FromDesk = Schema.TaggedUnion({
  Accept: { ref: SessionRef },
  /** Leave this visitor to others. */
  Decline: { ref: SessionRef }
})
export type FromDesk = typeof FromDesk.Type

/** To a counsellor's desk socket. */
export const ToDesk = Schema.TaggedUnion({
  /** The whole desk, sent at every change. */
  Desk: {
    service: ServiceName,
    open: Schema.Boolean,
    capacity: Schema.Int,
    holding: Schema.Array(SessionRef),
    queue: Schema.Array(Schema.Struct({ ref: SessionRef, queuedAt: Instant, front: Schema.Boolean, declined: Schema.Boolean }))
  },
  Accepted: { ref: SessionRef },
  Refused: { ref: SessionRef, rule: Schema.String, says: Schema.String }
})
export type ToDesk = typeof ToDesk.Type
