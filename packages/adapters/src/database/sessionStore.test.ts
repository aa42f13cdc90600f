import { sessionStoreContract } from "../contracts/sessionStore.contract.ts"
import { temporaryStores } from "../contracts/temporary.contract.ts"

sessionStoreContract("the embedded stores", temporaryStores)
