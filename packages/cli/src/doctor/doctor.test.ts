import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import type { Settings } from "@fortrolig/http/config"
import type { OwnerFacts } from "../control/messages.ts"
import { DoctorDocument, doctorDocument, type Findings } from "./document.ts"
import { copyKeeping, type FolderFacts, mountOf, readMounts } from "./fileSystem.ts"
import { doctorLines } from "./text.ts"

const settings: Settings = {
  port: 3000,
  host: "127.0.0.1",
  policies: [detfinneshjelp, ifengsel],
  data: "data",
  keys: "keys",
  custodians: "custodians",
  trustProxy: [],
  origin: undefined
}
const folder = (name: FolderFacts["name"], over: Partial<FolderFacts> = {}): FolderFacts => ({
  name,
  path: `/srv/${name}`,
  exists: true,
  mode: "0700",
  fileSystem: "ext4",
  keepsCopies: null,
  ...over
})
const owner: OwnerFacts = {
  pid: 7,
  serving: true,
  demonstration: true,
  origin: "http://127.0.0.1:3000",
  node: "26.10.0",
  clock: { now: Instant.make(1_800_000_000_000), suspect: false },
  vaults: [{ realm: "service", liveKeys: 1, bucketKeys: 2, mark: Instant.make(0) }]
}
const found = (over: Partial<Findings> = {}) =>
  doctorDocument({ tool: "fortrolig test", node: "26.10.0", settings, folders: [folder("data"), folder("keys"), folder("custodians", { exists: false, mode: null })], owner, ...over })
const warns = (over: Partial<Findings>, words: string) => found(over).warnings.some((warning) => warning.includes(words))

describe("each warning stands exactly where it applies", () => {
  it.each<[string, string, Partial<Findings>]>([
    ["a folder that others may read", "has mode 0755", { folders: [folder("data", { mode: "0755" })] }],
    ["keys on a file system that keeps copies", "may leave a copy", { folders: [folder("keys", { keepsCopies: "because" })] }],
    ["private custodian keys on this machine", "custodians' private keys lie on this machine", { folders: [folder("custodians")] }],
    ["private keys of leads on this machine", "leads' private keys lie on this machine", { folders: [folder("leads")] }],
    ["a proxy that is not believed", "the address of the proxy", { settings: { ...settings, origin: "https://chat.example.org" } }],
    ["the outside without HTTPS", "without HTTPS", { settings: { ...settings, host: "0.0.0.0" } }],
    ["a service without hours", "stays closed until", { owner: { ...owner, demonstration: false } }],
    ["a clock in doubt", "not confirmed yet", { owner: { ...owner, clock: { ...owner.clock, suspect: true } } }]
  ])("%s", (_, words, over) => {
    assert.isTrue(warns(over, words))
    assert.isFalse(warns({}, words))
  })

  it("data that keeps copies is no concern, since only keys do the forgetting", () => {
    assert.isFalse(warns({ folders: [folder("data", { keepsCopies: "because" })] }, "may leave a copy"))
  })
})

it("open questions of the policies are shown", () => {
  assert.deepStrictEqual(found().openQuestions.map(({ service }) => service), settings.policies.flatMap(({ questions, service }) => questions.map(() => service)))
})

it("the document is what its schema says, and the page says who owns the install", () => {
  const document = Schema.decodeUnknownSync(DoctorDocument)(JSON.parse(JSON.stringify(found())))
  assert.include(doctorLines(document).join("\n"), "owned by a server, pid 7")
  assert.include(doctorLines({ ...document, owner: null }).join("\n"), "none in the data folder yet")
  assert.include(doctorLines({ ...document, owner: { ...owner, serving: false } }).join("\n"), "no server is running")
})

describe("file systems", () => {
  const table = [
    "overlay / overlay rw,relatime 0 0",
    "/dev/sda /srv ext4 rw,data=ordered 0 0",
    "/dev/sdb /srv/my\\040keys ext4 rw,data=journal 0 0",
    "tmpfs /srv/keys tmpfs rw 0 0",
    "",
    "broken"
  ].join("\n")

  it("a path lies on the deepest mount above it, and on none beside it", () => {
    const at = (path: string) => mountOf(path, readMounts(table))?.at
    assert.deepStrictEqual([at("/home/x"), at("/srv"), at("/srv/keys/a"), at("/srv/keysmore"), at("/srv/my keys/vault")], ["/", "/srv", "/srv/keys", "/srv", "/srv/my keys"])
  })

  it("those that keep what was overwritten are known", () => {
    const of = (type: string, options: ReadonlyArray<string> = []) => copyKeeping({ at: "/", type, options }) !== undefined
    assert.deepStrictEqual(["overlay", "btrfs", "zfs"].filter((type) => !of(type)), [])
    assert.isTrue(of("ext4", ["rw", "data=journal"]))
    assert.deepStrictEqual(["tmpfs", "ext4", "xfs"].filter((type) => of(type, ["rw", "data=ordered"])), [])
  })
})
