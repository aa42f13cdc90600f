import { assert, describe, it } from "vitest"
import { helpNumbers } from "@fortrolig/core/notice/helpNumbers"
import { noticeLines } from "@fortrolig/core/notice/notice"
import { button, sees } from "./acts.ts"
import { openHouse, type Person, policies } from "./house.ts"

// Not a demonstration: both services are closed unless it is their time.
const house = openHouse({ args: ["serve"], extra: { FORTROLIG_POLICY: "detfinneshjelp,ifengsel" } })

const assertHelpNumbers = async ({ page, words }: Person): Promise<void> => {
  const help = page.getByRole("complementary", { name: words.page.help.heading })
  for (const { href, label, number } of helpNumbers) {
    const call = help.getByRole("link", { name: `${number} ${label[words.language]}` })
    assert.strictEqual(await call.getAttribute("href"), href)
    assert.isTrue(await call.isVisible())
  }
}

describe.each([true, false])("with JavaScript: %s", (javaScriptEnabled) => {
  it("a closed service says so and when it opens, what is stored, and whom to call meanwhile", async () => {
    const visitor = await house.visitor({ service: "detfinneshjelp", context: { javaScriptEnabled } })
    const { words } = visitor
    await sees(visitor, words.page.hours.closed)
    await sees(visitor, words.page.hours.unknown)
    await sees(visitor, words.page.hours.meanwhile)
    assert.strictEqual(await button(visitor, words.page.welcome.start).count(), 0)
    for (const line of noticeLines(policies.detfinneshjelp, "nb")) await sees(visitor, line)
    await assertHelpNumbers(visitor)
    assert.isTrue(await button(visitor, `${words.page.exit.button} (${words.page.exit.hidden})`).isVisible())
  })

  it("the hours of a service are those of its policy", async () => {
    const visitor = await house.visitor({ service: "ifengsel", language: "en", context: { javaScriptEnabled } })
    // Wednesday or Friday from three to ten in Oslo, computed here by hand.
    const now = new Date()
    const parts = Object.fromEntries(
      new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Oslo", weekday: "short", hour: "2-digit", hourCycle: "h23" }).formatToParts(now).map(({ type, value }) => [type, value])
    )
    const hour = Number(parts["hour"])
    const opensToday = parts["weekday"] === "Wed" || parts["weekday"] === "Fri"
    if (opensToday && hour >= 15 && hour < 22) {
      await sees(visitor, "The chat is open until 22:00")
      assert.strictEqual(await button(visitor, visitor.words.page.welcome.start).count(), javaScriptEnabled ? 1 : 0)
      return
    }
    await sees(visitor, visitor.words.page.hours.closed)
    const opensOn = (day: string): boolean => day === "Wed" || day === "Fri"
    const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    const names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    let at = days.indexOf(parts["weekday"] ?? "")
    if (!opensOn(days[at] ?? "") || hour >= 15) do at = (at + 1) % 7; while (!opensOn(days[at] ?? ""))
    await visitor.page.getByText(new RegExp(`It opens ${names[at]} .*15[:.]00`)).waitFor()
  })

  it("the list of services, the privacy page and a page that does not exist can be read", async () => {
    const visitor = await house.visitor({ language: "en", context: { javaScriptEnabled } })
    const { page, words } = visitor
    await page.getByRole("link", { name: words.page.welcome.readMore }).click()
    await page.getByRole("heading", { name: words.page.privacy.heading }).waitFor()
    await assertHelpNumbers(visitor)
    const { origin } = new URL(page.url())
    await page.goto(`${origin}/`)
    await page.getByRole("heading", { name: words.page.home.heading }).waitFor()
    await assertHelpNumbers(visitor)
    await page.getByRole("link", { name: policies.ifengsel.name.en }).click()
    await page.getByRole("heading", { name: words.page.welcome.heading }).waitFor()
    const answer = await page.goto(`${origin}/no-such-page`)
    assert.strictEqual(answer?.status(), 404)
    await page.getByRole("heading", { name: words.page.notFound.heading }).waitFor()
    await assertHelpNumbers(visitor)
  })
})

describe("without JavaScript", () => {
  it("the page says why there is no chat, and shows no button that does nothing", async () => {
    const visitor = await house.visitor({ language: "en", context: { javaScriptEnabled: false } })
    // Playwright finds no text inside this element, though the browser shows it.
    const why = visitor.page.locator("noscript")
    assert.isTrue(await why.isVisible())
    assert.include(await why.innerText(), visitor.words.page.noScript.body)
    assert.strictEqual(await button(visitor, visitor.words.page.welcome.start).count(), 0)
  })
})
