import { accessRegisterContract } from "../contracts/accessRegister.contract.ts"
import { temporaryStores } from "../contracts/temporary.contract.ts"

accessRegisterContract("the embedded stores", temporaryStores)
