import * as Effect from "effect/Effect"
import { keyVaultContract } from "../contracts/keyVault.contract.ts"
import { vaultMemory } from "./vaultMemory.ts"

keyVaultContract("a vault in memory", () => Effect.sync(() => vaultMemory()))
