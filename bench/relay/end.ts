/**
 * One end of a chat as the load plays it: a bare TCP connection with prebuilt WebSocket frames, so that the load is never what is measured.
 * The mask of its frames is zero: the server unmasks them all the same, and only the number has to be written before a frame goes out.
 */
import { connect, type Socket } from "node:net"

/** Bytes of a message frame's payload: header, counter, ciphertext and tag of a text of about a thousand bytes. */
export const messageBytes = 1024

const acknowledgementFrame = 2 + 4 + 5
const messageFrame = 4 + 4 + messageBytes
const messageAt = acknowledgementFrame + 8
/** Where, in a message's payload, the instant of its sending is noted. */
const stampAt = 6
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])
const nothing = Buffer.alloc(0)
// Read at once and never kept, so all connections may read into the same place.
const shared = Buffer.allocUnsafe(64 * 1024)

/** How a connection is asked for and how its acceptance is read: how many bytes it takes, 0 while it is not complete. Throws when it was refused. */
export interface Entrance {
  readonly port: number
  readonly from: string
  readonly hello: Buffer
  readonly accepted: (head: Buffer) => number
}

/** What is done with each message that arrives at an end. */
export type OnMessage = (end: End, n: number, sentAt: number) => void

export class End {
  peer: End = this
  /** The last number that this end gave a message of its own. */
  n = 0
  alive = false
  onMessage: OnMessage = ignore
  onText: (text: string) => void = ignore
  onLost: (why: string) => void = ignore
  #socket: Socket | undefined = undefined
  #rest: Buffer = nothing
  /** An acknowledgement and a message, next to each other: sent together, or the message alone. */
  readonly #both = Buffer.alloc(acknowledgementFrame + messageFrame)

  constructor() {
    const both = this.#both
    both.set([0x82, 0x85, 0, 0, 0, 0, 2])
    both.set([0x82, 0xfe, messageBytes >> 8, messageBytes & 0xff, 0, 0, 0, 0, 1], acknowledgementFrame)
    both[messageAt + 5] = 1
    both.fill(0x5a, messageAt + stampAt + 8)
  }

  /** Opens the connection; answers when the server has accepted it. */
  enter({ accepted, from, hello, port }: Entrance): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#rest = nothing
      const socket = connect({
        host: "127.0.0.1",
        port,
        localAddress: from,
        noDelay: true,
        onread: {
          buffer: shared,
          callback: (size, buffer) => {
            const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, size)
            if (this.alive) this.#read(bytes)
            else greet(bytes)
            return true
          }
        }
      })
      const greet = (bytes: Buffer) => {
        try {
          const head = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
          const taken = accepted(head)
          this.#rest = taken === 0 ? Buffer.from(head) : nothing
          if (taken === 0) return
          this.alive = true
          resolve()
          if (head.length > taken) this.#read(head.subarray(taken))
        } catch (error) {
          socket.destroy()
          reject(error instanceof Error ? error : new Error("refused"))
        }
      }
      this.#socket = socket
      socket.once("error", reject)
      socket.once("close", () => {
        if (this.alive) this.onLost("closed by the server")
        this.alive = false
        reject(new Error("closed before it was accepted"))
      })
      socket.write(hello)
    })
  }

  /** Goes away without a word, as a browser does whose tab is closed. */
  leave(): Promise<void> {
    this.alive = false
    const socket = this.#socket
    return new Promise((resolve) => {
      if (socket === undefined || socket.destroyed) return resolve()
      socket.once("close", () => resolve())
      socket.destroy()
    })
  }

  /** Sends the next message, after an acknowledgement of the peer's message `acknowledged` unless that is 0. */
  say(acknowledged: number, sentAt: number): void {
    this.n += 1
    // What has not gone out yet must not be written over.
    const both = this.#waiting ? Buffer.from(this.#both) : this.#both
    both.writeUInt32BE(this.n, messageAt + 1)
    both.writeDoubleBE(sentAt, messageAt + stampAt)
    if (acknowledged !== 0) both.writeUInt32BE(acknowledged, 7)
    this.#write(acknowledged === 0 ? both.subarray(acknowledgementFrame) : both)
  }

  /** Tells the peer that its message `n` has arrived. */
  acknowledge(n: number): void {
    const frame = Buffer.from(this.#both.subarray(0, acknowledgementFrame))
    frame.writeUInt32BE(n, 7)
    this.#write(frame)
  }

  /** Sends a short text, as a counsellor's desk does. */
  tell(text: string): void {
    const bytes = Buffer.from(text)
    if (bytes.length > 125) throw new Error("the load says only short things")
    this.#write(Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]))
  }

  #write(bytes: Buffer): void {
    this.#socket?.write(bytes)
    if ((this.#socket?.writableLength ?? 0) > 4 * 1024 * 1024) this.onLost("the server does not keep up")
  }

  get #waiting(): boolean {
    return (this.#socket?.writableLength ?? 0) > 0
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    while (bytes.length - at >= 2) {
      let size = (bytes[at + 1] ?? 0) & 0x7f
      let payload = at + 2
      if (size === 126) {
        if (bytes.length - at < 4) break
        size = bytes.readUInt16BE(at + 2)
        payload += 2
      } else if (size === 127) {
        if (bytes.length - at < 10) break
        size = bytes.readUInt32BE(at + 6)
        payload += 8
      }
      // Spliced frames come as the other end sent them.
      if (((bytes[at + 1] ?? 0) & 0x80) !== 0) payload += 4
      if (bytes.length < payload + size) break
      this.#frame((bytes[at] ?? 0) & 0x0f, bytes, payload, size)
      at = payload + size
    }
    this.#rest = at === bytes.length ? nothing : Buffer.from(bytes.subarray(at))
  }

  #frame(opcode: number, bytes: Buffer, at: number, size: number): void {
    if (opcode === 2) {
      if (bytes[at] === 1) this.onMessage(this, bytes.readUInt32BE(at + 1), bytes.readDoubleBE(at + stampAt))
    } else if (opcode === 1) this.onText(bytes.toString("utf8", at, at + size))
    else if (opcode === 9) this.#write(pong)
    else if (opcode === 8) this.onLost(`closed with code ${size < 2 ? 0 : bytes.readUInt16BE(at)}`)
  }
}

function ignore(): void {}
