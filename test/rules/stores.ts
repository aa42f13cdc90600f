/**
 * What is said of forgetting where data and keys are stored: hidden at the instant, then key, rows and leaf, and nothing left that tells who came.
 */
import type { Proof, Traced } from "./traced.ts"

const adapters = "packages/adapters/src"
const database = `${adapters}/database`
const keys = `${adapters}/keys`
const both = (proof: Proof) => ({ never: proof, always: proof })
const stored = (file: string, says: string): Proof => ({ file: `${database}/${file}.test.ts`, title: `the stores in PostgreSQL > ${says}` })
const consents = (says: string): Proof => ({ file: `${adapters}/postgres/consents.test.ts`, title: `the stores over PostgreSQL > ${says}` })
const vault = (says: string): Proof => ({ file: `${keys}/vaultFile.test.ts`, title: `a vault in a file > ${says}` })
const leaf = (says: string): Proof => ({ file: `${adapters}/postgres/dropLeaf.test.ts`, title: `a leaf > ${says}` })

const bucket = vault("opens what a live session sealed through its wrapped key, until the bucket is due and no longer")
const noByte = vault("leaves no byte of a destroyed key in its file, and uses the slot again")
const sameEnd: Proof = {
  file: `${database}/sameDeadline.test.ts`,
  title: "declining, silence, a yes that was taken back and never having been asked leave the same store after the deadline (X-04)"
}
const twin: Proof = {
  file: "test/app/twinWorlds.test.ts",
  title:
    "a world in which somebody came, once every deadline of theirs is over, > is the world in which they never came: tables, leaves, ledgers, statistics, sequences, vaults, log; but for a note that is about nobody"
}
const noPath: Proof = {
  file: `${database}/joinAudit.test.ts`,
  title: "no path leads to an anonymous note from a session, a receipt or a trace; and each kind of path that somebody makes is found"
}
const nothingGone = (of: string) => `Effect.succeed({ count: 0, earliest: null, through: ${of}, stayed: 0 })`

/** The enforcement in the stores, the vaults and the sweep. */
export const storesTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/triageStore.ts#triageStore`,
    ...both(consents("keeps one note of a session under its live yes, the last one written, until the deadline")),
    disable: { find: "gt(triage.deleteAt, at)", replace: "undefined" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/consentStore.ts#consentStore`,
    ...both(consents("gives back every state that was saved, under the next version, until its deadline and not from then on")),
    disable: { find: "gt(consent.deleteAt, at)", replace: "undefined" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/staffStore.ts#staffStore`,
    ...both(stored("staffStore", "refuses an invitation and a sign-in at their deadline, and accepts both just before")),
    disable: { find: "gt(staffSession.deleteAt, at)", replace: "undefined" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${keys}/vault.ts#vaultOver`,
    ...both(bucket),
    disable: { find: ".filter(({ deadline }) => deadline <= at)", replace: ".filter(({ deadline }) => deadline < at)" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${keys}/slotTable.ts#slotTable`,
    ...both(noByte),
    disable: { find: "await write(gone.map(({ at }) => ({ at, bytes: zeros })))", replace: "" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/forget.ts#forgetLeaves`,
    ...both({ file: `${database}/leaves.test.ts`, title: "the leaves of PostgreSQL > destroys the leaves that are due as a whole, and of the one that is partly due what is due; nothing else" }),
    disable: { find: "${name}, ${dataClass}, ${String(at)}::bigint)", replace: "${name}, ${dataClass}, 0::bigint)" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${adapters}/postgres/dropLeaf.ts#dropLeaf`,
    never: leaf("waits for a reader of another leaf while everybody goes on storing, and is gone with the first call after the reader"),
    always: leaf("is gone at once when nobody reads, and again is no harm"),
    disable: { find: "return `drop table ${quoted(schema, leaf)}`", replace: "return undefined" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/accessRegister.ts#accessRegister`,
    never: stored("accessRegister", "records nothing whose deadline is behind what is destroyed already, and leaves no key for it"),
    always: stored("accessRegister", "records one opening once, under the key of its deadline"),
    disable: { find: 'yield* vault.destroyBucket("accessTrace", deleteAt)', replace: "" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/accessRegister.ts#accessRegister`,
    ...both(stored("accessRegister", "forgets the traces that are due, at their deadline and not before")),
    disable: { find: "forgetLeaves(realm, traceLeaves, at)", replace: nothingGone("at") }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/contentStore.ts#contentStore`,
    ...both(stored("contentStore", "forgets what is due, at its deadline and not before, and nothing of a live session")),
    disable: { find: "yield* forgetLeaves(realm, contentLeaves, at)", replace: `yield* ${nothingGone("at")}` }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/contentStore.ts#contentStore`,
    never: stored("contentStore", "keeps nothing of a session whose deadline is behind what is destroyed already, and makes no key for it"),
    always: stored("contentStore", "moves the record key to the bucket at the end and destroys the live one; a second time changes nothing"),
    disable: { find: "(yield* leaves.isOver(deleteAt)) ? Option.none() : ", replace: "" }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: `${database}/sessionStore.ts#sessionStore`,
    ...both(stored("sessionStore", "forgets the rows that are due, at their deadline and not before, and no live session")),
    disable: { find: "forgetLeaves(realm, sessionLeaves, at)", replace: nothingGone("at") }
  },
  {
    kind: "enforced",
    rule: "X-03",
    by: "packages/core/src/app/sweep.ts#sweep",
    never: { file: "test/app/forgetting.test.ts", title: "forgetting > hides by a wall clock that runs ahead, and destroys nothing while the clock is in doubt" },
    always: { file: "test/app/sweep.test.ts", title: "a sweep > severs notes while their keys and traces are there, destroys all keys before any row, and writes the ledger after both" },
    disable: { find: "if (suspect) {", replace: "if (false) {" }
  },
  {
    kind: "enforced",
    rule: "X-04",
    by: `${database}/consentStore.ts#consentStore`,
    ...both(sameEnd),
    disable: { find: "forgetLeaves(realm, consentLeaves, at)", replace: nothingGone("at") }
  },
  {
    kind: "enforced",
    rule: "X-04",
    by: "packages/core/src/app/sever.ts#sever",
    ...both(noPath),
    disable: { find: "id: yield* id", replace: "id: due.ref" }
  },
  {
    kind: "enforced",
    rule: "X-04",
    by: `${adapters}/custody/holding.ts#holding`,
    ...both(twin),
    disable: { find: "(yield* Effect.forEach(gone, rows.remove)).filter(Boolean).length", replace: "gone.length" }
  }
]
