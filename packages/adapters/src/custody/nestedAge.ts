/**
 * Two custodians, one seal: an age file for custodian A inside an age file for custodian B. Neither opens anything alone.
 */
import { Decrypter, Encrypter } from "age-encryption"

/** Seals `plain` inner to the first recipient and outer to the second (`age1...`). */
export const sealFor = async (recipients: readonly [string, string], plain: Uint8Array): Promise<Uint8Array> => {
  const [inner, outer] = recipients
  return encryptTo(outer, await encryptTo(inner, plain))
}

/** Opens with the identities of both, in the same order; throws when either is wrong. */
export const openWith = async (identities: readonly [string, string], sealed: Uint8Array): Promise<Uint8Array> => {
  const [inner, outer] = identities
  return decryptWith(inner, await decryptWith(outer, sealed))
}

const encryptTo = (recipient: string, plain: Uint8Array): Promise<Uint8Array> => {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(plain)
}

const decryptWith = (identity: string, sealed: Uint8Array): Promise<Uint8Array> => {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(sealed)
}
