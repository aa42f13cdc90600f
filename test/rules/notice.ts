/**
 * The rules that the notice keeps.
 */
import type { Traced } from "./traced.ts"

const file = "packages/core/src/notice/notice.test.ts"
const lines = "packages/core/src/notice/notice.ts#noticeLines"
const vendor = {
  file,
  title: "the three lines before a chat > always say that the vendor has the IP address, for the police only, and that those who answer cannot see it (IF-30, IF-31, IF-36)"
}

/** Entries of the notice. */
export const noticeTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-12",
    by: lines,
    never: vendor,
    always: vendor,
    disable: { find: "return [keepsContent(policy) ? lines.kept(facts) : lines.inBrowsers, lines.address(facts), lines.duty(facts)]", replace: 'return [keepsContent(policy) ? lines.kept(facts) : lines.inBrowsers, lines.address(facts), ""]' }
  },
  {
    kind: "enforced",
    rule: "IF-04",
    by: "packages/core/src/notice/notice.ts#readerOf",
    never: {
      file,
      title: "the three lines before a chat > are written for the reader: one text for adults, and for each age that children's services may have been told another (IF-04, IF-16)"
    },
    always: { file: "packages/core/src/notice/readability.test.ts", title: "readability > keeps every line of the notice for children below LIX 30" },
    disable: { find: 'if (band === undefined || band.from < 13) return "children"', replace: 'if (band === undefined) return "children"' }
  },
  {
    kind: "enforced",
    rule: "IF-36",
    by: lines,
    never: vendor,
    always: vendor,
    disable: { find: "lines.address(facts), lines.duty(facts)]", replace: '"", lines.duty(facts)]' }
  },
  {
    kind: "said",
    rule: "DFH-49",
    by: "packages/core/src/notice/pagePhrases.ts#pageTexts",
    shown: { file: "packages/core/src/notice/phrases.test.ts", title: "the words of the pages > name nobody by what they think, feel or have done (DFH-49)" }
  },
  { kind: "deployer", rule: "DFH-53", says: "The aim of the treatment is told on the service's own pages, which this software does not make." },
  { kind: "deployer", rule: "IF-01", says: "Whom the chat is for is told on the service's own pages. The software asks nobody whether they belong (see IF-10)." }
]
