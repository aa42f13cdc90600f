/**
 * What is said of triage notes and their consents where they are stored: severed once and whole, led to from nowhere, and gone with the yes.
 */
import type { Proof, Traced } from "./traced.ts"

const database = "packages/adapters/src/database"
const store = `${database}/triageStore.ts`
const change = `${database}/consentChange.ts`
const severing = "packages/core/src/app/sever.ts"
const stored = (says: string): Proof => ({ file: "packages/adapters/src/postgres/consents.test.ts", title: `the stores over PostgreSQL > ${says}` })
const servers = (says: string): Proof => ({ file: "test/store/severers.test.ts", title: `two servers with runtimes and connections of their own > ${says}` })
const both = (proof: Proof) => ({ never: proof, always: proof })

const atDeadline = stored("severs at the deadline and not before: the anonymous note stays, and linked note, consent and receipt are gone together")
const inBatches = stored("severs each note once when three sweeps meet, however many batches it takes")
const lives: Proof = {
  file: "packages/adapters/src/postgres/consents.test.ts",
  title: "severing over PostgreSQL > leaves exactly the notes whose yes was alive at the deadline, once each, however sweeps die and meet, and nothing linked"
}
const raced = servers("that sever the same notes at the same moment sever each once, lose none, and report each once between them")
const racedBack = servers(
  "of which one severs while the other takes the same yeses back: each note is anonymous once or deleted, never both and never linked (E-03)"
)
const noPath: Proof = {
  file: `${database}/joinAudit.test.ts`,
  title: "no path leads to an anonymous note from a session, a receipt or a trace; and each kind of path that somebody makes is found"
}
const noOrder: Proof = {
  file: `${database}/severing.test.ts`,
  title: "what notes leave lies in the table in the order of ids that chance drew, not in that in which people came (DFH-18)"
}
const noReceipt = stored("keeps no receipt of a yes that was taken back, or whose note was severed")
const takenBack = stored("takes receipt and note away with the yes, in every way in which a yes ends, and leaves those of others")
const deletedNot = stored("leaves nothing anonymous of a yes that was taken back before the deadline")
const alikeUntil: Proof = { file: `${database}/sameDeadline.test.ts`, title: "until the deadline too, a no, silence and a yes that was taken back cannot be told apart in the store (DFH-14)" }
const withdrawal: Proof = {
  file: "packages/core/src/consent/laws.test.ts",
  title: "the laws of a consent > The right receipt takes a yes back until the deadline, and every other withdrawal is answered in one and the same way and does nothing"
}

/** The enforcement in the stores of consents and notes. */
export const notesTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-13",
    by: `${change}#yesFor`,
    never: stored("refuses a note without the yes that it names: none, an open question, another version, receipt or deadline (DFH-13)"),
    always: stored("keeps one note of a session under its live yes, the last one written, until the deadline"),
    disable: { find: 'state._tag === "Granted" && state.receiptHash === note.receiptHash', replace: 'state._tag === "Granted"' }
  },
  {
    kind: "enforced",
    rule: "DFH-14",
    by: `${database}/sealedConsent.ts#sealConsent`,
    ...both(alikeUntil),
    disable: { find: "padded(encodeConsent({ version, state }), step)", replace: "Buffer.from(encodeConsent({ version, state }))" }
  },
  {
    kind: "enforced",
    rule: "DFH-17",
    by: `${store}#triageStore`,
    never: atDeadline,
    always: lives,
    disable: { find: "lte(triage.deleteAt, at)", replace: "lte(triage.deleteAt, at + 1)" }
  },
  {
    kind: "enforced",
    rule: "DFH-17",
    by: `${store}#triageStore`,
    ...both(atDeadline),
    disable: { find: "await tx.delete(consent).where(and(consents, inArray(consent.ref, taken.map(({ due }) => due.ref))))", replace: "" }
  },
  {
    kind: "enforced",
    rule: "DFH-17",
    by: `${store}#triageStore`,
    ...both(raced),
    disable: { find: "batch.filter(({ due }) => gone.some(({ ref }) => ref === due.ref))", replace: "batch" }
  },
  {
    kind: "enforced",
    rule: "DFH-17",
    by: `${severing}#sever`,
    never: lives,
    always: inBatches,
    disable: { find: "if (due.length === 0) return total", replace: "if (due.length === 0 || total.severed > 0) return total" }
  },
  {
    kind: "enforced",
    rule: "DFH-18",
    by: `${severing}#sever`,
    ...both(noPath),
    disable: { find: "id: yield* id", replace: "id: due.ref" }
  },
  {
    kind: "enforced",
    rule: "DFH-18",
    by: `${severing}#sever`,
    ...both(noOrder),
    disable: { find: ".toSorted((a, b) => (a.id < b.id ? -1 : 1))", replace: "" }
  },
  {
    kind: "enforced",
    rule: "DFH-18",
    by: `${database}/joinAudit.ts#joinAudit`,
    ...both(noPath),
    disable: { find: "found.reduce((sum, { linked }) => sum + linked, 0)", replace: "0" }
  },
  {
    kind: "enforced",
    rule: "DFH-18",
    by: `${database}/joinAudit.ts#joinAudit`,
    ...both(noPath),
    disable: { find: "strange: await strangeIn(tx)", replace: "strange: []" }
  },
  {
    kind: "enforced",
    rule: "DFH-18",
    by: `${store}#triageStore`,
    never: noReceipt,
    always: atDeadline,
    disable: { find: "if (hashes.length > 0) await tx.delete(receipt).where(inArray(receipt.hash, hashes))", replace: "" }
  },
  {
    kind: "later",
    rule: "DFH-18",
    says: "The pages on which a counsellor writes a note come later; the tables, the severing and the audit that looks into every table hold the rule already."
  },
  {
    kind: "enforced",
    rule: "E-03",
    by: "packages/core/src/consent/machine.ts#consentMachine",
    ...both(withdrawal),
    disable: { find: '&& command.receiptHash === state.receiptHash ? happened({ _tag: "Withdrawn", at })', replace: '? happened({ _tag: "Withdrawn", at })' }
  },
  {
    kind: "enforced",
    rule: "E-03",
    by: `${change}#consentChange`,
    never: deletedNot,
    always: takenBack,
    disable: { find: "note: noteBefore === undefined || hash === undefined ? undefined :", replace: "note: noteBefore === undefined ? undefined :" }
  },
  {
    kind: "enforced",
    rule: "E-03",
    by: `${change}#consentChange`,
    never: noReceipt,
    always: takenBack,
    disable: { find: "used: elsewhere ? undefined : Option.getOrUndefined(Option.map(oldHash, hashBytes))", replace: "used: undefined" }
  },
  {
    kind: "enforced",
    rule: "E-03",
    by: `${store}#triageStore`,
    ...both(racedBack),
    disable: { find: '.orderBy(consent.ref).for("update")', replace: ".orderBy(consent.ref)" }
  }
]
