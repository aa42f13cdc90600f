import type { Page } from "playwright-core"
import { assert, describe, it } from "vitest"
import { box, button, sees, startTogether, tell } from "./acts.ts"
import { elsewhere, openHouse, policies, type Service, type Visitor } from "./house.ts"

const house = openHouse()
const secret = "Under den gamle eika"

/** A visitor whose tab was at an ordinary page before, and who chats. */
const chatting = async (service: Service = "detfinneshjelp"): Promise<Visitor> => {
  const visitor = await house.visitor({ service })
  const address = visitor.page.url()
  // A tab of its own, so that its history starts with the ordinary page.
  const page = await visitor.page.context().newPage()
  await visitor.page.close()
  await page.goto(house.neutral)
  await page.goto(address)
  const person = { ...visitor, page }
  const counsellor = await house.counsellor({ service })
  await startTogether(person, counsellor)
  await tell(person, counsellor, secret)
  await box(person).fill("ikke sendt")
  return person
}

/** How many pages the tab's history has. */
const pagesBehind = (page: Page): Promise<number> => page.evaluate(() => history.length)

const seesOrdinaryPage = (page: Page): Promise<void> => page.getByRole("heading", { name: elsewhere }).waitFor()

/** That the tab has left, and that neither Back nor Forward leads to anything of the service. */
const assertLeft = async ({ page, service }: Visitor, behind: number): Promise<void> => {
  await page.waitForURL(`${policies[service].exitUrl}**`)
  await seesOrdinaryPage(page)
  assert.strictEqual(await pagesBehind(page), behind)
  await page.goBack()
  await page.waitForURL(house.neutral)
  await seesOrdinaryPage(page)
  await page.goForward()
  await page.waitForURL(`${policies[service].exitUrl}**`)
  assert.notInclude(await page.content(), secret)
}

/** That a visitor who opens the service again in the same tab finds a first page, and nothing that was. */
const assertFresh = async (visitor: Visitor): Promise<void> => {
  await visitor.page.goto(`http://127.0.0.1:${visitor.network.port}/${visitor.service}`)
  await button(visitor, visitor.words.page.welcome.start).waitFor()
  assert.deepStrictEqual(await visitor.page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie]), [0, 0, ""])
  assert.notInclude(await visitor.page.content(), secret)
}

describe("leaving at once", () => {
  it("by the red button: Back shows nothing of the service, and the counsellor's side is wiped", async () => {
    const visitor = await chatting()
    const [counsellor] = house.present
    const behind = await pagesBehind(visitor.page)
    await button(visitor, `${visitor.words.page.exit.button} (${visitor.words.page.exit.hidden})`).click()
    await assertLeft(visitor, behind)
    assert.isDefined(counsellor)
    await sees(counsellor, counsellor.words.desk.ended.visitorLeft)
    assert.notInclude(await counsellor.page.content(), secret)
    await assertFresh(visitor)
  })

  it("by Shift three times; Shift with a letter does not count", async () => {
    const visitor = await chatting("ifengsel")
    const behind = await pagesBehind(visitor.page)
    await box(visitor).focus()
    await box(visitor).fill("")
    const { keyboard } = visitor.page
    await keyboard.press("Shift")
    await keyboard.press("Shift")
    await keyboard.press("Shift+KeyA")
    await keyboard.press("Shift")
    await keyboard.press("Shift+KeyB")
    await keyboard.press("Shift")
    await keyboard.press("Shift")
    assert.strictEqual(await box(visitor).inputValue(), "AB")
    await keyboard.press("Shift")
    await assertLeft(visitor, behind)
    await assertFresh(visitor)
  })

  it("by a link or the address bar instead: Back finds no text of the chat", async () => {
    const visitor = await chatting()
    await visitor.page.goto(house.neutral)
    // While the page is away its tab holds nothing that can be read without the server.
    await visitor.page.context().route("**/api/**", (route) => route.abort())
    await visitor.page.goBack({ waitUntil: "commit" })
    await sees(visitor, visitor.words.page.chat.resuming)
    assert.notInclude(await visitor.page.content(), secret)
    assert.notInclude(JSON.stringify(await visitor.page.evaluate(() => Object.entries(sessionStorage))), secret)
  })

  it("a browser that keeps pages whole for Back keeps an empty one, and shows a fresh one", async () => {
    const visitor = await chatting("ifengsel")
    const { page } = visitor
    // The browser of these journeys keeps no page for Back, so the page is told what other browsers tell it.
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })))
    assert.notInclude(await page.content(), secret)
    assert.strictEqual((await page.locator("body").innerText()).trim(), "")
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })))
    await button(visitor, visitor.words.page.welcome.start).waitFor()
    await assertFresh(visitor)
  })

  it("without JavaScript the same button leads out", async () => {
    const { page, service, words } = await house.visitor({ context: { javaScriptEnabled: false } })
    const asked = page.waitForRequest((request) => request.isNavigationRequest() && request.url() === policies[service].exitUrl)
    await page.getByRole("button", { name: words.page.exit.button }).click()
    const from = (await asked).redirectedFrom()
    assert.deepStrictEqual([from?.method(), from === null ? "" : new URL(from.url()).pathname], ["POST", `/${service}/leave`])
  })
})
