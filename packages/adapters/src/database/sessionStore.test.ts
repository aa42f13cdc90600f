import { sessionStoreContract } from "../contracts/sessionStore.contract.ts"
import { temporaryPostgres, temporaryStores } from "../contracts/temporary.contract.ts"

sessionStoreContract("the embedded stores", temporaryStores)
sessionStoreContract("the stores in PostgreSQL", temporaryPostgres)
