import { consentsInPglite } from "../contracts/consentsDatabase.contract.ts"
import { triageStoreContract } from "../contracts/triageStore.contract.ts"

triageStoreContract("the stores over PGlite", consentsInPglite)
