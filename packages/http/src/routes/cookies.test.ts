import { productPlaces } from "@fortrolig/core/retention/productPlaces"
import { assert, describe, it } from "vitest"
import { chatsPrefix } from "../client/panel.ts"
import { prefix } from "../client/token.ts"
import { endingCookie, settingCookie } from "./cookies.ts"

const declared = (kind: string) => productPlaces.filter((place) => place.kind === kind).map(({ name }) => String(name))

describe("what this server keeps in a browser", () => {
  it("is one cookie, for staff, that lives as long as the sign-in and is unseen by scripts and other sites", () => {
    assert.deepStrictEqual(declared("cookie"), ["staff"])
    assert.deepStrictEqual(settingCookie("staff", "token", false), { "set-cookie": "staff=token; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict" })
    assert.deepStrictEqual(settingCookie("staff", "token", true), { "set-cookie": "staff=token; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict; Secure" })
    assert.deepStrictEqual(endingCookie("staff", true), { "set-cookie": "staff=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure" })
  })

  it("is no cookie that nobody declared: naming one does not compile", () => {
    // @ts-expect-error a cookie that is no declared place
    const tracker = settingCookie("tracker", "token", false)
    assert.match(tracker["set-cookie"], /^tracker=token; Max-Age=NaN;/)
  })

  it("is, of a chat, what lies under the declared prefixes of a tab's session storage", () => {
    assert.deepStrictEqual([...new Set(declared("browser"))], [prefix, chatsPrefix])
  })
})
