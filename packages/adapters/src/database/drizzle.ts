/**
 * Drizzle, loaded as CommonJS: linking its several hundred ES modules, which re-export each other in circles, takes 0.6 s and 100 MB more at every start.
 */
import { createRequire } from "node:module"

const require = createRequire(import.meta.url)

/** Conditions and SQL fragments. */
export const { and, eq, exists, getTableColumns, getTableName, gt, inArray, isNotNull, isNull, lte, min, not, or, sql } =
  require("drizzle-orm") as typeof import("drizzle-orm")

/** Tables, columns and indexes. */
export const { bigint, customType, index, integer, pgSchema, pgTable, primaryKey, text, uuid } = require("drizzle-orm/pg-core") as typeof import("drizzle-orm/pg-core")

/** The driver for PGlite, and what applies migrations through it. */
export const { drizzle } = require("drizzle-orm/pglite/driver") as typeof import("drizzle-orm/pglite/driver")
export const { migrate } = require("drizzle-orm/pglite/migrator") as typeof import("drizzle-orm/pglite/migrator")
