import type { Locator } from "playwright-core"
import { assert, describe, it } from "vitest"
import { box, button, message, sees, seesDelivered, seesPlace } from "./acts.ts"
import { openHouse, type Person } from "./house.ts"

const house = openHouse()

/** What has the focus: whether it can be seen, whole, with a mark around it and nothing before it. */
const focused = ({ page }: Person): Promise<{ readonly name: string; readonly marked: boolean; readonly inView: boolean; readonly covered: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return { name: "", marked: true, inView: true, covered: false }
    const { bottom, left, right, top } = element.getBoundingClientRect()
    const { boxShadow, outlineStyle, outlineWidth } = getComputedStyle(element)
    const front = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2)
    return {
      name: element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "",
      marked: (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== "none",
      inView: right > left && bottom > top && left >= 0 && right <= innerWidth && bottom > 0 && top < innerHeight,
      covered: front !== null && !element.contains(front) && !front.contains(element)
    }
  })

/** Presses Tab until a thing has the focus, and requires of every stop on the way that it can be seen. */
const tabTo = async (person: Person, goal: Locator): Promise<void> => {
  await goal.waitFor()
  for (let presses = 0; presses < 40; presses += 1) {
    await person.page.keyboard.press("Tab")
    const { name, ...seen } = await focused(person)
    assert.deepStrictEqual(seen, { marked: true, inView: true, covered: false }, `the focus on “${name}” can be seen`)
    if (await goal.evaluate((element) => element === document.activeElement)) return
  }
  assert.fail("Tab does not lead there")
}

const press = async (person: Person, goal: Locator): Promise<void> => {
  await tabTo(person, goal)
  await person.page.keyboard.press("Enter")
}

/** Types into what has the focus, which must be the box. */
const type = async (person: Person, text: string): Promise<void> => {
  assert.isTrue(await box(person).evaluate((element) => element === document.activeElement), "the box has the focus")
  await person.page.keyboard.type(text)
  await person.page.keyboard.press("Enter")
}

describe.each([360, 1280])("with the keyboard alone, on a screen %i wide", (width) => {
  it("both sides go from the first page to the end of a chat", async () => {
    const context = { viewport: { width, height: 720 } }
    const visitor = await house.visitor({ context })
    const { words } = visitor

    // The way out comes first, the way past the bar second.
    await visitor.page.keyboard.press("Tab")
    assert.include((await focused(visitor)).name, words.page.exit.button)
    await visitor.page.keyboard.press("Tab")
    assert.include((await focused(visitor)).name, words.page.skip)
    await visitor.page.keyboard.press("Enter")
    await press(visitor, button(visitor, words.page.welcome.start))
    await seesPlace(visitor, 1)

    const counsellor = await house.guest(await house.invitation("detfinneshjelp"), { context })
    // The link leads to one button, which has the focus already.
    await button(counsellor, counsellor.words.staff.signIn.button).waitFor()
    await counsellor.page.keyboard.press("Enter")
    await press(counsellor, button(counsellor, counsellor.words.desk.accept))

    // Whoever meets may write at once.
    await sees(visitor, words.visitor.counsellorHere)
    await sees(counsellor, counsellor.words.desk.visitorHere)
    await type(visitor, "Hei")
    await seesDelivered(visitor, "Hei")
    await type(counsellor, "Hei, hva tenker du på?")
    await message(visitor, "hva tenker du på?").waitFor()
    await visitor.page.keyboard.press("Shift+Tab")
    await press(visitor, message(visitor, "Hei").first().getByRole("button", { name: words.visitor.list.deleteOne }))
    await press(visitor, visitor.page.getByRole("dialog").getByRole("button", { name: words.page.ask.deleteOne.yes, exact: true }))
    await sees(counsellor, counsellor.words.desk.list.deletedBoth)
    await type(visitor, "Jeg begynner på nytt")
    await message(counsellor, "Jeg begynner på nytt").waitFor()

    await press(visitor, button(visitor, words.page.chat.end))
    await press(visitor, visitor.page.getByRole("dialog").getByRole("button", { name: words.page.ask.end.yes, exact: true }))
    await sees(visitor, words.visitor.ended.visitorEnded)
    // A screen reader continues at the receipt.
    assert.strictEqual((await focused(visitor)).name, words.page.receipt.heading)
    await press(visitor, button(visitor, words.page.receipt.again))
    await press(counsellor, button(counsellor, counsellor.words.staff.chat.close))
    await press(counsellor, button(counsellor, counsellor.words.staff.desk.signOut))
    await sees(counsellor, counsellor.words.desk.signedOut)
  })
})
