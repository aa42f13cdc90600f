import { sessionStoreContract } from "../contracts/sessionStore.contract.ts"
import { memoryLayer } from "./memoryLayer.ts"

sessionStoreContract("the stores in memory", memoryLayer)
