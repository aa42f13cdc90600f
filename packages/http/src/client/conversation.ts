/**
 * What this browser shows of a conversation, as a value: who wrote what, what the other side has confirmed, and what the visitor has deleted.
 * A message is named by its author and the author's own running number, which survives new keys and reloads.
 */
import type { Party } from "@fortrolig/core/session/messages"

/** The name of a message. */
export interface Item {
  readonly by: Party
  readonly n: number
}

/** A message that is shown. */
export interface Entry extends Item {
  /** Its place in the list of this browser. */
  readonly order: number
  readonly text: string
  /** Confirmed by the other browser. Always true for what the other side wrote. */
  readonly delivered: boolean
}

/** A deletion by the visitor, shown as a line without content or length. */
export interface Removal {
  readonly id: string
  readonly order: number
  readonly items: ReadonlyArray<Item>
  /** Confirmed by the counsellor's browser, or no such browser is left. */
  readonly done: boolean
}

/** A conversation as one of the two browsers holds it. */
export interface Conversation {
  readonly self: Party
  readonly entries: ReadonlyArray<Entry>
  readonly removals: ReadonlyArray<Removal>
  readonly nextNumber: number
  readonly nextOrder: number
  /** Own numbers that were deleted before the other side confirmed them: sent as empty, so that the numbers have no gap. */
  readonly blank: ReadonlyArray<number>
  /** Numbers of the other side that must never be shown (again). */
  readonly barred: ReadonlyArray<number>
  /** Own numbers that were meant for somebody who is gone: never sent again. */
  readonly lapsed: ReadonlyArray<number>
}

/** A conversation in which nothing is written yet. */
export const begin = (self: Party): Conversation => ({
  self,
  entries: [],
  removals: [],
  nextNumber: 1,
  nextOrder: 1,
  blank: [],
  barred: [],
  lapsed: []
})

/** Whether two names are the same. */
export const same = (a: Item, b: Item): boolean => a.by === b.by && a.n === b.n

/** Adds a text of this browser under its next number. */
export const write = (c: Conversation, text: string): Conversation => ({
  ...c,
  entries: [...c.entries, { by: c.self, n: c.nextNumber, order: c.nextOrder, text, delivered: false }],
  nextNumber: c.nextNumber + 1,
  nextOrder: c.nextOrder + 1
})

/** Adds message `n` of the other side. What is already here, deleted or empty changes nothing that is shown. */
export const receive = (c: Conversation, n: number, text: string): Conversation => {
  const by: Party = c.self === "visitor" ? "counsellor" : "visitor"
  if (c.barred.includes(n) || c.entries.some((entry) => same(entry, { by, n }))) return c
  if (text === "") return { ...c, barred: [...c.barred, n] }
  return { ...c, entries: [...c.entries, { by, n, order: c.nextOrder, text, delivered: true }], nextOrder: c.nextOrder + 1 }
}

/** The other browser has own message `n`. */
export const acknowledge = (c: Conversation, n: number): Conversation => ({
  ...c,
  entries: c.entries.map((entry) => (entry.by === c.self && entry.n === n && !entry.delivered ? { ...entry, delivered: true } : entry)),
  // The relay takes numbers in order, so it has every deleted one before this.
  blank: c.blank.filter((other) => other > n)
})

/** What the other browser has not confirmed, in the order of the numbers; deleted texts as empty. */
export const outstanding = (c: Conversation): ReadonlyArray<{ readonly n: number; readonly text: string }> =>
  [
    ...c.entries.filter((entry) => entry.by === c.self && !entry.delivered && !c.lapsed.includes(entry.n)),
    ...c.blank.map((n) => ({ n, text: "" }))
  ].sort((a, b) => a.n - b.n)

/** Whether a text may still go out as message `n`. */
export const stillOutstanding = (c: Conversation, n: number, text: string): boolean =>
  outstanding(c).some((message) => message.n === n && message.text === text)

/** Every message that this browser shows. */
export const everything = (c: Conversation): ReadonlyArray<Item> => c.entries.map(({ by, n }) => ({ by, n }))

/**
 * Deletes what is named, under the id of the deletion (DFH-09). The same id again changes nothing.
 * What is named and has not arrived yet will not be shown when it does, so a deletion and what is written later never depend on their order.
 */
export const remove = (c: Conversation, id: string, items: ReadonlyArray<Item>): Conversation => {
  if (c.removals.some((removal) => removal.id === id)) return c
  const named = (entry: Item) => items.some((item) => same(item, entry))
  const gone = c.entries.filter(named)
  const order = gone.reduce((least, entry) => Math.min(least, entry.order), c.nextOrder)
  return {
    ...c,
    entries: c.entries.filter((entry) => !named(entry)),
    removals: [...c.removals, { id, order, items, done: false }],
    nextOrder: c.nextOrder + (gone.length === 0 ? 1 : 0),
    blank: [...c.blank, ...gone.filter((entry) => entry.by === c.self && !entry.delivered && !c.lapsed.includes(entry.n)).map((entry) => entry.n)],
    barred: [...c.barred, ...items.filter((item) => item.by !== c.self && !c.barred.includes(item.n)).map((item) => item.n)]
  }
}

/** The counsellor's browser has done deletion `id`. */
export const confirmRemoval = (c: Conversation, id: string): Conversation => ({
  ...c,
  removals: c.removals.map((removal) => (removal.id === id ? { ...removal, done: true } : removal))
})

/** The other browser is gone for good: it holds nothing any more, and what it never confirmed stays unsent. */
export const partWithPeer = (c: Conversation): Conversation => ({
  ...c,
  removals: c.removals.map((removal) => (removal.done ? removal : { ...removal, done: true })),
  lapsed: c.entries.filter((entry) => entry.by === c.self && !entry.delivered).map((entry) => entry.n),
  blank: []
})

/** The server has every own number below `next`: this browser counts on from there if it lost its history, and need not fill gaps before it. */
export const counted = (c: Conversation, next: number): Conversation => ({
  ...c,
  nextNumber: Math.max(c.nextNumber, next),
  blank: c.blank.filter((n) => n >= next)
})
