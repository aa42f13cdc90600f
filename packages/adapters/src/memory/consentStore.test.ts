import { consentsInMemory } from "../contracts/consents.contract.ts"
import { consentStoreContract } from "../contracts/consentStore.contract.ts"

consentStoreContract("the stores in memory", consentsInMemory)
