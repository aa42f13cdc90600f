import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Conversation from "./conversation.ts"

type Step =
  | { readonly do: "write" }
  | { readonly do: "receive"; readonly n: number }
  | { readonly do: "acknowledge"; readonly n: number }
  | { readonly do: "remove"; readonly id: string; readonly items: ReadonlyArray<Conversation.Item> }

const number = fc.integer({ min: 1, max: 6 })
const item = fc.record({ by: fc.constantFrom("visitor" as const, "counsellor" as const), n: number })
const removal = fc.record({ do: fc.constant("remove" as const), id: fc.string({ minLength: 1, maxLength: 2 }), items: fc.array(item, { maxLength: 5 }) })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("write" as const) }),
  fc.record({ do: fc.constant("receive" as const), n: number }),
  fc.record({ do: fc.constant("acknowledge" as const), n: number }),
  removal
)
/** The text says which message it is, so that a mix-up shows. */
const textOf = (by: string, n: number) => `${by} wrote ${n}`
const take = (c: Conversation.Conversation, s: Step): Conversation.Conversation => {
  switch (s.do) {
    case "write":
      return Conversation.write(c, textOf("visitor", c.nextNumber))
    case "receive":
      return Conversation.receive(c, s.n, textOf("counsellor", s.n))
    case "acknowledge":
      return Conversation.acknowledge(c, s.n)
    case "remove":
      return Conversation.remove(c, s.id, s.items)
  }
}
const run = (steps: ReadonlyArray<Step>, from = Conversation.begin("visitor")) => steps.reduce(take, from)
const shown = (c: Conversation.Conversation) => c.entries.map(({ by, n, text }) => ({ by, n, text }))

/** What may show, told the long way round: everything that ever arrived or was written, less what was deleted after it was written or at any time before it arrived. */
const naive = (steps: ReadonlyArray<Step>): Set<string> => {
  const written = new Set<number>()
  const visible = new Set<string>()
  const banned = new Set<string>()
  const ids = new Set<string>()
  for (const s of steps) {
    if (s.do === "write") {
      written.add(written.size + 1)
      visible.add(textOf("visitor", written.size))
    } else if (s.do === "receive" && !banned.has(textOf("counsellor", s.n))) visible.add(textOf("counsellor", s.n))
    else if (s.do === "remove" && !ids.has(s.id)) {
      ids.add(s.id)
      for (const { by, n } of s.items) {
        visible.delete(textOf(by, n))
        if (by === "counsellor") banned.add(textOf(by, n))
      }
    }
  }
  return visible
}

describe("a conversation in one browser", () => {
  it("shows exactly what was written or arrived and was not deleted, each message once", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const texts = run(steps).entries.map((entry) => entry.text)
        expect(new Set(texts)).toEqual(naive(steps))
        expect(texts.length).toBe(new Set(texts).size)
      })
    )
  })

  it("a deletion commutes with everything that arrives from the other side", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), removal, number, (steps, deletion, n) => {
        const before = run(steps)
        const arrival: Step = { do: "receive", n }
        const one = shown(run([deletion, arrival], before))
        const other = shown(run([arrival, deletion], before))
        expect(new Set(one.map(({ text }) => text))).toEqual(new Set(other.map(({ text }) => text)))
      })
    )
  })

  it("a deletion commutes with what is written later", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), removal, (steps, deletion) => {
        const before = run(steps)
        const earlier = { ...deletion, items: deletion.items.filter(({ by, n }) => by !== "visitor" || n < before.nextNumber) }
        expect(shown(run([earlier, { do: "write" }], before))).toEqual(shown(run([{ do: "write" }, earlier], before)))
      })
    )
  })

  it("nothing of a deleted text is outstanding, and every number the other side lacks still goes out", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const c = run(steps)
        const visible = naive(steps)
        const out = Conversation.outstanding(c)
        for (const { n, text } of out) expect(text === "" || visible.has(text) && text === textOf("visitor", n)).toBe(true)
        const confirmed = Math.max(0, ...steps.flatMap((s) => (s.do === "acknowledge" ? [s.n] : [])))
        const missing = c.entries.filter((entry) => entry.by === "visitor" && !entry.delivered).map((entry) => entry.n)
        expect(out.map(({ n }) => n)).toEqual(out.map(({ n }) => n).toSorted((a, b) => a - b))
        for (const n of missing) expect(out.some((message) => message.n === n)).toBe(true)
        for (let n = confirmed + 1; n < c.nextNumber; n += 1) expect(out.some((message) => message.n === n)).toBe(true)
      })
    )
  })

  it("the same deletion twice is one deletion", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), removal, (steps, deletion) => {
        const once = run([...steps, deletion])
        expect(run([deletion], once)).toEqual(once)
      })
    )
  })

  it("a deletion that the other side never confirms counts as done when the other side is gone, and what it lacked is not sent to a successor", () => {
    const written = run([{ do: "write" }, { do: "write" }, { do: "acknowledge", n: 1 }, { do: "remove", id: "a", items: [{ by: "visitor", n: 1 }] }])
    expect(written.removals.map(({ done }) => done)).toEqual([false])
    const parted = Conversation.partWithPeer(written)
    expect(parted.removals.map(({ done }) => done)).toEqual([true])
    expect(Conversation.outstanding(parted)).toEqual([])
    expect(Conversation.outstanding(Conversation.write(parted, "new"))).toEqual([{ n: 3, order: 3, by: "visitor", delivered: false, text: "new" }])
  })

  it("a browser that lost its history counts on from what the server has seen", () => {
    const c = Conversation.counted(Conversation.begin("counsellor"), 5)
    expect(Conversation.write(c, "hei").entries.map(({ n }) => n)).toEqual([5])
    expect(Conversation.counted(Conversation.write(c, "hei"), 2).nextNumber).toBe(6)
  })
})
