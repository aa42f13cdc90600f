/**
 * What people do in a chat and see of it, by the words and roles that they meet on the page.
 */
import type { Locator } from "playwright-core"
import { assert } from "vitest"
import { fill } from "@fortrolig/core/notice/fill"
import type { Person, Visitor } from "./house.ts"

/** Waits until a person can read a text; a text with a hole is read up to it. */
export const sees = (person: Person, text: string): Promise<void> => person.page.getByText(text).filter({ visible: true }).first().waitFor()

/** Waits until a person can read a text nowhere any more. */
export const seesNoMore = async (person: Person, text: string): Promise<void> => {
  const shown = person.page.getByText(text).filter({ visible: true })
  await shown.first().waitFor({ state: "hidden" })
  assert.strictEqual(await shown.count(), 0)
}

/** The button of that name which a person can press. */
export const button = ({ page }: Person, name: string): Locator => page.getByRole("button", { name, exact: true })

/** The box to write in. */
export const box = ({ page, words }: Person): Locator => page.getByRole("textbox", { name: words.page.chat.box })

/** One message, by what it says. */
export const message = ({ page, words }: Person, text: string): Locator =>
  page.getByRole("log", { name: words.page.chat.log }).getByRole("listitem").filter({ hasText: text })

/** Presses Start and waits for a place in the queue. */
export const startChat = async (visitor: Visitor, place = 1): Promise<void> => {
  await button(visitor, visitor.words.page.welcome.start).click()
  await seesPlace(visitor, place)
}

/** Waits until the page tells this place in the queue. */
export const seesPlace = (visitor: Visitor, place: number): Promise<void> => sees(visitor, fill(visitor.words.visitor.queuePlace, { place }))

/** Accepts the visitor who waits first. */
export const accept = (counsellor: Person): Promise<void> => button(counsellor, counsellor.words.desk.accept).first().click()

/** Waits until both may write. */
export const meet = async (visitor: Visitor, counsellor: Person): Promise<void> => {
  await sees(visitor, visitor.words.visitor.counsellorHere)
  await sees(counsellor, counsellor.words.desk.visitorHere)
}

/** A visitor starts, and the counsellor accepts. */
export const startTogether = async (visitor: Visitor, counsellor: Person): Promise<void> => {
  await startChat(visitor)
  await accept(counsellor)
  await meet(visitor, counsellor)
}

/** Writes a message and sends it with Enter. */
export const write = async (person: Person, text: string): Promise<void> => {
  await box(person).fill(text)
  await box(person).press("Enter")
}

/** Waits until a person's own message is marked as delivered. */
export const seesDelivered = (person: Person, text: string): Promise<void> =>
  message(person, text).getByText(person.words.visitor.list.delivered, { exact: true }).waitFor()

/** Writes a message, and both see it. */
export const tell = async (from: Person, to: Person, text: string): Promise<void> => {
  await write(from, text)
  await message(to, text).waitFor()
  await seesDelivered(from, text)
}

/** Answers the question that the page asks. */
export const answer = (person: Person, yes: string): Promise<void> => person.page.getByRole("dialog").getByRole("button", { name: yes, exact: true }).click()

/** The visitor deletes one message. */
export const deleteOne = async (visitor: Visitor, text: string): Promise<void> => {
  await message(visitor, text).getByRole("button", { name: visitor.words.visitor.list.deleteOne }).click()
  await answer(visitor, visitor.words.page.ask.deleteOne.yes)
}

/** Ends the chat, and says yes to the question. */
export const endChat = async (person: Person): Promise<void> => {
  await button(person, person.words.page.chat.end).click()
  await answer(person, person.words.page.ask.end.yes)
}

/** Everything that a page holds: its document with what stands in boxes, and the storage of its tab and its site. */
export const heldBy = ({ page }: Person): Promise<{ readonly document: string; readonly storage: ReadonlyArray<string> }> =>
  page.evaluate(() => ({
    document: document.documentElement.outerHTML + [...document.querySelectorAll("textarea, input")].map((element) => (element as HTMLInputElement).value).join("\n"),
    storage: [...Object.keys(sessionStorage), ...Object.keys(localStorage)]
  }))

/** That nothing of a chat is left in a person's page and tab. */
export const assertNothingHeld = async (person: Person, texts: ReadonlyArray<string>): Promise<void> => {
  const { document, storage } = await heldBy(person)
  for (const text of texts) assert.notInclude(document, text)
  assert.deepStrictEqual(storage, [])
}
