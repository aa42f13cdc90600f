import { inspectionContract } from "../contracts/inspection.contract.ts"
import { temporaryPostgres, temporaryStores } from "../contracts/temporary.contract.ts"

inspectionContract("the embedded stores", temporaryStores)
inspectionContract("the stores in PostgreSQL", temporaryPostgres)
