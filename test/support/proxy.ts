/**
 * A plain TCP proxy in front of a local server that connects from an address of its own, so that each test visitor has one.
 */
import { createServer, connect, type Socket } from "node:net"
import type { AddressInfo } from "node:net"

/** A running proxy. */
export interface Proxy {
  readonly port: number
  /** Cuts every connection at once and refuses new ones until `mend`, as when a network goes away. */
  readonly cut: () => void
  readonly mend: () => void
  /** Takes every byte and passes none on, in both directions, without closing anything, as a network that drops packets: until `mend` for new connections, for ever for those that are there. */
  readonly hush: () => void
  readonly close: () => Promise<void>
}

/** Listens on a free port of 127.0.0.1 and passes every connection on to `port` there, from the loopback address `from`, such as 127.8.3.7. */
export const proxyFrom = async (from: string, port: number): Promise<Proxy> => {
  const open = new Set<Socket>()
  const pairs = new Set<readonly [Socket, Socket]>()
  let severed = false
  let silent = false
  const dropAll = () => {
    for (const socket of open) socket.destroy()
    open.clear()
  }
  const server = createServer((near) => {
    if (severed) {
      near.destroy()
      return
    }
    if (silent) {
      open.add(near)
      near.on("error", () => near.destroy())
      near.resume()
      return
    }
    const far = connect({ host: "127.0.0.1", port, localAddress: from })
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.setNoDelay(true)
      one.on("error", () => other.destroy())
      one.on("close", () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
      pairs.add([one, other])
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      severed = true
      dropAll()
    },
    mend: () => {
      severed = false
      silent = false
    },
    hush: () => {
      silent = true
      for (const [one, other] of pairs) one.unpipe(other).resume()
      pairs.clear()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        dropAll()
      })
  }
}
