/**
 * What is said of every rule of the three services: what enforces it and what proves that, or why nothing in the code can.
 * `docs/rules.md` is generated from these entries; a test holds them against the sources, the exports and the tests that exist.
 */

/** A test by its file, from the root of the repository, and its full title: the names of its `describe` blocks and its own, joined by " > ". */
export interface Proof {
  readonly file: string
  readonly title: string
}

/** A rule that an export enforces. */
export interface Enforced {
  readonly kind: "enforced"
  readonly rule: string
  /** Where, as `packages/core/src/consent/machine.ts#consentMachine`. */
  readonly by: string
  /** It never does what it must not. */
  readonly never: Proof
  /** It always does what it must; the same test as `never` when that test states both. */
  readonly always: Proof
  /**
   * The enforcement taken away: in the file of `by`, or in `file`, the text `find`, which occurs once, becomes `replace`.
   * The script `scripts/disable.ts` requires that `never` or `always` fails then.
   */
  readonly disable: { readonly file?: string; readonly find: string; readonly replace: string }
}

/** A rule that a text keeps: an exported text, and the test that it is shown. */
export interface Said {
  readonly kind: "said"
  readonly rule: string
  readonly by: string
  readonly shown: Proof
}

/** A rule that only people can keep: whoever runs the service. */
export interface Deployer {
  readonly kind: "deployer"
  readonly rule: string
  readonly says: string
}

/** A rule whose part of the product is not built yet. */
export interface Later {
  readonly kind: "later"
  readonly rule: string
  readonly says: string
}

/** One entry. A rule may have several. */
export type Traced = Enforced | Said | Deployer | Later
