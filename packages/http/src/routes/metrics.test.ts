import { productPlaces } from "@fortrolig/core/retention/productPlaces"
import { assert, it } from "vitest"
import { metrics } from "./metrics.ts"

const lines = (ready: boolean, sockets: number): ReadonlyArray<string> =>
  metrics({ ready, startedAt: 1000, sweeps: 7, failedSweeps: 2, lateness: 1500, sockets: () => sockets }, 4999)
    .split("\n")
    .filter((line) => !line.startsWith("#"))

it("the figures are the declared ones, in order, without any label, and tell of connections in steps only", () => {
  assert.deepStrictEqual(lines(true, 99), [
    "fortrolig_up_seconds 3",
    "fortrolig_ready 1",
    "fortrolig_sweeps_total 7",
    "fortrolig_failed_sweeps_total 2",
    "fortrolig_sweep_lateness_seconds 1.5",
    "fortrolig_sockets_at_least 50",
    ""
  ])
  assert.deepStrictEqual([lines(false, 49)[1], lines(false, 49)[5], lines(false, 100)[5]], ["fortrolig_ready 0", "fortrolig_sockets_at_least 0", "fortrolig_sockets_at_least 100"])
  assert.deepStrictEqual(
    lines(true, 0).slice(0, -1).map((line) => line.split(" ")[0]),
    productPlaces.filter(({ kind }) => kind === "metric").map(({ name }) => String(name))
  )
})
