/**
 * Searches files and texts, as bytes, for things that must be nowhere: in every encoding that a program is likely to have written them in.
 */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs"
import { isIPv4 } from "node:net"
import { join } from "node:path"

/** One find: the needle by its name (never its text), how it was written, where, and how far in. */
export interface Hit {
  readonly needle: string
  readonly encoding: string
  readonly where: string
  readonly offset: number
}

/** What to look for: a name for reports, and the text itself, or bytes such as a key's. An IPv4 address is looked for in its IPv6 forms too. */
export type Needle = { readonly name: string; readonly text: string } | { readonly name: string; readonly bytes: Uint8Array }

/** What to look in: files, folders with all that is below them, and texts such as a process's output. */
export interface Haystack {
  readonly paths?: ReadonlyArray<string>
  readonly texts?: Readonly<Record<string, string | Uint8Array>>
}

interface Pattern {
  readonly encoding: string
  readonly bytes: Buffer
}

/** The base64 digits that depend on `bytes` alone when they begin at `shift` within a group of three. */
const base64At = (bytes: Buffer, shift: number): string => {
  const digits = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64").replace(/=+$/, "")
  const first = Math.ceil((shift * 8) / 6)
  const whole = Math.floor(((shift + bytes.length) * 8) / 6)
  return digits.slice(first, whole)
}

const plain = (encoding: string, of: string): Pattern => ({ encoding, bytes: Buffer.from(of, "latin1") })

/** Bytes written out in digits, and the digits in two bytes each, as browsers store texts. */
const digitPatterns = (bytes: Buffer): ReadonlyArray<Pattern> => {
  const hex = bytes.toString("hex")
  const narrow = [
    ["hex", hex],
    ["HEX", hex.toUpperCase()],
    ...[0, 1, 2].flatMap((shift) => {
      const digits = base64At(bytes, shift)
      return [[`base64 at ${shift}`, digits], [`base64url at ${shift}`, digits.replaceAll("+", "-").replaceAll("/", "_")]] as const
    })
  ] as const
  return narrow.flatMap(([encoding, digits]) => [plain(encoding, digits), { encoding: `${encoding} in UTF-16LE`, bytes: Buffer.from(digits, "utf16le") }])
}

const bytePatterns = (bytes: Buffer): ReadonlyArray<Pattern> => [{ encoding: "raw bytes", bytes }, ...digitPatterns(bytes)]

const patternsOf = (text: string): ReadonlyArray<Pattern> => {
  const utf8 = Buffer.from(text, "utf8")
  const wide = Buffer.from(text, "utf16le")
  const patterns = [
    { encoding: "UTF-8", bytes: utf8 },
    { encoding: "UTF-16LE", bytes: wide },
    { encoding: "UTF-16BE", bytes: Buffer.from(wide).swap16() },
    plain("JSON", JSON.stringify(text).slice(1, -1)),
    plain("percent", encodeURIComponent(text)),
    ...digitPatterns(utf8)
  ]
  return patterns.filter(({ bytes }, at) => patterns.findIndex((other) => other.bytes.equals(bytes)) === at)
}

/** The ways to write an address: as it is, mapped into IPv6 with dots and with hexadecimal groups, and its mapped raw bytes. Four raw bytes alone would be found by chance. */
const addressPatterns = (address: string): ReadonlyArray<Pattern> => {
  const octets = address.split(".").map(Number)
  const pairs = [0, 2].map((at) => ((octets[at] ?? 0) * 256 + (octets[at + 1] ?? 0)).toString(16))
  const full = pairs.map((pair) => pair.padStart(4, "0"))
  const octetHex = octets.map((octet) => octet.toString(16).padStart(2, "0")).join("")
  const integer = octets.reduce((sum, octet) => sum * 256 + octet, 0)
  return [
    ...patternsOf(address),
    ...patternsOf(`::ffff:${pairs.join(":")}`).map((pattern) => ({ ...pattern, encoding: `mapped ${pattern.encoding}` })),
    ...patternsOf(`ffff:${full.join(":")}`).map((pattern) => ({ ...pattern, encoding: `mapped in full ${pattern.encoding}` })),
    { encoding: "octets in hex", bytes: Buffer.from(octetHex, "latin1") },
    { encoding: "octets in HEX", bytes: Buffer.from(octetHex.toUpperCase(), "latin1") },
    { encoding: "as one number", bytes: Buffer.from(String(integer), "latin1") },
    { encoding: "raw mapped bytes", bytes: Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...octets]) }
  ]
}

/** Every file below a path, links not followed. What vanishes meanwhile is skipped. */
const filesBelow = (path: string): ReadonlyArray<string> => {
  try {
    const stat = lstatSync(path)
    if (stat.isDirectory()) return readdirSync(path).flatMap((name) => filesBelow(join(path, name)))
    return stat.isFile() || stat.isSymbolicLink() ? [path] : []
  } catch {
    return []
  }
}

const read = (path: string): Buffer | undefined => {
  try {
    return lstatSync(path).isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path)
  } catch {
    return undefined
  }
}

/** What a scan saw: a scan of nothing proves nothing, so it says how much it read. */
export interface Scanned {
  readonly files: number
  readonly bytes: number
  readonly hits: ReadonlyArray<Hit>
}

/** Bytes that may be skipped are told by the last two of a window: all patterns are sought in one pass (Wu and Manber, 1994), so that a hundred of them cost as much as one. */
const seeker = (sought: ReadonlyArray<Pattern & { readonly name: string }>): (where: string, content: Buffer) => ReadonlyArray<Hit> => {
  const window = Math.min(...sought.map(({ bytes }) => bytes.length))
  const skips = new Uint8Array(65_536).fill(Math.min(window - 1, 255))
  const ending = new Map<number, Array<(typeof sought)[number]>>()
  for (const one of sought) {
    const tail = one.bytes.subarray(one.bytes.length - window)
    for (let at = 1; at < window; at += 1) {
      const pair = (tail[at - 1] ?? 0) * 256 + (tail[at] ?? 0)
      skips[pair] = Math.min(skips[pair] ?? 0, window - 1 - at)
      if (at === window - 1) ending.set(pair, [...(ending.get(pair) ?? []), one])
    }
  }
  return (where, content) => {
    const found = new Map<(typeof sought)[number], Hit>()
    for (let at = window - 1; at < content.length;) {
      const pair = (content[at - 1] ?? 0) * 256 + (content[at] ?? 0)
      const skip = skips[pair] ?? 0
      if (skip > 0) {
        at += skip
        continue
      }
      at += 1
      for (const one of ending.get(pair) ?? []) {
        const offset = at - one.bytes.length
        if (offset >= 0 && !found.has(one) && one.bytes.compare(content, offset, at) === 0) found.set(one, { needle: one.name, encoding: one.encoding, where, offset })
      }
    }
    return [...found.values()]
  }
}

/** Searches everything for every needle; names of files are searched too, at offset -1. At most one hit for each needle, encoding and place. */
export const scan = ({ paths = [], texts = {} }: Haystack, needles: ReadonlyArray<Needle>): Scanned => {
  const sought = needles.flatMap((needle) =>
    ("bytes" in needle ? bytePatterns(Buffer.from(needle.bytes)) : isIPv4(needle.text) ? addressPatterns(needle.text) : patternsOf(needle.text)).map(
      (pattern) => ({ name: needle.name, ...pattern })
    )
  )
  const hits: Array<Hit> = []
  let bytes = 0
  const seek = seeker(sought)
  const search = (where: string, content: Buffer) => {
    bytes += content.length
    hits.push(...seek(where, content))
  }
  const files = paths.flatMap(filesBelow)
  for (const file of files) {
    hits.push(...seek(file, Buffer.from(file)).map((hit) => ({ ...hit, offset: -1 })))
    const content = read(file)
    if (content !== undefined) search(file, content)
  }
  for (const [where, text] of Object.entries(texts)) search(where, typeof text === "string" ? Buffer.from(text, "utf8") : Buffer.from(text))
  return { files: files.length, bytes, hits }
}

/** The finds as lines for an assertion's message. */
export const describeHits = (hits: ReadonlyArray<Hit>): string =>
  hits.map(({ encoding, needle, offset, where }) => `${needle} as ${encoding} in ${where} at ${offset}`).join("\n")
