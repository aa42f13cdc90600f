import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { clinic, completeGuide, dates, guides, today } from "../../../../test/spec/guidanceWorlds.ts"
import { patience, quick, runs } from "../../../../test/support/runs.ts"
import type { GuidePolicy } from "../policy/guide.ts"
import { otherClinics, waitingTimeOf } from "./waiting.ts"

type Wait = typeof waitingTimeOf

const waits: fc.Arbitrary<GuidePolicy["waitingTimes"]> = fc.array(
  fc.record({
    dps: fc.constantFrom("clinic-a", "clinic-b"),
    days: fc.constantFrom(0, 30, 40, 90),
    source: fc.constant("https://guide.example/one"),
    measuredOn: dates
  }),
  { maxLength: 6 }
)

/** Written again: look at every figure, keep the newest, and of the same day the longest. */
const naively = (figures: GuidePolicy["waitingTimes"], dps: string, on: string, months: number) => {
  let best: { days: number; source: string; measuredOn: string } | null = null
  for (const figure of figures) {
    if (figure.dps !== dps || figure.measuredOn > on) continue
    if (best === null || figure.measuredOn > best.measuredOn || (figure.measuredOn === best.measuredOn && figure.days > best.days)) {
      best = { days: figure.days, source: figure.source, measuredOn: figure.measuredOn }
    }
  }
  if (best === null) return null
  const limit = new Date(`${best.measuredOn}T00:00:00Z`)
  limit.setUTCMonth(limit.getUTCMonth() + months)
  return { ...best, stale: Date.parse(`${on}T00:00:00Z`) > limit.getTime() }
}

const agrees = (wait: Wait) =>
  fc.property(waits, dates, fc.constantFrom(1, 2), (waitingTimes, on, months) => {
    const guide = { waitingTimes, staleAfterMonths: { content: 1, links: 1, waitingTimes: months } }
    for (const dps of ["clinic-a", "clinic-b", "clinic-c"]) assert.deepStrictEqual(wait(guide, dps, on), naively(waitingTimes, dps, on, months))
  })

const bugs: Readonly<Record<string, Wait>> = {
  "a clinic that nobody measured waits a month": (guide, dps, on) => waitingTimeOf(guide, dps, on) ?? { days: 30, source: "", measuredOn: on, stale: false },
  "the shortest is shown": (guide, dps, on) => {
    const days = guide.waitingTimes.filter((wait) => wait.dps === dps && wait.measuredOn <= on).map((wait) => wait.days)
    const shown = waitingTimeOf(guide, dps, on)
    return shown === null ? null : { ...shown, days: Math.min(...days) }
  },
  "the future is known": (guide, dps) => waitingTimeOf(guide, dps, "2027-01-01"),
  "another clinic's figure is shown": (guide, _, on) => waitingTimeOf(guide, "clinic-a", on),
  "no figure is ever old": (guide, dps, on) => {
    const shown = waitingTimeOf(guide, dps, on)
    return shown === null ? null : { ...shown, stale: false }
  }
}

describe("a waiting time", () => {
  it("is the newest that somebody measured, with its source, its day and a word about its age, or nothing at all (DUV-27)", () => {
    fc.assert(agrees(waitingTimeOf), runs(1000))
  }, patience)

  it.skipIf(quick).each(Object.entries(bugs))("a planted bug is noticed: %s", (_, wait) => {
    assert.isTrue(fc.check(agrees(wait), { numRuns: 1000, seed: 7, endOnFailure: true }).failed)
  })
})

describe("the other clinics", () => {
  it("are all clinics but the own one, and nothing that is no clinic (DUV-28)", () => {
    fc.assert(
      fc.property(guides, fc.constantFrom("clinic-a", "clinic-b", "clinic-c"), (guide, own) => {
        const all = guide.entries.map(({ id }) => id).filter((id) => id.startsWith("clinic-"))
        assert.deepStrictEqual(otherClinics(guide, own, today).clinics.map(({ dps }) => dps.id), all.filter((id) => id !== own))
      }),
      runs(300)
    )
  }, patience)

  it("of a country with two clinics or more are never none, for any of them (DUV-28)", () => {
    for (const { id } of completeGuide.entries.filter(({ type }) => type === "dps")) assert.strictEqual(otherClinics(completeGuide, id, today).clinics.length, 1)
  })

  it("come with their waiting times and with whom to ask, on the day (DUV-27, DUV-29)", () => {
    assert.deepStrictEqual(otherClinics(completeGuide, "south-clinic", today), {
      clinics: [{ dps: clinic("north-clinic", "north"), wait: { days: 40, source: "https://guide.example/waiting", measuredOn: "2026-04-01", stale: false } }],
      ask: completeGuide.choiceOfPlace
    })
    assert.deepStrictEqual(otherClinics(completeGuide, "north-clinic", today).clinics, [{ dps: clinic("south-clinic", "south"), wait: null }])
  })
})
