/**
 * The edge: the only place of the server that reads an address. It hands the address to the vendor realm and tells the service realm nothing of it.
 */
import { performance } from "node:perf_hooks"
import type { BlockList } from "node:net"
import * as Effect from "effect/Effect"
import type { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { Caller } from "../caller.ts"
import { addressOf, type Incoming } from "./address.ts"
import { openingLimit } from "./openingLimit.ts"


/** What the edge answers the rest of the server. */
export interface Edge {
  /** Whether the caller may open one more chat now; counts the attempt. */
  readonly admits: (incoming: Incoming) => boolean
  /** The caller as the service realm may know it. */
  readonly callerOf: (incoming: Incoming) => Caller["Service"]
}

/** An edge that believes the forwarded address of `proxies` and lets one address open `openings` chats in a window. */
export const makeEdge = (register: AccessRegister["Service"], proxies: BlockList, openings: number): Edge => {
  const limit = openingLimit(openings)
  return {
    admits: (incoming) => {
      const address = addressOf(incoming, proxies)
      return address !== undefined && limit(address, performance.now())
    },
    callerOf: (incoming) => {
      const address = addressOf(incoming, proxies)
      return Caller.of({
        register: (opening) =>
          address === undefined
            ? Effect.fail(new StoreUnavailable({ operation: "register the opening" }))
            : register.register({ ...opening, ip: address })
      })
    }
  }
}
