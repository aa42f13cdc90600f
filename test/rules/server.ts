/**
 * The rules that the server's edge keeps.
 */
import type { Traced } from "./traced.ts"

const file = "packages/http/src/app.test.ts"
const cases = "packages/core/src/disclosure/laws.test.ts"
const headers = { file, title: "every answer of the server > carries the privacy headers, whatever was asked" }
const own = { file, title: "every answer of the server > has the numbers for help on every page, and loads nothing from elsewhere" }

/** Entries of the server. */
export const serverTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-02",
    by: "packages/http/src/headers.ts#privacyHeaders",
    never: headers,
    always: headers,
    disable: { find: 'c.res.headers.set("cache-control", "no-store")', replace: "{}" }
  },
  {
    kind: "enforced",
    rule: "DFH-42",
    by: "packages/http/src/headers.ts#privacyHeaders",
    never: own,
    always: headers,
    disable: { find: `scriptSrc: ["'self'"]`, replace: `scriptSrc: ["'self'", "https://stats.example.org"]` }
  },
  {
    kind: "enforced",
    rule: "X-11",
    by: "packages/core/src/disclosure/ending.ts#close",
    never: { file: cases, title: "the laws of a case > No event and no state of a case has a field for an address, a name or what was written, about the visitor or anybody else" },
    always: {
      file: cases,
      title:
        "the laws of a case > An open case is never silent for longer than its longest wait: somebody acts, or somebody is called upon; and what is closed is forgotten on its day"
    },
    disable: { find: '_tag: "Closed", at, by, keepUntil: after(at, periods.record)', replace: '_tag: "Closed", at, by, keepUntil: after(at, (periods.record * 2) as never)' }
  },
  {
    kind: "later",
    rule: "X-11",
    says: "What the record of a case says above holds for the one record of staff's acts that there is. Who opened a kept chat, or released a trace, is recorded with the pages on which that is done; no log, metric or error has content or an address, which the byte scans prove."
  }
]
