/**
 * One server, started, measured and stopped.
 */
import { rmSync } from "node:fs"
import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { LoadCalls } from "./load.ts"
import { type Peer, start } from "./rpc.ts"
import type { ServerCalls } from "./server.ts"
import { capacity, type ServerName } from "./ways.ts"

/** What is measured, and how much of it. */
export interface Plan {
  readonly pairs: number
  /** Seconds of each throughput sample. */
  readonly seconds: number
  /** Messages a second at which delays are measured, and for how long in seconds. */
  readonly rate: number
  readonly paceSeconds: number
  /** How many connections are made anew to see what accepting one costs. */
  readonly reconnects: number
  /** Idle connections whose memory is measured; 0 leaves it out. */
  readonly idle: number
  /** Folder for processor profiles of the servers, when wanted. */
  readonly profile: string | undefined
}

/** One throughput sample: messages a second, and processor time for each message in microseconds. */
export interface Flow {
  readonly rate: number
  readonly cpu: number
  /** How much of one core the server and the load used: who of them was at its limit. */
  readonly serverCore: number
  readonly loadCore: number
}

/** What one round says of one server. */
export interface Round {
  readonly flow: Flow
  readonly acknowledgedFlow: Flow
  readonly p50: number
  readonly p99: number
  readonly paced: number
  /** Processor time for each connection that is accepted for the first time, and for each that comes back, in microseconds. */
  readonly accept: number
  readonly back: number
}

/** Bytes for each idle connection. */
export interface Idle {
  readonly connections: number
  readonly heap: number
  readonly rss: number
  /** Processor time for each of them that was accepted, in microseconds. */
  readonly accept: number
  /** Seconds that connecting them all took. */
  readonly seconds: number
}

interface Running {
  readonly server: Peer<ServerCalls>
  readonly load: Peer<LoadCalls>
  /** Brings so many more pairs together; answers processor time for each connection that was accepted, in microseconds, requests not counted. */
  readonly connect: (pairs: number) => Promise<number>
}

const wait = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))

/** Runs a server and its load, each in a process of its own, and cleans up after them whatever happens. */
export const withServer = async <A>(name: ServerName, profile: string | undefined, work: (running: Running) => Promise<A>): Promise<A> => {
  const folder = await mkdtemp(join(tmpdir(), "fortrolig-bench-"))
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}-${Date.now()}.cpuprofile`]
  const program = new URL(name === "product" ? "./product.ts" : "./bare.ts", import.meta.url)
  const tidy = () => rmSync(folder, { recursive: true, force: true })
  process.once("exit", tidy)
  const server = start<ServerCalls>(program, [name === "product" ? folder : name], profiling)
  const load = start<LoadCalls>(new URL("./load.ts", import.meta.url), [])
  try {
    const port = await server.ask("port", null)
    const enter = async (): Promise<number> => {
      const before = await server.ask("cpu", null)
      await load.ask("enter", null)
      return (await server.ask("cpu", null)) - before
    }
    const connect = async (pairs: number): Promise<number> => {
      let spent = 0
      const invitations = await server.ask("invitations", Math.ceil(pairs / capacity))
      for (let done = 0; done < pairs; done += capacity) {
        await load.ask("open", { server: name, port, pairs: Math.min(capacity, pairs - done), invitation: invitations[done / capacity] ?? "" })
        spent += await enter()
        await load.ask("join", null)
        spent += await enter()
      }
      return spent / (pairs * 2)
    }
    return await work({ server, load, connect })
  } finally {
    await load.stop()
    await server.stop()
    process.off("exit", tidy)
    tidy()
  }
}

const flowOf = async ({ load, server }: Running, acknowledged: boolean, seconds: number): Promise<Flow> => {
  await load.ask("begin", { acknowledged })
  await wait(1.5)
  const [before, cpuBefore] = await Promise.all([load.ask("count", null), server.ask("cpu", null)])
  await wait(seconds)
  const [after, cpuAfter] = await Promise.all([load.ask("count", null), server.ask("cpu", null)])
  await load.ask("halt", null)
  const [messages, took] = [after.messages - before.messages, (after.at - before.at) / 1000]
  return {
    rate: messages / took,
    cpu: (cpuAfter - cpuBefore) / messages,
    serverCore: (cpuAfter - cpuBefore) / 1e6 / took,
    loadCore: (after.cpu - before.cpu) / 1e6 / took
  }
}

/** Lets connections go and come back, as often as asked; answers processor time for each that came back, in microseconds. */
const backCost = async ({ load, server }: Running, reconnects: number, atOnce: number): Promise<number> => {
  let spent = 0
  let done = 0
  while (done < reconnects) {
    await load.ask("leave", { ends: atOnce })
    const before = await server.ask("cpu", null)
    await load.ask("enter", null)
    spent += (await server.ask("cpu", null)) - before
    done += atOnce
  }
  return spent / done
}

/** One round: accepting, throughput with and without acknowledgements, delays. */
export const round = (name: ServerName, plan: Plan): Promise<Round> =>
  withServer(name, plan.profile, async (running) => {
    // What comes first pays for compiling.
    await running.connect(Math.ceil(plan.pairs / 2))
    const accept = await running.connect(Math.floor(plan.pairs / 2))
    const back = await backCost(running, plan.reconnects, Math.min(200, plan.pairs * 2))
    const flow = await flowOf(running, false, plan.seconds)
    const acknowledgedFlow = await flowOf(running, true, plan.seconds)
    // The first second is for warming up.
    await running.load.ask("pace", { rate: plan.rate, seconds: 1 })
    const { p50, p99, rate } = await running.load.ask("pace", { rate: plan.rate, seconds: plan.paceSeconds })
    return { flow, acknowledgedFlow, p50, p99, paced: rate, accept, back }
  })

/** Memory for each idle connection. The first two hundred are not counted: they pay for what is made once. */
export const idle = (name: ServerName, connections: number, profile: string | undefined): Promise<Idle> =>
  withServer(name, profile, async ({ connect, server }) => {
    await connect(100)
    const before = await server.ask("memory", null)
    const began = performance.now()
    const accept = await connect(connections / 2)
    const seconds = (performance.now() - began) / 1000
    await wait(2)
    const after = await server.ask("memory", null)
    return { connections, accept, heap: (after.heap - before.heap) / connections, rss: (after.rss - before.rss) / connections, seconds }
  })

/** Bytes that stay for each connection that came and went, out of `connects`. */
export const flatness = (name: ServerName, pairs: number, connects: number): Promise<number> =>
  withServer(name, undefined, async (running) => {
    const atOnce = Math.min(200, pairs * 2)
    await running.connect(pairs)
    await backCost(running, atOnce * 5, atOnce)
    const before = await running.server.ask("memory", null)
    await backCost(running, connects, atOnce)
    const after = await running.server.ask("memory", null)
    return (after.heap - before.heap) / connects
  })
