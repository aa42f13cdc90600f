/**
 * The reference server, composed: forget first, then serve.
 */
import { performance } from "node:perf_hooks"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import { recover } from "@fortrolig/core/app/recover"
import { sweep } from "@fortrolig/core/app/sweep"
import { Switchboard } from "@fortrolig/core/app/Switchboard"
import { tighten } from "@fortrolig/core/app/tighten"
import { after, type Instant, minutes } from "@fortrolig/core/kernel/instant"
import { noticeVersion } from "@fortrolig/core/notice/notice"
import { AccessRegister, type CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import type { Bus } from "@fortrolig/core/ports/Bus"
import type { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import type { ContentStore } from "@fortrolig/core/ports/ContentStore"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import type { ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault } from "@fortrolig/core/ports/KeyVault"
import type { Leads } from "@fortrolig/core/ports/Leads"
import { Policies } from "@fortrolig/core/ports/Policies"
import type { Randomness } from "@fortrolig/core/ports/Randomness"
import type { SessionStore } from "@fortrolig/core/ports/SessionStore"
import type { StaffStore } from "@fortrolig/core/ports/StaffStore"
import type { Tightening } from "@fortrolig/core/ports/Tightening"
import type { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { makeApp } from "./app.ts"
import { BadSetting, blockListOf } from "./config.ts"
import { makeEdge } from "./edge/edge.ts"
import { defaultOpenings } from "./edge/openingLimit.ts"
import { say, sayFault } from "./log.ts"
import { makeApi } from "./routes/api.ts"
import { readAssets } from "./routes/assets.ts"
import { Lobby, makeLobby } from "./routes/lobby.ts"
import type { Health } from "./routes/metrics.ts"
import { type CannotListen, close, listen, nodeServer } from "./server.ts"
import { makeHeartbeat } from "./socket/heartbeat.ts"
import { Hub } from "./socket/Hub.ts"
import { CloseCode } from "./socket/partySocket.ts"
import { listenForUpgrades, upgradeApp } from "./socket/upgrade.ts"
import { sayLost, sweeping } from "./sweeping.ts"

/** How a server is to be run. */
export interface ServeOptions {
  /** 0 means any free port. */
  readonly port: number
  readonly host: string
  /** Networks, as CIDR, whose forwarded address is believed. */
  readonly trustProxy: ReadonlyArray<string>
  /** The address that visitors see, when a proxy stands before this server. */
  readonly origin: string | undefined
  /** How many chats one address may open in five minutes; 60 when nothing is said. */
  readonly openings?: number
}

/** A server that is serving. */
export interface RunningServer {
  readonly address: string
  readonly port: number
  /** Takes no new chats, tells everybody, and answers when all chats have ended, after ten minutes at the latest. */
  readonly drain: Effect.Effect<void>
  /** Ends every chat and stops. Doing it twice changes nothing; leaving the scope does it too. */
  readonly stop: Effect.Effect<void>
}

/** The ports that a server stands on. */
export type Ports =
  | AccessRegister
  | Bus
  | ConsentStore
  | ContentStore
  | CustodyVault
  | HeldTraces
  | KeyVault
  | Leads
  | Policies
  | Randomness
  | ServiceRealm
  | SessionStore
  | StaffStore
  | Tightening
  | TriageStore
  | TrustedClock
  | VendorRealm

/** How long a server that is to stop lets its chats go on. */
export const drainTime = minutes(10)

/**
 * Serves until its scope closes. Before it listens it holds what is stored to the policies, destroys what is due and ends what a crash left behind; it does not serve on a store it cannot read.
 */
export const serve = Effect.fnUntraced(function*(
  options: ServeOptions
): Effect.fn.Return<RunningServer, BadSetting | CannotListen | StoreUnavailable, Ports | Scope.Scope> {
  const proxies = blockListOf(options.trustProxy)
  if (proxies === undefined) return yield* new BadSetting({ variable: "FORTROLIG_TRUST_PROXY", says: "must be networks such as 10.0.0.0/8" })
  const reached = yield* (yield* KeyVault).mark
  yield* tighten
  const swept = yield* Effect.tap(sweep, sayLost)
  const { ended } = yield* recover(reached)
  // What a stop cut off may have ended so long ago that it is due by now.
  if (ended.length > 0) yield* sweep

  const built = yield* Layer.build(Hub.layer.pipe(Layer.provideMerge(Switchboard.layer)))
  const ports = yield* Effect.context<Ports>()
  const services = Context.merge(ports, built).pipe(Context.add(Lobby, makeLobby(ended, noticeVersion)))
  const switchboard = Context.get(built, Switchboard)
  const hub = Context.get(built, Hub)
  const policies = Context.get(services, Policies)
  const secure = options.origin?.startsWith("https://") ?? false

  const api = makeApi(services, secure)
  yield* Effect.addFinalizer(() => Effect.promise(api.dispose))
  const health: Health = {
    ready: false,
    startedAt: performance.now(),
    sweeps: 1,
    failedSweeps: 0,
    lateness: swept.lateness,
    sockets: () => sockets.clients.size
  }
  const assets = readAssets()
  if (!assets.has("chat.js")) yield* say("scriptsMissing")
  const { read } = Context.get(services, TrustedClock)
  const now = read.pipe(Effect.map((reading) => reading.now))
  const upgrades = upgradeApp(hub, options.origin)
  const app = makeApp({
    policies: policies.all,
    edge: makeEdge(Context.get(services, AccessRegister), proxies, options.openings ?? defaultOpenings),
    api,
    upgrades,
    health,
    assets,
    pages: {
      policies: policies.all,
      assets,
      demonstration: policies.demonstration,
      admits: ({ service }) => Effect.runPromise(switchboard.admits(service)),
      now: () => Effect.runPromise(now)
    },
    origin: options.origin
  })
  const server = nodeServer(app)
  const longest = Math.max(...policies.all.map(({ limits }) => limits.messageBytes))
  const sockets = listenForUpgrades(server, upgrades, hub, longest)
  const beat = makeHeartbeat(sockets)

  let stopped = false
  const stop = Effect.gen(function*() {
    if (stopped) return
    stopped = true
    health.ready = false
    // A store that fails now is settled by the next start.
    yield* Effect.ignore(switchboard.stopAll)
    for (const socket of sockets.clients) socket.close(CloseCode.stopping, "The server stops.")
    yield* Effect.sleep("50 millis")
    for (const socket of sockets.clients) socket.terminate()
    yield* close(server)
  }).pipe(Effect.uninterruptible)
  yield* Effect.addFinalizer(() => stop)

  yield* switchboard.tick.pipe(
    Effect.andThen(hub.tick),
    Effect.andThen(Effect.sync(beat)),
    Effect.tapCause((cause) => sayFault("tickerFault", cause)),
    Effect.ignoreCause,
    Effect.repeat(Schedule.spaced("1 second")),
    Effect.forkScoped
  )
  yield* sweeping(sweep, health, () => stopped).pipe(Effect.forkScoped)

  const port = yield* listen(server, options.port, options.host)
  health.ready = true
  return {
    address: options.host,
    port,
    drain: drain(switchboard, hub, health, now),
    stop
  }
})

const drain = (switchboard: Switchboard["Service"], hub: Hub["Service"], health: Health, now: Effect.Effect<Instant>) =>
  Effect.gen(function*() {
    health.ready = false
    yield* switchboard.drain
    hub.tellAll({ _tag: "Closing", at: after(yield* now, drainTime) })
    yield* Effect.sleep("250 millis").pipe(Effect.repeat({ while: () => switchboard.size() > 0 }), Effect.timeoutOption(drainTime))
  }).pipe(Effect.asVoid)
