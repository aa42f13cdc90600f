/**
 * The relays that the product is measured against: `ws` with nothing around it, and bytes spliced from one TCP connection to another.
 */
import { createServer as createHttpServer } from "node:http"
import { createServer as createTcpServer, type Server, type Socket } from "node:net"
import { type RawData, WebSocket, WebSocketServer } from "ws"
import { helloBytes } from "./ways.ts"
import { tellAbout } from "./server.ts"

const protocol = "fortrolig.v1"

class PairedSocket extends WebSocket {
  peer: PairedSocket | undefined = undefined
}

/** Brings two together who name the same pair; the later one of a place takes it over. */
const meeting = <S extends { peer: S | undefined }>() => {
  const pairs = new Map<string, [S | undefined, S | undefined]>()
  return (name: string, side: 0 | 1, socket: S) => {
    const pair = pairs.get(name) ?? [undefined, undefined]
    pair[side] = socket
    pairs.set(name, pair)
    const [left, right] = pair
    if (left === undefined || right === undefined) return
    left.peer = right
    right.peer = left
  }
}

const onMessage = function(this: WebSocket, data: RawData): void {
  if (this instanceof PairedSocket && Buffer.isBuffer(data)) this.peer?.send(data)
}
const ignore = () => {}

const wsRelay = (): Server => {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 40_000, WebSocket: PairedSocket, handleProtocols: () => protocol })
  const meet = meeting<PairedSocket>()
  const server = createHttpServer()
  server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on("error", ignore)
      opened.on("message", onMessage)
      // The pair stands where the product's ticket stands, so that both requests are as long.
      const ticket = request.headers["sec-websocket-protocol"]?.split("ticket.")[1] ?? ""
      if (opened instanceof PairedSocket) meet(ticket.slice(1), ticket.startsWith("1") ? 1 : 0, opened)
    })
  })
  return server
}

const splice = (): Server => {
  type Spliced = { peer: Spliced | undefined; socket: Socket; named: boolean }
  const meet = meeting<Spliced>()
  return createTcpServer({ noDelay: true }, (socket) => {
    const self: Spliced = { peer: undefined, socket, named: false }
    socket.on("error", ignore)
    socket.on("data", (bytes: Buffer) => {
      if (self.named) return void self.peer?.socket.write(bytes)
      self.named = true
      const hello = bytes.toString("latin1", 0, helloBytes)
      meet(hello.slice(1), hello.startsWith("1") ? 1 : 0, self)
      socket.write(bytes)
    })
  })
}

const server = process.argv[2] === "tcp" ? splice() : wsRelay()
const listening = new Promise<number>((resolve) => {
  server.listen(0, "127.0.0.1", 4096, () => {
    const address = server.address()
    resolve(typeof address === "object" && address !== null ? address.port : 0)
  })
})
tellAbout(listening, () => Promise.resolve([]))
