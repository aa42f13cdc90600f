/**
 * Where triage notes are kept: tied to their session and sealed until the deadline of its access trace, then anonymous and in plain (DFH-17, DFH-18).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { AnonymousNote, LinkedNote } from "../consent/triage.ts"
import type { ServiceName, SessionRef } from "../kernel/identity.ts"
import type { Instant } from "../kernel/instant.ts"
import type { TriageTerms } from "../policy/care.ts"
import type { Conflict, StoreUnavailable } from "./errors.ts"
import type { Forgotten } from "./Forgotten.ts"

/** A note with what it takes to sever it without asking anybody: the grain that was promised when the visitor said yes. */
export interface StoredNote {
  readonly note: LinkedNote
  readonly service: ServiceName
  readonly grain: TriageTerms["grain"]
}

/** A note whose deadline is reached. `stored` is `undefined` when its key is gone or it cannot be read: then nobody can know what it said. */
export interface DueNote {
  readonly ref: SessionRef
  readonly deleteAt: Instant
  readonly stored: StoredNote | undefined
}

/** What becomes of a due note: its anonymous form under a random id that nothing else has, or nothing when it was lost. */
export interface Severing {
  readonly due: DueNote
  /** 128 random bits as 32 hexadecimal digits. */
  readonly id: string
  readonly anonymous: AnonymousNote | undefined
}

/** How many notes one transaction severed, and how many could no longer be opened and are only gone. */
export interface Severed {
  readonly severed: number
  readonly lost: number
}

export class TriageStore extends Context.Service<
  TriageStore,
  {
    /** Keeps the one note of a session, or keeps it anew, if its consent still has the version `under` and is a live yes to it. */
    readonly write: (note: StoredNote, under: number) => Effect.Effect<void, Conflict | StoreUnavailable>
    /** The linked note of a session, or nothing when there is none, its deadline is at or before `at`, or nobody can read it. */
    readonly find: (ref: SessionRef, at: Instant) => Effect.Effect<Option.Option<StoredNote>, StoreUnavailable>
    /** At most `limit` linked notes whose deadline is at or before `at`, of every service, also one that this install no longer serves. */
    readonly due: (at: Instant, limit: number) => Effect.Effect<ReadonlyArray<DueNote>, StoreUnavailable>
    /**
     * In one transaction, for each note that is still there: the anonymous form is stored, and the linked note, its consent and its receipt are deleted.
     * A note that another caller takes at this moment is waited for, and counts for that caller only.
     */
    readonly sever: (batch: ReadonlyArray<Severing>) => Effect.Effect<Severed, StoreUnavailable>
    /** Destroys what is left of linked notes whose deadline is at or before `at`: nothing, once they are severed. */
    readonly forget: (at: Instant) => Effect.Effect<Forgotten, StoreUnavailable>
  }
>()("@fortrolig/core/ports/TriageStore") {}
