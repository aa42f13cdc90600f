/**
 * Questions from one process of the bench to another, over Node's own channel to a child.
 */
import { type ChildProcess, fork } from "node:child_process"

/** The questions that a process answers: what is asked and what comes back, by name. */
export type Calls<C> = { readonly [K in keyof C]: { readonly ask: unknown; readonly answer: unknown } }

/** What a process does with each question. */
export type Handlers<C extends Calls<C>> = { readonly [K in keyof C]: (ask: C[K]["ask"]) => C[K]["answer"] | Promise<C[K]["answer"]> }

interface Question {
  readonly id: number
  readonly name: string
  readonly ask: unknown
}
interface Answer {
  readonly id: number
  readonly answer?: unknown
  readonly failed?: string
}

/** Answers the parent's questions until it hangs up, which ends this process. */
export const answer = <C extends Calls<C>>(handlers: Handlers<C>): void => {
  process.on("message", ({ id, name, ask }: Question) => {
    const reply = (said: Answer) => process.send?.(said)
    void (async () => {
      try {
        const handler = handlers[name as keyof C]
        if (handler === undefined) throw new Error(`nobody answers ${name}`)
        reply({ id, answer: await handler(ask) })
      } catch (error) {
        reply({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      }
    })()
  })
  process.on("disconnect", () => process.exit())
}

/** Another process that answers. */
export interface Peer<C extends Calls<C>> {
  readonly ask: <K extends keyof C & string>(name: K, ask: C[K]["ask"]) => Promise<C[K]["answer"]>
  /** Lets it go and waits until it is gone. */
  readonly stop: () => Promise<void>
}

/** Starts a program of the bench as a process of its own. */
export const start = <C extends Calls<C>>(program: URL, args: ReadonlyArray<string>, options: ReadonlyArray<string> = []): Peer<C> => {
  const child: ChildProcess = fork(program, [...args], {
    execArgv: ["--conditions=@fortrolig/source", "--expose-gc", ...options],
    stdio: ["ignore", "inherit", "inherit", "ipc"]
  })
  const open = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>()
  let last = 0
  let gone = false
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => {
      gone = true
      for (const { reject } of open.values()) reject(new Error(`${program.pathname} ended before it answered`))
      resolve()
    })
  })
  child.on("message", (said) => {
    const { id, answer: value, failed } = said as Answer
    const asked = open.get(id)
    open.delete(id)
    // Both ends are compiled against the same declaration of the questions.
    if (failed === undefined) asked?.resolve(value)
    else asked?.reject(new Error(failed))
  })
  return {
    ask: (name, ask) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(new Error(`${program.pathname} is gone`))
        last += 1
        open.set(last, { resolve, reject })
        child.send({ id: last, name, ask } satisfies Question)
      }),
    stop: async () => {
      if (gone) return
      if (child.connected) child.disconnect()
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000)
      await exited
      clearTimeout(late)
    }
  }
}
