/**
 * Every page and state that people see, one after the other, for those who look at them: by eye, by axe, and by measuring.
 */
import { accept, answer, button, box, deleteOne, endChat, meet, message, sees, startChat, tell, write } from "./acts.ts"
import type { House, Person, Service, Visitor } from "./house.ts"

/** A way to look at a screen, called with its name when nothing moves there any more. */
export type Look = (name: string, person: Person) => Promise<void>

/** A visitor's telephone or computer, and the counsellor's. */
interface Sizes {
  readonly width: number
  readonly height: number
}

const path = async ({ page }: Person, to: string): Promise<void> => void (await page.goto(new URL(to, page.url()).href))

/** Waits until what slides or fades in is there, and the list has scrolled to where it goes. */
const settled = ({ page }: Person): Promise<void> =>
  page.evaluate(async () => {
    const passing = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(passing.map((animation) => animation.finished.catch(() => undefined)))
    const log = document.querySelector('[role="log"]')
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    for (let still = 0, at = log?.scrollTop; still < 12; still = log?.scrollTop === at ? still + 1 : 0, at = log?.scrollTop) await frame()
  })

/** Leads people through the whole product at one width, and looks at everything on the way. */
export const tour = async (house: House, service: Service, language: "nb" | "en", viewport: Sizes, see: Look): Promise<void> => {
  const look: Look = async (name, person) => {
    await settled(person)
    await see(name, person)
  }
  const coming = { service, language, context: { viewport } }
  const visitor = await house.visitor(coming)
  const { words } = visitor
  for (const [name, to] of [["services", "/"], ["privacy", `/${service}/privacy`], ["notFound", "/nothing-here"]] as const) {
    await path(visitor, to)
    await look(name, visitor)
  }
  await path(visitor, `/${service}`)
  await look("landing", visitor)
  await startChat(visitor)
  await sees(visitor, words.visitor.queueNobody)
  await look("queueNobody", visitor)

  const link = await house.invitation(service)
  const counsellor = await house.guest(link, coming)
  await button(counsellor, counsellor.words.staff.signIn.button).waitFor()
  await look("signIn", counsellor)
  await button(counsellor, counsellor.words.staff.signIn.button).click()
  await button(counsellor, counsellor.words.desk.accept).waitFor()
  await look("deskWaiting", counsellor)
  const late = await house.guest(link, coming)
  await button(late, late.words.staff.signIn.button).click()
  await sees(late, late.words.desk.linkUsed)
  await look("linkUsed", late)
  await sees(visitor, words.visitor.queueAvailable)
  await look("queue", visitor)

  await accept(counsellor)
  await meet(visitor, counsellor)
  await look("chatEmpty", visitor)
  await talk(visitor, counsellor, language)
  const first = conversation[language][0]?.[1] ?? ""
  await look("chat", visitor)
  await look("deskChat", counsellor)
  await box(counsellor).pressSequentially("…")
  await sees(visitor, words.page.chat.typing)
  await look("chatTyping", visitor)
  await box(counsellor).fill("")
  await message(visitor, first).getByRole("button", { name: words.visitor.list.deleteOne }).click()
  await look("askDeleteOne", visitor)
  await answer(visitor, words.page.ask.deleteOne.no)
  await button(visitor, words.page.chat.deleteAll).click()
  await look("askDeleteAll", visitor)
  await answer(visitor, words.page.ask.deleteAll.no)
  await write(visitor, nobodysNumber)
  await look("askIdentity", visitor)
  await answer(visitor, words.page.ask.identity.no)
  await box(visitor).fill("a".repeat(2_010))
  await look("chatTooLong", visitor)
  await box(visitor).fill("")
  await button(counsellor, counsellor.words.staff.chat.giveBack).click()
  await look("askGiveBack", counsellor)
  await answer(counsellor, counsellor.words.staff.ask.giveBack.no)
  visitor.network.cut()
  await sees(visitor, words.visitor.reconnecting)
  await sees(counsellor, counsellor.words.desk.visitorAway)
  await write(visitor, first)
  await look("chatReconnecting", visitor)
  await look("deskVisitorAway", counsellor)
  visitor.network.mend()
  await meet(visitor, counsellor)

  await button(visitor, words.page.chat.end).click()
  await look("askEnd", visitor)
  await answer(visitor, words.page.ask.end.no)
  await endChat(visitor)
  await sees(visitor, words.visitor.peerWiped)
  await look("receipt", visitor)
  await sees(counsellor, counsellor.words.desk.ended.visitorEnded)
  await look("deskEnded", counsellor)
  await button(counsellor, counsellor.words.staff.chat.close).click()
  await look("deskEmpty", counsellor)
}

type Said = ReadonlyArray<readonly ["visitor" | "counsellor", string]>

/** What is said in pictures: made up, and about nobody. */
const conversation: { readonly nb: Said; readonly en: Said } = {
  nb: [
    ["visitor", "Hei. Jeg vet ikke helt hvordan jeg skal begynne."],
    ["counsellor", "Hei, fint at du skrev. Du kan begynne hvor du vil, og vi har god tid."],
    ["visitor", "Det er noe jeg ikke har sagt til noen før."],
    ["counsellor", "Takk for at du sier det her. Vil du fortelle litt om hva som gjør det vanskelig?"],
    ["visitor", "Jeg er redd for hva folk skal tenke."]
  ],
  en: [
    ["visitor", "Hi. I am not sure how to begin."],
    ["counsellor", "Hi, good that you wrote. Begin wherever you like, we have time."],
    ["visitor", "Dad is away and nobody talks about it."],
    ["counsellor", "That sounds heavy to carry alone. Would you like to tell me a little more?"],
    ["visitor", "At school I just say that he travels a lot."]
  ]
}

/** A made-up identity number: its check digits are right, and no month is the eighty-first. */
const nobodysNumber = "01819000049"

/** Two people talk; on the way the visitor deletes one thing. */
export const talk = async (visitor: Visitor, counsellor: Person, language: "nb" | "en"): Promise<void> => {
  const said = conversation[language]
  const say = async (part: Said) => {
    for (const [by, text] of part) await (by === "visitor" ? tell(visitor, counsellor, text) : tell(counsellor, visitor, text))
  }
  await say(said.slice(0, -1))
  await deleteOne(visitor, said[2]?.[1] ?? "")
  await sees(visitor, visitor.words.visitor.list.deletedBoth)
  await sees(counsellor, counsellor.words.desk.list.deletedBoth)
  await say(said.slice(-1))
}
