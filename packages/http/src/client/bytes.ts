/**
 * Bytes as text and back: base64url without padding, and UTF-8.
 */

/** Bytes that own their buffer, which WebCrypto asks for. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Bytes as base64url without padding. */
export const toBase64Url = (bytes: Uint8Array): string => {
  let binary = ""
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

/** The bytes of a base64url text. Throws when it is not one. */
export const fromBase64Url = (text: string): Bytes => {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i)
  return bytes
}

const encoder = new TextEncoder()
const decoder = new TextDecoder("utf-8", { fatal: true })

/** A text as UTF-8. */
export const utf8 = (text: string): Bytes => encoder.encode(text)
/** The text of UTF-8 bytes. Throws when they are not valid UTF-8. */
export const fromUtf8 = (bytes: BufferSource): string => decoder.decode(bytes)

/** `length` random bytes. */
export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))
