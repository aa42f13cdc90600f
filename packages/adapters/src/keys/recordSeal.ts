/**
 * AES-256-GCM as every vault uses it: a random 96-bit nonce, then the ciphertext, then the 128-bit tag. The context is additional data.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

const algorithm = "aes-256-gcm"
const nonceBytes = 12
const tagBytes = 16

/** Length of every key, in bytes. */
export const keyBytes = 32

/** A function that seals and one that opens, under a 32-byte key. A test swaps them for the identity to show that a byte scan can fail. */
export interface RecordSeal {
  readonly seal: (key: Uint8Array, plain: Uint8Array, context: string) => Uint8Array
  /** Throws when the key, the context or a single bit is not the one that sealed. */
  readonly open: (key: Uint8Array, sealed: Uint8Array, context: string) => Uint8Array
}

/** The seal of the product. */
export const aesGcm: RecordSeal = {
  seal: (key, plain, context) => {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(context))
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  },
  open: (key, sealed, context) => {
    if (sealed.length < nonceBytes + tagBytes) throw new Error("too short to be sealed")
    const end = sealed.length - tagBytes
    const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(end))
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, end)), decipher.final()])
  }
}
