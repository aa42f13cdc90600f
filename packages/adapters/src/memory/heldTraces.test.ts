import * as Effect from "effect/Effect"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import { dueAt, service } from "../contracts/fixtures.contract.ts"
import { heldTracesContract } from "../contracts/heldTraces.contract.ts"
import type { TraceRow } from "../custody/holding.ts"
import { traceContext } from "../custody/traceSeal.ts"
import { vaultMemory } from "../keys/vaultMemory.ts"
import { heldTracesMemory } from "./heldTraces.ts"

heldTracesContract(
  "held traces in memory",
  Effect.sync(() => {
    const vault = vaultMemory()
    const traces = new Map<SessionRef, Omit<TraceRow, "ref">>()
    return {
      held: heldTracesMemory(traces, new Map(), vault),
      vault,
      put: (ref) =>
        Effect.map(vault.sealUntil("accessTrace", dueAt, Buffer.from("synthetic"), traceContext(ref)), (sealed) => {
          traces.set(ref, { ...sealed, service, deleteAt: dueAt })
        }),
      inBucket: Effect.sync(() => [...traces.keys()])
    }
  })
)
