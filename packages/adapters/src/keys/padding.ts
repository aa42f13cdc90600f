/**
 * Text as UTF-8, filled up with spaces to a multiple of `step` bytes. JSON reads the same with them.
 */
export const padded = (text: string, step: number): Uint8Array => {
  const length = Buffer.byteLength(text)
  return Buffer.concat([Buffer.from(text), Buffer.alloc(Math.ceil(length / step) * step - length, 0x20)])
}
