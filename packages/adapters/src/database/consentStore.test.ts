import { consentsInPglite } from "../contracts/consentsDatabase.contract.ts"
import { consentStoreContract } from "../contracts/consentStore.contract.ts"

consentStoreContract("the stores over PGlite", consentsInPglite)
