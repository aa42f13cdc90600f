/**
 * How many chats one address may open in a while. Kept in memory under a keyed hash whose key is replaced every window, so that nothing outlives ten minutes (E-06).
 */
import { createHmac, randomBytes } from "node:crypto"
import { isIP } from "node:net"
import type { IpAddress } from "@fortrolig/core/custody/ipAddress"

/** The length of a window, in milliseconds; an address is forgotten after at most this long. */
export const limitWindow = 5 * 60_000
/** Openings of one address within a window when nothing else is said: generous, because a school or a prison may share one address. */
export const defaultOpenings = 60

/** A limit on openings; `now` is monotonic, in milliseconds. Answers whether one more is within the limit, and counts it. */
export const openingLimit = (most: number): ((address: IpAddress, now: number) => boolean) => {
  let key = randomBytes(32)
  let opened = new Map<string, number>()
  let since = Number.NEGATIVE_INFINITY
  return (address, now) => {
    if (now - since >= limitWindow || opened.size >= 100_000) {
      key = randomBytes(32)
      opened = new Map()
      since = now
    }
    const bucket = createHmac("sha256", key).update(network(address)).digest("base64url")
    const count = (opened.get(bucket) ?? 0) + 1
    opened.set(bucket, count)
    return count <= most
  }
}

/** One household has a whole /64 of IPv6, so that is what counts as one address. */
const network = (address: IpAddress): string => {
  if (isIP(address) !== 6) return address
  const [head = "", tail = ""] = address.split("::")
  const left = head === "" ? [] : head.split(":")
  const right = tail === "" ? [] : tail.split(":")
  const zeros = address.includes("::") ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0") : []
  return [...left, ...zeros, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(":")
}
