/**
 * The live connections of this server: who is connected to which session, with what half key and which token. All of it in memory only.
 */
import { performance } from "node:perf_hooks"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { whoIs } from "@fortrolig/core/app/staff"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import type { ServiceName, SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Policy } from "@fortrolig/core/policy/policy"
import { Bus, type News } from "@fortrolig/core/ports/Bus"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { Policies } from "@fortrolig/core/ports/Policies"
import type { Randomness } from "@fortrolig/core/ports/Randomness"
import type { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import type { RedactedItems, ToParty } from "@fortrolig/core/wire/socket"
import { makeControl } from "./control.ts"
import { DeskEnd, type Desks, makeDesks } from "./desk.ts"
import { Holdings } from "./holdings.ts"
import { keptMessage, makeKeeper } from "./keeper.ts"
import { End, Link } from "./link.ts"
import { deliver } from "./news.ts"
import { CloseCode, type PartySocket } from "./partySocket.ts"
import { relay, type RelayNotes } from "./relay.ts"
import { Resumes } from "./resumes.ts"
import { type Admission, makeTickets, type Tickets } from "./tickets.ts"

/** What a counsellor's browser needs to enter a chat. */
export interface Joining {
  readonly half: string
  readonly redactions: RedactedItems
  readonly next: number
}

/** The connections of one server. */
export class Hub extends Context.Service<
  Hub,
  {
    readonly tickets: Tickets
    readonly desks: Desks
    readonly resumes: Resumes
    /** Starts keeping the connections of a session that was just opened. */
    readonly begin: (policy: Policy, ref: SessionRef, openedAt: Instant, resume: string) => Link
    /** A live session, or nothing. */
    readonly find: (ref: SessionRef) => Link | undefined
    /** What the counsellor who holds a session needs to enter it; nothing for anybody else. */
    readonly join: (ref: SessionRef, staff: StaffId) => Joining | undefined
    /** Gives a fresh socket to whom its ticket named; false when that session is over. */
    readonly attach: (socket: PartySocket, admission: Admission) => boolean
    readonly detach: (socket: PartySocket) => void
    /** One message of a socket, as `ws` hands it over. */
    readonly hear: (socket: PartySocket, data: Buffer, isBinary: boolean) => void
    /** What a second brings: late first connections, ended sessions whose sockets must close, changed opening hours. */
    readonly tick: Effect.Effect<void>
    /** Tells everybody who is connected. */
    readonly tellAll: (message: ToParty) => void
  }
>()("@fortrolig/http/socket/Hub") {
  static readonly layer = Layer.effect(
    Hub,
    Effect.gen(function*() {
      const switchboard = yield* Switchboard
      const policies = yield* Policies
      const clock = yield* TrustedClock
      const keeper = makeKeeper(yield* ContentStore)
      const links = new Map<SessionRef, Link>()
      const closing = new Set<Link>()
      const tickets = makeTickets()
      const resumes = new Resumes()
      const holdings = new Holdings()
      let now = (yield* clock.read).now

      let ticks = 0
      const staff = yield* Effect.context<Randomness | StaffStore | TrustedClock>()
      /** Whether a sign-in still holds; a store that cannot say signs nobody out. */
      const lasts = (token: string): Effect.Effect<boolean> =>
        whoIs(token).pipe(
          Effect.as(true),
          Effect.catchTags({ NotSignedIn: () => Effect.succeed(false), StoreUnavailable: () => Effect.succeed(true) }),
          Effect.provideContext(staff)
        )

      const control = makeControl(switchboard, keeper, () => now)
      const notes: RelayNotes = {
        wrote: (end) => switchboard.wrote(end.link.ref),
        keep: (end, n, frame) => keeper.keep(end.link, keptMessage(end.party, n, now, frame))
      }

      /** Tells those who wait their place, when it is not what they were told last. */
      const tellQueue = (service: ServiceName): void => {
        const available = desks.available(service)
        switchboard.queue(service).forEach(({ ref }, index) => {
          const visitor = links.get(ref)?.visitor
          if (visitor?.socket === undefined) return
          const told = `${index + 1} ${available}`
          if (visitor.told === told) return
          visitor.told = told
          visitor.tell({ _tag: "Queue", place: index + 1, available })
        })
      }

      // Many changes in short order are told once; the value is whether desks must hear of them too.
      const changed = new Map<ServiceName, boolean>()
      const tellChanges = (): void => {
        const services = [...changed]
        changed.clear()
        for (const [service, toDesks] of services) {
          if (toDesks) desks.changed(service)
          tellQueue(service)
        }
      }
      const changes = (service: ServiceName, toDesks = true): void => {
        if (changed.size === 0) setTimeout(tellChanges, changesWithin)
        changed.set(service, toDesks || changed.get(service) === true)
      }
      const desks: Desks = makeDesks(switchboard, policies, (ref) => links.get(ref)?.service, (staff) => holdings.of(staff), changes)

      const onNews = (news: News): void => {
        const link = links.get(news.ref)
        if (link !== undefined) {
          const before = link.staff
          deliver(link, news)
          holdings.move(link.ref, before, news.state._tag === "Ended" ? undefined : link.staff)
        }
        if (link !== undefined && news.state._tag === "Ended") {
          links.delete(news.ref)
          resumes.forget(link)
          keeper.drop(link)
          closing.add(link)
        }
        if (news.events.some(({ _tag }) => _tag !== "WasActive" && _tag !== "Redacted")) changes(news.service)
      }
      const stop = yield* (yield* Bus).subscribe(onNews)
      yield* Effect.addFinalizer(() => Effect.sync(stop))

      /** Tells the session that an end came or went; what it has to say of a session that is over is of no interest. */
      const presence = (end: End, here: boolean): void => {
        end.away = !here
        const { ref } = end.link
        void Effect.runPromiseExit(switchboard.command(ref, { _tag: here ? "Back" : "Away", party: end.party }))
      }

      /** An end that was to connect for the first time and has not: it is away from now on. */
      const awaited = (end: End, tickedAt: number): void => {
        if (tickedAt < end.connectBy) return
        end.connectBy = 0
        presence(end, false)
        if (end.link.staff !== undefined) end.peer.tell({ _tag: "Peer", here: false })
      }

      const attachEnd = (socket: PartySocket, end: End): void => {
        const { link, peer, socket: old } = end
        if (old !== undefined) {
          old.end = undefined
          old.close(CloseCode.replaced, "Opened in another tab.")
        }
        end.socket = socket
        end.connectBy = 0
        end.refused = 0
        end.told = ""
        socket.end = end
        if (end.away) presence(end, true)
        if (link.staff === undefined) return changes(link.service, false)
        if (end.party === "visitor") end.tell({ _tag: "Joined" })
        end.tell({ _tag: "Peer", here: peer.socket !== undefined })
        peer.tell({ _tag: "Peer", here: true })
        if (end.party === "counsellor") for (const [id, items] of link.unconfirmed) end.tell({ _tag: "Redact", id, items })
      }

      return Hub.of({
        tickets,
        desks,
        resumes,
        begin: (policy, ref, openedAt, resume) => {
          const link = new Link(policy, ref, openedAt, resume)
          links.set(ref, link)
          resumes.add(link)
          changes(policy.service)
          return link
        },
        find: (ref) => links.get(ref),
        join: (ref, staff) => {
          const link = links.get(ref)
          if (link === undefined || link.staff !== staff) return undefined
          return { half: link.counsellor.half, redactions: redactionsOf(link), next: link.counsellor.highest + 1 }
        },
        attach: (socket, admission) => {
          if (admission._tag === "Desk") {
            desks.attach(socket, admission)
            return true
          }
          const link = links.get(admission.ref)
          if (link === undefined) return false
          if (admission._tag === "Counsellor" && link.staff !== admission.staff) return false
          attachEnd(socket, admission._tag === "Visitor" ? link.visitor : link.counsellor)
          return true
        },
        detach: (socket) => {
          const end = socket.end
          socket.end = undefined
          if (end instanceof DeskEnd) return desks.detach(end)
          if (!(end instanceof End) || end.socket !== socket) return
          end.socket = undefined
          if (end.link.closeBy !== 0) return
          if (end.link.staff !== undefined) end.peer.tell({ _tag: "Peer", here: false })
          presence(end, false)
        },
        hear: (socket, data, isBinary) => {
          const end = socket.end
          if (end instanceof End) return isBinary ? relay(notes, end, data) : control.hear(end, data.toString("utf8"))
          if (end instanceof DeskEnd) return desks.hear(end, isBinary ? "" : data.toString("utf8"))
        },
        tick: Effect.gen(function*() {
          now = (yield* clock.read).now
          const tickedAt = performance.now()
          tickets.sweep(tickedAt)
          for (const link of links.values()) {
            if (link.visitor.connectBy !== 0) awaited(link.visitor, tickedAt)
            if (link.counsellor.connectBy !== 0) awaited(link.counsellor, tickedAt)
          }
          for (const link of closing) {
            const ends = [link.visitor, link.counsellor].filter(({ socket }) => socket !== undefined)
            if (tickedAt < link.closeBy && ends.some(({ wiped }) => !wiped)) continue
            closing.delete(link)
            for (const { socket } of ends) socket?.close(CloseCode.over, "The chat is over.")
          }
          ticks += 1
          if (ticks % hoursCheck === 0) desks.tick()
          if (ticks % signInCheck === 0) yield* desks.expire(lasts)
        }),
        tellAll: (message) => {
          for (const link of links.values()) {
            link.visitor.tell(message)
            link.counsellor.tell(message)
          }
        }
      })
    })
  )
}

/** Ticks between two looks at whether a service has opened or closed. */
const hoursCheck = 5
/** Ticks between two looks at whether those at a desk are still signed in. */
const signInCheck = 10
/** How long changes of the queue and the desks are gathered before they are told, in milliseconds. */
const changesWithin = 20

/** What has been redacted of a session so far. */
export const redactionsOf = (link: Link): RedactedItems =>
  link.redactions.list({ visitor: link.visitor.highest, counsellor: link.counsellor.highest })

