import { contentStoreContract } from "../contracts/contentStore.contract.ts"
import { memoryLayer } from "./memoryLayer.ts"

contentStoreContract("the stores in memory", memoryLayer)
