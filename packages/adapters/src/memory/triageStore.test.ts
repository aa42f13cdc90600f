import { consentsInMemory } from "../contracts/consents.contract.ts"
import { triageStoreContract } from "../contracts/triageStore.contract.ts"

triageStoreContract("the stores in memory", consentsInMemory)
