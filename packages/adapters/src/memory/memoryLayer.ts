/**
 * Every store in memory, for tests of what lies above the ports. Nothing touches a disk.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { AccessRegister, type AccessTrace, CustodyVault } from "@fortrolig/core/ports/AccessRegister"
import { AnonymousNotes } from "@fortrolig/core/ports/AnonymousNotes"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { ContentStore } from "@fortrolig/core/ports/ContentStore"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { KeyVault, type SealedUntil, type Vault } from "@fortrolig/core/ports/KeyVault"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { StaffStore } from "@fortrolig/core/ports/StaffStore"
import { StoreProfile } from "@fortrolig/core/ports/StoreProfile"
import { Tightening } from "@fortrolig/core/ports/Tightening"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"
import { sealTrace, type SealToCustodians, traceContext } from "../custody/traceSeal.ts"
import type { Stores } from "../stores.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { noConsentRows } from "./consentRows.ts"
import { consentStoreMemory } from "./consentStoreMemory.ts"
import { type ContentRow, contentStoreMemory } from "./contentStoreMemory.ts"
import { heldTracesMemory } from "./heldTraces.ts"
import { forgetDue, isOver, type LedgerMemory } from "./ledgerMemory.ts"
import { realmMemory } from "./realmMemory.ts"
import { type SessionRow, sessionStoreMemory } from "./sessionStoreMemory.ts"
import { type StaffRows, staffStoreMemory } from "./staffStoreMemory.ts"
import { anonymousNotesMemory, triageStoreMemory } from "./triageStoreMemory.ts"

type TraceRow = SealedUntil & Pick<AccessTrace, "service" | "deleteAt">

/** Keeps traces under the vendor's vault only: a test that needs the custodians' seal hands it in. */
const unsealed: SealToCustodians = (plain) => Promise.resolve(plain)

const accessRegisterMemory = (rows: Map<SessionRef, TraceRow>, ledger: LedgerMemory, vault: Vault): AccessRegister["Service"] => ({
  register: Effect.fnUntraced(function*(trace) {
    if (isOver(ledger, "accessTrace", trace.deleteAt)) return yield* new StoreUnavailable({ operation: "register an access trace" })
    const plain = yield* sealTrace(unsealed, trace)
    const kept = yield* vault.sealUntil("accessTrace", trace.deleteAt, plain, traceContext(trace.sessionRef))
    if (!rows.has(trace.sessionRef)) rows.set(trace.sessionRef, { ...kept, service: trace.service, deleteAt: trace.deleteAt })
  }),
  forget: (at: Instant) => Effect.sync(() => forgetDue(rows, at))
})

/** All stores in memory, fresh each time the layer is built. */
export const memoryLayer: Layer.Layer<Stores> = Layer.effectContext(
  Effect.sync(() => {
    const vault = vaultMemory()
    const custodyVault = vaultMemory()
    const sessions = new Map<SessionRef, SessionRow>()
    const contents = new Map<string, ContentRow>()
    const staff: StaffRows = { invitations: new Map(), signIns: new Map() }
    const traces = new Map<SessionRef, TraceRow>()
    const held = new Map<SessionRef, TraceRow>()
    const answers = noConsentRows()
    const ledger: LedgerMemory = new Map()
    const custodyLedger: LedgerMemory = new Map()
    const service = realmMemory(ledger, [
      ["content", () => contents.values()],
      ["liveSession", () => [...sessions.values()].filter(({ deleteAt }) => deleteAt === null)],
      ["endedSession", () => [...sessions.values()].filter(({ deleteAt }) => deleteAt !== null)],
      ["invitation", () => staff.invitations.values()],
      ["staffSession", () => staff.signIns.values()],
      ["triage", () => answers.notes.values()],
      ["consent", () => [...answers.consents.values(), ...answers.receipts.values()]],
      ["anonymousNote", () => [...answers.anonymous.values()].map(({ service: of }) => ({ service: of, deleteAt: null }))]
    ])
    return Context.make(SessionStore, sessionStoreMemory(sessions, ledger, vault)).pipe(
      Context.add(ContentStore, contentStoreMemory(contents, sessions, ledger, vault)),
      Context.add(KeyVault, vault),
      Context.add(CustodyVault, custodyVault),
      Context.add(AccessRegister, accessRegisterMemory(traces, custodyLedger, custodyVault)),
      Context.add(HeldTraces, heldTracesMemory(traces, held, custodyVault)),
      Context.add(ConsentStore, consentStoreMemory(answers, ledger, vault)),
      Context.add(TriageStore, triageStoreMemory(answers, ledger, vault)),
      Context.add(AnonymousNotes, anonymousNotesMemory(answers)),
      Context.add(StaffStore, staffStoreMemory(staff)),
      Context.add(ServiceRealm, service),
      // Nothing in memory is older than the policies that this process was started with.
      Context.add(Tightening, { tighten: () => Effect.succeed({ destroyed: 0, shortened: 0 }) }),
      // Memory keeps no copy of its own: there is nothing to judge.
      Context.add(StoreProfile, { judged: Effect.succeed([]) }),
      Context.add(VendorRealm, realmMemory(custodyLedger, [["accessTrace", () => [...traces.values(), ...held.values()]]]))
    )
  })
)
