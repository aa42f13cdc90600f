/**
 * The roles of each realm. They belong to a whole PostgreSQL, not to one database, so they are made beside the migrations, and by hand where the login may not.
 */
import * as Schema from "effect/Schema"
import { type Database, sqlState } from "./database.ts"
import { sql } from "./drizzle.ts"
import type { RealmName } from "./realmDatabase.ts"

/** The role that owns a realm's tables, the one that the stores work as, and those that others log in to. None of them can log in by itself. */
export const realmRoles = {
  service: { owner: "fortrolig_owner", app: "fortrolig_app", others: ["fortrolig_audit"] },
  custody: { owner: "fortrolig_custody_owner", app: "fortrolig_custody", others: ["fortrolig_audit"] }
} as const

/** The login of a realm lacks rights that it cannot give itself. `statements` are lines of SQL for people, to be run once by somebody who may; they name no login. */
export class RightsMissing extends Schema.TaggedError<RightsMissing>()("RightsMissing", {
  realm: Schema.Literals(["service", "custody"]),
  statements: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return this.statements.join("\n")
  }
}

/** The variable whose login lacks a right, as the lines for people name it. */
const loginOf = { service: "<the login of DATABASE_URL>", custody: "<the login of CUSTODY_DATABASE_URL>" } as const

/** Another database of the same PostgreSQL makes or grants the same role at this moment. */
const raced = new Set(["42710", "23505", "XX000"])
const refused = "42501"

/** Makes the realm's roles and takes part in them, as far as the login may; answers the statements that somebody else has to run. */
export const takeRoles = async (db: Database, realm: RealmName): Promise<ReadonlyArray<string>> => {
  for (let tries = 1; ; tries += 1) {
    const wanted = await missingRoles(db, realm)
    try {
      for (const { statement } of wanted) await db.execute(sql.raw(statement))
      return []
    } catch (error) {
      const state = sqlState(error)
      if (state === refused) return wanted.map(({ forPeople }) => forPeople)
      if (state === undefined || !raced.has(state) || tries === 10) throw error
    }
  }
}

interface Missing {
  readonly statement: string
  readonly forPeople: string
}

const missingRoles = async (db: Database, realm: RealmName): Promise<ReadonlyArray<Missing>> => {
  const { app, others, owner } = realmRoles[realm]
  const found = await db
    .select({ name: sql<string>`rolname`, takes: sql<boolean>`pg_has_role(oid, 'SET')`, owns: sql<boolean>`pg_has_role(oid, 'USAGE')` })
    .from(sql`pg_catalog.pg_roles`)
  const known = new Map(found.map(({ name, ...rights }) => [name, rights]))
  const missing = [owner, app, ...others].filter((name) => !known.has(name)).map((name) => same(`CREATE ROLE ${name} NOLOGIN`))
  // The login makes and moves tables as the owner would, and reads rows only while it is the application.
  if (known.get(owner)?.takes !== true || known.get(owner)?.owns !== true) missing.push(granted(realm, owner, "INHERIT TRUE, SET TRUE"))
  if (known.get(app)?.takes !== true) missing.push(granted(realm, app, "INHERIT FALSE, SET TRUE"))
  return missing
}

const same = (statement: string): Missing => ({ statement, forPeople: `${statement};` })

const granted = (realm: RealmName, role: string, how: string): Missing => ({
  statement: `GRANT ${role} TO CURRENT_USER WITH ${how}`,
  forPeople: `GRANT ${role} TO ${loginOf[realm]} WITH ${how};`
})

/** What the login may not do to the database itself although migrations are to be applied: the statements that somebody else has to run. */
export const missingRights = async (db: Database, realm: RealmName): Promise<ReadonlyArray<string>> => {
  const [may] = await db
    .select({
      name: sql<string>`quote_ident(current_database())`,
      makesSchemas: sql<boolean>`has_database_privilege(current_database(), 'CREATE')`,
      keepsJournal: sql<boolean>`coalesce((select has_schema_privilege(oid, 'USAGE') and has_schema_privilege(oid, 'CREATE') from pg_catalog.pg_namespace where nspname = 'drizzle'), true)`
    })
    .from(sql`(values (1)) as once`)
  return [
    ...(may?.makesSchemas === true ? [] : [`GRANT CREATE ON DATABASE ${may?.name ?? ""} TO ${realmRoles[realm].owner};`]),
    ...(may?.keepsJournal === true ? [] : [`GRANT USAGE, CREATE ON SCHEMA drizzle TO ${realmRoles[realm].owner};`])
  ]
}
