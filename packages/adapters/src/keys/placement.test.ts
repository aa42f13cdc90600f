import { mkdir, symlink } from "node:fs/promises"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { asSuperuser, copiedDatabase } from "../contracts/postgres.contract.ts"
import { temporaryFolder } from "../contracts/temporary.contract.ts"
import { sql } from "../database/drizzle.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { databaseFolders, folderAround, liesWithin } from "./placement.ts"

/** As a machine wrote it whose data disk is mounted a second time, whole and in part, in a container and on a path with a space. */
const mountInfo = [
  "21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
  "30 21 254:16 / /srv rw,relatime shared:9 - ext4 /dev/vdb rw",
  "41 21 254:16 /data /mnt/again rw,relatime shared:9 - ext4 /dev/vdb rw",
  "42 21 254:16 /data/service/base /mnt/part rw,relatime shared:9 - ext4 /dev/vdb rw",
  "43 21 254:16 /keys /mnt/my\\040keys rw,relatime shared:9 - ext4 /dev/vdb rw",
  "44 30 0:52 / /srv/data/secret rw,relatime - tmpfs tmpfs rw,size=1024k",
  "45 21 0:53 / /run/keys rw,relatime - tmpfs tmpfs rw,size=1024k"
].join("\n")

describe("the keys", () => {
  it.each<[string, string, boolean]>([
    ["in the data folder", "/srv/data/keys", true],
    ["the data folder itself", "/srv/data", true],
    ["in the data folder where it is mounted again", "/mnt/again/keys", true],
    ["where a part of the data folder is mounted again", "/mnt/part", true],
    ["in a file system of their own below the data folder", "/srv/data/secret/keys", true],
    ["beside the data folder", "/srv/keys", false],
    ["in a folder whose name begins alike", "/srv/database", false],
    ["beside it, mounted again under a name with a space", "/mnt/my keys/a", false],
    ["in memory", "/run/keys", false],
    ["on another disk under the same name", "/data", false]
  ])("%s", (_, keys, within) => {
    assert.strictEqual(liesWithin(keys, "/srv/data", mountInfo), within)
  })

  it("are found by their names alone where no table of mounts is to be had", () => {
    assert.deepStrictEqual(["/srv/data/keys", "/srv/keys", "/mnt/again"].map((keys) => liesWithin(keys, "/srv/data", "")), [true, false, false])
  })

  it.effect("are found in a folder that a link leads into, also where nothing is there yet", () =>
    Effect.gen(function*() {
      const root = yield* temporaryFolder
      const [data, link] = [join(root, "data"), join(root, "link")]
      yield* Effect.promise(async () => {
        await mkdir(data)
        await symlink(data, link)
      })
      assert.strictEqual(yield* folderAround(join(link, "a", "b"), [join(root, "other"), data]), data)
      assert.strictEqual(yield* folderAround(data, [link]), link)
      assert.strictEqual(yield* folderAround(join(root, "keys"), [data, link]), undefined)
      assert.strictEqual(yield* folderAround(join(root, "not", "there", "keys"), [join(root, "not", "there")]), join(root, "not", "there"))
    }))
})

describe("the folders of a database", () => {
  it.effect("are the data directory of a server on this machine whose login may know it", () =>
    Effect.gen(function*() {
      const url = yield* copiedDatabase
      const { db } = yield* postgresDatabase({ url, services: ["ifengsel"] }, "custody")
      const [setting] = yield* asSuperuser(url, "select current_setting('data_directory') as folder")
      const folder = String(setting?.["folder"])
      assert.deepStrictEqual(yield* databaseFolders(db), [folder])
      assert.strictEqual(yield* folderAround(join(folder, "base", "keys"), [folder]), folder)
      const role = yield* Effect.promise(() => db.select({ role: sql<string>`current_user` }).from(sql`(values (1)) as once`))
      assert.deepStrictEqual(role, [{ role: "fortrolig_custody" }])
    }))
})
