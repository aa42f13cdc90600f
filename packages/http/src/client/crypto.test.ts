import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fromBase64Url, toBase64Url } from "./bytes.ts"
import { answerOffer, type Channel, offerKey, overhead } from "./crypto.ts"

const agree = async (epoch = 1): Promise<{ readonly visitor: Channel; readonly counsellor: Channel }> => {
  const offer = await offerKey(epoch)
  const { channel, encapsulated } = await answerOffer(offer)
  return { visitor: channel, counsellor: await offer.accept(encapsulated) }
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
    expect(await (await offer.accept(answered.encapsulated)).open(1, await answered.channel.seal(1, "hei"))).toBeUndefined()
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
