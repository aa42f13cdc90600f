import { describe, it } from "vitest"
import { accept, assertNothingHeld, button, meet, sees, seesPlace, startChat, startTogether, tell } from "./acts.ts"
import { openHouse } from "./house.ts"

const house = openHouse()

describe.each([
  { service: "detfinneshjelp", language: "nb" },
  { service: "ifengsel", language: "en" }
] as const)("the server of $service dies in the middle of a chat and comes back", ({ language, service }) => {
  it("both browsers are wiped with honest words, and the visitor goes first in the queue", async () => {
    const visitor = await house.visitor({ language, service })
    const counsellor = await house.counsellor({ language, service })
    await startTogether(visitor, counsellor)
    const texts = ["Taket lekker litt", "Det ordner seg"] as const
    await tell(visitor, counsellor, texts[0])
    await tell(counsellor, visitor, texts[1])

    await house.kill()
    await sees(visitor, visitor.words.visitor.reconnecting)
    await sees(counsellor, counsellor.words.desk.reconnecting)
    await house.startAgain()
    await sees(visitor, visitor.words.visitor.gone.heading)
    await sees(counsellor, counsellor.words.desk.gone)
    for (const person of [visitor, counsellor]) await assertNothingHeld(person, texts)

    const other = await house.visitor({ language, service })
    await startChat(other)
    await button(visitor, visitor.words.page.receipt.again).click()
    await startChat(visitor, 1)
    await seesPlace(other, 2)
    await accept(counsellor)
    await meet(visitor, counsellor)
    await tell(visitor, counsellor, "Her er jeg igjen")
  })
})
