/**
 * What happens in the install before anything is due: two chats, in the middle of which a backup is made and PostgreSQL is killed; then consents, notes, a hold, something that
 * fails, and another backup.
 */
import { createHash } from "node:crypto"
import type { Needle } from "../support/scan.ts"
import { type Chat, chatOn, endChatOn, newHash, newWords } from "./postgresChats.ts"
import { type Found, openedOn } from "./postgresOpened.ts"
import { asking, onBoth, type PostgresWorld } from "./postgresWorld.ts"

/** What came of it. */
export interface Story {
  readonly words: string
  /** One address for each service. */
  readonly addresses: ReadonlyArray<string>
  /** Everything that a person said or was, as needles. */
  readonly personal: ReadonlyArray<Needle>
  /** References of sessions and hashes of secrets: the shells, which rows show until they are due. */
  readonly shells: ReadonlyArray<Needle>
  /** The references of the sessions, and the hashes of the receipts. */
  readonly refs: ReadonlyArray<string>
  readonly receipts: ReadonlyArray<string>
  /** What signed each counsellor in. */
  readonly tokens: ReadonlyArray<string>
  /** The deadline of the trace that an order keeps. */
  readonly heldDeleteAt: number
  /** What the vaults opened while the chats lived, and at the end. */
  readonly during: Found
  readonly after: Found
  /** The folders of the two backups. */
  readonly backups: { readonly api: string; readonly files: string }
}

const triageService = "detfinneshjelp"
const services = [triageService, triageService, "ifengsel"] as const
const bytes = (name: string, hex: string): Needle => ({ name, bytes: Uint8Array.from(Buffer.from(hex, "hex")) })
/** What stands in the place of a secret. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex")
const uuid = (ref: string): string => ref.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")

const plainTraces = async ({ cluster }: PostgresWorld): Promise<string> => {
  const rows = await asking(cluster, "traces", (client) => client.unsafe<Array<{ sealed: Uint8Array }>>("select sealed from custody.access_trace union all select sealed from custody.held_trace"))
  return rows.map(({ sealed }) => Buffer.from(sealed).toString("latin1")).join()
}

/** Lives it; ends with the server stopped and PostgreSQL running. */
export const liveStory = async (world: PostgresWorld): Promise<Story> => {
  const words = newWords()
  const addresses = ["127.83.183.141", "127.83.183.142", "127.94.183.141"]
  const server = await world.start()
  const chats: ReadonlyArray<Chat> = await Promise.all(services.map(async (service, at) =>
    chatOn(server, { service, from: addresses[at] ?? "", words, invitation: await world.invite(service) })))
  // What was written is stored at once, in batches of at most 50 ms.
  await new Promise((resolve) => setTimeout(resolve, 200))
  await onBoth(world.cluster, ["analyze"])
  const during = await openedOn(world.cluster, world.install)
  const api = await world.backUp("api")
  await world.cluster.kill()
  await world.cluster.restart()
  await Promise.all(chats.map(endChatOn))
  await server.stop()

  const [first, second, third] = chats
  if (first === undefined || second === undefined || third === undefined) throw new Error("Three chats were opened.")
  const traces = await asking(world.cluster, "traces", (client) =>
    client.unsafe<Array<{ ref: string; delete_at: string }>>("select replace(ref::text, '-', '') as ref, delete_at from custody.access_trace"))
  const deadlineOf = (ref: string): number => Number(traces.find((row) => row.ref === ref)?.delete_at)
  const [receipts, invitation] = [[newHash(), newHash()] as const, newHash()]
  const task = { refs: [first.ref, second.ref] as const, deleteAt: deadlineOf(first.ref), receipts, held: { ref: third.ref, deleteAt: deadlineOf(third.ref) }, invitation }
  await world.writeApart(task, words)
  await onBoth(world.cluster, ["analyze"])
  const after = await openedOn(world.cluster, world.install)
  const files = await world.backUp("files")

  // Without seals the rows say it as they are.
  const said = (during["access_trace"]?.opened ?? []).join() + (await plainTraces(world))
  const openings = [...said.matchAll(/"openedAt":(\d+)/g)].map(([, at]) => Number(at))
  return {
    words,
    addresses,
    personal: [
      { name: "words", text: words },
      ...addresses.map((text, at) => ({ name: `address ${at + 1}`, text })),
      ...openings.map((at, nth) => ({ name: `opening time ${nth + 1}`, text: String(at) })),
      { name: "opening time", text: `"openedAt":` },
      { name: "state of a session", text: `"noticeVersion":` },
      { name: "a consent", text: `"receiptHash":` },
      { name: "a linked note", text: `"writtenAt":` },
      ...chats.map(({ token }, at) => ({ name: `sign-in ${at + 1}`, text: token }))
    ],
    refs: chats.map(({ ref }) => ref),
    receipts,
    tokens: chats.map(({ token }) => token),
    heldDeleteAt: task.held.deleteAt,
    shells: [
      ...chats.flatMap(({ ref }, at) => [bytes(`reference ${at + 1}`, ref), { name: `reference ${at + 1} as uuid`, text: uuid(ref) }]),
      ...[...receipts, invitation].map((hash, at) => bytes(`hash ${at + 1}`, hash)),
      ...chats.map(({ token }, at) => bytes(`hash of sign-in ${at + 1}`, hashOf(token)))
    ],
    during,
    after,
    backups: { api, files }
  }
}

