import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { IpAddress, ipAddress } from "./ipAddress.ts"

describe("an address as a socket reports it", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "::1"],
    ["::ffff:127.10.0.123", "127.10.0.123"],
    ["::FFFF:127.0.0.1", "127.0.0.1"],
    ["::ffff:127.0.0.1%lo0", "127.0.0.1"],
    ["FE80::ABCD%eth0", "fe80::abcd"],
    ["fe80::1%25", "fe80::1"],
    // Only the mapped form is IPv4: what merely holds it is another address.
    ["1::ffff:127.0.0.1", "1::ffff:127.0.0.1"],
    ["::ffff:0:127.0.0.1", "::ffff:0:127.0.0.1"],
    ["::ffff:7f00:1", "::ffff:7f00:1"]
  ])("%s is kept as %s", (text, kept) => {
    assert.strictEqual(String(ipAddress(text)), kept)
  })

  it.each(["", "localhost", "127.0.0", "127.0.0.1.5", "x127.0.0.1", "127.0.0.1x", "1270.0.0.1", "%::1", "::ffff:127.0.0.1.5:x"])("%j is none", (text) => {
    assert.throws(() => ipAddress(text))
    assert.isFalse(Schema.is(IpAddress)(text))
  })
})
