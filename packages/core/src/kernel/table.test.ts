import { assert, describe, it } from "vitest"
import { accepts, edgesOf, type Table } from "./table.ts"

const table: Table<"Open" | "Shut", "Shut" | "Open" | "Knock"> = {
  Open: { Shut: ["Shut"], Knock: ["Open", "Shut"] },
  Shut: { Open: ["Open"] }
}

describe("the table of a machine", () => {
  it("has its edges in the order in which it is written", () => {
    assert.deepStrictEqual(edgesOf(table), [
      { from: "Open", by: "Shut", to: "Shut" },
      { from: "Open", by: "Knock", to: "Open" },
      { from: "Open", by: "Knock", to: "Shut" },
      { from: "Shut", by: "Open", to: "Open" }
    ])
  })

  it("accepts what a state names, and nothing else", () => {
    assert.deepStrictEqual(
      (["Shut", "Open", "Knock"] as const).map((by) => [accepts(table, "Open", by), accepts(table, "Shut", by)]),
      [[true, false], [false, true], [true, false]]
    )
  })
})
