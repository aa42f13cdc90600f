/**
 * Drizzle, loaded as CommonJS: linking its several hundred ES modules, which re-export each other in circles, takes 0.6 s and 100 MB more at every start.
 */
import { createRequire } from "node:module"

const require = createRequire(import.meta.url)

/** Conditions and SQL fragments. */
export const { and, eq, exists, getTableColumns, gt, inArray, lte, min, not, or, sql } =
  require("drizzle-orm") as typeof import("drizzle-orm")

/** Tables, columns and indexes. */
export const { bigint, customType, getTableConfig, integer, pgSchema, primaryKey, text, uuid } = require("drizzle-orm/pg-core") as typeof import("drizzle-orm/pg-core")

/** Reads a folder of migrations. */
export const { readMigrationFiles } = require("drizzle-orm/migrator") as typeof import("drizzle-orm/migrator")
