import * as Effect from "effect/Effect"
import { holdsContract } from "../contracts/holds.contract.ts"
import { keyVaultContract } from "../contracts/keyVault.contract.ts"
import { vaultMemory } from "./vaultMemory.ts"

keyVaultContract("a vault in memory", () => Effect.sync(() => vaultMemory()))
holdsContract("holds in a vault in memory", () => Effect.sync(() => vaultMemory()))
