import { accessRegisterContract } from "../contracts/accessRegister.contract.ts"
import { temporaryPostgres, temporaryStores } from "../contracts/temporary.contract.ts"

accessRegisterContract("the embedded stores", temporaryStores)
accessRegisterContract("the stores in PostgreSQL", temporaryPostgres)
