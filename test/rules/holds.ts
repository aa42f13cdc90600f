/**
 * What is said of traces that an authority's order keeps, where they and their keys are stored.
 */
import type { Proof, Traced } from "./traced.ts"

const workflow = "packages/core/src/app/hold.ts"
const holding = "packages/adapters/src/custody/holding.ts"
const vault = "packages/adapters/src/keys/vault.ts"
const held = (says: string): Proof => ({ file: "packages/adapters/src/database/heldTraces.test.ts", title: `held traces in PostgreSQL > ${says}` })
const keys = (says: string): Proof => ({ file: "packages/adapters/src/keys/vaultFile.test.ts", title: `holds in a vault in a file > ${says}` })
const both = (proof: Proof) => ({ never: proof, always: proof })

const one = held("holds one trace past its bucket until the order's end, and no other one")
const late = held("refuses, with the rule, what comes too late by either clock, lasts too long, or names nothing")
const floored = held("floors an order's end to its bucket, and an order again changes nothing")
const backInPlace = held("puts a released trace back into its bucket with its old deadline, while that has not passed")
const released = held("destroys a trace that is released past its own deadline at once, or at the next sweep when the clock is in doubt")
const stale = held("refuses what was decided on an older version, and changes nothing for it")
const several = held("keeps every order of several that come at once")
const cutShort = held("forgets what a change that was cut short left: a key without a row, and a row without a key")

const unseen: Proof = {
  file: "packages/core/src/retention/laws.test.ts",
  title:
    "the laws of two lives of one datum > An order changes nothing that any reader sees: what depends on the deadline, such as the severing of a triage note, is never delayed by it"
}

/** The enforcement in the workflow of orders, the register of held traces and the vendor's vault. */
export const holdsTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "X-02",
    by: `${workflow}#orderHold`,
    never: floored,
    always: late,
    disable: { find: "until: floorTo(order.until, bucket)", replace: "until: order.until" }
  },
  {
    kind: "enforced",
    rule: "X-02",
    by: "packages/adapters/src/database/heldTraces.ts#heldTraces",
    ...both(one),
    disable: { find: "if (taken.length > 0) await tx.insert(heldTrace).values(row)", replace: "" }
  },
  {
    kind: "enforced",
    rule: "X-02",
    by: `${vault}#vaultOver`,
    never: keys("keeps one record past its bucket, with its note, and no other record of that bucket"),
    always: keys("ends a hold at its end and not before, and leaves nothing to open"),
    disable: { find: '[...table.all("bucket"), ...table.all("hold")]', replace: '[...table.all("bucket")]' }
  },
  {
    kind: "enforced",
    rule: "X-02",
    by: `${vault}#vaultOver`,
    never: keys("holds nothing that is destroyed while the hold is being made"),
    always: keys("keeps one record past its bucket, with its note, and no other record of that bucket"),
    disable: { find: "Effect.tapError(() => (made ? release(id) : Effect.void))", replace: "Effect.tapError(() => Effect.void)" }
  },
  {
    kind: "enforced",
    rule: "E-05",
    by: "packages/core/src/retention/machine.ts#readable",
    ...both(unseen),
    disable: { find: 'case "Held":\n    case "Hidden":\n    case "Destroyed":\n      return false', replace: 'case "Held":\n      return true\n    case "Hidden":\n    case "Destroyed":\n      return false' }
  },
  {
    kind: "enforced",
    rule: "E-05",
    by: `${workflow}#orderHold`,
    never: late,
    always: one,
    disable: { find: "refusal ?? step(machine, clock, command(latest, bucket)).refusal", replace: "refusal" }
  },
  {
    kind: "enforced",
    rule: "E-05",
    by: `${workflow}#releaseHold`,
    ...both(backInPlace),
    disable: { find: 'else if (state._tag === "Running") yield* register.giveBack(found)', replace: 'else if (state._tag === "Running") {}' }
  },
  {
    kind: "enforced",
    rule: "E-05",
    by: "packages/adapters/src/database/heldTraces.ts#heldTraces",
    ...both(one),
    disable: {
      find: "await tx.delete(accessTrace).where(same).returning({ service: accessTrace.service })",
      replace: "await tx.select({ service: accessTrace.service }).from(accessTrace).where(same)"
    }
  },
  {
    kind: "enforced",
    rule: "E-05",
    by: `${holding}#holding`,
    never: stale,
    always: several,
    disable: { find: "row !== undefined && sameBytes(row.wrapped, version) ? row : undefined", replace: "row" }
  },
  {
    kind: "enforced",
    rule: "E-05",
    by: `${holding}#holding`,
    never: one,
    always: cutShort,
    disable: { find: "(yield* Effect.forEach(gone, rows.remove)).filter(Boolean).length", replace: "gone.length" }
  },
  {
    kind: "enforced",
    rule: "E-05",
    by: `${holding}#holding`,
    ...both(cutShort),
    disable: { find: "yield* Effect.forEach(holds.filter(({ id }) => !kept.has(id)), ({ id }) => vault.release(id), { discard: true })", replace: "" }
  },
  {
    kind: "enforced",
    rule: "E-09",
    by: `${workflow}#releaseHold`,
    ...both(released),
    disable: { find: "suspect ? register.keep(found, [], found.deleteAt) : register.destroy(found)", replace: "register.destroy(found)" }
  }
]
