import { is } from "drizzle-orm"
import { getTableConfig, PgTable } from "drizzle-orm/pg-core"
import { productPlaces } from "@fortrolig/core/retention/productPlaces"
import { assert, describe, it } from "vitest"
import * as custody from "./custodySchema.ts"
import { custodyDeclarations, serviceDeclarations } from "./declarations.ts"
import * as service from "./serviceSchema.ts"

const declared = [...serviceDeclarations, ...custodyDeclarations]
const tableOf = (column: string): string => column.split(".").slice(0, 2).join(".")
const named = (kind: string) => productPlaces.filter((place) => place.kind === kind).map(({ name }) => String(name))
const schemas = [...Object.values(service), ...Object.values(custody)].flatMap((value: unknown) => (is(value, PgTable) ? [value] : []))

describe("the columns that are declared", () => {
  it("are those of the tables among the places of the product, of every table in the schemas, and no other", () => {
    const tables = [...new Set(declared.map(([column]) => tableOf(column)))].toSorted()
    assert.deepStrictEqual(tables, [...new Set(named("table"))].toSorted())
    const inSchemas = schemas.flatMap((table) => {
      const { columns, name, schema } = getTableConfig(table)
      return columns.map((column) => `${schema}.${name}.${column.name}`)
    })
    assert.deepStrictEqual(declared.map(([column]) => column).filter((column) => !column.startsWith("drizzle.")).toSorted(), inSchemas.toSorted())
  })

  it("hold what their table is declared to hold, and all of it", () => {
    for (const table of new Set(named("table"))) {
      const classes = productPlaces.filter((place) => place.kind === "table" && place.name === table).map(({ dataClass }) => String(dataClass))
      const found = declared.filter(([column]) => tableOf(column) === table).map(([, dataClass]) => String(dataClass))
      assert.deepStrictEqual([...new Set(found)].toSorted(), classes.toSorted(), table)
    }
  })

  it("are places of their own wherever ciphertext lies, with the same class", () => {
    const sealed = declared.filter(([column]) => /\.(?:sealed|wrapped)$/.test(column)).map((entry) => entry.join(" "))
    const places = productPlaces.filter(({ kind }) => kind === "column").map(({ dataClass, name }) => `${name} ${dataClass}`)
    assert.deepStrictEqual(sealed.toSorted(), places.toSorted())
    assert.isNotEmpty(sealed)
  })
})
