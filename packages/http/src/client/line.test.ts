import * as fc from "fast-check"
import { describe, expect, it, vi } from "vitest"
import type { Party } from "@fortrolig/core/session/messages"
import type { FromCounsellor, FromVisitor, ToParty } from "@fortrolig/core/wire/socket"
import * as Conversation from "./conversation.ts"
import { overhead } from "./crypto.ts"
import { messageHeader } from "./frames.ts"
import { openHistory, type Store } from "./history.ts"
import { type Line, makeLine } from "./line.ts"

const half = "h".repeat(43)
const memory = (): Store & { readonly items: Map<string, string> } => {
  const items = new Map<string, string>()
  return {
    items,
    get length() {
      return items.size
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name)
  }
}
const other = (party: Party): Party => (party === "visitor" ? "counsellor" : "visitor")
const shown = (line: Line) => line.conversation().entries.map((entry) => entry.text)
const until = async (what: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !what(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** Two browsers and a relay that keeps nothing: what is sent to somebody who is away is lost, and `loses` may lose more. */
const chat = async (loses: () => boolean = () => false) => {
  const stores = { visitor: memory(), counsellor: memory() }
  const online = { visitor: false, counsellor: false }
  const lines = new Map<Party, Line>()
  const wire: Array<Uint8Array> = []
  /** Messages that were confirmed before a reload would have had them. */
  const unsaved: Array<number> = []
  const unconfirmed = new Map<string, ToParty>()
  const frame = (from: Party, bytes: Uint8Array<ArrayBuffer>) => {
    wire.push(bytes)
    const n = new DataView(bytes.buffer).getUint32(1)
    if (bytes[0] === 2 && !stores[from].items.has(`f.m.${other(from)}.${n}`)) unsaved.push(n)
    if (!online[other(from)] || loses()) return
    const copy = bytes.slice().buffer
    setTimeout(() => lines.get(other(from))?.binary(copy))
  }
  const control = (from: Party, message: FromVisitor | FromCounsellor) => {
    const to = lines.get(other(from))
    if (message._tag === "Redact") unconfirmed.set(message.id, message)
    if (message._tag === "Redacted") unconfirmed.delete(message.id)
    if (!online[other(from)] || message._tag === "End" || message._tag === "Leave" || message._tag === "Wiped" || message._tag === "Return" || message._tag === "Escrow") return
    setTimeout(() => to?.control(message))
  }
  const open = async (self: Party): Promise<Line> => {
    const history = await openHistory(stores[self], "f.", half)
    const { conversation, epoch } = await history.load(self)
    const line = makeLine({
      self,
      conversation,
      epoch,
      history,
      send: (data) => {
        if (!online[self]) return false
        if (typeof data === "string") control(self, JSON.parse(data))
        else frame(self, data)
        return true
      },
      changed: () => undefined,
      typing: () => undefined
    })
    lines.set(self, line)
    return line
  }
  const connect = (self: Party) => {
    online[self] = true
    lines.get(self)?.opened()
    lines.get(self)?.control({ _tag: "Peer", here: online[other(self)] })
    if (online[other(self)]) lines.get(other(self))?.control({ _tag: "Peer", here: true })
    if (self === "counsellor") for (const message of unconfirmed.values()) lines.get(self)?.control(message)
  }
  const drop = (self: Party) => {
    online[self] = false
    lines.get(self)?.lost()
    lines.get(other(self))?.control({ _tag: "Peer", here: false })
  }
  const reload = async (self: Party) => {
    drop(self)
    lines.get(self)?.close()
    await open(self)
    connect(self)
  }
  const line = (self: Party): Line => {
    const found = lines.get(self)
    if (found === undefined) throw new Error("no such browser")
    return found
  }
  await open("visitor")
  await open("counsellor")
  connect("visitor")
  connect("counsellor")
  await until(() => line("visitor").ready() && line("counsellor").ready())
  return { line, open, connect, drop, reload, stores, wire, unsaved, close: () => lines.forEach((each) => each.close()) }
}

describe("the line between two browsers over a relay that keeps nothing", () => {
  it("carries messages both ways and confirms each when it is saved", async () => {
    const { close, line, unsaved } = await chat()
    line("visitor").say("hei")
    line("counsellor").say("hallo")
    await until(() => shown(line("visitor")).length === 2 && shown(line("counsellor")).length === 2)
    await until(() => line("visitor").conversation().entries.every((entry) => entry.delivered))
    expect(new Set(shown(line("visitor")))).toEqual(new Set(["hei", "hallo"]))
    expect(new Set(shown(line("counsellor")))).toEqual(new Set(["hei", "hallo"]))
    expect(unsaved).toEqual([])
    close()
  })

  it("whatever is written, deleted, lost, dropped and reloaded: in the end both browsers show the same, each message once, and nothing that was deleted", async () => {
    const act = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("visitor writes", "counsellor writes") },
      { weight: 2, arbitrary: fc.constantFrom("delete first", "delete last", "delete all") },
      { weight: 1, arbitrary: fc.constantFrom("visitor drops", "counsellor drops", "visitor reloads", "counsellor reloads", "wait") }
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async (acts, luck) => {
        let lossy = true
        const { close, connect, drop, line, reload } = await chat(() => lossy && luck.next().value === 0)
        const written = { visitor: 0, counsellor: 0 }
        const deleted = new Set<string>()
        for (const name of acts) {
          const [who, what] = name.split(" ")
          const self: Party = who === "counsellor" ? "counsellor" : "visitor"
          if (what === "writes") {
            written[self] += 1
            line(self).say(`${self} ${written[self]}`)
          } else if (what === "drops") {
            drop(self)
            connect(self)
          } else if (what === "reloads") {
            await new Promise((resolve) => setTimeout(resolve, 20))
            await reload(self)
          } else if (name === "wait") await new Promise((resolve) => setTimeout(resolve, 10))
          else {
            const all = line("visitor").conversation().entries
            const some = what === "all" ? all : what === "first" ? all.slice(0, 1) : all.slice(-1)
            for (const entry of some) deleted.add(entry.text)
            line("visitor").remove(some)
          }
        }
        lossy = false
        for (const self of ["visitor", "counsellor"] as const) {
          drop(self)
          connect(self)
        }
        const settled = () => {
          const [a, b] = [line("visitor"), line("counsellor")].map((each) => shown(each).toSorted().join("|"))
          const quiet = [line("visitor"), line("counsellor")].every((each) => each.conversation().entries.every((entry) => entry.delivered))
          return quiet && a === b && line("visitor").conversation().removals.every(({ done }) => done)
        }
        await until(settled)
        const seen = { visitor: shown(line("visitor")), counsellor: shown(line("counsellor")) }
        close()
        expect(new Set(seen.visitor)).toEqual(new Set(seen.counsellor))
        const expected = (["visitor", "counsellor"] as const).flatMap((self) => Array.from({ length: written[self] }, (_, i) => `${self} ${i + 1}`))
        expect(seen.visitor.toSorted()).toEqual(expected.filter((text) => !deleted.has(text)).toSorted())
        expect(seen.counsellor.length).toBe(new Set(seen.counsellor).size)
      }),
      { numRuns: 25 }
    )
  }, 60_000)

  it("what is deleted while the other side is away is never sent, and the numbers after it have no gap", async () => {
    const { close, connect, drop, line, wire } = await chat()
    drop("counsellor")
    line("visitor").say("kanarifugl")
    line("visitor").remove(Conversation.everything(line("visitor").conversation()))
    line("visitor").say("etterpå")
    const before = wire.length
    connect("counsellor")
    await until(() => shown(line("counsellor")).length === 1)
    expect(shown(line("counsellor"))).toEqual(["etterpå"])
    const numbers = wire.slice(before).filter((bytes) => bytes[0] === 1).map((bytes) => new DataView(bytes.buffer).getUint32(1))
    expect([...new Set(numbers)]).toEqual([1, 2])
    close()
  })

  it("what is deleted without a connection is deleted on the other side when there is one again", async () => {
    const { close, connect, drop, line } = await chat()
    line("visitor").say("hei")
    await until(() => shown(line("counsellor")).length === 1)
    drop("visitor")
    line("visitor").remove(Conversation.everything(line("visitor").conversation()))
    expect(line("visitor").conversation().removals.map(({ done }) => done)).toEqual([false])
    connect("visitor")
    await until(() => line("visitor").conversation().removals.every(({ done }) => done))
    expect(shown(line("counsellor"))).toEqual([])
    expect(line("visitor").conversation().removals.map(({ done }) => done)).toEqual([true])
    close()
  })

  it("what is deleted while it is being sealed does not leave the browser", async () => {
    const { close, line, wire } = await chat()
    const seal = crypto.subtle.encrypt.bind(crypto.subtle)
    const spy = vi.spyOn(crypto.subtle, "encrypt").mockImplementation(async (algorithm, key, data) => {
      const sealed = await seal(algorithm, key, data)
      const place = typeof algorithm === "object" && "additionalData" in algorithm ? new TextDecoder().decode(algorithm.additionalData) : ""
      if (place.startsWith("visitor|1|") && line("visitor").conversation().removals.length === 0) line("visitor").remove([{ by: "visitor", n: 1 }])
      return sealed
    })
    line("visitor").say("kanarifugl")
    line("visitor").say("etterpå")
    await until(() => shown(line("counsellor")).length === 1)
    spy.mockRestore()
    const empty = messageHeader + overhead
    expect(wire.filter((bytes) => bytes[0] === 1 && bytes.length !== empty + "etterpå".length + 1).map((bytes) => bytes.length)).toEqual([empty])
    close()
  })

  it("a reconnect without a reload sends the same bytes, a reload makes a new key", async () => {
    const { close, connect, drop, line, reload, wire } = await chat(() => true)
    line("visitor").say("hei")
    await until(() => wire.length === 1)
    drop("counsellor")
    connect("counsellor")
    await until(() => wire.length === 2)
    expect(wire[1]).toEqual(wire[0])
    await new Promise((resolve) => setTimeout(resolve, 20))
    await reload("visitor")
    await until(() => wire.length >= 3)
    expect(wire.at(-1)?.[5]).toBe((wire[0]?.[5] ?? 0) + 1)
    expect(wire.at(-1)).not.toEqual(wire[0])
    close()
  })

  it("a frame that was changed on the way, or that nobody here wrote, shows nothing", async () => {
    const { close, line, wire } = await chat()
    line("visitor").say("hei")
    await until(() => shown(line("counsellor")).length === 1)
    const forged = wire[0]?.slice() ?? new Uint8Array(0)
    forged[4] = 9
    line("counsellor").binary(forged.buffer)
    line("counsellor").binary(new Uint8Array([1, 0, 0, 0, 8, 1, 1, 2, 3]).buffer)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(shown(line("counsellor"))).toEqual(["hei"])
    close()
  })

  it.each(["told that the first is gone", "away when the first left"])("somebody new gets nothing of what was said before, nor what was never confirmed, when the visitor was %s", async (how) => {
    const { close, connect, drop, line, open, stores } = await chat()
    line("visitor").say("til den første")
    await until(() => shown(line("counsellor")).length === 1 && line("visitor").conversation().entries[0]?.delivered === true)
    drop("counsellor")
    line("visitor").say("aldri levert")
    line("counsellor").close()
    if (how === "told that the first is gone") line("visitor").control({ _tag: "Requeued", cause: "counsellorGone" })
    stores.counsellor.items.clear()
    await open("counsellor")
    line("visitor").control({ _tag: "Joined" })
    connect("counsellor")
    await until(() => line("counsellor").ready() && line("visitor").ready())
    line("visitor").say("til den neste")
    await until(() => shown(line("counsellor")).includes("til den neste"))
    expect(shown(line("counsellor"))).toEqual(["til den neste"])
    expect(shown(line("visitor"))).toEqual(["til den første", "aldri levert", "til den neste"])
    close()
  })
})
