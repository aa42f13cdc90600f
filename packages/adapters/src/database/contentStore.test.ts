import { contentStoreContract } from "../contracts/contentStore.contract.ts"
import { temporaryStores } from "../contracts/temporary.contract.ts"

contentStoreContract("the embedded stores", temporaryStores)
