import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Bytes, fromBase64Url, toBase64Url, utf8 } from "./bytes.ts"
import { answerOffer, type Channel, offerKey, overhead } from "./crypto.ts"

const agree = async (epoch = 1): Promise<{ readonly visitor: Channel; readonly counsellor: Channel }> => {
  const offer = await offerKey(epoch)
  const { channel, encapsulated } = await answerOffer(offer)
  return { visitor: channel, counsellor: (await offer.accept(encapsulated)).channel }
}
const counterOf = (payload: Uint8Array) => toBase64Url(payload.slice(0, 8))

describe("the encrypted line between two browsers", () => {
  it("what one browser seals, the other reads, in both directions", async () => {
    const { visitor, counsellor } = await agree()
    expect(await counsellor.open(1, await visitor.seal(1, "æøå 👋"))).toBe("æøå 👋")
    expect(await visitor.open(7, await counsellor.seal(7, "hei"))).toBe("hei")
  })

  it("a browser cannot read what it sealed itself: each direction has its own key", async () => {
    const { visitor } = await agree()
    expect(await visitor.open(1, await visitor.seal(1, "hei"))).toBeUndefined()
  })

  it("no two messages under one key share a nonce, also when they are sealed at once", async () => {
    const { visitor } = await agree()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { minLength: 2, maxLength: 20 }), async (texts) => {
        const payloads = await Promise.all([...texts, ...texts].map((text, i) => visitor.seal(i + 1, text)))
        expect(new Set(payloads.map(counterOf)).size).toBe(payloads.length)
      }),
      { numRuns: 20 }
    )
  })

  it("the counter starts at zero with every key and counts on by one, whatever is sealed", async () => {
    const { visitor, counsellor } = await agree()
    for (const channel of [visitor, counsellor]) {
      for (let i = 0; i < 3; i += 1) {
        const payload = await channel.seal(9, "the same text")
        expect(new DataView(payload.buffer).getBigUint64(0)).toBe(BigInt(i))
      }
    }
  })

  it("a message with any one bit changed is dropped", async () => {
    const { visitor, counsellor } = await agree()
    const payload = await visitor.seal(1, "hei")
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: payload.length * 8 - 1 }), async (bit) => {
        const changed = payload.slice()
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(await counsellor.open(1, changed)).toBeUndefined()
      }),
      { numRuns: 100 }
    )
    expect(await counsellor.open(1, payload)).toBe("hei")
  })

  it("a message moved to another number, another epoch or another chat is dropped, and so is one that is too short", async () => {
    const one = await agree(1)
    const payload = await one.visitor.seal(3, "hei")
    expect(await one.counsellor.open(4, payload)).toBeUndefined()
    expect(await (await agree(1)).counsellor.open(3, payload)).toBeUndefined()
    expect(await one.counsellor.open(3, payload.slice(0, overhead - 1))).toBeUndefined()
    const offer = await offerKey(5)
    const answered = await answerOffer({ epoch: 6, publicKey: offer.publicKey })
    expect(await (await offer.accept(answered.encapsulated)).channel.open(1, await answered.channel.seal(1, "hei"))).toBeUndefined()
  })

  it("a public key that is all zero, too short or off the curve is refused", async () => {
    const zero = new Uint8Array(65)
    const marked = new Uint8Array(65)
    marked[0] = 4
    const off = fromBase64Url((await offerKey(1)).publicKey)
    off[64] = (off[64] ?? 0) ^ 1
    for (const bad of [zero, marked, off, new Uint8Array(0), off.slice(0, 64)]) {
      await expect(answerOffer({ epoch: 1, publicKey: toBase64Url(bad) })).rejects.toThrow()
    }
  })

  it("an answer that is no valid encapsulation is refused", async () => {
    const offer = await offerKey(1)
    for (const bad of [new Uint8Array(65), new Uint8Array(0), new Uint8Array(64)]) {
      await expect(offer.accept(toBase64Url(bad))).rejects.toThrow()
    }
  })
})

describe("the keys of a kept chat, sealed to the lead", () => {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  const ref = "0".repeat(32)
  const newLead = async () => {
    const pair = await suite.kem.generateKeyPair()
    return { pair, publicKey: toBase64Url(new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey))) }
  }
  const openKeys = async (recipientKey: CryptoKeyPair, sealed: Bytes, place: string): Promise<Bytes> =>
    new Uint8Array(
      await suite.open({ recipientKey, enc: sealed.slice(0, 65).buffer, info: utf8("fortrolig/v1 lead").buffer }, sealed.slice(65).buffer, utf8(place).buffer)
    )
  const read = async (key: Bytes, payload: Bytes, place: string) => {
    const nonce = new Uint8Array(12)
    nonce.set(payload.slice(0, 8), 4)
    const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"])
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: utf8(place) }, aes, payload.slice(8)))
  }

  it("open both directions of that chat for the lead, and for nobody else, no other session and no other key", async () => {
    const [lead, other] = [await newLead(), await newLead()]
    const offer = await offerKey(3)
    const { channel: visitor, encapsulated } = await answerOffer(offer)
    const { channel: counsellor, sealKeys } = await offer.accept(encapsulated)
    const sealed = fromBase64Url(await sealKeys({ publicKey: lead.publicKey, ref }))
    const keys = await openKeys(lead.pair, sealed, `${ref}|3`)
    expect(await read(keys.slice(0, 32), await visitor.seal(1, "fra meg"), "visitor|1|3")).toBe("fra meg")
    expect(await read(keys.slice(32), await counsellor.seal(1, "til deg"), "counsellor|1|3")).toBe("til deg")
    await expect(openKeys(other.pair, sealed, `${ref}|3`)).rejects.toThrow()
    await expect(openKeys(lead.pair, sealed, `${"1".repeat(32)}|3`)).rejects.toThrow()
    await expect(openKeys(lead.pair, sealed, `${ref}|4`)).rejects.toThrow()
  })

  it("are not sealed to a key that is no point of the curve", async () => {
    const offer = await offerKey(1)
    const { sealKeys } = await offer.accept((await answerOffer(offer)).encapsulated)
    await expect(sealKeys({ publicKey: toBase64Url(new Uint8Array(65)), ref })).rejects.toThrow()
  })
})
