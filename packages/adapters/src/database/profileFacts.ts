/**
 * What PostgreSQL tells about how it is set up, as plain facts that can be judged without it. Names of tables, columns, roles and settings; never a row.
 */
import type { RealmName } from "./realmDatabase.ts"

/** A fact, or `undefined` where the login may not see it or this PostgreSQL does not know it. */
export type Seen<Fact> = Fact | undefined

/** One setting, given to a role or a database alone. */
export interface SetApart {
  /** `role name`, `database name` or both. */
  readonly of: string
  readonly name: string
  readonly value: string
}

/** One replication slot. */
export interface Slot {
  readonly active: boolean
  readonly logical: boolean
}

/** One table of the realm, or a leaf of one. */
export interface TableFacts {
  readonly name: string
  readonly leaf: boolean
  /** It belongs to the install alone and is about nobody. */
  readonly aboutNobody: boolean
  readonly unlogged: boolean
  readonly autovacuum: boolean
  readonly hasService: boolean
  readonly rowSecurity: boolean
  /** Some other role than the owner holds a right on it. */
  readonly granted: boolean
  /** The statistics on its values would be shown to this login. */
  readonly statisticsShown: boolean
  readonly live: number
  readonly dead: number
}

/** One rule of row-level security that lets somebody in. */
export interface PolicyFacts {
  readonly table: string
  readonly name: string
  readonly roles: string
  /** Whether it looks at which services are served. */
  readonly byService: boolean
}

/** What the role that the stores work as may do beyond its work. */
export interface RoleFacts {
  readonly name: string
  readonly superuser: boolean
  readonly bypassesRows: boolean
  /** Names of roles that it can take, beyond its own. */
  readonly takes: ReadonlyArray<string>
  /** Tables of the realm that belong to it. */
  readonly owns: ReadonlyArray<string>
  /** What it may use or read of the other realm, in this database. */
  readonly otherRealm: ReadonlyArray<string>
}

/** Facts of the whole PostgreSQL, the same for every database in it. */
export interface ClusterFacts {
  /** PostgreSQL in this process, for one folder: nobody logs in, nothing works in the background, no log is written. */
  readonly embedded: boolean
  readonly settings: ReadonlyMap<string, string>
  readonly setApart: Seen<ReadonlyArray<SetApart>>
  readonly slots: Seen<ReadonlyArray<Slot>>
  readonly publications: Seen<ReadonlyArray<string>>
  readonly extensions: Seen<ReadonlyArray<string>>
  /** Age of the oldest segment of the write-ahead log, in hours. */
  readonly oldestLogHours: Seen<number>
  readonly backupsRunning: Seen<number>
  /** Segments of the write-ahead log that were archived since the counting began. */
  readonly archived: Seen<number>
}

/** Facts of one realm's schema. */
export interface SchemaFacts {
  readonly realm: RealmName
  readonly tables: Seen<ReadonlyArray<TableFacts>>
  /** `table.column` of personal columns with a statistics target other than 0. */
  readonly analysed: Seen<ReadonlyArray<string>>
  /** `table.column` of personal columns of which values lie in the statistics that this login can see. */
  readonly inStatistics: Seen<ReadonlyArray<string>>
  /** `table: name` of statistics on several columns. */
  readonly extendedStatistics: Seen<ReadonlyArray<string>>
  /** Names of indexes on sealed bytes or on their keys. */
  readonly contentIndexes: Seen<ReadonlyArray<string>>
  readonly policies: Seen<ReadonlyArray<PolicyFacts>>
  /** `undefined` where the role is missing, too. */
  readonly app: Seen<RoleFacts>
  /** `table.column` that the audit's role may read beside service and deadline. */
  readonly auditReads: Seen<ReadonlyArray<string>>
  /** `role on table` of every right that no role of the product holds. */
  readonly strangers: Seen<ReadonlyArray<string>>
  /** The login that asks. */
  readonly login: Seen<{ readonly superuser: boolean; readonly bypassesRows: boolean }>
}
