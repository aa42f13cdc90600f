/**
 * The rules of retention: how long each datum may be read, what alone may keep it longer, and when it is gone.
 */
import type { Traced } from "./traced.ts"

const folder = "packages/core/src/retention"
const machine = `${folder}/machine.ts`
const deadlines = { file: `${folder}/deadlines.test.ts`, title: "a deadline > counts 168 elapsed hours across both changes of the clock (E-01)" }
const law = (says: string) => ({ file: `${folder}/laws.test.ts`, title: `the laws of retention > ${says}` })
const clocks = (says: string) => ({ file: `${folder}/clockLaws.test.ts`, title: `a datum under clocks that may be wrong > ${says}` })
const absent = law("What is due by either clock cannot be read, whether or not its timer has run or an order keeps it, and what is not due can be")
const destroyed = law(
  "A datum is destroyed as soon as that is asked when it is due and no order keeps it, and never before: not before its deadline, its order's end or its release"
)
const order = law("An order keeps a datum only if it comes in time, names it, and ends within what the policy allows for its kind; such an order is never refused")
const webLog = "packages/core/src/custody/webLog"

/** What is said of each rule of retention. */
export const retentionTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-11",
    by: `${folder}/deadlines.ts#accessTraceDeleteAt`,
    never: deadlines,
    always: { file: `${folder}/deadlines.test.ts`, title: "a deadline > is not seven days of the calendar, which would be 167 or 169 hours (E-01)" },
    disable: { find: "deleteAt(openedAt, hours(policy.accessTrace.hoursAfterOpening), policy)", replace: "deleteAt(openedAt, hours(policy.accessTrace.hoursAfterOpening + 1), policy)" }
  },
  {
    kind: "enforced",
    rule: "DFH-11",
    by: `${machine}#retentionMachine`,
    never: law("The deadline is set once, when counting starts: never later than the promise, and earlier by less than one bucket"),
    always: destroyed,
    disable: { find: "deleteAt: deleteAt(command.startedAt, command.period, command)", replace: "deleteAt: deleteAt(command.at, command.period, command)" }
  },
  {
    kind: "enforced",
    rule: "DFH-44",
    by: `${webLog}.ts#anonymised`,
    never: {
      file: `${webLog}.test.ts`,
      title: "the web server's log > has no address of a line that is 336 hours old, keeps that of a younger one to within a bucket, and changes nothing else (DFH-44)"
    },
    always: { file: `${webLog}.test.ts`, title: "the web server's log > loses the address at its very deadline, and not a millisecond before" },
    disable: { find: "policy) ? line : without(line)", replace: "policy) ? line : line" }
  },
  {
    kind: "deployer",
    rule: "DFH-44",
    says: "This server keeps no web log. Whoever puts another server in front of it must let that server log no address for the chat's pages, and remove every address within 14 days."
  },
  {
    kind: "enforced",
    rule: "IF-17",
    by: `${folder}/deadlines.ts#contentDeleteAt`,
    never: { file: `${folder}/deadlines.test.ts`, title: "a deadline > of I fengsel is 72 hours: of the text from the end, of the trace from the opening" },
    always: { file: `${folder}/deadlines.test.ts`, title: "a deadline > of I fengsel is 72 hours: of the text from the end, of the trace from the opening" },
    disable: { find: "hours(policy.content.hoursAfterEnd)", replace: "hours(policy.content.hoursAfterEnd + 1)" }
  },
  {
    kind: "enforced",
    rule: "IF-17",
    by: `${machine}#readable`,
    never: absent,
    always: absent,
    disable: { find: "return latest < state.deleteAt", replace: "return latest <= state.deleteAt" }
  },
  {
    kind: "enforced",
    rule: "X-02",
    by: `${machine}#retentionMachine`,
    never: order,
    always: order,
    disable: { find: "if (until > after(state.deleteAt, hours(holds.maximumDays * 24))) return tooLong", replace: "" }
  },
  {
    kind: "enforced",
    rule: "X-02",
    by: `${machine}#retentionMachine`,
    never: law("A deadline never moves later, a stricter policy moves it exactly to its own, and reading, changing, ordering and releasing move nothing"),
    always: law("A deadline never moves later, a stricter policy moves it exactly to its own, and reading, changing, ordering and releasing move nothing"),
    disable: { find: 'state._tag === "Running" && command.deleteAt < state.deleteAt', replace: 'state._tag === "Running"' }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${machine}#retentionMachine`,
    never: destroyed,
    always: destroyed,
    disable: { find: "command.at < state.destroyFrom ? tooEarly : ", replace: "" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${folder}/register.ts#sweep`,
    never: clocks(
      "A datum is destroyed only by a clock that is not in doubt, never before its deadline by true time less the clock's error, and always once both are past"
    ),
    always: { file: `${folder}/register.test.ts`, title: "the clocks of many data > are the same with and without one datum, from its destruction on: nothing in them tells that it was there" },
    disable: { find: "if (suspect) return register", replace: "" }
  },
  {
    kind: "enforced",
    rule: "X-13",
    by: `${machine}#retentionMachine`,
    never: law("What has been hidden is never shown again, however far the clock goes back"),
    always: { file: `${folder}/laws.test.ts`, title: "the laws of two lives of one datum > Ticking late, ticking twice, or only with the next command gives the same datum" },
    disable: { find: 'case "Hidden":\n    case "Destroyed":\n      return false', replace: 'case "Hidden":\n      return latest < state.deleteAt\n    case "Destroyed":\n      return false' }
  }
]
