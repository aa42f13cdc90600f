/**
 * A vault that lives and dies with the process.
 */
import { randomBytes } from "node:crypto"
import { aesGcm, type RecordSeal } from "./recordSeal.ts"
import { type OpenVault, vaultOver } from "./vault.ts"

/** A vault in memory. `seal` is swapped only by a test that must see a byte scan fail. */
export const vaultMemory = (seal: RecordSeal = aesGcm): OpenVault =>
  vaultOver({ write: () => Promise.resolve() }, { epoch: randomBytes(16).toString("hex"), generation: 0, mark: 0 }, [], seal)
