import { assert, describe, it } from "vitest"
import { noticeLines } from "@fortrolig/core/notice/notice"
import { accept, assertNothingHeld, box, button, endChat, meet, sees, seesNoMore, seesPlace, startChat, tell } from "./acts.ts"
import { openHouse, policies } from "./house.ts"

const house = openHouse()
const hour = 3_600_000

/** The last instant at which something may exist, as the receipt writes it: the promise, less at most one bucket of five minutes. */
const writtenDeadline = (language: "nb" | "en", from: number, hours: number): RegExp => {
  const bucket = 5 * 60_000
  const at = new Date(Math.floor((from + hours * hour) / bucket) * bucket)
  const parts = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", { timeZone: "Europe/Oslo", ...options }).format(at)
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Oslo", hour: "2-digit", minute: "2-digit" }).format(at)
  return new RegExp(`${parts({ weekday: "long" })},? .*${parts({ day: "numeric" }).replace(".", "")}\\.? ${parts({ month: "long" })}.*${clock.replace(":", "[.:]")}`)
}

describe.each([
  { service: "detfinneshjelp", language: "nb", kept: undefined },
  { service: "ifengsel", language: "en", kept: 72 }
] as const)("$service in $language", ({ kept, language, service }) => {
  it("a chat, from the first page to the receipt", async () => {
    const policy = policies[service]
    const visitor = await house.visitor({ service, language })
    const { page, words } = visitor

    // Before anything is asked: what is stored and until when, and nothing personal to fill in.
    const notice = page.getByRole("region", { name: words.page.welcome.noticeHeading }).getByRole("listitem")
    assert.deepStrictEqual(await notice.allInnerTexts(), [...noticeLines(policy, language)])
    for (const role of ["textbox", "combobox", "checkbox", "radio", "spinbutton"] as const) assert.strictEqual(await page.getByRole(role).count(), 0)
    assert.strictEqual(await page.getByRole("link", { name: /^11[236]/ }).count(), 4)
    assert.deepStrictEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie]), [0, 0, ""])

    const before = Date.now()
    await startChat(visitor)
    const after = Date.now()
    await sees(visitor, words.visitor.queueNobody)
    const second = await house.visitor({ service, language })
    await startChat(second, 2)

    const link = await house.invitation(service)
    const counsellor = await house.guest(link, { service, language })
    await button(counsellor, counsellor.words.staff.signIn.button).click()
    await sees(counsellor, counsellor.words.desk.queueCount.replace("{count}", "2"))
    const late = await house.guest(link, { service, language })
    await button(late, late.words.staff.signIn.button).click()
    await sees(late, late.words.desk.linkUsed)
    await sees(visitor, words.visitor.queueAvailable)

    await accept(counsellor)
    await meet(visitor, counsellor)
    await seesPlace(second, 1)
    await sees(second, words.visitor.queueNobody)

    const texts = ["Bringebær under gjerdet", "Lyttende kaffekopp", "Grønn sykkel i regn"] as const
    await tell(visitor, counsellor, texts[0])
    await tell(counsellor, visitor, texts[1])
    await box(counsellor).pressSequentially(texts[2].slice(0, 5))
    await sees(visitor, words.page.chat.typing)
    await box(counsellor).press("Enter")
    await seesNoMore(visitor, words.page.chat.typing)
    await box(visitor).pressSequentially("Hm")
    await sees(counsellor, words.page.chat.typing)
    await box(visitor).fill("")
    await seesNoMore(counsellor, words.page.chat.typing)
    await tell(counsellor, visitor, texts[2])

    const endedAfter = Date.now()
    await endChat(visitor)
    await sees(visitor, words.visitor.ended.visitorEnded)
    const endedBefore = Date.now()
    await sees(counsellor, counsellor.words.desk.ended.visitorEnded)
    await sees(visitor, words.visitor.peerWiped)
    for (const person of [visitor, counsellor]) await assertNothingHeld(person, texts)
    assert.deepStrictEqual(await page.context().cookies(), [])

    // The receipt: what is gone now, and what goes when, to the deadline of the policy.
    for (const line of Object.values(words.visitor.receipt.gone)) await sees(visitor, line)
    const promised = async (words: string, from: readonly [number, number], hours: number) => {
      const text = await page.getByRole("listitem").filter({ hasText: words.split("{date}")[0] ?? "" }).innerText()
      assert.isTrue(from.some((instant) => writtenDeadline(language, instant, hours).test(text)), `${text} is not ${String(writtenDeadline(language, from[0], hours))}`)
    }
    const { later } = words.visitor.receipt
    await promised(later.accessTrace, [before, after], policy.accessTrace.hoursAfterOpening)
    await promised(later.endedSession, [endedAfter, endedBefore], 24)
    if (kept === undefined) await seesNoMore(visitor, later.content.split("{date}")[0] ?? "")
    else await promised(later.content, [endedAfter, endedBefore], kept)
    assert.strictEqual(await page.getByRole("link", { name: /^11[236]/ }).count(), 4)
  })
})
