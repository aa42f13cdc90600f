/**
 * What the two people of a chat do, with mouse and keyboard, in a browser whose profile lies on the disk.
 */
import type { Page } from "playwright-core"
import { launchPersistent, type PersistentBrowser } from "../support/browser.ts"
import type { Recorder } from "./recorder.ts"

/** One person: a browser of their own, the page they look at, and all that was sent to it. */
export interface Person {
  readonly name: string
  readonly page: Page
  readonly browser: PersistentBrowser
  readonly recorder: Recorder
}

/** Gives a person a browser whose folder stays when it is closed. `sabotage` is a script that every page of it runs first. */
export const personAt = async (name: string, recorder: Recorder, sabotage?: string): Promise<Person> => {
  const browser = await launchPersistent({ keep: true, context: { locale: "nb-NO" } })
  if (sabotage !== undefined) await browser.context.addInitScript(sabotage)
  const page = browser.context.pages()[0] ?? (await browser.context.newPage())
  return { name, page, browser, recorder }
}

const part = (name: string): string => `[data-part="${name}"]`
/** Where a person writes: a counsellor's finished chats have a box as well. */
const chatOf = ({ page }: Person) => page.locator('[data-part="chat"], .panel:not(.finished)')

/** The visitor comes to the service's page and presses Start. */
export const enter = async ({ page, recorder }: Person, service: string): Promise<void> => {
  await page.goto(`${recorder.origin}/${service}`)
  await page.locator(part("start")).click()
  await page.locator('[data-section="queue"]').waitFor()
}

/** The visitor starts once more after an end. */
export const enterAgain = async ({ page }: Person): Promise<void> => {
  await page.locator(part("again")).click()
  await page.locator(part("start")).click()
  await page.locator('[data-section="queue"]').waitFor()
}

/** The counsellor signs in with the link that the server printed. */
export const signIn = async ({ page, recorder }: Person, invitation: string): Promise<void> => {
  const link = new URL(invitation)
  await page.goto(recorder.origin + link.pathname + link.hash)
  await page.locator(part("sign-in")).click()
  await page.locator(part("desk")).waitFor()
}

/** The counsellor takes whoever waits, and both wait until the line is encrypted. */
export const accept = async (counsellor: Person, visitor: Person): Promise<void> => {
  await counsellor.page.locator(".waiting button").first().click()
  await counsellor.page.locator(".panel.ready").waitFor()
  await visitor.page.locator('[data-part="status"][data-state="good"]').waitFor()
}

/** Types into the message box, without sending. */
export const draft = async (person: Person, text: string): Promise<void> => {
  await chatOf(person).locator(part("box")).pressSequentially(text)
}

const say = async (from: Person, to: Person, text: string): Promise<void> => {
  await draft(from, text)
  await chatOf(from).locator(part("send")).click()
  await chatOf(to).locator(".bubble", { hasText: text }).waitFor()
}

/** Each says something and the other one reads it. */
export const talk = async (visitor: Person, counsellor: Person, texts: { readonly visitorSays: string; readonly counsellorSays: string }): Promise<void> => {
  await say(visitor, counsellor, texts.visitorSays)
  await say(counsellor, visitor, texts.counsellorSays)
}

/** The visitor ends the chat; answers when both pages say so. */
export const endChat = async (visitor: Person, counsellor: Person): Promise<void> => {
  await visitor.page.locator('[data-part="chat"] [data-end]').click()
  await visitor.page.locator('[data-part="ask-end"][open] button[value="yes"]').click()
  await visitor.page.locator('[data-section="receipt"]').first().waitFor()
  await counsellor.page.locator(".panel.finished").waitFor()
}

/** All that a page holds and could show or store: its document, what stands in its fields, and its storages, by name. */
export const pageOf = async ({ name, page }: Person): Promise<Readonly<Record<string, string>>> => {
  const { document: markup, fields, stored } = await page.evaluate(() => ({
    document: document.documentElement.outerHTML,
    fields: [...document.querySelectorAll("textarea, input")].map((field) => ("value" in field ? String(field.value) : "")).join("\n"),
    stored: [sessionStorage, localStorage].flatMap((storage) => Object.entries(storage).map(([key, value]) => `${key} = ${String(value)}`)).join("\n")
  }))
  return { [`document of ${name}`]: markup, [`fields of ${name}`]: fields, [`storage of ${name}`]: stored }
}
