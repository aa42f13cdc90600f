import { AxeBuilder } from "@axe-core/playwright"
import { assert, describe, it } from "vitest"
import { openHouse, type Person } from "./house.ts"
import { tour } from "./screens.ts"

const house = openHouse()
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

/** What axe finds wrong with a screen, one line for each element. */
const violations = async ({ page }: Person): Promise<ReadonlyArray<string>> => {
  const found = await new AxeBuilder({ page }).withTags(levels).analyze()
  return found.violations.flatMap(({ help, id, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`))
}

/** By how many pixels a screen is wider than its window; 0 when nobody must scroll sideways. */
const tooWide = ({ page }: Person): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** By how many pixels a visitor's chat could slip out of its window, whose bar and box stay in reach; 0 elsewhere. */
const slips = ({ page }: Person): Promise<number> =>
  page.evaluate(() => (document.body.dataset["view"] === "chat" ? scrollY + document.documentElement.scrollHeight - document.documentElement.clientHeight : 0))

describe("every page and state", () => {
  it.each([
    { service: "detfinneshjelp", language: "nb", width: 360, height: 740 },
    { service: "ifengsel", language: "en", width: 1280, height: 800 }
  ] as const)("has no fault that axe can find at $width pixels, and needs no scrolling sideways at 320", async ({ height, language, service, width }) => {
    const faults: Array<string> = []
    let looked = 0
    await tour(house, service, language, { width, height }, async (name, person) => {
      looked += 1
      for (const fault of await violations(person)) faults.push(`${name}: ${fault}`)
      if ((await tooWide(person)) > 0) faults.push(`${name}: is wider than the window`)
      if ((await slips(person)) > 0) faults.push(`${name}: can slip out of the window`)
      await person.page.setViewportSize({ width: 320, height: 640 })
      if ((await tooWide(person)) > 0) faults.push(`${name}: is wider than a window of 320 pixels`)
      await person.page.setViewportSize({ width, height })
    })
    assert.isAbove(looked, 20)
    assert.deepStrictEqual(faults, [])
  })
})
