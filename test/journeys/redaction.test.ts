import { assert, describe, it } from "vitest"
import { answer, assertNothingHeld, button, deleteOne, endChat, heldBy, meet, message, sees, startTogether, tell } from "./acts.ts"
import { openHouse, type Person } from "./house.ts"

const house = openHouse()

/** That a person's page shows none of the texts, in no way. */
const assertGone = async (person: Person, texts: ReadonlyArray<string>): Promise<void> => {
  for (const text of texts) await message(person, text).waitFor({ state: "detached" })
  const { document } = await heldBy(person)
  for (const text of texts) assert.notInclude(document, text)
}

/** Waits until a person is told so many times that something is deleted on both sides. */
const seesDeletions = (person: Person, count: number): Promise<void> =>
  person.page.getByRole("log").getByText(person.words.visitor.list.deletedBoth, { exact: true }).nth(count - 1).waitFor()

describe("the visitor deletes", () => {
  it("one's own message, one of the counsellor's, and then everything; and the chat goes on", async () => {
    const visitor = await house.visitor()
    const counsellor = await house.counsellor()
    await startTogether(visitor, counsellor)
    const own = "Eple på trappa"
    const theirs = "Stille skogstjern"
    const rest = ["Ullsokker og te", "Månen over taket", "Havre med kanel"] as const
    await tell(visitor, counsellor, own)
    await tell(counsellor, visitor, theirs)
    await tell(visitor, counsellor, rest[0])
    await tell(counsellor, visitor, rest[1])

    await deleteOne(visitor, own)
    await assertGone(visitor, [own])
    await assertGone(counsellor, [own])
    await seesDeletions(visitor, 1)
    await deleteOne(visitor, theirs)
    await assertGone(counsellor, [theirs])
    await seesDeletions(visitor, 2)
    await seesDeletions(counsellor, 2)
    assert.strictEqual(await button(counsellor, counsellor.words.visitor.list.deleteOne).count(), 0)
    for (const kept of [rest[0], rest[1]]) for (const person of [visitor, counsellor]) await message(person, kept).waitFor()

    await button(visitor, visitor.words.page.chat.deleteAll).click()
    await answer(visitor, visitor.words.page.ask.deleteAll.no)
    await message(visitor, rest[0]).waitFor()
    await button(visitor, visitor.words.page.chat.deleteAll).click()
    await answer(visitor, visitor.words.page.ask.deleteAll.yes)
    await assertGone(visitor, rest)
    await assertGone(counsellor, rest)
    await seesDeletions(visitor, 3)

    await tell(visitor, counsellor, rest[2])
    await tell(counsellor, visitor, "Det høres godt ut")
    // What is deleted does not come back with a reload.
    await visitor.page.reload()
    await message(visitor, rest[2]).waitFor()
    await assertGone(visitor, [own, theirs, rest[0], rest[1]])
    await endChat(visitor)
    await sees(visitor, visitor.words.visitor.peerWiped)
    await assertNothingHeld(counsellor, [rest[2]])
  })

  it("while the counsellor's page is loading: gone here, soon gone there, and then gone on both sides", async () => {
    const visitor = await house.visitor()
    const counsellor = await house.counsellor()
    await startTogether(visitor, counsellor)
    const [kept, gone, later] = ["Rosiner i grøten", "Båten ved brygga", "Lang vei hjem"] as const
    await tell(visitor, counsellor, kept)
    await tell(visitor, counsellor, gone)

    let load = (): void => undefined
    const loading = new Promise<void>((resolve) => (load = resolve))
    await counsellor.page.route("**/assets/staff*", async (route) => {
      await loading
      await route.continue()
    })
    await counsellor.page.reload({ waitUntil: "commit" })
    await sees(visitor, visitor.words.visitor.counsellorAway)
    await deleteOne(visitor, gone)
    await sees(visitor, visitor.words.visitor.list.deletedHere)
    await assertGone(visitor, [gone])
    load()
    await meet(visitor, counsellor)
    await seesDeletions(visitor, 1)
    await message(counsellor, kept).waitFor()
    await assertGone(counsellor, [gone])
    await tell(counsellor, visitor, later)
    await tell(visitor, counsellor, "Ja")
  })
})
