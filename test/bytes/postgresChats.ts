/**
 * People who chat without browsers: what they send is not encrypted, so that the server itself has every word in its hands, as it never has of a browser.
 */
import { randomBytes } from "node:crypto"
import { ask } from "../../packages/http/src/harness.contract.ts"
import { dial, type Line, message, secret } from "../../packages/http/src/chat.contract.ts"
import type { TestServer } from "../support/server.ts"

/** A chat that two people are in. */
export interface Chat {
  readonly service: string
  readonly ref: string
  /** What signs the counsellor in: the value of the cookie. */
  readonly token: string
  readonly visitor: Line
  readonly counsellor: Line
}

const wait = async (until: () => boolean): Promise<void> => {
  for (const patience = Date.now() + 20_000; !until();) {
    if (Date.now() > patience) throw new Error("What was sent did not arrive.")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Opens a chat from an address, has a counsellor take it who redeems the invitation, and has both write the words. */
export const chatOn = async (server: TestServer, { from, invitation, service, words }: { readonly service: string; readonly from: string; readonly words: string; readonly invitation: string }): Promise<Chat> => {
  const at = { port: server.port }
  const redeemed = await ask(at, "POST", "/api/staff/redeem", { body: JSON.stringify({ secret: invitation }) })
  const cookie = String([redeemed.headers["set-cookie"] ?? []].flat()[0]).split(";")[0] ?? ""
  const post = async (path: string) => JSON.parse((await ask(at, "POST", path, { headers: { cookie } })).text)
  const desk = await dial(at, (await post("/api/staff/desk")).ticket)
  const opened = await ask(at, "POST", `/api/${service}/sessions`, { body: JSON.stringify({ resume: secret() }), from })
  if (opened.status !== 201) throw new Error(`The chat was not opened: ${opened.status}`)
  const { ref, ticket } = JSON.parse(opened.text) as { readonly ref: string; readonly ticket: string }
  const visitor = await dial(at, ticket)
  desk.say({ _tag: "Accept", ref })
  await desk.next("Accepted")
  const counsellor = await dial(at, (await post(`/api/staff/sessions/${ref}/join`)).ticket)
  await visitor.next("Joined")
  for (const [n, from] of [visitor, counsellor, visitor].entries()) from.socket.send(message(1 + Math.floor(n / 2), `${words} ${n}`))
  await wait(() => counsellor.frames.length >= 2 && visitor.frames.length >= 1)
  return { service, ref, token: cookie.slice(cookie.indexOf("=") + 1), visitor, counsellor }
}

/** The visitor ends the chat; answers when both are told. */
export const endChatOn = async ({ counsellor, visitor }: Chat): Promise<void> => {
  visitor.say({ _tag: "End" })
  await Promise.all([visitor.next("Ended"), counsellor.next("Ended")])
}

/** Random letters that nobody else writes. */
export const newWords = (): string => [...randomBytes(20)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")

/** 256 random bits as hexadecimal digits. */
export const newHash = (): string => randomBytes(32).toString("hex")
