import { inspectionContract } from "../contracts/inspection.contract.ts"
import { memoryLayer } from "./memoryLayer.ts"

inspectionContract("the stores in memory", memoryLayer)
