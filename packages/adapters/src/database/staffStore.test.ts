import { staffStoreContract } from "../contracts/staffStore.contract.ts"
import { temporaryPostgres, temporaryStores } from "../contracts/temporary.contract.ts"

staffStoreContract("the embedded stores", temporaryStores)
staffStoreContract("the stores in PostgreSQL", temporaryPostgres)
