import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { scan } from "../support/scan.ts"

const canary = "Kanari-æøå-4711 jeg er redd"
const address = "127.8.3.7"
const needle = (text: string) => [{ name: "needle", text }]
const found = (content: Uint8Array, text: string) => scan({ texts: { content } }, needle(text)).hits

const writings: ReadonlyArray<[string, (text: string) => Uint8Array | string]> = [
  ["UTF-8", (text) => text],
  ["UTF-16, little end first", (text) => Buffer.from(text, "utf16le")],
  ["UTF-16, big end first", (text) => Buffer.from(text, "utf16le").swap16()],
  ["hexadecimal", (text) => Buffer.from(text).toString("hex")],
  ["hexadecimal in capitals", (text) => Buffer.from(text).toString("hex").toUpperCase()],
  ["JSON", (text) => JSON.stringify({ a: text })],
  ["an address bar", (text) => encodeURIComponent(text)],
  ["base64", (text) => Buffer.from(text).toString("base64")],
  ["base64 of one byte more before it", (text) => Buffer.from(`x${text}y`).toString("base64")],
  ["base64 of two bytes more before it", (text) => Buffer.from(`xy${text}`).toString("base64")],
  ["base64url", (text) => Buffer.from(`x${text}?>`).toString("base64url")]
]

const addressWritings: ReadonlyArray<[string, Uint8Array | string]> = [
  ["as it is", address],
  ["mapped with dots", `::ffff:${address}`],
  ["mapped with groups", "::ffff:7f08:307"],
  ["mapped in full", "0000:0000:0000:0000:0000:ffff:7f08:0307"],
  ["octets in hexadecimal", "7f080307"],
  ["one number", String(0x7f080307)],
  ["raw, mapped into sixteen bytes", Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 8, 3, 7])]
]

describe("what must be nowhere is found wherever it is", () => {
  it.each(writings)("text written as %s, at any offset", (_, write) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 64 }), (before, after) => {
        const hits = found(Buffer.concat([before, Buffer.from(write(canary)), after]), canary)
        assert.isAbove(hits.length, 0)
        assert.isAtLeast(hits[0]?.offset ?? -1, 0)
      })
    )
  })

  it.each(addressWritings)("an address written %s", (_, written) => {
    assert.isAbove(found(Buffer.concat([Buffer.from("noise "), Buffer.from(written)]), address).length, 0)
  })

  it("nothing is found where nothing is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        assert.deepStrictEqual(found(bytes, canary), [])
        assert.deepStrictEqual(found(bytes, address), [])
      })
    )
  })

  it("files at any depth, names of files and links are searched, and the find names file and offset", () => {
    const folder = mkdtempSync(join(tmpdir(), "fortrolig-scan-"))
    try {
      mkdirSync(join(folder, "a/b"), { recursive: true })
      writeFileSync(join(folder, "a/b/c.bin"), `12345${canary}`)
      writeFileSync(join(folder, "a/plain.txt"), "nothing")
      writeFileSync(join(folder, `a/${address}.log`), "")
      symlinkSync(canary, join(folder, "link"))
      const { files, hits } = scan({ paths: [folder] }, [{ name: "text", text: canary }, { name: "visitor", text: address }])
      assert.strictEqual(files, 4)
      assert.deepStrictEqual(hits.filter(({ encoding }) => encoding === "UTF-8").map(({ needle: name, offset, where }) => [name, where.slice(folder.length), offset]), [
        ["visitor", `/a/${address}.log`, -1],
        ["text", "/a/b/c.bin", 5],
        ["text", "/link", 0]
      ])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
