import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "vitest"
import { accept, answer, assertNothingHeld, button, meet, message, sees, seesPlace, startChat, startTogether, tell, write } from "./acts.ts"
import { openHouse, policies } from "./house.ts"
import { slowLine } from "./slowLine.ts"

// The same service with a shorter grace for a counsellor who is gone, so that a journey need not wait a minute for it.
const folder = mkdtempSync(join(tmpdir(), "fortrolig-policy-"))
const impatient = join(folder, "policy.json")
const { detfinneshjelp } = policies
writeFileSync(impatient, JSON.stringify({ ...detfinneshjelp, limits: { ...detfinneshjelp.limits, counsellorGraceSeconds: 12 } }))
const house = openHouse({ extra: { FORTROLIG_POLICY: impatient } })
afterAll(() => rmSync(folder, { recursive: true }))

describe("those who answer", () => {
  it("two accept the same visitor: one has the chat, the other reads that someone was first", async () => {
    const first = await house.counsellor()
    const link = await house.invitation("detfinneshjelp")
    const line = await slowLine(house.server.port)
    const second = await house.guest(link.replace(house.server.origin, line.origin))
    await button(second, second.words.staff.signIn.button).click()
    const visitor = await house.visitor()
    await startChat(visitor)
    await button(second, second.words.desk.accept).waitFor()
    // The second does not hear in time that the first was there before.
    line.hold()
    await accept(first)
    await meet(visitor, first)
    await accept(second)
    line.release()
    await sees(second, second.words.desk.takenByOther)
    await sees(second, second.words.staff.desk.empty)
    assert.strictEqual(await second.page.getByRole("log").count(), 0)
    await tell(visitor, first, "Hei på deg")
    await tell(first, visitor, "Hei, fint at du er her")
    await line.close()
  })

  it("one leaves a visitor to others, who keeps the place; the other accepts", async () => {
    const visitor = await house.visitor()
    await startChat(visitor)
    const first = await house.counsellor()
    const second = await house.counsellor()
    await button(first, first.words.desk.decline).click()
    await sees(first, first.words.desk.declined)
    assert.isTrue(await button(first, first.words.desk.accept).isEnabled())
    await seesPlace(visitor, 1)
    assert.isFalse(await second.page.getByText(second.words.desk.declined).isVisible())
    await accept(second)
    await meet(visitor, second)
    await sees(first, first.words.staff.desk.empty)
  })

  it("one gives a visitor back: who is told, goes first, and is answered by another who reads nothing of before", async () => {
    const visitor = await house.visitor()
    const first = await house.counsellor()
    await startTogether(visitor, first)
    const before = "Sagt til den første"
    await tell(visitor, first, before)
    const waiting = await house.visitor()
    await startChat(waiting, 1)
    await button(first, first.words.staff.chat.giveBack).click()
    await answer(first, first.words.staff.ask.giveBack.yes)
    await sees(first, first.words.desk.returned)
    await sees(visitor, visitor.words.visitor.requeued.returned)
    await seesPlace(waiting, 2)
    await assertNothingHeld(first, [before])
    const second = await house.counsellor()
    await sees(second, second.words.desk.front)
    await accept(second)
    await meet(visitor, second)
    await tell(second, visitor, "Nå er jeg her")
    await tell(visitor, second, "Fint")
    await message(visitor, before).waitFor()
    assert.notInclude(await second.page.content(), before)
    await seesPlace(waiting, 1)
  })

  it("one closes the page: the visitor is told within fifteen seconds, waits first in the queue after a while, and is told when nobody is free", async () => {
    const visitor = await house.visitor()
    const counsellor = await house.counsellor()
    await startTogether(visitor, counsellor)
    await tell(visitor, counsellor, "Er du der?")
    const closed = Date.now()
    await counsellor.page.close()
    await sees(visitor, visitor.words.visitor.counsellorAway)
    assert.isBelow(Date.now() - closed, 15_000)
    await sees(visitor, visitor.words.visitor.requeued.counsellorGone)
    await sees(visitor, visitor.words.visitor.queueNobody)
    const another = await house.counsellor()
    await accept(another)
    await meet(visitor, another)
    await tell(another, visitor, "Jeg er her nå")
  })

  it("one's network goes silent: the visitor is told within fifteen seconds", async () => {
    const line = await slowLine(house.server.port)
    const visitor = await house.visitor()
    const link = await house.invitation("detfinneshjelp")
    const counsellor = await house.guest(link.replace(house.server.origin, line.origin))
    await button(counsellor, counsellor.words.staff.signIn.button).click()
    await startTogether(visitor, counsellor)
    const silent = Date.now()
    line.hold()
    await write(visitor, "Hører du meg?")
    await sees(visitor, visitor.words.visitor.counsellorAway)
    assert.isBelow(Date.now() - silent, 15_000)
    await message(visitor, "Hører du meg?").getByText(visitor.words.visitor.list.sending).waitFor()
    await line.close()
  })

  it("one signs out: the visitor goes first in the queue and is told, and the desk is empty", async () => {
    const visitor = await house.visitor()
    const counsellor = await house.counsellor()
    await startTogether(visitor, counsellor)
    await tell(visitor, counsellor, "Takk for sist")
    await button(counsellor, counsellor.words.staff.desk.signOut).click()
    await answer(counsellor, counsellor.words.staff.ask.signOut.yes)
    await sees(counsellor, counsellor.words.desk.signedOut)
    await assertNothingHeld(counsellor, ["Takk for sist"])
    await sees(visitor, visitor.words.visitor.requeued.returned)
    await sees(visitor, visitor.words.visitor.queueNobody)
    await counsellor.page.reload()
    await sees(counsellor, counsellor.words.staff.signIn.needLink)
    assert.strictEqual(await button(counsellor, counsellor.words.desk.accept).count(), 0)
  })
})
