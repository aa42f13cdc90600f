/**
 * The privacy profile of PostgreSQL: what it is set to keep beyond the rows, and who may read them. Judging knows facts only; asking is elsewhere.
 */
import * as Effect from "effect/Effect"
import type { StoreUnavailable } from "@fortrolig/core/ports/errors"
import type { StoreFinding } from "@fortrolig/core/ports/StoreProfile"
import type { Database } from "./database.ts"
import type { Judgement } from "./judgement.ts"
import { clusterJudgements } from "./profileCluster.ts"
import type { ClusterFacts, SchemaFacts } from "./profileFacts.ts"
import { gatherCluster, gatherSchema } from "./profileGather.ts"
import { schemaJudgements } from "./profileSchema.ts"
import type { RealmDatabase, RealmName } from "./realmDatabase.ts"

const findings = <Facts>(realm: RealmName, judgements: ReadonlyArray<Judgement<Facts>>, facts: Facts): ReadonlyArray<StoreFinding> =>
  judgements.map(({ id, judge, wanted, weight, why }) => {
    const [verdict, found] = judge(facts)
    return { realm: realm === "service" ? "service" : "vendor", id, weight, found, wanted, why, verdict }
  })

/** Judges what the whole PostgreSQL is set to, for the realm that lies in it. */
export const judgeCluster = (realm: RealmName, facts: ClusterFacts): ReadonlyArray<StoreFinding> => findings(realm, clusterJudgements, facts)

/** Judges the schema of a realm: what breaks a promise first. */
export const judgeSchema = (facts: SchemaFacts, cluster: ClusterFacts): ReadonlyArray<StoreFinding> => findings(facts.realm, schemaJudgements, { ...facts, cluster })

/** Every judgement on the database of a realm. `own` says that the login is that of the server itself. Fails when the database is away. */
export const profileOf = ({ db, realm }: { readonly db: Database; readonly realm: RealmName }, own: boolean): Effect.Effect<ReadonlyArray<StoreFinding>, StoreUnavailable> =>
  Effect.map(Effect.all([gatherSchema(db, realm, own), gatherCluster(db)]), ([schema, cluster]) => [...judgeSchema(schema, cluster), ...judgeCluster(realm, cluster)])

/** The profiles of both realms, as the server's own logins see them. */
export const profilesOf = (realms: ReadonlyArray<Pick<RealmDatabase, "db" | "realm">>): Effect.Effect<ReadonlyArray<StoreFinding>, StoreUnavailable> =>
  Effect.map(Effect.forEach(realms, (realm) => profileOf(realm, true)), (all) => all.flat())
