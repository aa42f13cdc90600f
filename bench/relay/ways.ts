/**
 * How two ends come together on each server: by a name that both say, or as a visitor and a counsellor of the product do.
 */
import type { Entrance } from "./end.ts"

/** The servers that are compared: the floor, the bare relay and the product. */
export const servers = ["tcp", "ws", "product"] as const
export type ServerName = (typeof servers)[number]

/** The name of the service that the product serves in this bench. */
export const benchService = "bench"
/** Chats that one counsellor holds. */
export const capacity = 20
/** Bytes of what a spliced connection says first. */
export const helloBytes = 12

/** Connections come from many addresses of this machine, as one address has only some 28,000 ports. */
export const sourceAddress = (connection: number): string => `127.0.${(connection % 50) + 1}.${(Math.floor(connection / 50) % 4) + 1}`

const ticketBytes = 43

/** The way into a relay that brings together those who name the same pair. */
export const named = (server: "tcp" | "ws", port: number, pair: number, side: 0 | 1): Entrance => {
  const from = sourceAddress(pair * 2 + side)
  if (server === "ws") return upgrade(port, from, `${side}${String(pair).padStart(ticketBytes - 1, "0")}`)
  const hello = Buffer.from(`${side}${String(pair).padStart(helloBytes - 1, "0")}`, "latin1")
  return { port, from, hello, accepted: (head) => (head.length < helloBytes ? 0 : helloBytes) }
}

/** The way into a WebSocket by a ticket, with the headers that a browser sends. */
export const upgrade = (port: number, from: string, ticket: string): Entrance => ({
  port,
  from,
  hello: Buffer.from(
    [
      "GET /ws HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      "Connection: Upgrade",
      "Pragma: no-cache",
      "Cache-Control: no-cache",
      "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
      "Upgrade: websocket",
      `Origin: http://127.0.0.1:${port}`,
      "Sec-WebSocket-Version: 13",
      "Accept-Encoding: gzip, deflate, br",
      "Accept-Language: nb-NO,nb;q=0.9,en;q=0.8",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      `Sec-WebSocket-Protocol: fortrolig.v1, ticket.${ticket}`,
      "",
      ""
    ].join("\r\n"),
    "latin1"
  ),
  accepted: (head) => {
    const end = head.indexOf("\r\n\r\n")
    if (end < 0) return 0
    if (!head.toString("latin1", 0, 12).endsWith("101")) throw new Error(`refused: ${head.toString("latin1", 0, 40)}`)
    return end + 4
  }
})
