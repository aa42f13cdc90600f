/**
 * What every server of the bench tells about itself when it is asked.
 */
import { answer } from "./rpc.ts"

/** What a process holds, in bytes, after its garbage was collected. */
export interface Memory {
  readonly rss: number
  /** Objects and buffers together. */
  readonly heap: number
}

/** The questions that a server answers. */
export interface ServerCalls {
  /** The port it listens on, once it does. */
  readonly port: { readonly ask: null; readonly answer: number }
  /** Processor time of the whole process so far, in microseconds. */
  readonly cpu: { readonly ask: null; readonly answer: number }
  readonly memory: { readonly ask: null; readonly answer: Memory }
  /** Secrets of fresh invitations for staff; a relay without staff makes none. */
  readonly invitations: { readonly ask: number; readonly answer: ReadonlyArray<string> }
}

/** Processor time of this process so far, in microseconds, all threads and the kernel's share included. */
export const cpu = (): number => {
  const { system, user } = process.cpuUsage()
  return system + user
}

const memory = async (): Promise<Memory> => {
  // Sockets that just closed give their memory back over a few turns.
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage()
  return { rss, heap: heapUsed + arrayBuffers }
}

/** Answers the parent about this server until it hangs up. */
export const tellAbout = (port: Promise<number>, invitations: (count: number) => Promise<ReadonlyArray<string>>): void =>
  answer<ServerCalls>({ port: () => port, cpu, memory, invitations })
