/**
 * The counsellors' desks: who waits, whom one holds, and the two things one may do about it.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Queued, Switchboard } from "@fortrolig/core/app/Switchboard"
import type { ServiceName, SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import type { Policies } from "@fortrolig/core/ports/Policies"
import { sessionRules } from "@fortrolig/core/session/rules"
import { FromDesk, type ToDesk } from "@fortrolig/core/wire/socket"
import { parsed } from "./parsed.ts"
import { CloseCode, type PartySocket } from "./partySocket.ts"
import type { Admission } from "./tickets.ts"

type DeskAdmission = Extract<Admission, { readonly _tag: "Desk" }>

/** One counsellor's desk. */
export class DeskEnd {
  readonly staff: StaffId
  readonly service: ServiceName
  readonly socket: PartySocket
  /** The sign-in that this desk was opened with; asked about again while the desk is open. */
  readonly token: string
  readonly declined = new Set<SessionRef>()
  refused = 0
  /** The desk as it was last sent, so that nothing is sent twice. */
  told = ""

  constructor({ service, staff, token }: DeskAdmission, socket: PartySocket) {
    this.staff = staff
    this.service = service
    this.token = token
    this.socket = socket
  }
}

/** All desks of a server. */
export interface Desks {
  /** Opens a desk; one that the same counsellor had open elsewhere closes. */
  readonly attach: (socket: PartySocket, admission: DeskAdmission) => void
  readonly detach: (desk: DeskEnd) => void
  /** A text message from a desk. */
  readonly hear: (desk: DeskEnd, text: string) => void
  /** Something changed for a service: its desks are sent what is new. */
  readonly changed: (service: ServiceName) => void
  /** Whether some counsellor at a desk of the service could take one more chat. */
  readonly available: (service: ServiceName) => boolean
  /** Closes the desk of someone who signed out. */
  readonly signOut: (staff: StaffId) => void
  /** Closes the desks whose sign-in is over; `lasts` answers whether one is not. */
  readonly expire: (lasts: (token: string) => Effect.Effect<boolean>) => Effect.Effect<void>
  /** Sends each desk what the passing of time has changed, such as opening hours. */
  readonly tick: () => void
}

interface View {
  readonly open: boolean
  readonly queue: ReadonlyArray<Queued>
}

const decode = Schema.decodeUnknownOption(FromDesk)
const mostRefused = 40

/** The desks of a server. `served` answers the service of a live session and `holding` the chats of a counsellor; `onAvailability` hears that counsellors came or went. */
export const makeDesks = (
  switchboard: Switchboard["Service"],
  policies: Policies["Service"],
  served: (ref: SessionRef) => ServiceName | undefined,
  holding: (staff: StaffId) => ReadonlySet<SessionRef>,
  onAvailability: (service: ServiceName) => void
): Desks => {
  const desks = new Map<StaffId, DeskEnd>()

  /** What all desks of a service show alike. */
  const viewOf = async (service: ServiceName): Promise<View> => {
    const open = await Effect.runPromise(switchboard.admits(service))
    // A visitor is shown once the opening is registered, never before.
    return { open, queue: switchboard.queue(service).filter(({ ref }) => served(ref) !== undefined) }
  }

  const show = (desk: DeskEnd, { open, queue }: View): void => {
    if (desk.declined.size > 0) {
      const refs = new Set(queue.map(({ ref }) => ref))
      for (const ref of desk.declined) if (!refs.has(ref)) desk.declined.delete(ref)
    }
    const message: ToDesk = {
      _tag: "Desk",
      service: desk.service,
      open,
      capacity: policies.of(desk.service)?.capacity ?? 0,
      holding: [...holding(desk.staff)],
      queue: queue.map(({ ref, state }) => ({ ref, queuedAt: state.queuedAt, front: state.front, declined: desk.declined.has(ref) }))
    }
    const text = JSON.stringify(message)
    if (text === desk.told || desks.get(desk.staff) !== desk) return
    desk.told = text
    desk.socket.send(text)
  }

  const changed = async (service: ServiceName): Promise<void> => {
    const mine = [...desks.values()].filter((desk) => desk.service === service)
    if (mine.length === 0) return
    const view = await viewOf(service)
    for (const desk of mine) show(desk, view)
  }
  const refresh = async (desk: DeskEnd): Promise<void> => show(desk, await viewOf(desk.service))

  const refuse = (desk: DeskEnd, ref: SessionRef, rule: string, says: string) => {
    const message: ToDesk = { _tag: "Refused", ref, rule, says }
    desk.socket.send(JSON.stringify(message))
    void refresh(desk)
  }

  const accept = async (desk: DeskEnd, ref: SessionRef): Promise<void> => {
    const rule = sessionRules.oneCounsellor.id
    if (served(ref) !== desk.service) return refuse(desk, ref, rule, gone)
    const done = await Effect.runPromiseExit(switchboard.command(ref, { _tag: "Accept", counsellor: desk.staff }))
    if (Exit.isSuccess(done)) return desk.socket.send(JSON.stringify({ _tag: "Accepted", ref } satisfies ToDesk))
    const error = Option.getOrUndefined(Exit.findErrorOption(done))
    if (error?._tag === "Refused") return refuse(desk, ref, error.rule, error.says)
    return refuse(desk, ref, rule, error?._tag === "UnknownSession" ? gone : "This does not work right now. Please try again.")
  }

  return {
    attach: (socket, admission) => {
      const { service, staff } = admission
      const old = desks.get(staff)
      const desk = new DeskEnd(admission, socket)
      if (old !== undefined) {
        for (const ref of old.declined) desk.declined.add(ref)
        old.socket.end = undefined
        old.socket.close(CloseCode.replaced, "Opened in another tab.")
      }
      desks.set(staff, desk)
      socket.end = desk
      void refresh(desk)
      onAvailability(service)
    },
    detach: (desk) => {
      if (desks.get(desk.staff) !== desk) return
      desks.delete(desk.staff)
      onAvailability(desk.service)
    },
    hear: (desk, text) => {
      const message = Option.flatMap(parsed(text), decode)
      if (Option.isNone(message)) {
        desk.refused += 1
        // A desk has nothing to say that could be dropped in silence; a broken client is closed after a while.
        if (desk.refused > mostRefused) desk.socket.close(CloseCode.refused, "Too much that could not be understood.")
        return
      }
      const { _tag, ref } = message.value
      if (_tag === "Accept") return void accept(desk, ref)
      if (served(ref) !== desk.service) return
      desk.declined.add(ref)
      void refresh(desk)
    },
    changed: (service) => void changed(service),
    available: (service) => {
      const capacity = policies.of(service)?.capacity ?? 0
      for (const desk of desks.values()) {
        if (desk.service === service && holding(desk.staff).size < capacity) return true
      }
      return false
    },
    signOut: (staff) => {
      desks.get(staff)?.socket.close(CloseCode.signedOut, "Signed out.")
    },
    expire: (lasts) =>
      Effect.forEach([...desks.values()], ({ socket, token }) =>
        Effect.map(lasts(token), (still) => (still ? undefined : socket.close(CloseCode.signedOut, "Signed out."))), { discard: true }),
    tick: () => {
      for (const { service } of policies.all) void changed(service)
    }
  }
}

const gone = "This chat is over, or another counsellor has it."
