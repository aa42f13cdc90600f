/**
 * An IP address. Only the vendor realm may import this module (DFH-10, IF-14, X-06): the lint refuses it everywhere else.
 */
import * as Schema from "effect/Schema"

/** An IPv4 or IPv6 address in text, with an IPv4-mapped IPv6 address written as IPv4. */
export const IpAddress = Schema.String.check(Schema.isPattern(/^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]+)$/i)).pipe(
  Schema.brand("IpAddress")
)
export type IpAddress = typeof IpAddress.Type

/** Reads an address as a socket reports it; throws when it is none. The scope of a link-local address is dropped. */
export const ipAddress = (text: string): IpAddress => {
  const bare = text.replace(/%.*/, "").toLowerCase()
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)
  return IpAddress.make(mapped?.[1] ?? bare)
}
