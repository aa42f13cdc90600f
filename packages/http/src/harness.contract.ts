/**
 * A whole server over ports in memory, with real sockets, for tests: what goes to the vendor realm is caught, the clock can be moved, the stores can fail.
 */
import { createECDH, createHash, randomBytes } from "node:crypto"
import { type Agent, request as httpRequest } from "node:http"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import { invite } from "@fortrolig/core/app/staff"
import { ServiceName, type SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { keepsContent, type Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { AccessRegister, type AccessTrace, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { Bus, type News } from "@fortrolig/core/ports/Bus"
import { ContentStore, type Kept } from "@fortrolig/core/ports/ContentStore"
import { KeyGone, StoreUnavailable } from "@fortrolig/core/ports/errors"
import { elsewhere } from "@fortrolig/core/ports/Forgotten"
import { type Realm, ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault, type Vault } from "@fortrolig/core/ports/KeyVault"
import { Leads } from "@fortrolig/core/ports/Leads"
import { Policies } from "@fortrolig/core/ports/Policies"
import { Randomness } from "@fortrolig/core/ports/Randomness"
import { SessionStore, type StoredSession } from "@fortrolig/core/ports/SessionStore"
import { type SignedIn, StaffStore } from "@fortrolig/core/ports/StaffStore"
import { TrustedClock } from "@fortrolig/core/ports/TrustedClock"
import { type Ports, type RunningServer, serve, type ServeOptions } from "./main.ts"
import { quietPorts } from "./quietPorts.contract.ts"

/** What a test sees and steers of a server's ports. */
export interface World {
  /** What reached the vendor realm. */
  readonly traces: Array<AccessTrace>
  /** What was kept of conversations, by session. */
  readonly kept: Map<SessionRef, Array<Kept>>
  readonly sessions: Map<SessionRef, StoredSession>
  readonly ended: Set<SessionRef>
  /** Who is signed in, by the hash of the token. */
  readonly signIns: Map<string, SignedIn>
  /** How far the clock was moved, in milliseconds. */
  ahead: number
  /** How long the vendor realm takes to take an opening down, in milliseconds. */
  registering: number
  failing: { register: boolean; content: boolean; sessions: boolean }
}

/** The public key of every lead in these worlds. */
export const leadKey = createECDH("prime256v1").generateKeys("base64url")

const hash = (secret: string) => createHash("sha256").update(secret).digest("hex")

/** Ports in memory, and the world behind them. */
export const memoryPorts = (policies: ReadonlyArray<Policy>, demonstration: boolean): { world: World; ports: Context.Context<Ports> } => {
  const world: World = {
    traces: [],
    kept: new Map(),
    sessions: new Map(),
    ended: new Set(),
    signIns: new Map(),
    ahead: 0,
    registering: 0,
    failing: { register: false, content: false, sessions: false }
  }
  const guarded = <A>(part: keyof World["failing"], work: () => A): Effect.Effect<A, StoreUnavailable> =>
    Effect.suspend(() => (world.failing[part] ? Effect.fail(new StoreUnavailable({ operation: part })) : Effect.sync(work)))
  const invitations = new Map<string, ServiceName>()
  const { signIns } = world
  const listeners = new Set<(news: News) => void>()
  const nothing = Effect.succeed(0)
  const forgotten = Effect.succeed(elsewhere)
  const vault: Vault = {
    begin: () => Effect.void,
    seal: () => Effect.fail(new KeyGone()),
    open: () => Effect.fail(new KeyGone()),
    wrap: () => Effect.fail(new KeyGone()),
    end: () => Effect.void,
    sealUntil: () => Effect.fail(new StoreUnavailable({ operation: "seal" })),
    openUntil: () => Effect.fail(new KeyGone()),
    hold: () => Effect.fail(new KeyGone()),
    openHeld: () => Effect.fail(new KeyGone()),
    noteOf: () => Effect.fail(new KeyGone()),
    giveBack: () => Effect.fail(new KeyGone()),
    release: () => Effect.void,
    rewrap: () => Effect.fail(new KeyGone()),
    destroyBucket: () => Effect.void,
    destroyDue: () => nothing,
    inventory: Effect.succeed({ live: [], buckets: [], holds: [] }),
    mark: Effect.succeed(Instant.make(0)),
    raiseMark: () => Effect.void,
    correctMark: () => Effect.void,
    tag: () => Effect.fail(new KeyGone())
  }
  const realm: Realm = {
    measure: () => Effect.succeed([]),
    holds: () => Effect.succeed(false),
    undeclared: Effect.succeed([]),
    prove: () => Effect.succeed({ ledger: [], overdueLeaves: 0, emptyLeaves: 0, overdueRows: 0 }),
    raise: () => Effect.void,
    correctLedger: () => Effect.void,
    prepare: () => Effect.void
  }

  const ports = Context.make(
    TrustedClock,
    TrustedClock.of({
      read: Effect.sync(() => {
        const now = Instant.make(Date.now() + world.ahead)
        return { now, latest: now, suspect: false }
      })
    })
  ).pipe(
    Context.add(Leads, Leads.of({ keyOf: (service) => (policies.some((policy) => policy.service === service && keepsContent(policy)) ? leadKey : undefined) })),
    Context.add(Policies, Policies.of({ all: policies, of: (name) => policies.find(({ service }) => service === name), demonstration })),
    Context.add(
      Randomness,
      Randomness.of({
        id: Effect.sync(() => randomBytes(16).toString("hex")),
        secret: Effect.sync(() => randomBytes(32).toString("base64url")),
        hash: (secret) => Effect.sync(() => hash(secret))
      })
    ),
    Context.add(
      SessionStore,
      SessionStore.of({
        load: (ref) => guarded("sessions", () => Option.fromUndefinedOr(world.sessions.get(ref))),
        save: (session) => guarded("sessions", () => void world.sessions.set(session.ref, { ...session, version: session.version + 1 })),
        end: (ref) =>
          guarded("sessions", () => {
            world.sessions.delete(ref)
            world.ended.add(ref)
          }),
        live: Effect.sync(() => [...world.sessions.values()].map(({ ref, state }) => ({ ref, service: state.service }))),
        forget: () => forgotten
      })
    ),
    Context.add(
      ContentStore,
      ContentStore.of({
        keep: (_permit, ref, batch) => guarded("content", () => void world.kept.set(ref, [...(world.kept.get(ref) ?? []), ...batch])),
        redact: (_permit, ref, items) =>
          guarded("content", () => {
            const gone = (piece: Kept) => items === "all" || items.some(({ by, n }) => by === piece.by && n === piece.n)
            world.kept.set(ref, (world.kept.get(ref) ?? []).filter((piece) => !gone(piece)))
          }),
        lastKeptAt: () => Effect.succeed(Option.none()),
        settle: () => guarded("content", () => undefined),
        forget: () => forgotten
      })
    ),
    Context.add(
      AccessRegister,
      AccessRegister.of({ register: (trace) => Effect.delay(guarded("register", () => void world.traces.push(trace)), world.registering), forget: () => forgotten })
    ),
    Context.add(
      Bus,
      Bus.of({
        publish: (news) => Effect.sync(() => listeners.forEach((listener) => listener(news))),
        subscribe: (listener) =>
          Effect.sync(() => {
            listeners.add(listener)
            return () => void listeners.delete(listener)
          })
      })
    ),
    Context.add(
      StaffStore,
      StaffStore.of({
        invite: ({ secret, service }) => Effect.sync(() => void invitations.set(secret, service)),
        redeem: (invitation, _at, { token, staff }) =>
          Effect.sync(() => {
            const service = invitations.get(invitation)
            if (service === undefined) return Option.none()
            invitations.delete(invitation)
            signIns.set(token, { staff, service })
            return Option.some({ staff, service })
          }),
        find: (token) => Effect.sync(() => Option.fromUndefinedOr(signIns.get(token))),
        signOut: (token) => Effect.sync(() => void signIns.delete(token)),
        forget: () => Effect.succeed({ invitations: elsewhere, signIns: elsewhere })
      })
    ),
    Context.add(KeyVault, vault),
    Context.add(CustodyVault, vault),
    Context.add(ServiceRealm, realm),
    Context.add(VendorRealm, realm),
    Context.merge(quietPorts)
  )
  return { world, ports }
}

/** A running server and how a test speaks to it. */
export interface TestServer extends RunningServer {
  readonly world: World
  readonly base: string
  /** The secret of a fresh invitation to a service. */
  readonly invitation: (service: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** Starts a server on a free port of this machine. */
export const startServer = async (
  options: Partial<ServeOptions> & { policies?: ReadonlyArray<Policy>; demonstration?: boolean; before?: (world: World) => void } = {}
): Promise<TestServer> => {
  const { policies = [detfinneshjelp, ifengsel], demonstration = true, before, ...rest } = options
  const { world, ports } = memoryPorts(policies, demonstration)
  before?.(world)
  const scope = Effect.runSync(Scope.make())
  const running = await Effect.runPromise(
    serve({ port: 0, host: "127.0.0.1", trustProxy: [], origin: undefined, ...rest }).pipe(Effect.provideContext(Context.add(ports, Scope.Scope, scope)))
  )
  return {
    ...running,
    world,
    base: `http://127.0.0.1:${running.port}`,
    invitation: (service) => Effect.runPromise(invite(ServiceName.make(service)).pipe(Effect.provideContext(ports))),
    close: () => Effect.runPromise(Scope.close(scope, Exit.void))
  }
}

/** One raw answer. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly text: string
}

/** A request, over a connection of its own unless an agent is given, from any local address and with any headers, as no browser would let one. */
export const ask = (
  server: Pick<TestServer, "port">,
  method: string,
  path: string,
  options: { body?: string | Uint8Array; headers?: Record<string, string>; from?: string; agent?: Agent } = {}
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { agent = false, body, from, headers = {} } = options
    const type = body === undefined || headers["content-type"] !== undefined ? {} : { "content-type": "application/json" }
    const sent = httpRequest(
      {
        host: "127.0.0.1",
        port: server.port,
        method,
        path,
        agent,
        headers: { ...type, ...(body === undefined || headers["transfer-encoding"] !== undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }), ...headers },
        ...(from === undefined ? {} : { localAddress: from })
      },
      (response) => {
        const chunks: Array<Buffer> = []
        response.on("data", (chunk: Buffer) => chunks.push(chunk))
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString("utf8") }))
        response.on("error", reject)
      }
    )
    sent.on("error", reject)
    sent.end(body)
  })
