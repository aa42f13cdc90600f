/**
 * Vitest's global set-up for projects that need a real PostgreSQL: one for all files of the project, with a migrated database that others are copied from.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { TestProject } from "vitest/node"
import { postgresDatabase } from "../../packages/adapters/src/postgres/connect.ts"
import { makePool } from "../../packages/adapters/src/postgres/pool.ts"
import { startCluster } from "./cluster.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the cluster's database `postgres`; its database `migrated` is the template. */
    readonly postgres: string
  }
}

/** Starts the cluster, migrates the template, and answers how both go away. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster()
  const { client, close } = makePool(Redacted.make(cluster.url()), 1, {})
  await client.unsafe("create database migrated")
  await close()
  const open = (realm: "service" | "custody") => postgresDatabase({ url: Redacted.make(cluster.url("migrated")), services: [] }, realm)
  await Effect.runPromise(Effect.scoped(Effect.andThen(open("service"), open("custody"))))
  project.provide("postgres", cluster.url())
  return cluster.remove
}
