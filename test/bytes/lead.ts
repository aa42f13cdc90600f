/**
 * What a lead can do with a private key and the record key that still lives: open both directions of a kept chat, and nothing without either.
 */
import { createPublicKey } from "node:crypto"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core"
import type { Kept } from "@fortrolig/core/ports/ContentStore"
import type { TestInstall } from "../support/server.ts"

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const encapsulatedBytes = 65
const keyBytes = 32
const utf8 = (text: string) => new TextEncoder().encode(text)
const curve = { name: "ECDH", namedCurve: "P-256" }

/** The key pair of a service's demonstration lead. */
export const leadOf = async ({ custodians }: TestInstall, service: string): Promise<CryptoKeyPair> => {
  const pem = readFileSync(join(dirname(custodians), "leads", `lead-${service}.pem`), "utf8")
  const pkcs8 = Uint8Array.from(Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64"))
  const spki = Uint8Array.from(createPublicKey(pem).export({ type: "spki", format: "der" }))
  return {
    privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, curve, false, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("spki", spki, curve, true, [])
  }
}

/** A key pair of somebody who is no lead. */
export const stranger = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(curve, false, ["deriveBits"])

const keysIn = async (lead: CryptoKeyPair, ref: string, { bytes, n }: Kept): Promise<Uint8Array<ArrayBuffer>> => {
  const sealed = Uint8Array.from(bytes)
  const enc = sealed.slice(0, encapsulatedBytes).buffer
  return new Uint8Array(
    await suite.open({ recipientKey: lead, enc, info: utf8("fortrolig/v1 lead").buffer }, sealed.slice(encapsulatedBytes).buffer, utf8(`${ref}|${n}`).buffer)
  )
}

/** Every message of one kept chat as its two people wrote it. Rejects when a seal does not open. */
export const readChat = async (lead: CryptoKeyPair, ref: string, pieces: ReadonlyArray<Kept>): Promise<ReadonlyArray<{ readonly by: string; readonly text: string }>> => {
  const epochs = new Map<number, Uint8Array<ArrayBuffer>>()
  for (const piece of pieces) if (piece.by === "escrow") epochs.set(piece.n, await keysIn(lead, ref, piece))
  return Promise.all(
    pieces.flatMap(({ by, bytes, n }) => {
      if (by === "escrow") return []
      const [epoch = 0] = bytes
      const keys = epochs.get(epoch) ?? new Uint8Array(2 * keyBytes)
      const raw = by === "visitor" ? keys.slice(0, keyBytes) : keys.slice(keyBytes)
      const iv = new Uint8Array(12)
      iv.set(bytes.subarray(1, 9), 4)
      const read = async () => {
        const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"])
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: utf8(`${by}|${n}|${epoch}`) }, key, Uint8Array.from(bytes.subarray(9)))
        return { by, text: new TextDecoder().decode(plain) }
      }
      return [read()]
    })
  )
}
