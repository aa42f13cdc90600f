import { assert, describe, it } from "@effect/vitest"
import { decodePolicy } from "./decode.ts"
import { keepsContent } from "./policy.ts"
import { detfinneshjelp } from "./reference/detfinneshjelp.ts"
import { ifengsel } from "./reference/ifengsel.ts"

const hoursOf = ifengsel.openingHours
const withHours = (change: object) => ({ ...ifengsel, openingHours: { ...hoursOf, ...change } })
const exception = (date: string) => withHours({ exceptions: [{ date, windows: [] }] })

/** One field changed each; every one must be refused by a message that names the field. */
const refused: ReadonlyArray<readonly [string, unknown, string]> = [
  ["a missing retention", (({ accessTrace: _, ...rest }) => rest)(detfinneshjelp), "accessTrace"],
  ["a retention of zero", { ...detfinneshjelp, accessTrace: { hoursAfterOpening: 0 } }, "hoursAfterOpening"],
  ["a retention that is a text", { ...detfinneshjelp, accessTrace: { hoursAfterOpening: "168" } }, "hoursAfterOpening"],
  ["a retention without an end", { ...detfinneshjelp, accessTrace: { hoursAfterOpening: Infinity } }, "hoursAfterOpening"],
  ["a retention in parts of an hour", { ...detfinneshjelp, accessTrace: { hoursAfterOpening: 1.5 } }, "hoursAfterOpening"],
  ["kept content without a period", { ...ifengsel, content: { store: "server" } }, "hoursAfterEnd"],
  ["an unknown place for content", { ...ifengsel, content: { store: "cloud" } }, "content"],
  ["a period for content that is not kept", { ...detfinneshjelp, content: { store: "clients-only", hoursAfterEnd: 72 } }, "hoursAfterEnd"],
  ["a field that nobody knows", { ...detfinneshjelp, retention: 10 }, "retention"],
  ["missing opening hours", (({ openingHours: _, ...rest }) => rest)(ifengsel), "openingHours"],
  ["a time zone that does not exist", withHours({ timeZone: "Europe/Olso" }), "timeZone"],
  ["a time of day that does not exist", withHours({ weekly: [{ day: "wed", opens: "15:00", closes: "25:00" }] }), "closes"],
  ["a day that does not exist", withHours({ weekly: [{ day: "onsdag", opens: "15:00", closes: "22:00" }] }), "day"],
  ["30 February", exception("2026-02-30"), "date"],
  ["29 February of a common year", exception("2026-02-29"), "date"],
  ["month 13", exception("2026-13-01"), "date"],
  ["a service named like a path of the product", { ...detfinneshjelp, service: "staff" }, "service"],
  ["a service name that is no address", { ...detfinneshjelp, service: "Det finnes hjelp" }, "service"],
  ["a missing controller", (({ controller: _, ...rest }) => rest)(detfinneshjelp), "controller"],
  ["an exit page without encryption", { ...detfinneshjelp, exitUrl: "http://www.yr.no/" }, "exitUrl"],
  ["a capacity of none", { ...detfinneshjelp, capacity: 0 }, "capacity"]
]

describe("a policy", () => {
  for (const [what, policy, field] of refused) {
    it(`with ${what} is refused, and the message names ${field}`, () => {
      assert.throws(() => decodePolicy(policy), new RegExp(`"?${field}"?`))
    })
  }

  it("of each reference service is accepted as it stands, leap days and days that are closed included", () => {
    for (const policy of [detfinneshjelp, ifengsel, exception("2028-02-29"), exception("2026-12-31")]) {
      assert.deepStrictEqual(decodePolicy(policy), policy)
    }
  })

  it("says whether the server keeps content", () => {
    assert.deepStrictEqual([detfinneshjelp, ifengsel].map(keepsContent), [false, true])
  })
})
