/**
 * The rules of statistics: counts of age groups, and what of them may be published.
 */
import type { Proof, Traced } from "./traced.ts"

const folder = "packages/core/src/statistics"
const proof = (file: string, title: string): Proof => ({ file: `${folder}/${file}.test.ts`, title })
const both = (one: Proof) => ({ never: one, always: one })

const edges = proof("contact", "age groups > of I fengsel are a partition, and turn at its edges")
const noAge = proof("contact", "one chat > keeps a group and a period, and has no field that could hold an age, an instant or a chat")
const shown = proof("contact", "age groups > choose what is shown, and the age does nothing more: two ages of a group read the same, and no age reads the same chat")
const naive = proof("contact", "one chat > answers every command as the naive chat does")
const once = proof("contact", "one chat > A chat is counted once, when it is over, in the group that was stated last, and nothing of it remains")
const exact = proof("contact", "counters > are exactly the numbers of chats by period and group, and apart from that by each dimension")
const anyOrder = proof("contact", "counters > The counters are the same whatever the order and the batches in which chats were counted")
const purposes = proof("machine", "releasing counts > refuses every purpose but the two that are promised")
const listed = proof("machine", "releasing counts > refuses a dimension that the policy does not list, and lists none for I fengsel")
const again = proof("machine", "releasing counts > refuses a period that was published, or that overlaps one, also after the policy's period became another")
const over = proof("machine", "releasing counts > refuses a period that is not over, to the millisecond of the local calendar")
const codes = proof("suppress", "hiding small counts > codes a line: small, beside small, shown, and the total that must be shown")
const most = proof("suppress", "hiding small counts > shows no small count in tables with totals, always the grand total, and most of the large ones")
const few = proof("machine", "releasing counts > refuses where there are too few chats, and other groups than those published before")
const yearly = proof("machine", "what became public elsewhere > stops a quarter whose hidden count a yearly total of the group gives away")
const found = proof("laws", "a ledger, read by a solver that is not ours > refuses for what is public only where the solver finds something, and releases most of the rest")
const bridge = proof("attack", "the attacker > computes a count although two are hidden in every line and column: two rings with one bridge")
const solved = proof("attack", "the attacker > finds of every hidden count of a table exactly what a solver finds, in whole numbers and in fractions")
const secret = proof("suppress", "hiding small counts > needs that: hiding alone would give 2 and 2 away beside 3 of 7, which is published as its total")
const health: Proof = {
  file: "packages/http/src/app.test.ts",
  title: "every answer of the server > tells of its health in counts that no visitor can be read from"
}
const sockets = { find: "Math.floor(sockets() / socketStep) * socketStep", replace: "sockets()" }

/** Every rule of statistics, with what enforces it and what proves that. */
export const statisticsTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "IF-16",
    by: `${folder}/bands.ts#bandOf`,
    never: noAge,
    always: edges,
    disable: { find: "return group === undefined ? notGiven : nameOf(group)", replace: "return String(age)" }
  },
  {
    kind: "enforced",
    rule: "IF-16",
    by: `${folder}/bands.ts#contentFor`,
    ...both(shown),
    disable: { find: "contents.get(band) ?? otherwise", replace: "otherwise" }
  },
  { kind: "later", rule: "IF-16", says: "The chat does not ask for an age yet: everybody reads what is written for everybody. The group of an age, and the choice by group alone, are in the core." },
  {
    kind: "enforced",
    rule: "IF-32",
    by: `${folder}/tally.ts#tally`,
    never: anyOrder,
    always: exact,
    disable: { find: "row.set(band, (row.get(band) ?? 0) + 1)", replace: "row.set(band, 1)" }
  },
  {
    kind: "enforced",
    rule: "IF-32",
    by: `${folder}/contact.ts#contactMachine`,
    never: naive,
    always: once,
    disable: { find: "period: periodAt(command.at)", replace: "period: command.at" }
  },
  { kind: "later", rule: "IF-32", says: "The server counts no chats yet; the counters, and what may be published of them, are in the core." },
  {
    kind: "enforced",
    rule: "IF-33",
    by: `${folder}/machine.ts#releasePurposes`,
    ...both(purposes),
    disable: { find: "[\"betterChat\", \"whoWeReach\"]", replace: "[\"betterChat\", \"whoWeReach\", \"other\"]" }
  },
  {
    kind: "enforced",
    rule: "IF-34",
    by: `${folder}/machine.ts#ledgerMachine`,
    ...both(purposes),
    disable: { find: "if (!releasePurposes.includes(purpose)) return otherPurpose", replace: "" }
  },
  {
    kind: "enforced",
    rule: "IF-34",
    by: `${folder}/suppress.ts#suppress`,
    never: codes,
    always: most,
    disable: { find: "value > 0 && value < smallestCell ? \"u\" : \"s\"", replace: "\"s\"" }
  },
  {
    kind: "enforced",
    rule: "IF-34",
    by: `${folder}/suppress.ts#suppress`,
    never: few,
    always: few,
    disable: { find: "if (grand < limits.smallestTotal || grand < width) return undefined", replace: "" }
  },
  {
    kind: "enforced",
    rule: "IF-35",
    by: `${folder}/machine.ts#ledgerMachine`,
    ...both(listed),
    disable: { find: "if (by !== null && !terms.dimensions.includes(by)) return unlisted", replace: "" }
  },
  {
    kind: "enforced",
    rule: "IF-35",
    by: `${folder}/contact.ts#contactMachine`,
    ...both(naive),
    disable: { find: "if (command.categories.some(({ by }) => !terms.dimensions.includes(by))) return unlisted", replace: "" }
  },
  { kind: "enforced", rule: "IF-35", by: "packages/http/src/routes/metrics.ts#metrics", ...both(health), disable: sockets },
  { kind: "enforced", rule: "DFH-41", by: "packages/http/src/routes/metrics.ts#metrics", ...both(health), disable: sockets },
  { kind: "later", rule: "DFH-41", says: "Visits are not counted: the server keeps no row of a visit, and no counter of days and pages either." },
  {
    kind: "enforced",
    rule: "X-10",
    by: `${folder}/machine.ts#ledgerMachine`,
    ...both(purposes),
    disable: { find: "if (!releasePurposes.includes(purpose)) return otherPurpose", replace: "" }
  },
  {
    kind: "enforced",
    rule: "E-11",
    by: `${folder}/contact.ts#contactMachine`,
    never: once,
    always: naive,
    disable: { find: "{ _tag: \"Open\", band: event.band } : state", replace: "state : state" }
  },
  {
    kind: "enforced",
    rule: "E-12",
    by: `${folder}/machine.ts#ledgerMachine`,
    never: again,
    always: over,
    disable: { find: "if (state.editions.some((edition) => overlap(monthsOf(edition.period), monthsOf(period)))) return alreadyPublished", replace: "" }
  },
  {
    kind: "enforced",
    rule: "E-12",
    by: `${folder}/release.ts#withstands`,
    never: yearly,
    always: found,
    disable: { find: "if (state.elsewhere.length === 0) return", replace: "return" }
  },
  {
    kind: "enforced",
    rule: "E-12",
    by: `${folder}/attack.ts#exposed`,
    never: bridge,
    always: solved,
    disable: { find: "interval.most - interval.least < width", replace: "interval.most - interval.least < 0" }
  },
  {
    kind: "enforced",
    rule: "E-12",
    by: `${folder}/method.ts#keepsItsSecret`,
    ...both(secret),
    disable: { find: "if (++tried > tries) return false", replace: "return true" }
  }
]
