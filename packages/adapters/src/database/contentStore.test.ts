import { contentStoreContract } from "../contracts/contentStore.contract.ts"
import { temporaryPostgres, temporaryStores } from "../contracts/temporary.contract.ts"

contentStoreContract("the embedded stores", temporaryStores)
contentStoreContract("the stores in PostgreSQL", temporaryPostgres)
