/**
 * Loaded into a process before anything else: its clocks tell a time that is moved by TEST_CLOCK_OFFSET milliseconds. Where TEST_CLOCK_FILE names a file,
 * the signal SIGUSR2 makes it read "wall monotonic" from there: how far, in milliseconds, each of the two clocks is moved from then on.
 */
import { readFileSync } from "node:fs"

const file = process.env["TEST_CLOCK_FILE"]
let wall = Number(process.env["TEST_CLOCK_OFFSET"] ?? "0")
let monotonic = 0

const realNow = Date.now.bind(Date)
const moved = () => realNow() + wall

globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [moved()] : args, self === globalThis.Date ? target : self),
  apply: () => new Date().toString(),
  get: (target, key, self) => (key === "now" ? moved : Reflect.get(target, key, self))
})

const realPerformance = performance.now.bind(performance)
performance.now = () => realPerformance() + monotonic
const realNanos = process.hrtime.bigint
process.hrtime.bigint = () => realNanos() + BigInt(monotonic) * 1_000_000n

if (file !== undefined) {
  process.on("SIGUSR2", () => {
    const [first = 0, second = 0] = readFileSync(file, "utf8").split(" ").map(Number)
    wall = first
    monotonic = second
  })
}
