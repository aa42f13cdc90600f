/**
 * The load: plays both ends of every pair from a process of its own, so that a server's processor time is its own.
 */
import { performance } from "node:perf_hooks"
import { End, type Entrance } from "./end.ts"
import { counsellor, openChat, watch } from "./people.ts"
import { answer } from "./rpc.ts"
import { cpu } from "./server.ts"
import { named, type ServerName, sourceAddress, upgrade } from "./ways.ts"

/** How many messages have arrived, when that was counted (monotonic, in milliseconds), and this process's processor time in microseconds. */
export interface Count {
  readonly messages: number
  readonly at: number
  readonly cpu: number
}

/** Delays from just before a message was sent until it had arrived, in milliseconds. */
export interface Delays {
  readonly p50: number
  readonly p99: number
  /** Messages a second that were really sent. */
  readonly rate: number
}

/** Which pairs are to be opened. */
export interface Opening {
  readonly server: ServerName
  readonly port: number
  readonly pairs: number
  readonly invitation: string
}

/** What the load does when it is asked. */
export interface LoadCalls {
  /** Makes ready for so many new pairs: their visitors, or left ends, stand before the door. At most as many as one counsellor may hold. */
  readonly open: { readonly ask: Opening; readonly answer: null }
  /** Makes ready for their counsellors, or right ends. */
  readonly join: { readonly ask: null; readonly answer: null }
  /** All who stand before the door come in. */
  readonly enter: { readonly ask: null; readonly answer: null }
  /** Every pair passes messages to and fro as fast as they come, until `halt`. */
  readonly begin: { readonly ask: { readonly acknowledged: boolean }; readonly answer: null }
  readonly count: { readonly ask: null; readonly answer: Count }
  readonly halt: { readonly ask: null; readonly answer: null }
  /** Sends so many messages a second, spread over the pairs, each acknowledged. */
  readonly pace: { readonly ask: { readonly rate: number; readonly seconds: number }; readonly answer: Delays }
  /** So many ends go away, and stand before the door with what they need to come back. */
  readonly leave: { readonly ask: { readonly ends: number }; readonly answer: null }
}

interface Place {
  readonly end: End
  readonly entering: () => Promise<Entrance>
}
interface Outside {
  readonly end: End
  readonly entrance: Entrance
}

/** Everybody, the two ends of a pair next to each other. */
const places: Array<Place> = []
let outside: ReadonlyArray<Outside> = []
/** How the other ends of the pairs that were opened last come to the door. */
let joining: () => Promise<ReadonlyArray<Outside>> = () => Promise.resolve([])
let messages = 0
let going = false

/** Does something for each of many, some at a time. */
const each = async <A, B>(all: ReadonlyArray<A>, atOnce: number, work: (one: A, index: number) => Promise<B>): Promise<Array<B>> => {
  const done: Array<B> = []
  // The workers share one iterator, so each takes what no other has taken.
  const rest = all.entries()
  const worker = async () => {
    for (const [index, one] of rest) done[index] = await work(one, index)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker))
  return done
}

const openPair = (entering: Place["entering"], otherEntering: Place["entering"]): readonly [End, End] => {
  const ends = [watch(new End()), watch(new End())] as const
  ends[0].peer = ends[1]
  ends[1].peer = ends[0]
  places.push({ end: ends[0], entering }, { end: ends[1], entering: otherEntering })
  return ends
}

const openNamed = (server: "tcp" | "ws", port: number, pairs: number): void => {
  const first = places.length / 2
  const opened = Array.from({ length: pairs }, (_, index) => {
    const entrances = [named(server, port, first + index, 0), named(server, port, first + index, 1)] as const
    return { ends: openPair(() => Promise.resolve(entrances[0]), () => Promise.resolve(entrances[1])), entrances }
  })
  outside = opened.map(({ ends, entrances }) => ({ end: ends[0], entrance: entrances[0] }))
  joining = () => Promise.resolve(opened.map(({ ends, entrances }) => ({ end: ends[1], entrance: entrances[1] })))
}

const openChats = async (port: number, pairs: number, invitation: string): Promise<void> => {
  const first = places.length / 2
  const staff = await counsellor(port, invitation)
  const chats = await each(Array.from({ length: pairs }), pairs, () => openChat(port, staff))
  const opened = chats.map((chat, index) => {
    const enter = (side: 0 | 1, ticket: string) => upgrade(port, sourceAddress((first + index) * 2 + side), ticket)
    const ends = openPair(async () => enter(0, await chat.resume()), async () => enter(1, await chat.join()))
    return { chat, ends, enter }
  })
  outside = opened.map(({ chat, ends, enter }) => ({ end: ends[0], entrance: enter(0, chat.ticket) }))
  joining = () =>
    each(opened, pairs, async ({ chat, ends, enter }) => {
      await staff.accept(chat.ref)
      return { end: ends[1], entrance: enter(1, await chat.join()) }
    })
}

/** Waits until what is on its way has arrived. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 300))
const hearAll = (hear: End["onMessage"]) => places.forEach(({ end }) => {
  end.onMessage = hear
})

const pace = async (rate: number, seconds: number): Promise<Delays> => {
  const delays: Array<number> = []
  hearAll((end, n, sentAt) => {
    delays.push(performance.now() - sentAt)
    end.acknowledge(n)
  })
  const began = performance.now()
  const total = rate * seconds
  let sent = 0
  await new Promise<void>((resolve) => {
    const turn = () => {
      const due = Math.min(total, ((performance.now() - began) * rate) / 1000)
      for (; sent < due; sent++) places[sent % places.length]?.end.say(0, performance.now())
      if (sent >= total) return resolve()
      setTimeout(turn, 1)
    }
    turn()
  })
  const took = performance.now() - began
  for (let patience = 0; patience < 20 && delays.length < total; patience++) await settle()
  if (delays.length !== total) throw new Error(`${delays.length} of ${total} messages arrived`)
  const sorted = Float64Array.from(delays).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99), rate: (total / took) * 1000 }
}

answer<LoadCalls>({
  open: async ({ invitation, pairs, port, server }) => {
    if (server === "product") await openChats(port, pairs, invitation)
    else openNamed(server, port, pairs)
    return null
  },
  join: async () => {
    outside = await joining()
    return null
  },
  enter: async () => {
    await each(outside, 20, ({ end, entrance }) => end.enter(entrance))
    outside = []
    return null
  },
  begin: ({ acknowledged }) => {
    going = true
    hearAll((end, n) => {
      messages += 1
      if (going) end.say(acknowledged ? n : 0, 0)
    })
    for (let index = 0; index < places.length; index += 2) places[index]?.end.say(0, 0)
    return null
  },
  count: () => ({ messages, at: performance.now(), cpu: cpu() }),
  halt: async () => {
    going = false
    await settle()
    return null
  },
  pace: ({ rate, seconds }) => pace(rate, seconds),
  leave: async ({ ends }) => {
    const leaving = places.splice(0, ends)
    // Those who come back stand last, so that all take their turn.
    places.push(...leaving)
    await Promise.all(leaving.map(({ end }) => end.leave()))
    await settle()
    outside = await each(leaving, 20, async ({ end, entering }) => ({ end, entrance: await entering() }))
    return null
  }
})
