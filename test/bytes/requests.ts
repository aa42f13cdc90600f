/**
 * Requests as no page of ours would send them: byte by byte, through a recorded connection.
 */
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { connect } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import type { Recorder } from "./recorder.ts"

/** Opens a chat of a service without a browser; answers its token and its ticket. */
export const openSession = async ({ origin }: Recorder, service: string): Promise<{ readonly resume: string; readonly ticket: string }> => {
  const resume = randomBytes(32).toString("base64url")
  const answer = await fetch(`${origin}/api/${service}/sessions`, { method: "POST", headers: { "content-type": "application/json", origin }, body: JSON.stringify({ resume }) })
  if (answer.status !== 201) throw new Error(`The chat was not opened: ${answer.status}`)
  const { ticket } = (await answer.json()) as { readonly ticket: string }
  return { resume, ticket }
}

/** Leaves a chat at once. */
export const leaveSession = async ({ origin }: Recorder, service: string, resume: string): Promise<void> => {
  const { status } = await fetch(`${origin}/api/${service}/sessions/leave`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ resume })
  })
  if (status !== 204) throw new Error(`The chat was not left: ${status}`)
}

/** A request of any shape. */
export interface Raw {
  readonly line: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const bytesOf = ({ origin }: Recorder, { body = "", headers = {}, line }: Raw): string => {
  const all = { host: new URL(origin).host, ...(body === "" ? {} : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }), ...headers }
  return `${line}\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`
}

/** Sends a request and hangs up when something was answered; answers the status, or 0 when the server closed without one. */
export const sendRaw = async (recorder: Recorder, raw: Raw): Promise<number> => {
  const socket = connect(Number(new URL(recorder.origin).port), "127.0.0.1")
  socket.write(bytesOf(recorder, raw))
  const answered = await Promise.race([once(socket, "data").then(([chunk]) => String(chunk)), once(socket, "close").then(() => ""), sleep(5000, "", { ref: false })])
  socket.destroy()
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answered)?.[1] ?? 0)
}

/** A frame of a WebSocket from a client, masked with zeros, so that it travels as it is. */
const frame = (opcode: number, payload: Buffer): Buffer => Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload])

/** Opens the chat's socket with a ticket and sends a payload (under 126 bytes) as a text and as bytes; answers when the server has hung up or said nothing more for a while. */
export const sendFrames = async (recorder: Recorder, ticket: string, payload: string): Promise<void> => {
  const socket = connect(Number(new URL(recorder.origin).port), "127.0.0.1")
  socket.on("error", () => socket.destroy())
  socket.write(
    bytesOf(recorder, {
      line: "GET /ws HTTP/1.1",
      headers: {
        origin: recorder.origin,
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
        "sec-websocket-protocol": `fortrolig.v1, ticket.${ticket}`
      }
    })
  )
  const [answer] = (await once(socket, "data")) as [Buffer]
  if (!answer.toString("latin1").startsWith("HTTP/1.1 101")) throw new Error("The socket was not opened.")
  for (const opcode of [1, 2]) socket.write(frame(opcode, Buffer.from(payload)))
  await Promise.race([once(socket, "close"), sleep(1000)])
  socket.destroy()
}
