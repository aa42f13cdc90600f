import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { root } from "../support/build.ts"
import { accept, meet, sees, startChat } from "./acts.ts"
import { openHouse } from "./house.ts"
import { talk, tour } from "./screens.ts"

const house = openHouse()
const folder = join(root, "test-output/screens")
mkdirSync(folder, { recursive: true })

describe("pictures of every screen", () => {
  it.each([
    { service: "detfinneshjelp", language: "nb", width: 360, height: 740 },
    { service: "ifengsel", language: "nb", width: 1280, height: 800 }
  ] as const)("$service at $width pixels", async ({ height, language, service, width }) => {
    const taken = new Set<string>()
    await tour(house, service, language, { width, height }, async (name, { page }) => {
      taken.add(name)
      // A page that fills the window, or has been scrolled, is shown as the window shows it.
      const fullPage = await page.evaluate(() => scrollY === 0 && document.body.dataset["view"] !== "chat" && document.querySelector("dialog[open]") === null)
      await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage, animations: "disabled" })
    })
    assert.isAbove(taken.size, 20)
  })

  it("the two sides of a chat beside each other", async () => {
    const visitor = await house.visitor({ service: "ifengsel", language: "en", context: { viewport: { width: 380, height: 700 }, deviceScaleFactor: 2 } })
    const counsellor = await house.counsellor({ service: "ifengsel", language: "en", context: { viewport: { width: 980, height: 700 }, deviceScaleFactor: 2 } })
    await startChat(visitor)
    await accept(counsellor)
    await meet(visitor, counsellor)
    await talk(visitor, counsellor, "en")
    const waiting = await house.visitor({ service: "ifengsel", language: "en" })
    await startChat(waiting)
    await sees(counsellor, counsellor.words.desk.queueCount.replace("{count}", "1"))
    const pictures = await Promise.all([visitor, counsellor].map(async ({ page }) => (await page.screenshot({ animations: "disabled" })).toString("base64")))
    const sheet = await house.browser.newPage({ viewport: { width: 1456, height: 764 } })
    const frame = "border-radius:14px;box-shadow:0 2px 18px #0003;display:block;height:700px"
    await sheet.setContent(
      `<body style="margin:0;padding:32px;display:flex;gap:32px;background:#e9e4da">${pictures.map((data) => `<img style="${frame}" src="data:image/png;base64,${data}">`).join("")}</body>`
    )
    await sheet.locator("img").last().evaluate((image) => (image as HTMLImageElement).decode())
    const picture = await sheet.screenshot({ path: join(folder, "chat.png") })
    assert.isAbove(picture.length, 20_000)
    await sheet.close()
  })
})
