import * as Effect from "effect/Effect"
import { copiedDatabase } from "../contracts/postgres.contract.ts"
import { tightenContract } from "../contracts/tighten.contract.ts"
import { postgresDatabase } from "../postgres/connect.ts"
import { pgliteDatabase } from "./pglite.ts"

const services = ["another", "detfinneshjelp", "ifengsel"]

tightenContract("policies that keep less, on PGlite", (realm) => pgliteDatabase(undefined, realm, services))
tightenContract("policies that keep less, on PostgreSQL", (realm) => Effect.flatMap(copiedDatabase, (url) => postgresDatabase({ url, services }, realm)))
