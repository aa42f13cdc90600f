import { staffStoreContract } from "../contracts/staffStore.contract.ts"
import { memoryLayer } from "./memoryLayer.ts"

staffStoreContract("the stores in memory", memoryLayer)
