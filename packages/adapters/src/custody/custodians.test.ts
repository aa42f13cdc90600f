import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { temporaryFolder } from "../contracts/temporary.contract.ts"
import { makeDemonstrationCustodians, readCustodians } from "./custodians.ts"
import { openWith, sealFor } from "./nestedAge.ts"

describe("the custodians of a demonstration", () => {
  it.effect("are made once; their identities lie apart from the public file, and open what is sealed to them", () =>
    Effect.gen(function*() {
      const root = yield* temporaryFolder
      const [folder, publicFile] = [join(root, "custodians"), join(root, "keys", "custodians.json")]
      const recipients = yield* makeDemonstrationCustodians(folder, publicFile)
      assert.deepStrictEqual(yield* makeDemonstrationCustodians(folder, publicFile), recipients)
      assert.deepStrictEqual(yield* readCustodians(publicFile), recipients)
      const files = (yield* Effect.promise(() => readdir(folder))).sort()
      assert.strictEqual(files.length, 2)
      for (const file of files) assert.strictEqual((yield* Effect.promise(() => stat(join(folder, file)))).mode & 0o777, 0o600)
      const [a = "", b = ""] = yield* Effect.promise(() => Promise.all(files.map(async (file) => (await readFile(join(folder, file), "utf8")).trim())))
      const opened = yield* Effect.promise(async () => openWith([a, b], await sealFor(recipients, Buffer.from("synthetic"))))
      assert.strictEqual(Buffer.from(opened).toString(), "synthetic")
      assert.notInclude(yield* Effect.promise(() => readFile(publicFile, "utf8")), "AGE-SECRET-KEY")
    }))

  it.effect("are refused when their file is missing, is no list of two, or names one custodian twice", () =>
    Effect.gen(function*() {
      const root = yield* temporaryFolder
      const file = join(root, "custodians.json")
      assert.strictEqual((yield* Effect.flip(readCustodians(file)))._tag, "CustodiansUnreadable")
      yield* Effect.promise(() => mkdir(root, { recursive: true }))
      for (const text of ["", "{}", `{"custodians":["age1abc"]}`, `{"custodians":["AGE-SECRET-KEY-1","age1abc"]}`, `{"custodians":["age1abc","age1abc"]}`]) {
        yield* Effect.promise(() => writeFile(file, text))
        assert.strictEqual((yield* Effect.flip(readCustodians(file)))._tag, "CustodiansUnreadable")
      }
    }))
})
