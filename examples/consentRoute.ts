/**
 * The consent to a triage note behind two routes of a Hono app: ask, answer, and take it back with the receipt alone.
 * The app owns the clock, the randomness and the store; the rules are the core's.
 */
import { createHash, randomBytes } from "node:crypto"
import { consentMachine } from "@fortrolig/core/consent/machine"
import { type ConsentCommand, type ConsentState, ReceiptHash } from "@fortrolig/core/consent/messages"
import { triageConsent } from "@fortrolig/core/consent/terms"
import { Instant } from "@fortrolig/core/kernel/instant"
import { step } from "@fortrolig/core/kernel/machine"
import { noticeVersion } from "@fortrolig/core/notice/notice"
import { detfinneshjelp as policy } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { Hono } from "hono"

const terms = triageConsent(policy)
if (terms === undefined) throw new Error("this service writes no note")
const machine = consentMachine(terms)
const notice = { version: noticeVersion(policy), language: "nb" } as const

/** One consent for each chat, by a random name. A real service keeps it in a store that forgets. */
const consents = new Map<string, ConsentState>()
const hash = (secret: string) => ReceiptHash.make(createHash("sha256").update(secret).digest("hex"))
const now = () => Instant.make(Date.now())

/** One command; the sentence to show when it was refused. */
const tell = (chat: string, command: ConsentCommand) => {
  const { refusal, state } = step(machine, consents.get(chat) ?? machine.initial, command)
  consents.set(chat, state)
  return refusal
}

const app = new Hono()
  .post("/:chat/ask", (c) => {
    const chat = c.req.param("chat")
    const fact = { notice, chatActive: true, statedAge: null }
    const refusal = tell(chat, { _tag: "ShowNotice", at: now(), openedAt: now(), ...fact }) ?? tell(chat, { _tag: "Ask", at: now(), ...fact })
    return refusal === undefined ? c.json({ asked: true }) : c.json(refusal, 409)
  })
  .post("/:chat/yes", (c) => {
    const receipt = randomBytes(32).toString("base64url")
    const refusal = tell(c.req.param("chat"), { _tag: "Grant", at: now(), by: "visitor", question: 1, notice, purposes: ["quality"], receiptHash: hash(receipt) })
    return refusal === undefined ? c.json({ receipt }) : c.json(refusal, 409)
  })
  .post("/withdraw", async (c) => {
    const { receipt } = await c.req.json<{ receipt: string }>()
    const found = [...consents.keys()].some((chat) => tell(chat, { _tag: "Withdraw", at: now(), receiptHash: hash(receipt) }) === undefined)
    return found ? c.json({ withdrawn: true }) : c.json({ withdrawn: false }, 404)
  })

const post = (path: string, body = "{}") => app.request(path, { method: "POST", body })

await post("/chat/ask")
const answer = await post("/chat/yes")
const { receipt } = await answer.json()
const first = await post("/withdraw", JSON.stringify({ receipt }))
const again = await post("/withdraw", JSON.stringify({ receipt }))
console.log(`yes: ${answer.status}, taken back: ${first.status}, taken back again: ${again.status}`)
