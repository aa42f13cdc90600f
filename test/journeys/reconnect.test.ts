import { assert, describe, it } from "vitest"
import { assertNothingHeld, box, meet, message, sees, seesDelivered, seesNoMore, seesPlace, startChat, startTogether, tell, write } from "./acts.ts"
import { openHouse, type Person } from "./house.ts"

const house = openHouse()

/** That a person sees each of the texts once, in this order. */
const assertReads = async (person: Person, texts: ReadonlyArray<string>): Promise<void> => {
  for (const text of texts) await message(person, text).waitFor()
  const read = (await person.page.getByRole("log").getByRole("listitem").allInnerTexts()).join("\n")
  const places = texts.map((text) => read.indexOf(text))
  assert.deepStrictEqual(places, places.toSorted((a, b) => a - b))
  for (const text of texts) assert.strictEqual(read.split(text).length, 2, "each message once")
}

describe("coming back", () => {
  it("a visitor who reloads goes on in the queue, and then in the chat, with all that was written", async () => {
    const visitor = await house.visitor()
    await startChat(visitor)
    await visitor.page.reload()
    await seesPlace(visitor, 1)
    const counsellor = await house.counsellor()
    await counsellor.page.getByRole("button", { name: counsellor.words.desk.accept }).click()
    await meet(visitor, counsellor)
    const texts = ["Fløte i kaffen", "Vind fra nord", "Brev i postkassen", "Trapper opp"]
    await tell(visitor, counsellor, texts[0] ?? "")
    await tell(counsellor, visitor, texts[1] ?? "")
    await visitor.page.reload()
    await meet(visitor, counsellor)
    await tell(counsellor, visitor, texts[2] ?? "")
    await tell(visitor, counsellor, texts[3] ?? "")
    for (const person of [visitor, counsellor]) await assertReads(person, texts)
  })

  it("a counsellor who reloads goes on with the chat, with all that was written", async () => {
    const visitor = await house.visitor({ service: "ifengsel", language: "en" })
    const counsellor = await house.counsellor({ service: "ifengsel", language: "en" })
    await startTogether(visitor, counsellor)
    const texts = ["Pears and plums", "A grey heron", "The last bus", "Two blue doors"]
    await tell(visitor, counsellor, texts[0] ?? "")
    await tell(counsellor, visitor, texts[1] ?? "")
    await counsellor.page.reload()
    await meet(visitor, counsellor)
    await tell(visitor, counsellor, texts[2] ?? "")
    await tell(counsellor, visitor, texts[3] ?? "")
    for (const person of [visitor, counsellor]) await assertReads(person, texts)
  })

  it("what is written while the network is gone arrives once when it is back, from both sides", async () => {
    const visitor = await house.visitor()
    const counsellor = await house.counsellor()
    await startTogether(visitor, counsellor)
    await tell(visitor, counsellor, "Furu og fjell")
    visitor.network.cut()
    await sees(visitor, visitor.words.visitor.reconnecting)
    await sees(counsellor, counsellor.words.desk.visitorAway)
    // It is this side that is cut off: nothing is said of the other.
    await seesNoMore(visitor, visitor.words.visitor.counsellorAway)
    await seesNoMore(visitor, visitor.words.visitor.counsellorHere)
    const meanwhile = ["Regn på ruta", "En rød lue", "Kart uten navn", "Sen lunsj"]
    await write(visitor, meanwhile[0] ?? "")
    await write(visitor, meanwhile[1] ?? "")
    await write(counsellor, meanwhile[2] ?? "")
    await message(visitor, meanwhile[0] ?? "").getByText(visitor.words.visitor.list.sending).waitFor()
    visitor.network.mend()
    await meet(visitor, counsellor)
    for (const text of meanwhile.slice(0, 2)) await seesDelivered(visitor, text)
    await seesDelivered(counsellor, meanwhile[2] ?? "")
    await tell(counsellor, visitor, meanwhile[3] ?? "")
    for (const person of [visitor, counsellor]) for (const text of ["Furu og fjell", ...meanwhile]) assert.strictEqual(await message(person, text).count(), 1)
  })

  it("a telephone that was offline for a moment goes on by itself", async () => {
    const visitor = await house.visitor()
    const counsellor = await house.counsellor()
    await startTogether(visitor, counsellor)
    await visitor.page.context().setOffline(true)
    await sees(visitor, visitor.words.visitor.reconnecting)
    await write(visitor, "Under brua")
    await visitor.page.context().setOffline(false)
    await seesDelivered(visitor, "Under brua")
    assert.strictEqual(await message(counsellor, "Under brua").count(), 1)
  })

  it("a second tab takes over, and the first says so and holds nothing", async () => {
    const visitor = await house.visitor()
    const counsellor = await house.counsellor()
    await startTogether(visitor, counsellor)
    await tell(visitor, counsellor, "Gult hus")
    const [other] = await Promise.all([visitor.page.waitForEvent("popup"), visitor.page.evaluate(() => void window.open(location.href))])
    const second = { ...visitor, page: other }
    await meet(second, counsellor)
    await message(second, "Gult hus").waitFor()
    await sees(visitor, visitor.words.visitor.elsewhere.heading)
    await assertNothingHeld(visitor, ["Gult hus"])
    assert.strictEqual(await box(visitor).count(), 0)
    await tell(second, counsellor, "Her er jeg nå")
  })
})
