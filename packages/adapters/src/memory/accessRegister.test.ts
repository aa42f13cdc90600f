import { accessRegisterContract } from "../contracts/accessRegister.contract.ts"
import { memoryLayer } from "./memoryLayer.ts"

accessRegisterContract("the stores in memory", memoryLayer)
