/**
 * A WebSocket that comes back by itself: a fresh ticket for every attempt, pauses from half a second to thirty, and an end after two minutes without a server.
 */

/** How long a browser keeps a session without hearing from a server, in milliseconds; then it wipes. */
export const withoutServer = 120_000
/** A socket that lived this long was a success; the pauses start over. */
const settled = 5_000

/** What a connection needs and tells. */
export interface ConnectionOptions {
  /** A ticket for the next attempt, or `undefined` to stop for good. Rejects when the server cannot be reached. */
  readonly ticket: () => Promise<string | undefined>
  readonly opened: () => void
  readonly text: (text: string) => void
  readonly binary: (bytes: ArrayBuffer) => void
  /** The socket is gone and the next attempt is under way. Also told before the first. */
  readonly lost: () => void
  /** The server closed the socket with this code; `true` stops the connection for good. */
  readonly refused?: (code: number) => boolean
  /** Two minutes have passed without a server; no more attempts. */
  readonly unreachable: () => void
}

/** A live connection. */
export interface Connection {
  /** Sends if the socket is open; says whether it was. */
  readonly send: (data: string | Uint8Array<ArrayBuffer>) => boolean
  readonly close: () => void
}

/** The pause before attempt `n` (from 0), in milliseconds: doubled each time, at most thirty seconds, of which a random half is waited. */
export const pause = (n: number, random: number): number => Math.min(30_000, 500 * 2 ** Math.min(n, 10)) * (0.5 + random / 2)

/** Connects, and reconnects until it is closed. */
export const connect = (options: ConnectionOptions): Connection => {
  let socket: WebSocket | undefined
  let attempt = 0
  let closed = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let patience: ReturnType<typeof setTimeout> | undefined

  const close = () => {
    closed = true
    clearTimeout(retry)
    clearTimeout(patience)
    removeEventListener("online", hurry)
    removeEventListener("offline", drop)
    socket?.close(1000)
    socket = undefined
  }
  const later = () => {
    if (closed) return
    patience ??= setTimeout(() => {
      close()
      options.unreachable()
    }, withoutServer)
    clearTimeout(retry)
    retry = setTimeout(() => void attach(), pause(attempt, Math.random()))
    attempt += 1
  }
  const attach = async () => {
    let ticket: string | undefined
    try {
      ticket = await options.ticket()
    } catch {
      return later()
    }
    if (closed) return
    if (ticket === undefined) return close()
    const mine = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`, ["fortrolig.v1", `ticket.${ticket}`])
    mine.binaryType = "arraybuffer"
    socket = mine
    let openedAt = 0
    mine.onopen = () => {
      openedAt = Date.now()
      clearTimeout(patience)
      patience = undefined
      options.opened()
    }
    mine.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (socket !== mine) return
      if (typeof data === "string") options.text(data)
      else options.binary(data)
    }
    mine.onclose = ({ code }) => {
      if (socket !== mine) return
      socket = undefined
      if (options.refused?.(code) === true) return close()
      if (openedAt > 0 && Date.now() - openedAt > settled) attempt = 0
      options.lost()
      later()
    }
  }
  /** A network that came back is tried at once. */
  const hurry = () => {
    if (socket !== undefined || retry === undefined) return
    attempt = 0
    clearTimeout(retry)
    void attach()
  }
  /** A phone that lost its network would learn it from the socket minutes later. */
  const drop = () => socket?.close()

  addEventListener("online", hurry)
  addEventListener("offline", drop)
  options.lost()
  void attach()
  return {
    send: (data) => {
      if (socket?.readyState !== WebSocket.OPEN) return false
      socket.send(data)
      return true
    },
    close
  }
}
