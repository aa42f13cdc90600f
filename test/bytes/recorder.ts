/**
 * A proxy that keeps every byte that goes to its client, one recording for each connection. Bodies travel uncompressed: it spoils the header that would ask for
 * compression, byte by byte, so that what was said can be searched as it stands.
 */
import { connect, createServer, type AddressInfo } from "node:net"
import { proxyFrom } from "../support/proxy.ts"

const asking = /accept-encoding:/i

/** A running recorder. */
export interface Recorder {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string
  /** What has gone to the client so far, by connection. Throws when something was compressed, since nothing can be found in that. */
  readonly heard: () => Readonly<Record<string, Buffer>>
  readonly close: () => Promise<void>
}

/** Listens on a free port and passes everything on to the server at `port`, which sees connections from the loopback address `from`. `name` is whose traffic it is. */
export const recordFrom = async (name: string, from: string, port: number): Promise<Recorder> => {
  const proxy = await proxyFrom(from, port)
  const connections: Array<Array<Buffer>> = []
  const server = createServer((near) => {
    const far = connect(proxy.port, "127.0.0.1")
    const chunks: Array<Buffer> = []
    connections.push(chunks)
    near.on("data", (chunk) => {
      const text = chunk.toString("latin1")
      far.write(asking.test(text) ? Buffer.from(text.replace(asking, "x-encodings-no:"), "latin1") : chunk)
    })
    far.on("data", (chunk) => {
      chunks.push(chunk)
      near.write(chunk)
    })
    for (const [one, other] of [[near, far], [far, near]] as const) {
      one.setNoDelay(true)
      one.on("error", () => other.destroy())
      one.on("end", () => other.end())
      one.on("close", () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve)
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: () => {
      const recordings = connections.map((chunks, at) => [`connection ${at + 1} to ${name}`, Buffer.concat(chunks)] as const)
      const compressed = recordings.find(([, bytes]) => /\r\ncontent-encoding:/i.test(bytes.toString("latin1")))
      if (compressed !== undefined) throw new Error(`${compressed[0]} was compressed, so it cannot be searched.`)
      return Object.fromEntries(recordings)
    },
    close: async () => {
      server.close()
      await proxy.close()
    }
  }
}
