/**
 * The heartbeat: a socket that says nothing is dead within twelve seconds, so that the other side hears of it within fifteen (E-08).
 */
import { performance } from "node:perf_hooks"
import type { WebSocketServer } from "ws"
import { PartySocket } from "./partySocket.ts"

/** Seconds between two pings of a socket. */
export const pingEvery = 5
/** How long a socket may be silent, in milliseconds. */
export const silentFor = 12_000

/** One beat, once a second: ends sockets that are silent, and pings a fifth of the others so that the work is spread. */
export const makeHeartbeat = (sockets: WebSocketServer): (() => void) => {
  let beat = 0
  return () => {
    const now = performance.now()
    let turn = 0
    for (const socket of sockets.clients) {
      turn += 1
      if (!(socket instanceof PartySocket)) continue
      if (now - socket.heardAt > silentFor) socket.terminate()
      else if ((turn + beat) % pingEvery === 0 && socket.readyState === socket.OPEN) socket.ping()
    }
    beat += 1
  }
}
