import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import type { Settings } from "@fortrolig/http/config"
import type { OwnerFacts } from "../control/messages.ts"
import { DoctorDocument, doctorDocument, type Findings } from "./document.ts"
import { copyKeeping, type FolderFacts, type Machine, mountOf, readMounts } from "./fileSystem.ts"
import { doctorLines } from "./text.ts"

const settings: Settings = {
  port: 3000,
  host: "127.0.0.1",
  policies: [detfinneshjelp, ifengsel],
  databases: undefined,
  data: "data",
  keys: "keys",
  custodians: "custodians",
  trustProxy: [],
  origin: undefined
}
const addresses = (service: string, custody = service) => ({ service: Redacted.make(service), custody: Redacted.make(custody) })
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
    ["keys on a disk", "The keys lie on a disk (xfs)", { folders: [folder("keys", { fileSystem: "xfs" })] }],
    ["private custodian keys on this machine", "custodians' private keys lie on this machine", { folders: [folder("custodians")] }],
    ["private keys of leads on this machine", "leads' private keys lie on this machine", { folders: [folder("leads")] }],
    ["a proxy that is not believed", "the address of the proxy", { settings: { ...settings, origin: "https://chat.example.org" } }],
    ["an open way to the database", "What goes to and from db.example is not encrypted", { settings: { ...settings, databases: addresses("postgres://one@db.example/x") } }],
    ["one login for both realms", "Set CUSTODY_DATABASE_URL.", { settings: { ...settings, databases: addresses("postgres://one@localhost/x") } }],
    ["a login for each realm", "has a login of its own", { settings: { ...settings, databases: addresses("postgres://one@localhost/x", "postgres://two@localhost/x") } }],
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

describe("the databases", () => {
  it("are shown with host and name, and never with login or password", () => {
    const databases = addresses("postgres://planted:planted@db.example:5433/chats?sslmode=verify-full", "postgres://planted:planted@other.example/traces")
    const document = found({ settings: { ...settings, databases } })
    assert.deepStrictEqual(document.settings.databases, [
      { realm: "service", host: "db.example", name: "chats", encrypted: true },
      { realm: "vendor", host: "other.example", name: "traces", encrypted: false }
    ])
    const lines = doctorLines(document).join("\n")
    for (const line of ["Database     service: chats on db.example", "Database     vendor: traces on other.example"]) assert.include(lines, line)
    assert.notInclude(lines + JSON.stringify(document), "planted")
    assert.isFalse(document.warnings.some((warning) => warning.includes("db.example is not encrypted")))
  })

  it("are embedded where no address is set, and only those may lose something in a power cut", () => {
    assert.include(doctorLines(found()).join("\n"), "Database     embedded, in the data folder")
    assert.isTrue(warns({}, "not a power cut"))
    assert.isFalse(warns({ settings: { ...settings, databases: addresses("postgres://one@localhost/x") } }, "not a power cut"))
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

describe("keys in memory, or where nobody knows", () => {
  it.each(["tmpfs", "ramfs", null])("on %s lie on no disk", (fileSystem) => {
    assert.isFalse(warns({ folders: [folder("keys", { fileSystem })] }, "lie on a disk"))
  })

  it("are warned of once: what keeps copies is not called a disk as well", () => {
    assert.isFalse(warns({ folders: [folder("keys", { keepsCopies: "because" })] }, "lie on a disk"))
    assert.isFalse(warns({ folders: [folder("data")] }, "lie on a disk"))
  })
})

const headingOnly = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
const quiet: Machine = { swaps: headingOnly, ext4Options: () => "" }

describe("file systems", () => {
  // As machines wrote them: a server with a journalled disk and a path with a space, and a container.
  const server = [
    "24 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,errors=remount-ro",
    "31 24 254:16 / /srv rw,relatime shared:12 master:3 - xfs /dev/vdb rw,attr2,inode64",
    "32 31 254:32 / /srv/my\\040keys rw,relatime - ext4 /dev/vdc rw,data=journal",
    "33 31 0:44 / /srv/keys rw,nosuid,nodev - tmpfs tmpfs rw,size=1024k,mode=700,noswap",
    "34 33 0:45 / /srv/keys rw,nosuid,nodev shared:7 - ramfs ramfs rw",
    "",
    "broken"
  ].join("\n")
  const container = [
    "612 540 0:59 / / rw,relatime master:214 - overlay overlay rw,lowerdir=/var/lib/l/A:/var/lib/l/B,upperdir=/var/lib/u,workdir=/var/lib/w",
    "613 612 0:62 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw",
    "620 612 254:1 /var/lib/docker/volumes/keys/_data /keys rw,relatime master:1 - ext4 /dev/vda1 rw,errors=remount-ro",
    "621 612 0:70 / /run/secrets ro,relatime - tmpfs tmpfs rw,size=65536k"
  ].join("\n")
  const at = (path: string, table = server) => mountOf(path, readMounts(table))
  const keeping = (path: string, table: string, machine: Partial<Machine> = {}) => {
    const mount = at(path, table)
    return mount === undefined ? "no mount" : copyKeeping(mount, { ...quiet, ...machine })
  }

  it("a path lies on the deepest mount above it, of two at one place on the last, and on none beside it", () => {
    assert.deepStrictEqual(
      ["/home/x", "/srv", "/srv/keys/a", "/srv/keysmore", "/srv/my keys/vault"].map((path) => [at(path)?.at, at(path)?.type, at(path)?.source]),
      [["/", "ext4", "/dev/vda1"], ["/srv", "xfs", "/dev/vdb"], ["/srv/keys", "ramfs", "ramfs"], ["/srv", "xfs", "/dev/vdb"], ["/srv/my keys", "ext4", "/dev/vdc"]]
    )
    assert.deepStrictEqual(at("/srv/my keys")?.options, ["rw", "relatime", "rw", "data=journal"])
    assert.strictEqual(readMounts(server).length, 5)
  })

  it("a journal that keeps what was overwritten is found among the options, and where the file system itself says so", () => {
    const journal = "its journal keeps what was overwritten (data=journal)"
    assert.strictEqual(keeping("/srv/my keys/a", server), journal)
    assert.strictEqual(keeping("/home/x", server), undefined)
    const told: Array<string> = []
    const ext4Options = (device: string) => (told.push(device), "rw\ndata=journal\n")
    assert.strictEqual(keeping("/home/x", server, { ext4Options }), journal)
    assert.deepStrictEqual(told, ["vda1"])
    assert.strictEqual(keeping("/home/x", server, { ext4Options: () => "rw\ndata=ordered\n" }), undefined)
    assert.strictEqual(keeping("/srv", server, { ext4Options }), undefined)
  })

  it("a container keeps keys in its layer, and not in a volume", () => {
    assert.strictEqual(keeping("/app/keys", container), "overlay is a container's layer, and an image made of it keeps the key")
    assert.strictEqual(keeping("/keys", container), undefined)
  })

  it("memory that may be swapped out keeps copies, unless it is mounted so that it is not", () => {
    const swaps = `${headingOnly}/dev/vda3                               partition\t2097148\t\t0\t\t-2\n`
    const words = "this machine swaps, and what lies in memory may be written to the disk (mount it with noswap)"
    assert.deepStrictEqual([keeping("/run/secrets", container), keeping("/run/secrets", container, { swaps })], [undefined, words])
    assert.strictEqual(keeping("/run/secrets", container, { swaps: "" }), undefined)
    assert.strictEqual(keeping("/srv/keys", server, { swaps }), undefined)
    assert.strictEqual(keeping("/srv/keys", server.replace(/^34.*$/m, ""), { swaps }), undefined)
    assert.strictEqual(keeping("/srv", server, { swaps }), undefined)
  })

  it.each([
    ...["btrfs", "zfs", "bcachefs", "nilfs2", "f2fs"].map((type) => [type, `${type} writes every change to a new place and keeps the old one`] as const),
    ...["overlay", "aufs", "fuse.fuse-overlayfs"].map((type) => [type, `${type} is a container's layer, and an image made of it keeps the key`] as const),
    ...["nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "fuse.sshfs", "ceph", "fuse.glusterfs"].map(
      (type) => [type, `${type} keeps them on another machine, of whose disks nothing is known here`] as const
    ),
    ...["tmpfs", "ramfs", "ext4", "xfs"].map((type) => [type, undefined] as const)
  ])("what %s does with what was overwritten is known", (type, words) => {
    assert.strictEqual(keeping("/keys/a", `50 1 0:9 / /keys rw - ${type} source rw,data=ordered`), words)
  })
})
