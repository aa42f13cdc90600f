/**
 * A visitor and a counsellor for tests: they speak the wire as a browser would, without its encryption.
 */
import { randomBytes } from "node:crypto"
import { WebSocket } from "ws"
import { type Answer, ask, type TestServer } from "./harness.contract.ts"

/** 256 random bits, as a browser makes them. */
export const secret = (): string => randomBytes(32).toString("base64url")

/** A socket that remembers what it heard. */
export interface Line {
  readonly socket: WebSocket
  readonly heard: Array<Record<string, unknown>>
  readonly frames: Array<Buffer>
  /** Resolves with the next message of a tag that was not waited for before. */
  readonly next: (tag: string) => Promise<Record<string, unknown>>
  /** Resolves with the next frame that was not waited for before. */
  readonly frame: () => Promise<Buffer>
  readonly say: (message: object) => void
  readonly closed: Promise<number>
}

const within = <A>(promise: Promise<A>, what: string): Promise<A> =>
  Promise.race([promise, new Promise<A>((_, reject) => setTimeout(() => reject(new Error(`waited in vain for ${what}`)), 5_000).unref())])

/** Opens a socket with a ticket. Rejects with the status when the server refuses. */
export const dial = (server: Pick<TestServer, "port">, ticket: string, headers: Record<string, string> = {}): Promise<Line> =>
  new Promise((resolve, reject) => {
    const origin = `http://127.0.0.1:${server.port}`
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, ["fortrolig.v1", `ticket.${ticket}`], { headers: { origin, ...headers } })
    const heard: Array<Record<string, unknown>> = []
    const frames: Array<Buffer> = []
    const waiting: Array<() => void> = []
    const taken = new Set<object>()
    const poll = <A extends object>(find: () => A | undefined, what: string): Promise<A> =>
      within(
        new Promise<A>((done) => {
          const look = () => {
            const found = find()
            if (found === undefined) return void waiting.push(look)
            taken.add(found)
            done(found)
          }
          look()
        }),
        what
      )
    const wake = () => waiting.splice(0).forEach((look) => look())
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) frames.push(data)
      else heard.push(JSON.parse(data.toString()))
      wake()
    })
    const line: Line = {
      socket,
      heard,
      frames,
      next: (tag) => poll(() => heard.find((message) => message["_tag"] === tag && !taken.has(message)), tag),
      frame: () => poll(() => frames.find((frame) => !taken.has(frame)), "a frame"),
      say: (message) => socket.send(JSON.stringify(message)),
      closed: new Promise((done) => socket.on("close", (code) => done(code)))
    }
    socket.on("open", () => resolve(line))
    socket.on("unexpected-response", (_request, response) => reject(new Error(String(response.statusCode))))
    socket.on("error", reject)
  })

/** A binary frame: kind, number, then for a message its epoch and bytes. */
export const frame = (kind: number, n: number, rest: Uint8Array = new Uint8Array()): Buffer => {
  const bytes = Buffer.alloc(5 + rest.length)
  bytes[0] = kind
  bytes.writeUInt32BE(n, 1)
  bytes.set(rest, 5)
  return bytes
}

/** The same for a message with some text in the place of the ciphertext. */
export const message = (n: number, text: string): Buffer => frame(1, n, Buffer.concat([Buffer.from([1]), Buffer.from(text)]))

/** What opening a session answers. */
export interface Opened {
  readonly ref: string
  readonly ticket: string
  readonly half: string
  readonly noticeVersion: string
}

/** Presses Start, without connecting. */
export const open = async (server: TestServer, service: string, resume = secret(), from?: string): Promise<Opened> => {
  const answer = await ask(server, "POST", `/api/${service}/sessions`, { body: JSON.stringify({ resume }), ...(from === undefined ? {} : { from }) })
  if (answer.status !== 201) throw new Error(`opening answered ${answer.status}: ${answer.text}`)
  return JSON.parse(answer.text)
}

/** A counsellor who is signed in. */
export interface Counsellor {
  readonly cookie: string
  readonly desk: Line
  readonly post: (path: string) => Promise<Answer>
}

/** Redeems a fresh invitation and opens the desk. */
export const counsellorOf = async (server: TestServer, service: string): Promise<Counsellor> => {
  const redeemed = await ask(server, "POST", "/api/staff/redeem", { body: JSON.stringify({ secret: await server.invitation(service) }) })
  const [set] = [redeemed.headers["set-cookie"] ?? []].flat()
  const cookie = String(set).split(";")[0] ?? ""
  const post = (path: string) => ask(server, "POST", path, { headers: { cookie } })
  const { ticket } = JSON.parse((await post("/api/staff/desk")).text)
  return { cookie, post, desk: await dial(server, ticket) }
}

/** A chat that a counsellor has accepted, both ends connected. */
export interface Chat {
  readonly ref: string
  readonly resume: string
  readonly opened: Opened
  readonly visitor: Line
  readonly staff: Counsellor
  readonly counsellor: Line
  readonly joined: { readonly half: string; readonly ticket: string; readonly next: number; readonly redactions: unknown }
}

/** Brings a visitor and a counsellor together. */
export const chat = async (server: TestServer, service = "detfinneshjelp", by?: Counsellor): Promise<Chat> => {
  const resume = secret()
  const staff = by ?? (await counsellorOf(server, service))
  const opened = await open(server, service, resume)
  const visitor = await dial(server, opened.ticket)
  staff.desk.say({ _tag: "Accept", ref: opened.ref })
  await staff.desk.next("Accepted")
  const joined = JSON.parse((await staff.post(`/api/staff/sessions/${opened.ref}/join`)).text)
  const counsellor = await dial(server, joined.ticket)
  await visitor.next("Joined")
  await visitor.next("Peer")
  return { ref: opened.ref, resume, opened, visitor, staff, counsellor, joined }
}
