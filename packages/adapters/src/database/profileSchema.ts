/**
 * Judgements on the schema of one realm: copies of its columns that no sweep reaches, and who may read what.
 */
import { broken, type Judgement, kept, named, none, notChecked, type Outcome, unseen, whenSeen } from "./judgement.ts"
import type { ClusterFacts, RoleFacts, SchemaFacts, TableFacts } from "./profileFacts.ts"

/** The schema, and on what it stands. */
export interface RealmFacts extends SchemaFacts {
  readonly cluster: ClusterFacts
}

type SchemaJudgement = Judgement<RealmFacts>

/** Dead rows that are too few to speak of, and the share of the living above which a vacuum is late. */
const fewDead = 1000
const lateShare = 0.5

const tables = (judge: (all: ReadonlyArray<TableFacts>) => Outcome) => (facts: RealmFacts): Outcome =>
  whenSeen(facts.tables, (all) => (all.length === 0 ? notChecked("there are no tables") : judge(all)))

const ofTables = (bad: (table: TableFacts) => boolean) => tables((all) => none(all.filter(bad).map(({ name }) => name)))

const ofApp = (judge: (app: RoleFacts) => ReadonlyArray<string>) => ({ app }: RealmFacts): Outcome =>
  app === undefined ? notChecked("the role that the server works as is not there") : none(judge(app))

/** What this login sees of the statistics is all that there is only where it may read every table as a whole. */
const statistics = ({ inStatistics, tables: all }: RealmFacts): Outcome => {
  if (inStatistics === undefined || all === undefined) return unseen
  if (inStatistics.length > 0) return broken(named(inStatistics))
  const hidden = all.filter(({ aboutNobody, statisticsShown }) => !aboutNobody && !statisticsShown)
  return hidden.length === 0 ? kept("none") : notChecked(`this login may not see those of ${hidden.length === 1 ? "1 table" : `${hidden.length} tables`}`)
}

/** A leaf is read through its table, whose rules hold there; one that somebody may read by itself needs its own. */
const lacksRowSecurity = ({ granted, hasService, leaf, rowSecurity }: TableFacts): boolean => hasService && !rowSecurity && (!leaf || granted)

const rowSecurity = (facts: RealmFacts): Outcome => {
  if (facts.policies === undefined) return unseen
  const open = facts.policies.filter(({ byService }) => !byService).map(({ name, roles, table }) => `${table}: ${name} lets ${roles} in`)
  return open.length > 0 ? broken(named(open)) : ofTables(lacksRowSecurity)(facts)
}

const login = ({ login: seen }: RealmFacts): Outcome =>
  whenSeen(seen, ({ bypassesRows, superuser }) =>
    superuser ? broken("it is a superuser") : bypassesRows ? broken("it passes row-level security by") : kept("neither"))

/** In the order in which they are shown. */
export const schemaJudgements: ReadonlyArray<SchemaJudgement> = [
  {
    id: "statistics-targets",
    weight: "promise",
    wanted: "0 on every personal column, of each table and each leaf",
    why: "ANALYZE copies common values into the catalogue, where they outlive the rows and even the table.",
    judge: ({ analysed }) => whenSeen(analysed, none)
  },
  {
    id: "statistics-kept",
    weight: "promise",
    wanted: "no values of a personal column",
    why: "Values that lie in the statistics already are reached by no sweep.",
    judge: statistics
  },
  {
    id: "statistics-extended",
    weight: "promise",
    wanted: "none on a personal table",
    why: "Statistics on several columns keep combinations of values, whatever the target of each column.",
    judge: ({ extendedStatistics }) => whenSeen(extendedStatistics, none)
  },
  {
    id: "content-indexes",
    weight: "promise",
    wanted: "none on sealed bytes or wrapped keys",
    why: "An index is a second copy, in a file of its own.",
    judge: ({ contentIndexes }) => whenSeen(contentIndexes, none)
  },
  {
    id: "row-security",
    weight: "promise",
    wanted: "on for every table with a service, and by service alone",
    why: "Whoever works for one service must not see that another one had visitors.",
    judge: rowSecurity
  },
  {
    id: "app-owns",
    weight: "promise",
    wanted: "the server's role owns no table and cannot become the owner",
    why: "An owner can switch off every rule on a table.",
    judge: ofApp(({ owns, takes }) => [...owns, ...takes.map((role) => `it may become ${role}`)])
  },
  {
    id: "app-rights",
    weight: "promise",
    wanted: "the server's role is no superuser and is subject to row-level security",
    why: "Such a role sees the rows of every service and of every realm.",
    judge: ofApp(({ bypassesRows, superuser }) => [...(superuser ? ["it is a superuser"] : []), ...(bypassesRows ? ["it passes row-level security by"] : [])])
  },
  {
    id: "other-realm",
    weight: "promise",
    wanted: "the server's role has no right on the other realm",
    why: "Those who answer must never be able to see who opened a chat.",
    judge: ofApp(({ otherRealm }) => otherRealm)
  },
  {
    id: "audit-reads",
    weight: "promise",
    wanted: "the audit's role reads services and deadlines alone",
    why: "Checking needs counts, and nothing of what was sealed.",
    judge: ({ auditReads }) => (auditReads === undefined ? notChecked("the role of the audit is not there") : none(auditReads))
  },
  {
    id: "strangers",
    weight: "caution",
    wanted: "no right for any other role",
    why: "Nobody but the server and the audit needs these tables.",
    judge: ({ strangers }) => whenSeen(strangers, none)
  },
  {
    id: "unlogged",
    weight: "caution",
    wanted: "none",
    why: "An unlogged table loses every row at a crash, and people their chats.",
    judge: ofTables(({ unlogged }) => unlogged)
  },
  {
    id: "autovacuum-tables",
    weight: "caution",
    wanted: "switched off for no table",
    why: "The bytes of deleted rows wait until a vacuum removes them.",
    judge: ofTables(({ autovacuum }) => !autovacuum)
  },
  {
    id: "dead-rows",
    weight: "caution",
    wanted: "few, and fewer than half of the living",
    why: "A deleted row keeps its bytes on its page until a vacuum comes.",
    judge: (facts) =>
      facts.cluster.embedded
        ? notChecked("the embedded database does not count them")
        : tables((all) => none(all.filter(({ dead, live }) => dead > fewDead && dead > live * lateShare).map(({ dead, name }) => `${name} has ${dead}`)))(facts)
  },
  {
    id: "login",
    weight: "caution",
    wanted: "no superuser, and subject to row-level security",
    why: "Whoever has the server's password has the rights of its login.",
    judge: (facts) => (facts.cluster.embedded ? notChecked("the embedded database has one login, which may do everything") : login(facts))
  }
]
