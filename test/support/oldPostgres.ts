/**
 * How a database is made to say that its PostgreSQL is of another version: it finds a function of ours before the server's own.
 */

/** The lines that a superuser runs in `database`; connections that are made afterwards hear the other version. */
export const claimedVersion = (database: string, number: number, version: string): ReadonlyArray<string> => [
  "create schema claim",
  `create function claim.current_setting(name text) returns text language sql stable as $$
    select case name when 'server_version_num' then '${number}' when 'server_version' then '${version}' else pg_catalog.current_setting(name) end
  $$`,
  "grant usage on schema claim to public",
  `alter database ${database} set search_path = claim, pg_catalog, public`
]
