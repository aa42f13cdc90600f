/**
 * The conversation of this tab, sealed in session storage, so that a reload can go on and nothing readable reaches the disk.
 * The key is derived from a half that only the server's memory holds and random bytes kept here: either alone opens nothing.
 */
import type { Party } from "@fortrolig/core/session/messages"
import { type Bytes, fromBase64Url, fromUtf8, randomBytes, toBase64Url, utf8 } from "./bytes.ts"
import { begin, type Conversation, type Entry } from "./conversation.ts"

/** What the sealed history needs of `sessionStorage`. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">

/** A sealed history under one prefix of the storage. */
export interface History {
  /** The conversation as it was last saved, and the last key epoch. What does not open is left out. */
  readonly load: (self: Party) => Promise<{ readonly conversation: Conversation; readonly epoch: number }>
  /** Saves what differs between two states. What was removed leaves the storage before this returns. */
  readonly save: (before: Conversation, after: Conversation) => Promise<void>
  readonly saveEpoch: (epoch: number) => Promise<void>
  /** From now on nothing is written, and the key is forgotten. The storage stays, for a reload. */
  readonly close: () => void
}

/** Removes everything under a prefix. */
export const wipe = (store: Store, prefix: string): void => {
  const names: Array<string> = []
  for (let i = 0; i < store.length; i += 1) {
    const name = store.key(i)
    if (name?.startsWith(prefix) === true) names.push(name)
  }
  for (const name of names) store.removeItem(name)
}

/** Removes the sealed copy of messages without opening it: what the server lists before it hands out its half. */
export const removeItems = (store: Store, prefix: string, items: "all" | ReadonlyArray<{ readonly by: Party; readonly n: number }>): void => {
  if (items === "all") wipe(store, `${prefix}m.`)
  else for (const { by, n } of items) store.removeItem(`${prefix}m.${by}.${n}`)
}

const deriveKey = async (half: string, own: Bytes): Promise<CryptoKey> => {
  const material = utf8(half + toBase64Url(own))
  const base = await crypto.subtle.importKey("raw", material, "HKDF", false, ["deriveKey"])
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: own, info: utf8("fortrolig/v1 history") },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"]
  )
}

type Kept = Omit<Conversation, "self" | "entries">
const keptOf = ({ self: _self, entries: _entries, ...kept }: Conversation): Kept => kept

/** Opens the history under `prefix` with the server's half of the key. */
export const openHistory = async (store: Store, prefix: string, half: string): Promise<History> => {
  const saltName = `${prefix}salt`
  const kept = store.getItem(saltName)
  const own = kept === null ? randomBytes(32) : fromBase64Url(kept)
  if (kept === null) store.setItem(saltName, toBase64Url(own))
  let key: CryptoKey | undefined = await deriveKey(half, own)
  /** The latest wish for each name; a slower seal of an older wish is dropped. */
  const wishes = new Map<string, number>()
  let wish = 0

  const wanted = (name: string): number => {
    wish += 1
    wishes.set(name, wish)
    return wish
  }
  const put = async (name: string, value: unknown): Promise<void> => {
    const mine = wanted(name)
    if (key === undefined) return
    const iv = randomBytes(12)
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(name) }, key, utf8(JSON.stringify(value)))
    if (key === undefined || wishes.get(name) !== mine) return
    store.setItem(prefix + name, `${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`)
  }
  const remove = (name: string): void => {
    wanted(name)
    store.removeItem(prefix + name)
  }
  const read = async (name: string): Promise<string | undefined> => {
    const [iv, sealed] = (store.getItem(prefix + name) ?? "").split(".")
    if (key === undefined || iv === undefined || sealed === undefined) return undefined
    try {
      return fromUtf8(await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64Url(iv), additionalData: utf8(name) }, key, fromBase64Url(sealed)))
    } catch {
      return undefined
    }
  }

  const nameOf = ({ by, n }: { readonly by: Party; readonly n: number }) => `m.${by}.${n}`
  const loadEntries = async (): Promise<Array<Entry>> => {
    const names: Array<string> = []
    for (let i = 0; i < store.length; i += 1) {
      const name = store.key(i)
      if (name?.startsWith(`${prefix}m.`) === true) names.push(name.slice(prefix.length))
    }
    const texts = await Promise.all(names.map(read))
    const entries: Array<Entry> = texts.flatMap((text) => (text === undefined ? [] : [JSON.parse(text)]))
    return entries.sort((a, b) => a.order - b.order)
  }

  return {
    load: async (self) => {
      const entries = await loadEntries()
      const text = await read("kept")
      const kept: Kept = text === undefined ? keptOf(begin(self)) : JSON.parse(text)
      // A tab that died between two writes may have saved a message and not yet the counter after it.
      const beyond = (numbers: ReadonlyArray<number>) => Math.max(0, ...numbers) + 1
      const conversation: Conversation = {
        ...kept,
        self,
        entries,
        nextNumber: Math.max(kept.nextNumber, beyond(entries.filter((entry) => entry.by === self).map((entry) => entry.n))),
        nextOrder: Math.max(kept.nextOrder, beyond(entries.map((entry) => entry.order)))
      }
      return { conversation, epoch: Number((await read("epoch")) ?? 0) }
    },
    save: async (before, after) => {
      for (const entry of before.entries) {
        if (!after.entries.some((other) => other.by === entry.by && other.n === entry.n)) remove(nameOf(entry))
      }
      const known = new Set(before.entries)
      await Promise.all([
        ...after.entries.filter((entry) => !known.has(entry)).map((entry) => put(nameOf(entry), entry)),
        ...(JSON.stringify(keptOf(before)) === JSON.stringify(keptOf(after)) ? [] : [put("kept", keptOf(after))])
      ])
    },
    saveEpoch: (epoch) => put("epoch", epoch),
    close: () => {
      key = undefined
    }
  }
}
