import { spawn } from "node:child_process"
import { once } from "node:events"
import { copyFile, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
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

  it.effect("opens whole after its process was killed in mid-overwrite, ten times over", () =>
    Effect.gen(function*() {
      const path = yield* inFolder
      const child = fileURLToPath(new URL("../contracts/vaultChurn.contract.ts", import.meta.url))
      for (let round = 0; round < 10; round++) {
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
