import { spawn } from "node:child_process"
import { once } from "node:events"
import { copyFile, open, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { vi } from "vitest"
import { Instant } from "@fortrolig/core/kernel/instant"
import { holdsContract } from "../contracts/holds.contract.ts"
import { keyVaultContract } from "../contracts/keyVault.contract.ts"
import { dueAt, newRef } from "../contracts/fixtures.contract.ts"
import { temporaryFolder } from "../contracts/temporary.contract.ts"
import { slotBytes } from "./slot.ts"
import { vaultFile } from "./vaultFile.ts"

const plain = Buffer.from("synthetic words")
const inFolder = Effect.map(temporaryFolder, (folder) => join(folder, "keys", "service.vault"))

keyVaultContract("a vault in a file", () => Effect.flatMap(inFolder, (path) => vaultFile(path)))
holdsContract("holds in a vault in a file", () => Effect.flatMap(inFolder, (path) => vaultFile(path)))

describe("a vault in a file", () => {
  it.effect("opens after a restart what it sealed before, with the same epoch, mark and generation", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      const ref = newRef()
      const before = yield* Effect.scoped(Effect.gen(function*() {
        const vault = yield* vaultFile(path)
        yield* vault.begin(ref)
        yield* vault.raiseMark(dueAt)
        yield* vault.advance
        return {
          epoch: vault.epoch,
          live: yield* vault.seal(ref, plain, ""),
          until: yield* vault.sealUntil("accessTrace", dueAt, plain, "")
        }
      }))
      const vault = yield* vaultFile(path)
      assert.strictEqual(vault.epoch, before.epoch)
      assert.strictEqual(vault.generation(), 1)
      assert.strictEqual(yield* vault.mark, dueAt)
      assert.deepStrictEqual(Buffer.from(yield* vault.open(ref, before.live, "")), plain)
      assert.deepStrictEqual(Buffer.from(yield* vault.openUntil("accessTrace", dueAt, before.until, "")), plain)
    }))

  it.effect("is a file that only its owner may read, in a folder that only its owner may enter", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      yield* vaultFile(path)
      assert.strictEqual((yield* Effect.promise(() => stat(path))).mode & 0o777, 0o600)
      assert.strictEqual((yield* Effect.promise(() => stat(join(path, "..")))).mode & 0o777, 0o700)
    }))

  it.effect("leaves no byte of a destroyed key in its file, and uses the slot again", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      const vault = yield* vaultFile(path)
      const ref = newRef()
      const bytes = Effect.promise(() => readFile(path))
      yield* vault.begin(ref)
      const slot = (yield* bytes).subarray(slotBytes, 2 * slotBytes)
      assert.include(slot.toString("hex"), ref)
      const key = slot.subarray(32)
      const { length } = yield* bytes
      yield* vault.end(ref)
      assert.strictEqual((yield* bytes).indexOf(key), -1)
      assert.strictEqual((yield* bytes).indexOf(Buffer.from(ref, "hex")), -1)
      yield* vault.sealUntil("content", dueAt, plain, "")
      const bucketKey = (yield* bytes).subarray(slotBytes + 32, 2 * slotBytes)
      yield* vault.destroyDue(dueAt)
      assert.strictEqual((yield* bytes).indexOf(bucketKey), -1)
      for (let i = 0; i < 500; i++) {
        const next = newRef()
        yield* vault.begin(next)
        yield* vault.end(next)
      }
      assert.strictEqual((yield* bytes).length, length)
      assert.isTrue((yield* bytes).subarray(slotBytes).every((byte) => byte === 0))
    }))

  it.effect("destroys 300 keys with one sync, and neither grows nor shrinks nor moves for it", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      const vault = yield* vaultFile(path)
      const deadline = (n: number) => Instant.make(dueAt + n * 300_000)
      for (let n = 0; n < 300; n++) yield* vault.sealUntil("accessTrace", deadline(n), plain, "")
      const bytes = yield* Effect.promise(() => readFile(path))
      const keys = Array.from({ length: 300 }, (_, index) => bytes.subarray((index + 1) * slotBytes + 32, (index + 2) * slotBytes))
      assert.strictEqual(new Set(keys.map((key) => key.toString("hex"))).size, 300)
      const before = yield* Effect.promise(() => stat(path))
      const handle = yield* Effect.acquireRelease(Effect.promise(() => open(path)), (file) => Effect.promise(() => file.close()))
      const synced = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, "datasync")
      assert.strictEqual(yield* vault.destroyDue(deadline(299)), 300)
      assert.strictEqual(synced.mock.calls.length, 1)
      synced.mockRestore()
      const after = yield* Effect.promise(() => stat(path))
      assert.deepStrictEqual([after.ino, after.size], [before.ino, before.size])
      const rest = yield* Effect.promise(() => readFile(path))
      assert.deepStrictEqual(keys.filter((key) => rest.includes(key)), [])
      assert.deepStrictEqual(yield* Effect.promise(() => readdir(join(path, ".."))), ["service.vault"])
    }))

  it.effect("grows in place: every key stays where it lies, in the same file, and no other file ever holds one", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      const vault = yield* vaultFile(path)
      yield* vault.begin(newRef())
      const [first, found] = [yield* Effect.promise(() => readFile(path)), yield* Effect.promise(() => stat(path))]
      for (let n = 0; n < 150; n++) yield* vault.begin(newRef())
      const [grown, after] = [yield* Effect.promise(() => readFile(path)), yield* Effect.promise(() => stat(path))]
      assert.isAbove(grown.length, first.length)
      assert.strictEqual(after.ino, found.ino)
      assert.deepStrictEqual(grown.subarray(0, 2 * slotBytes), first.subarray(0, 2 * slotBytes))
      assert.deepStrictEqual(yield* Effect.promise(() => readdir(join(path, ".."))), ["service.vault"])
    }))

  it.effect("refuses a slot of a kind that it does not know, and leaves its key where it is", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      yield* Effect.scoped(Effect.flatMap(vaultFile(path), (vault) => vault.begin(newRef())))
      const bytes = yield* Effect.promise(async () => {
        const changed = await readFile(path)
        changed[slotBytes] = 4
        await writeFile(path, changed)
        return changed
      })
      assert.strictEqual((yield* Effect.flip(vaultFile(path)))._tag, "StoreUnavailable")
      assert.deepStrictEqual(yield* Effect.promise(() => readFile(path)), bytes)
    }))

  it.effect("zeroes what is left of a slot that was torn while it was destroyed", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      yield* Effect.scoped(Effect.flatMap(vaultFile(path), (vault) => vault.begin(newRef())))
      yield* Effect.promise(async () => {
        const bytes = await readFile(path)
        bytes.fill(0, slotBytes, slotBytes + 16)
        await writeFile(path, bytes)
      })
      yield* vaultFile(path)
      assert.isTrue((yield* Effect.promise(() => readFile(path))).subarray(slotBytes).every((byte) => byte === 0))
    }))

  it.effect("refuses a file that is no vault, and leaves it as it is", () =>
    Effect.gen(function*() {
      const path = join(yield* temporaryFolder, "other")
      yield* Effect.promise(() => writeFile(path, "something else".repeat(20)))
      assert.strictEqual((yield* Effect.flip(vaultFile(path)))._tag, "StoreUnavailable")
      assert.strictEqual(yield* Effect.promise(() => readFile(path, "utf8")), "something else".repeat(20))
    }))

  it.effect("opens whole after its process was killed in mid-overwrite, six times over", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      const child = fileURLToPath(new URL("../contracts/vaultChurn.contract.ts", import.meta.url))
      for (let round = 0; round < 6; round++) {
        yield* Effect.promise(async () => {
          const running = spawn(process.execPath, ["--conditions=@fortrolig/source", child, path], { stdio: ["ignore", "pipe", "inherit"] })
          await once(running.stdout, "data")
          await new Promise((resolve) => setTimeout(resolve, 20 + round * 7))
          running.kill("SIGKILL")
          await once(running, "exit")
        })
        const copy = `${path}.${round}`
        yield* Effect.promise(() => copyFile(path, copy))
        const bytes = yield* Effect.promise(() => readFile(copy))
        for (let at = slotBytes; at < bytes.length; at += slotBytes) {
          const slot = bytes.subarray(at, at + slotBytes)
          const whole = slot.every((byte) => byte === 0) || ((slot[0] === 1 || slot[0] === 2) && slot.subarray(32).some((byte) => byte !== 0))
          assert.isTrue(whole, `slot ${at / slotBytes} is torn`)
        }
        yield* Effect.scoped(Effect.flatMap(vaultFile(path), (vault) => vault.inventory))
      }
    }), 60_000)
})
