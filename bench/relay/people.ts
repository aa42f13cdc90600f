/**
 * Visitors and counsellors of the product, through its own API: a chat is opened, accepted at a desk, joined, and continued after a lost connection.
 */
import { randomBytes } from "node:crypto"
import * as Schema from "effect/Schema"
import { ToDesk, ToParty } from "@fortrolig/core/wire/socket"
import { End } from "./end.ts"
import { benchService, sourceAddress, upgrade } from "./ways.ts"

const decodeDesk = Schema.decodeUnknownSync(Schema.fromJsonString(ToDesk))
const decodeParty = Schema.decodeUnknownSync(Schema.fromJsonString(ToParty))
const readTicket = Schema.decodeUnknownSync(Schema.Struct({ ticket: Schema.String }))
const readOpened = Schema.decodeUnknownSync(Schema.Struct({ ref: Schema.String, ticket: Schema.String }))

const secret = () => randomBytes(32).toString("base64url")

/** One chat that was opened, and how each side gets a fresh ticket into it. */
export interface Chat {
  readonly ref: string
  /** The visitor's first ticket. */
  readonly ticket: string
  readonly resume: () => Promise<string>
  /** Works once a counsellor has accepted. */
  readonly join: () => Promise<string>
}

/** A chat must stay as it is while it is measured: a message that was refused would be work that was not done. */
export const watch = (end: End): End => {
  end.onLost = (why) => {
    throw new Error(`a connection was lost: ${why}`)
  }
  end.onText = (text) => {
    const said = decodeParty(text)
    if (said._tag === "Refused" || said._tag === "Ended" || said._tag === "Requeued") throw new Error(`the server said ${text}`)
  }
  return end
}

const post = async (port: number, path: string, body: unknown, cookie?: string): Promise<Response> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie === undefined ? {} : { cookie }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  if (!response.ok) throw new Error(`${path.split("/").at(-1)} answered ${response.status}`)
  return response
}

/** A counsellor at an open desk. */
export interface Counsellor {
  readonly cookie: string
  readonly accept: (ref: string) => Promise<void>
}

/** Redeems an invitation and opens the desk. */
export const counsellor = async (port: number, invitation: string): Promise<Counsellor> => {
  const redeemed = await post(port, "/api/staff/redeem", { secret: invitation })
  const cookie = redeemed.headers.get("set-cookie")?.split(";")[0] ?? ""
  const { ticket } = readTicket(await (await post(port, "/api/staff/desk", undefined, cookie)).json())
  const desk = watch(new End())
  const accepting = new Map<string, () => void>()
  desk.onText = (text) => {
    const said = decodeDesk(text)
    if (said._tag === "Refused") throw new Error(`an acceptance was refused: ${said.says}`)
    if (said._tag === "Accepted") accepting.get(said.ref)?.()
  }
  await desk.enter(upgrade(port, sourceAddress(0), ticket))
  return {
    cookie,
    accept: (ref) =>
      new Promise((resolve) => {
        accepting.set(ref, resolve)
        desk.tell(JSON.stringify({ _tag: "Accept", ref }))
      })
  }
}

/** Opens one chat for a visitor; `cookie` is of the counsellor who will accept it. */
export const openChat = async (port: number, { cookie }: Counsellor): Promise<Chat> => {
  let resume = secret()
  const { ref, ticket } = readOpened(await (await post(port, `/api/${benchService}/sessions`, { resume })).json())
  return {
    ref,
    ticket,
    resume: async () => {
      const next = secret()
      const answer = await post(port, `/api/${benchService}/sessions/resume`, { resume, next })
      resume = next
      return readTicket(await answer.json()).ticket
    },
    join: async () => readTicket(await (await post(port, `/api/staff/sessions/${ref}/join`, undefined, cookie)).json()).ticket
  }
}
