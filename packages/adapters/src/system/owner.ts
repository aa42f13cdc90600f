/**
 * The one owner of a folder: two processes on one PGlite folder, or on one key vault, destroy it. The lock is the operating system's and dies with its process, however that dies.
 *
 * SQLite is used for its lock alone: Node has no other. Nothing else in the owner's process may open `owner.lock`, since closing any handle of it would release the lock.
 */
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { StoreUnavailable } from "@fortrolig/core/ports/errors"

/** Another process owns the folder; `pid` is its process id, when it has said so. */
export class FolderOwned extends Schema.TaggedError<FolderOwned>()("FolderOwned", { folder: Schema.Literals(["data", "keys"]), pid: Schema.NullOr(Schema.Int) }) {}

const Note = Schema.fromJsonString(Schema.Struct({ pid: Schema.Int, since: Schema.String }))
const sqliteBusy = 5

/** Owns `folder` (made with mode 0700) until the scope closes. Fails with `FolderOwned`, which says `what` it is, while another process, or another claim in this one, owns it. */
export const claim = (folder: string, what: FolderOwned["folder"] = "data"): Effect.Effect<void, FolderOwned | StoreUnavailable, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(
      Effect.tryPromise({
        try: () => take(folder),
        catch: (error) => (isBusy(error) ? new FolderOwned({ folder: what, pid: null }) : new StoreUnavailable({ operation: `claim the ${what} folder` }))
      }).pipe(Effect.catchTag("FolderOwned", () => Effect.flatMap(ownerOf(folder), (pid) => Effect.fail(new FolderOwned({ folder: what, pid }))))),
      (lock) => Effect.sync(() => lock.close())
    )
  )

/** The process that last said it owns `folder`, alive or not; `null` when none did. */
export const ownerOf = (folder: string): Effect.Effect<number | null> =>
  Effect.tryPromise(() => readFile(join(folder, "owner.json"), "utf8")).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(Note)),
    Effect.map(({ pid }) => pid),
    Effect.orElseSucceed(() => null)
  )

const take = async (folder: string) => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const { DatabaseSync } = await quietly(() => import("node:sqlite"))
  const lock = new DatabaseSync(join(folder, "owner.lock"))
  try {
    lock.exec("PRAGMA busy_timeout=0; PRAGMA journal_mode=OFF; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE")
    await chmod(join(folder, "owner.lock"), 0o600)
    await writeFile(join(folder, "owner.json"), JSON.stringify({ pid: process.pid, since: new Date().toISOString() }), { mode: 0o600 })
    return lock
  } catch (error) {
    lock.close()
    throw error
  }
}

const isBusy = (error: unknown): boolean => error instanceof Error && "errcode" in error && error.errcode === sqliteBusy

/** Node 22 says once that its SQLite is experimental; a person who starts a chat server need not read that. */
const quietly = async <A>(load: () => Promise<A>): Promise<A> => {
  const emitWarning = process.emitWarning
  process.emitWarning = (warning: string | Error) => {
    if (!String(warning).includes("SQLite")) emitWarning.call(process, warning)
  }
  try {
    return await load()
  } finally {
    process.emitWarning = emitWarning
  }
}
