/**
 * Loaded into a process before anything else: `Date` and `Date.now` tell a time that is moved by TEST_CLOCK_OFFSET milliseconds.
 */
const offset = Number(process.env["TEST_CLOCK_OFFSET"] ?? "0")
const real = Date.now.bind(Date)
const moved = () => real() + offset

globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [moved()] : args, self === globalThis.Date ? target : self),
  apply: () => new Date().toString(),
  get: (target, key, self) => (key === "now" ? moved : Reflect.get(target, key, self))
})
