/**
 * A fingerprint of plain data: the same data gives the same sixteen digits on every machine. It names a version; it is no protection.
 */

/** JSON with the keys of every object in order, so that the order in which a policy was written does not matter. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  )

/** FNV-1a over UTF-16 units, 32 bits, from a starting value. */
const fnv = (text: string, start: number): number => {
  let hash = start
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

const hex = (value: number): string => value.toString(16).padStart(8, "0")

/** Sixteen hexadecimal digits that change when the data does. Keys without a value count as absent. */
export const fingerprint = (value: unknown): string => {
  const text = canonical(value)
  return hex(fnv(text, 0x811c9dc5)) + hex(fnv(text, 0x1b873593))
}
