import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import { dueAt, newHash, newRef, newStaff, permit, piece, service, start, waiting } from "./contracts/fixtures.contract.ts"
import { type Found, newCustodians, scan, temporaryFolder } from "./contracts/temporary.contract.ts"
import { sealFor } from "./custody/nestedAge.ts"
import type { SealToCustodians } from "./custody/traceSeal.ts"
import { accessRegister } from "./database/accessRegister.ts"
import { contentStore } from "./database/contentStore.ts"
import { pgliteDatabase } from "./database/pglite.ts"
import type { RightsMissing } from "./database/roles.ts"
import { sessionStore } from "./database/sessionStore.ts"
import { staffStore } from "./database/staffStore.ts"
import { aesGcm, type RecordSeal } from "./keys/recordSeal.ts"
import { vaultFile } from "./keys/vaultFile.ts"

const canaries = {
  state: "canary-of-the-state-7c1f",
  words: "canary-of-the-words-93ab",
  address: "127.44.55.66",
  addressBytes: Buffer.from([127, 44, 55, 66]).toString("latin1"),
  openedAt: String(start)
}

interface Seals {
  readonly service: RecordSeal
  readonly custody: RecordSeal
  readonly custodians: SealToCustodians | undefined
}

const sealed: Seals = { service: aesGcm, custody: aesGcm, custodians: undefined }
const open: RecordSeal = { seal: (_key, plain) => plain, open: (_key, bytes) => bytes }
const openToAll: SealToCustodians = (plain) => Promise.resolve(plain)

/** Sends canaries through every port and looks for them while sessions live, after their end, and after everything is closed. */
const rounds = (seals: Seals): Effect.Effect<ReadonlyArray<Found>, RightsMissing | StoreUnavailable, Scope.Scope> =>
  Effect.gen(function*() {
    const root = yield* temporaryFolder
    const { recipients } = yield* newCustodians
    const folders = [join(root, "data"), join(root, "keys")]
    const look = Effect.promise(() => scan(folders, Object.values(canaries)))

    const during = yield* Effect.scoped(Effect.gen(function*() {
      const ofService = { db: yield* pgliteDatabase(join(root, "data", "service"), "service", ["ifengsel"]), vault: yield* vaultFile(join(root, "keys", "service.vault"), seals.service) }
      const custody = { db: yield* pgliteDatabase(join(root, "data", "custody"), "custody", ["ifengsel"]), vault: yield* vaultFile(join(root, "keys", "custody.vault"), seals.custody) }
      const sessions = sessionStore(ofService.db, ofService.vault)
      const contents = contentStore(ofService.db, ofService.vault)
      const staff = staffStore(ofService.db)
      const register = accessRegister(custody.db, custody.vault, seals.custodians ?? ((plain) => sealFor(recipients, plain)))
      const refs = [newRef(), newRef()] as const

      for (const ref of refs) {
        const state = { ...waiting(), noticeVersion: canaries.state }
        yield* Effect.orDie(sessions.save({ ref, version: 0, state }))
        yield* Effect.orDie(sessions.save({ ref, version: 1, state: { ...state, front: true } }))
        yield* contents.keep(permit, ref, [piece("visitor", 1, start, canaries.words), piece("counsellor", 1, start, canaries.words)])
        yield* contents.redact(permit, ref, [{ by: "visitor", n: 1 }])
        yield* register.register({ sessionRef: ref, service, ip: ipAddress(canaries.address), openedAt: start, deleteAt: dueAt })
      }
      const secret = newHash()
      yield* staff.invite({ secret, service, deleteAt: dueAt })
      yield* staff.redeem(secret, start, { token: newHash(), staff: newStaff(), deleteAt: dueAt })
      const live = yield* look

      yield* contents.settle(permit, refs[0], dueAt)
      yield* sessions.end(refs[0], service, dueAt)
      return [...live, ...(yield* look)]
    }))
    return [...during, ...(yield* look)]
  })

const named = (found: ReadonlyArray<Found>): ReadonlyArray<string> => [...new Set(found.map(({ needle }) => needle))].sort()

describe("the bytes on the disk", () => {
  it.effect("hold nothing of a session's state, of what was said, or of who opened it", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* rounds(sealed), [])
    }), 60_000)

  it.effect("show state and words, with file and offset, when the service realm's sealing is switched off", () =>
    Effect.gen(function*() {
      const found = yield* rounds({ ...sealed, service: open })
      assert.includeMembers([...named(found)], [canaries.state, canaries.words])
      assert.notInclude(named(found), canaries.address)
      assert.isTrue(found.every(({ file, offset }) => file.includes("service") && offset > 0))
    }), 60_000)

  it.effect("show the address when both seals of the vendor realm are switched off, and not when one of them stays", () =>
    Effect.gen(function*() {
      const found = yield* rounds({ ...sealed, custody: open, custodians: openToAll })
      assert.deepStrictEqual(named(found), [canaries.address, canaries.openedAt].sort())
      assert.isTrue(found.every(({ file }) => file.includes("custody")))
      assert.deepStrictEqual(yield* rounds({ ...sealed, custodians: openToAll }), [])
      assert.deepStrictEqual(yield* rounds({ ...sealed, custody: open }), [])
    }), 90_000)
})
