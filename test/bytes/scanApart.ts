/**
 * The scan in a thread of its own: it takes seconds, and meanwhile the proxies of this process have to pass on what people write.
 */
import { once } from "node:events"
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"
import { type Haystack, type Needle, type Scanned, scan } from "../support/scan.ts"

interface Task {
  readonly haystack: Haystack
  readonly needles: ReadonlyArray<Needle>
}

/** Does what `scan` does, beside everything else. */
export const scanApart = async (haystack: Haystack, needles: ReadonlyArray<Needle>): Promise<Scanned> => {
  const worker = new Worker(import.meta.filename, { workerData: { task: { haystack, needles } satisfies Task } })
  const [scanned] = (await once(worker, "message")) as [Scanned]
  return scanned
}

const isTask = (data: unknown): data is { readonly task: Task } => typeof data === "object" && data !== null && "task" in data
// Test runners use threads as well, so being in one does not mean that there is a task.
if (!isMainThread && isTask(workerData)) parentPort?.postMessage(scan(workerData.task.haystack, workerData.task.needles))
