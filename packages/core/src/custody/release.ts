/**
 * The permission to open one record, and what may leave with it: the address and the time of one opening, to the police alone (DFH-10, DFH-34).
 */
import type { SessionRef } from "../kernel/identity.ts"
import { floorTo, type Instant, seconds } from "../kernel/instant.ts"
import type { IpAddress } from "./ipAddress.ts"
import type { CustodyState } from "./messages.ts"

/** Permission to open the record of one session until `openBefore`. Only a released request gives one, and it carries no address. */
export class Release {
  readonly trace: SessionRef
  readonly openBefore: Instant
  private constructor(trace: SessionRef, openBefore: Instant) {
    this.trace = trace
    this.openBefore = openBefore
  }
  /** The permission of a released request at `latest`, the later of the two clocks; nothing in every other state, and nothing when its time is over. */
  static of(state: CustodyState, latest: Instant): Release | undefined {
    return state._tag === "Released" && latest < state.openBefore ? new Release(state.trace, state.openBefore) : undefined
  }
}

/** All that is ever handed over. */
export interface HandedOver {
  readonly ip: IpAddress
  /** In whole seconds of UTC. */
  readonly openedAt: Instant
}

/** Takes out of an opened record the two fields that may leave; nothing when the record is of another session or the permission's time is over. */
export const handOver = (
  release: Release,
  record: { readonly sessionRef: SessionRef; readonly ip: IpAddress; readonly openedAt: Instant },
  latest: Instant
): HandedOver | undefined =>
  record.sessionRef === release.trace && latest < release.openBefore ? { ip: record.ip, openedAt: floorTo(record.openedAt, seconds(1)) } : undefined
