/**
 * Encryption between the two browsers (DFH-06). The counsellor offers a fresh P-256 key, the visitor answers with an HPKE encapsulation, and both export one AES-256-GCM key for each direction.
 *
 * Payload of a message: an 8-byte big-endian counter, then the ciphertext. The nonce is four zero bytes and the counter, which starts at 0 with every key and never repeats.
 * What the relay could mix up (author, number, epoch) is authenticated with the message.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core"
import type { Party } from "@fortrolig/core/session/messages"
import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "./bytes.ts"

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const info = utf8("fortrolig/v1 chat")
const leadInfo = utf8("fortrolig/v1 lead")
const keyBytes = 32
const counterBytes = 8
const tagBytes = 16

/** Bytes that encryption adds to a text. */
export const overhead = counterBytes + tagBytes

/** An encrypted line between the two browsers, for as long as its keys live. */
export interface Channel {
  readonly epoch: number
  /** Encrypts message `n` of this browser. */
  readonly seal: (n: number, text: string) => Promise<Bytes>
  /** Reads message `n` of the other browser, or gives `undefined` when it was not written under this key for exactly this place. */
  readonly open: (n: number, payload: Bytes) => Promise<string | undefined>
}

/** Whom the keys of a kept chat are sealed to: the lead's public key, and the session that the seal is bound to. */
export interface Lead {
  readonly publicKey: string
  readonly ref: string
}

/** An answered offer. */
export interface Accepted {
  readonly channel: Channel
  /** The keys of both directions, visitor's first, sealed to a lead: 65 bytes of HPKE encapsulation, then the ciphertext bound to session and epoch. */
  readonly sealKeys: (lead: Lead) => Promise<string>
}

/** A counsellor's offer of a key that is not yet answered. */
export interface PendingOffer {
  readonly epoch: number
  /** The public key, as it travels. */
  readonly publicKey: string
  /** The line that the visitor's answer opens. Rejects when the answer is not a valid encapsulation. */
  readonly accept: (encapsulated: string) => Promise<Accepted>
}

/** The visitor's answer to an offer. */
export interface Answered {
  readonly encapsulated: string
  readonly channel: Channel
}

interface Exporter {
  readonly export: (context: ArrayBuffer, length: number) => Promise<ArrayBuffer>
}

const rawKey = async (exporter: Exporter, author: Party): Promise<Bytes> => new Uint8Array(await exporter.export(utf8(author).buffer, keyBytes))

const directionKey = async (exporter: Exporter, author: Party, use: "encrypt" | "decrypt"): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", await rawKey(exporter, author), "AES-GCM", false, [use])

const sealKeys = async (exporter: Exporter, epoch: number, { publicKey, ref }: Lead): Promise<string> => {
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64Url(publicKey))
  const keys = new Uint8Array(2 * keyBytes)
  keys.set(await rawKey(exporter, "visitor"))
  keys.set(await rawKey(exporter, "counsellor"), keyBytes)
  const { ct, enc } = await suite.seal({ recipientPublicKey, info: leadInfo }, keys, utf8(`${ref}|${epoch}`))
  keys.fill(0)
  const sealed = new Uint8Array(enc.byteLength + ct.byteLength)
  sealed.set(new Uint8Array(enc))
  sealed.set(new Uint8Array(ct), enc.byteLength)
  return toBase64Url(sealed)
}

const placeOf = (author: Party, n: number, epoch: number): Bytes => utf8(`${author}|${n}|${epoch}`)

const nonceOf = (counter: Bytes): Bytes => {
  const nonce = new Uint8Array(12)
  nonce.set(counter, 4)
  return nonce
}

const makeChannel = async (exporter: Exporter, self: Party, epoch: number): Promise<Channel> => {
  const other: Party = self === "visitor" ? "counsellor" : "visitor"
  const outgoing = await directionKey(exporter, self, "encrypt")
  const incoming = await directionKey(exporter, other, "decrypt")
  let next = 0n
  return {
    epoch,
    seal: async (n, text) => {
      const counter = new Uint8Array(counterBytes)
      // Taken before anything is awaited, so that two texts sealed at once never share a nonce.
      new DataView(counter.buffer).setBigUint64(0, next)
      next += 1n
      const ciphertext = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonceOf(counter), additionalData: placeOf(self, n, epoch) }, outgoing, utf8(text))
      const payload = new Uint8Array(counterBytes + ciphertext.byteLength)
      payload.set(counter)
      payload.set(new Uint8Array(ciphertext), counterBytes)
      return payload
    },
    open: async (n, payload) => {
      if (payload.length < overhead) return undefined
      const counter = payload.slice(0, counterBytes)
      try {
        const text = await crypto.subtle.decrypt(
          { name: "AES-GCM", iv: nonceOf(counter), additionalData: placeOf(other, n, epoch) },
          incoming,
          payload.slice(counterBytes)
        )
        return fromUtf8(text)
      } catch {
        return undefined
      }
    }
  }
}

/** The counsellor's side: a fresh key pair whose private half cannot leave the browser. */
export const offerKey = async (epoch: number): Promise<PendingOffer> => {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"])
  const publicKey = toBase64Url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)))
  return {
    epoch,
    publicKey,
    accept: async (encapsulated) => {
      const context = await suite.createRecipientContext({ recipientKey: pair, enc: fromBase64Url(encapsulated), info })
      return { channel: await makeChannel(context, "counsellor", epoch), sealKeys: (lead) => sealKeys(context, epoch, lead) }
    }
  }
}

/** The visitor's side: encapsulates to the offered key. Rejects when the offer is not a valid point of the curve. */
export const answerOffer = async (offer: { readonly epoch: number; readonly publicKey: string }): Promise<Answered> => {
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64Url(offer.publicKey))
  const context = await suite.createSenderContext({ recipientPublicKey, info })
  return { encapsulated: toBase64Url(new Uint8Array(context.enc)), channel: await makeChannel(context, "visitor", offer.epoch) }
}
