/**
 * The ports that a server only sweeps, with nothing in them.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { ConsentStore } from "@fortrolig/core/ports/ConsentStore"
import { elsewhere } from "@fortrolig/core/ports/Forgotten"
import { HeldTraces } from "@fortrolig/core/ports/HeldTraces"
import { Tightening } from "@fortrolig/core/ports/Tightening"
import { TriageStore } from "@fortrolig/core/ports/TriageStore"

/** Answers, notes and held traces: there are none, and what is said is not kept. */
export const quietPorts: Context.Context<ConsentStore | HeldTraces | Tightening | TriageStore> = Context.make(
  ConsentStore,
  ConsentStore.of({
    load: () => Effect.succeed(Option.none()),
    save: () => Effect.void,
    findByReceipt: () => Effect.succeed([]),
    forget: () => Effect.succeed({ consents: elsewhere, receipts: elsewhere })
  })
).pipe(
  Context.add(
    TriageStore,
    TriageStore.of({
      write: () => Effect.void,
      find: () => Effect.succeed(Option.none()),
      due: () => Effect.succeed([]),
      sever: () => Effect.succeed({ severed: 0, lost: 0 }),
      forget: () => Effect.succeed(elsewhere)
    })
  ),
  Context.add(Tightening, Tightening.of({ tighten: () => Effect.succeed({ destroyed: 0, shortened: 0 }) })),
  Context.add(
    HeldTraces,
    HeldTraces.of({
      find: () => Effect.succeed(Option.none()),
      keep: () => Effect.void,
      giveBack: () => Effect.void,
      destroy: () => Effect.void,
      forget: () => Effect.succeed(0),
      count: Effect.succeed(0)
    })
  )
)
