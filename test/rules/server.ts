/**
 * The rules that the server's edge keeps.
 */
import type { Traced } from "./traced.ts"

const file = "packages/http/src/app.test.ts"
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
  { kind: "later", rule: "X-11", says: "There is no record of what staff did yet. It comes with the pages on which leads open a kept chat and custodians release a trace; no log, metric or error has content or an address, which the byte scans prove." }
]
