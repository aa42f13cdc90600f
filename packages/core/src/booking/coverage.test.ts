import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { runs } from "../../../../test/support/runs.ts"
import type { Site } from "../policy/care.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { openSites, sitesFor } from "./coverage.ts"

const terms = detfinneshjelp.booking
if (terms === null) throw new Error("the policy has no booking")
const names = (region: string, on: string) => sitesFor(terms, region, on).map(({ name }) => name)
const trusts = ["Oslo", "Stavanger", "Bergen"]

describe("the sites of Det finnes hjelp", () => {
  it("are Oslo for the South-Eastern region and Stavanger and Bergen for the Western, from 2020 on", () => {
    for (const on of ["2020-01-01", "2020-12-31", "2021-01-01", "2032-02-29"]) {
      assert.deepStrictEqual(names("south-eastern", on), ["Oslo"])
      assert.deepStrictEqual(names("western", on), ["Stavanger", "Bergen"])
    }
  })

  it("are those three for the other regions until their own has opened, and their own from that day on", () => {
    for (const region of ["central", "northern"]) {
      assert.deepStrictEqual(names(region, "2020-01-01"), trusts)
      assert.deepStrictEqual(names(region, "2020-12-31"), trusts)
    }
    assert.deepStrictEqual(names("central", "2021-01-01"), ["Trondheim"])
    assert.deepStrictEqual(names("northern", "2021-01-01"), ["Tromsø"])
  })

  it("are none before the first of them opened", () => {
    assert.deepStrictEqual(names("western", "2019-12-31"), [])
    assert.deepStrictEqual(openSites(terms, "2019-12-31"), [])
  })
})

const regions = ["south-eastern", "western", "central", "northern"]
const date = fc.date({ min: new Date("2020-01-01T00:00:00Z"), max: new Date("2030-12-31T00:00:00Z"), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10))
const later = fc.array(fc.record({ name: fc.string({ minLength: 1 }), region: fc.constantFrom(...regions), from: date }), { maxLength: 8 })
const first: Site = { name: "first", region: "western", from: "2020-01-01" }

describe("the coverage of any table of sites", () => {
  it("Every region has a site on every date from 2020 on: its own open ones, or else all that are open, and never one that is not open yet", () => {
    fc.assert(
      fc.property(later, date, fc.constantFrom(...regions, "elsewhere"), (more, on, region) => {
        const sites = [first, ...more] as const
        const offered = sitesFor({ sites }, region, on)
        const own: Array<Site> = []
        const any: Array<Site> = []
        for (const site of sites) {
          if (Date.parse(site.from) > Date.parse(on)) continue
          any.push(site)
          if (site.region === region) own.push(site)
        }
        assert.isAbove(offered.length, 0)
        assert.deepStrictEqual(offered, own.length === 0 ? any : own)
        assert.deepStrictEqual(openSites({ sites }, on), any)
      }),
      runs(1000)
    )
  })
})
