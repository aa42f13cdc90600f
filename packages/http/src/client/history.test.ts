import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Conversation from "./conversation.ts"
import { openHistory, removeItems, type Store, wipe } from "./history.ts"

const half = "h".repeat(43)
const other = `${"h".repeat(42)}g`

const memory = () => {
  const items = new Map<string, string>()
  const store: Store = {
    get length() {
      return items.size
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name)
  }
  return { store, items, dump: () => JSON.stringify([...items]) }
}
const said = (...texts: ReadonlyArray<string>) => texts.reduce(Conversation.write, Conversation.begin("visitor"))

describe("the sealed history of a tab", () => {
  it("a reload with the server's half brings back exactly what was saved", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ minLength: 1 }), { maxLength: 8 }), fc.nat({ max: 255 }), async (texts, epoch) => {
        const { store } = memory()
        const history = await openHistory(store, "f.", half)
        const c = Conversation.remove(Conversation.receive(said(...texts), 4, "svar"), "a", [{ by: "visitor", n: 2 }])
        await history.save(Conversation.begin("visitor"), c)
        await history.saveEpoch(epoch)
        expect(await (await openHistory(store, "f.", half)).load("visitor")).toEqual({ conversation: c, epoch })
      }),
      { numRuns: 30 }
    )
  })

  it("without the server's half, or without the tab's own, nothing opens", async () => {
    const { store } = memory()
    await (await openHistory(store, "f.", half)).save(Conversation.begin("visitor"), said("hemmelig"))
    expect((await (await openHistory(store, "f.", other)).load("visitor")).conversation.entries).toEqual([])
    expect((await (await openHistory(store, "f.", half)).load("visitor")).conversation.entries.length).toBe(1)
    store.removeItem("f.salt")
    expect((await (await openHistory(store, "f.", half)).load("visitor")).conversation.entries).toEqual([])
  })

  it("no text is readable in the storage, and an item under another name does not open", async () => {
    const { store, items, dump } = memory()
    const history = await openHistory(store, "f.", half)
    await history.save(Conversation.begin("visitor"), said("kanarifugl", "annet"))
    expect(dump()).not.toContain("kanarifugl")
    expect(dump()).not.toContain(btoa("kanarifugl").slice(0, 12))
    items.set("f.m.visitor.9", items.get("f.m.visitor.1") ?? "")
    expect((await history.load("visitor")).conversation.entries.map(({ n }) => n)).toEqual([1, 2])
  })

  it("a message deleted while it is being sealed leaves nothing behind", async () => {
    const { store, items } = memory()
    const history = await openHistory(store, "f.", half)
    const written = said("kanarifugl")
    const saving = history.save(Conversation.begin("visitor"), written)
    const removing = history.save(written, Conversation.remove(written, "a", [{ by: "visitor", n: 1 }]))
    await Promise.all([saving, removing])
    expect([...items.keys()].filter((name) => name.startsWith("f.m."))).toEqual([])
  })

  it("what was removed is gone from the storage before anything is awaited", async () => {
    const { store, items } = memory()
    const history = await openHistory(store, "f.", half)
    const written = said("en", "to")
    await history.save(Conversation.begin("visitor"), written)
    void history.save(written, Conversation.remove(written, "a", [{ by: "visitor", n: 1 }]))
    expect(items.has("f.m.visitor.1")).toBe(false)
  })

  it("after it is closed nothing is written, not even what was on its way", async () => {
    const { store, items } = memory()
    const history = await openHistory(store, "f.", half)
    const saving = history.save(Conversation.begin("visitor"), said("kanarifugl"))
    history.close()
    wipe(store, "f.")
    await saving
    await history.save(Conversation.begin("visitor"), said("mer"))
    expect([...items.keys()]).toEqual([])
  })

  it("what the server lists as deleted goes without being opened; wiping one prefix spares another", async () => {
    const { store, items } = memory()
    await (await openHistory(store, "c.1.", half)).save(Conversation.begin("visitor"), said("en", "to"))
    await (await openHistory(store, "c.2.", half)).save(Conversation.begin("visitor"), said("tre"))
    removeItems(store, "c.1.", [{ by: "visitor", n: 1 }])
    expect(items.has("c.1.m.visitor.1")).toBe(false)
    expect(items.has("c.1.m.visitor.2")).toBe(true)
    removeItems(store, "c.1.", "all")
    expect([...items.keys()].filter((name) => name.startsWith("c.1.m."))).toEqual([])
    wipe(store, "c.1.")
    expect([...items.keys()].every((name) => name.startsWith("c.2."))).toBe(true)
    expect(items.has("c.2.m.visitor.1")).toBe(true)
  })
})
