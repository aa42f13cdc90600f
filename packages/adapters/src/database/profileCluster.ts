/**
 * Judgements on the whole PostgreSQL: what makes copies of rows, or of statements, that live longer than the rows. Keys are elsewhere, so such copies are shells.
 */
import { broken, type Judgement, kept, named, none, notChecked, type Outcome, whenSeen } from "./judgement.ts"
import type { ClusterFacts } from "./profileFacts.ts"

type ClusterJudgement = Judgement<ClusterFacts>

/** Largest write-ahead log between two checkpoints, in megabytes, and longest time between two of them, in seconds. */
const mostLogMegabytes = 1024
const longestCheckpointSeconds = 300
/** Oldest segment of the write-ahead log, in hours. */
const oldestLogHours = 24

const embeddedHasNone = (what: string): Outcome => notChecked(`the embedded database has no ${what}`)
const onServers = (what: string, judge: (facts: ClusterFacts) => Outcome) => (facts: ClusterFacts): Outcome => (facts.embedded ? embeddedHasNone(what) : judge(facts))

/** Each setting as it is in force, and as it is set apart for a role or a database; `undefined` in the list stands for one that cannot be seen. */
const values = ({ setApart, settings }: ClusterFacts, name: string): ReadonlyArray<readonly [says: string, value: string]> => {
  const inForce = settings.get(name)
  return [
    ...(inForce === undefined ? [] : [[`${name} is ${inForce}`, inForce] as const]),
    ...(setApart ?? []).filter((one) => one.name === name).map(({ of, value }) => [`${name} is ${value} for ${of}`, value] as const)
  ]
}

/** Broken when one of the settings has a value that is not good, in force or set apart; not checked when one of them cannot be seen. */
const every = (names: ReadonlyArray<string>, good: (value: string, name: string) => boolean) => (facts: ClusterFacts): Outcome => {
  const seen = names.map((name) => ({ name, found: values(facts, name) }))
  const bad = seen.flatMap(({ found, name }) => found.filter(([, value]) => !good(value, name)).map(([says]) => says))
  if (bad.length > 0) return broken(bad.join(", "))
  const hidden = names.filter((name) => !facts.settings.has(name))
  if (hidden.length > 0) return notChecked(`this login may not see ${named(hidden)}`)
  return kept(names.map((name) => `${name} is ${facts.settings.get(name)}`).join(", "))
}

const is = (...good: ReadonlyArray<string>) => (value: string): boolean => good.includes(value)
const atMost = (limit: number) => (value: string): boolean => Number(value) <= limit

/** An extension that is made in this database, or a library that is loaded: then its own settings are known to the server. */
const absent = (name: string) => (facts: ClusterFacts): Outcome => {
  if (facts.extensions?.includes(name) === true) return broken(`the extension ${name} is in this database`)
  const libraries = ["shared_preload_libraries", "session_preload_libraries", "local_preload_libraries"]
  const loading = libraries.flatMap((setting) => values(facts, setting)).filter(([, value]) => value.includes(name))
  if (loading.length > 0) return broken(loading.map(([says]) => says).join(", "))
  if ([...facts.settings.keys()].some((setting) => setting.startsWith(`${name}.`))) return broken(`the library ${name} is loaded`)
  return whenSeen(facts.extensions, () => kept("absent"))
}

const slots = ({ slots: seen }: ClusterFacts): Outcome =>
  whenSeen(seen, (all) => {
    const logical = all.filter((slot) => slot.logical).length
    const idle = all.filter(({ active }) => !active).length
    if (logical + idle > 0) return broken(`${all.length} in all: ${idle} idle, ${logical} logical`)
    return kept(all.length === 0 ? "none" : `${all.length}, each in use`)
  })

const backups = ({ archived, backupsRunning }: ClusterFacts): Outcome => {
  if ((backupsRunning ?? 0) > 0) return broken("a base backup is being made at this moment")
  if ((archived ?? 0) > 0) return broken(`parts of the write-ahead log were archived, ${archived} in all`)
  return notChecked("no database can see the backups that were made of it; ask how old the oldest is")
}

/** In the order in which they are shown. */
export const clusterJudgements: ReadonlyArray<ClusterJudgement> = [
  {
    id: "archive-mode",
    weight: "caution",
    wanted: "archive_mode off",
    why: "An archived log is a backup without an end.",
    judge: onServers("archiver", every(["archive_mode"], is("off")))
  },
  {
    id: "wal-size",
    weight: "caution",
    wanted: "max_wal_size 1 GB at most, wal_keep_size 0",
    why: "What is deleted stays in the write-ahead log until the log is cut.",
    judge: every(["max_wal_size", "wal_keep_size"], (value, name) => atMost(name === "max_wal_size" ? mostLogMegabytes : 0)(value))
  },
  {
    id: "checkpoint-timeout",
    weight: "caution",
    wanted: "checkpoint_timeout 5 minutes at most",
    why: "The write-ahead log can be cut only as far back as the last checkpoint.",
    judge: onServers("work in the background", every(["checkpoint_timeout"], atMost(longestCheckpointSeconds)))
  },
  {
    id: "wal-recycle",
    weight: "caution",
    wanted: "wal_recycle off",
    why: "A recycled file of the log keeps old bytes at its end until they are overwritten.",
    judge: every(["wal_recycle"], is("off"))
  },
  {
    id: "wal-oldest",
    weight: "caution",
    wanted: "no file of the log older than a day",
    why: "A file of the log that nobody cuts keeps what was deleted since.",
    judge: ({ oldestLogHours: age }) => whenSeen(age, (hours) => (hours <= oldestLogHours ? kept : broken)(`the oldest is ${Math.ceil(hours)} h old`))
  },
  {
    id: "replication-slots",
    weight: "caution",
    wanted: "none that is idle or logical",
    why: "An idle slot keeps the write-ahead log for ever, and a logical one hands rows on.",
    judge: onServers("replicas", slots)
  },
  {
    id: "publications",
    weight: "caution",
    wanted: "none",
    why: "Logical replication copies rows to where no sweep reaches.",
    judge: ({ publications }) => whenSeen(publications, none)
  },
  {
    id: "log-parameters",
    weight: "caution",
    wanted: "log_parameter_max_length and log_parameter_max_length_on_error 0",
    why: "Parameters are sealed bytes and references: nobody's business, and a log outlives the rows.",
    judge: onServers("log", every(["log_parameter_max_length", "log_parameter_max_length_on_error"], is("0")))
  },
  {
    id: "log-statements",
    weight: "caution",
    wanted: "log_statement none or ddl; log_min_duration_statement, log_min_duration_sample and log_transaction_sample_rate off",
    why: "A log of statements tells what happened when, and outlives the rows.",
    judge: onServers("log", every(["log_statement", "log_min_duration_statement", "log_min_duration_sample", "log_transaction_sample_rate"], (value, name) =>
      name === "log_statement" ? is("none", "ddl")(value) : is(name === "log_transaction_sample_rate" ? "0" : "-1")(value)))
  },
  {
    id: "log-verbosity",
    weight: "caution",
    wanted: "log_error_verbosity terse",
    why: "The details of a failed insert name the row.",
    judge: onServers("log", every(["log_error_verbosity"], is("terse")))
  },
  { id: "pg-stat-statements", weight: "caution", wanted: "absent", why: "It keeps the texts of queries.", judge: absent("pg_stat_statements") },
  { id: "auto-explain", weight: "caution", wanted: "absent", why: "It writes the texts of slow queries into the log.", judge: absent("auto_explain") },
  {
    id: "autovacuum",
    weight: "caution",
    wanted: "autovacuum and track_counts on",
    why: "The bytes of deleted rows wait until a vacuum removes them.",
    judge: onServers("work in the background", every(["autovacuum", "track_counts"], is("on")))
  },
  {
    id: "backups",
    weight: "caution",
    wanted: "none older than the longest promise",
    why: "A backup shows shells for as long as somebody keeps it.",
    judge: onServers("view of its backups", backups)
  }
]
