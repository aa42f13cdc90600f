/**
 * The install that a command works on: opened by one process at a time, composed in `main.ts` and known here by its ports only.
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type { StoreProfile } from "@fortrolig/core/ports/StoreProfile"
import type { Settings } from "@fortrolig/http/config"
import type { Ports } from "@fortrolig/http/main"
import type { CommandFailure } from "./failure.ts"

/** Another process owns a folder of the install; `pid` is its process id when it has said so. */
export class Owned extends Data.TaggedError("Owned")<{ readonly folder: "data" | "keys"; readonly pid: number | null }> {}

/** The databases hold tables or columns that no data class covers. */
export class Undeclared extends Data.TaggedError("Undeclared")<{ readonly columns: ReadonlyArray<string> }> {}

/** How an install is opened. */
export interface Opening {
  /** For a server, which needs to know the leads of its services; other commands do not. */
  readonly serving: boolean
  /** Services are open whatever the hour, and demonstration custodians and leads are made when there are none. */
  readonly demonstration: boolean
  /** Go on although what the lost keys sealed can never be read again. */
  readonly acceptLostKeys: boolean
  /** Believe the clock of this machine although the vaults have already seen a later instant. */
  readonly acceptClock: boolean
}

/** What an open install has: what a server stands on, and the judge of its stores. */
export type InstallPorts = Ports | StoreProfile

/** How an install is opened and owned. */
export class Install extends Context.Service<
  Install,
  {
    /** Opens all stores and owns them until the scope closes. Checks that the clock is not behind what the vaults have already seen. */
    readonly open: (settings: Settings, opening: Opening) => Layer.Layer<InstallPorts, CommandFailure | Owned | Undeclared>
    /** Owns those of the two folders that exist until the scope closes, and opens nothing. */
    readonly claim: (settings: Pick<Settings, "data" | "keys">) => Effect.Effect<void, CommandFailure | Owned, Scope.Scope>
  }
>()("@fortrolig/cli/Install") {}
