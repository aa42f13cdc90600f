import * as Effect from "effect/Effect"
import { leavesContract } from "../contracts/leaves.contract.ts"
import { copiedDatabase } from "../contracts/postgres.contract.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { pgliteDatabase } from "./pglite.ts"

const services = ["detfinneshjelp", "ifengsel"]

leavesContract("the leaves of PGlite", pgliteDatabase(undefined, "service", services))
leavesContract("the leaves of PostgreSQL", Effect.flatMap(copiedDatabase, (url) => postgresDatabase({ url, services }, "service")))
