import { inspectionContract } from "../contracts/inspection.contract.ts"
import { temporaryStores } from "../contracts/temporary.contract.ts"

inspectionContract("the embedded stores", temporaryStores)
