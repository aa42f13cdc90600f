/**
 * The caller's address: the socket's own, or the one that a trusted proxy forwarded.
 */
import { type BlockList, isIP } from "node:net"
import { type IpAddress, ipAddress } from "@fortrolig/core/custody/ipAddress"

/** What the edge reads of a request. */
export interface Incoming {
  readonly socket: { readonly remoteAddress?: string | undefined }
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
}

const trusts = (proxies: BlockList, address: IpAddress): boolean => proxies.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")

/**
 * The address that opened the connection. When the peer is a trusted proxy, the right-most forwarded address that is not itself trusted:
 * what stands further left was written by the caller and proves nothing. `undefined` when the connection is already gone.
 */
export const addressOf = (incoming: Incoming, proxies: BlockList): IpAddress | undefined => {
  const peer = read(incoming.socket.remoteAddress)
  if (peer === undefined || !trusts(proxies, peer)) return peer
  const header = incoming.headers["x-forwarded-for"]
  const hops = (typeof header === "string" ? header : (header ?? []).join(",")).split(",").reverse()
  let nearest = peer
  for (const hop of hops) {
    const address = read(hop.trim())
    // A hop that is no address was not written by our proxy; what a trusted one said last is the best that is known.
    if (address === undefined) return nearest
    nearest = address
    if (!trusts(proxies, address)) return address
  }
  return nearest
}

const read = (text: string | undefined): IpAddress | undefined => {
  const bare = text?.replace(/^\[|\]$/g, "").replace(/%.*$/, "")
  return bare === undefined || isIP(bare) === 0 ? undefined : ipAddress(bare)
}
