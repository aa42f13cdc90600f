/**
 * A line to a local server on which the answers can be held up, as on a slow network; what is asked passes at once.
 */
import { connect, createServer, type AddressInfo, type Socket } from "node:net"

/** A running line. */
export interface SlowLine {
  readonly origin: string
  /** Keeps back whatever the server says from now on. */
  readonly hold: () => void
  /** Lets it all through. */
  readonly release: () => void
  readonly close: () => Promise<void>
}

/** A line on a free port of 127.0.0.1 to `port` there. */
export const slowLine = async (port: number): Promise<SlowLine> => {
  const open = new Set<Socket>()
  let held = false
  let kept: Array<() => void> = []
  const server = createServer((near) => {
    const far = connect({ host: "127.0.0.1", port })
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.setNoDelay(true)
      one.on("error", () => other.destroy())
      one.on("close", () => {
        open.delete(one)
        other.destroy()
      })
    }
    near.pipe(far)
    far.on("data", (bytes) => {
      if (held) kept.push(() => near.write(bytes))
      else near.write(bytes)
    })
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: () => {
      held = true
    },
    release: () => {
      held = false
      for (const pass of kept) pass()
      kept = []
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        for (const socket of open) socket.destroy()
      })
  }
}
