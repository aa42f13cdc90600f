import { staffStoreContract } from "../contracts/staffStore.contract.ts"
import { temporaryStores } from "../contracts/temporary.contract.ts"

staffStoreContract("the embedded stores", temporaryStores)
