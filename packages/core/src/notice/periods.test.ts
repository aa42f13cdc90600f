import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { patience, runs } from "../../../../test/support/runs.ts"
import { hours, type Instant, minutes, type Period, seconds } from "../kernel/instant.ts"
import { helpNumbers } from "./helpNumbers.ts"
import { languages, pickLanguage } from "./language.ts"
import { inWords, localClock, localDay, localTime } from "./periods.ts"

describe("a period in words", () => {
  it("counts in hours up to 72, then in whole days", () => {
    const said = (period: Period) => languages.map((language) => inWords(period, language))
    assert.deepStrictEqual(said(hours(1)), ["1 time", "1 hour"])
    assert.deepStrictEqual(said(hours(24)), ["24 timer", "24 hours"])
    assert.deepStrictEqual(said(hours(72)), ["72 timer", "72 hours"])
    assert.deepStrictEqual(said(hours(73)), ["73 timer", "73 hours"])
    assert.deepStrictEqual(said(hours(96)), ["4 døgn", "4 days"])
    assert.deepStrictEqual(said(hours(168)), ["7 døgn", "7 days"])
    assert.deepStrictEqual(said(seconds(168 * 3600 + 65)), ["7 døgn, 1 minutt og 5 sekunder", "7 days, 1 minute and 5 seconds"])
    assert.deepStrictEqual(said(seconds(72 * 3600 + 65)), ["72 timer, 1 minutt og 5 sekunder", "72 hours, 1 minute and 5 seconds"])
    assert.deepStrictEqual(said(minutes(30)), ["30 minutter", "30 minutes"])
    assert.deepStrictEqual(said(seconds(3661)), ["1 time, 1 minutt og 1 sekund", "1 hour, 1 minute and 1 second"])
    assert.deepStrictEqual(said(hours(0)), ["0 sekunder", "0 seconds"])
  })

  it("says exactly the period, in either language, so two periods never read alike", () => {
    const lengths: Readonly<Record<string, number>> = { d: 86400, day: 86400, t: 3600, h: 3600, m: 60, s: 1 }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86400 }), fc.constantFrom(...languages), (length, language) => {
        const read = [...inWords(seconds(length), language).matchAll(/(\d+) (\w)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (lengths[unit ?? ""] ?? NaN), 0)
        assert.strictEqual(read, length)
      }),
      runs(500)
    )
  }, patience)
})

describe("an instant as people say it", () => {
  const at = Date.parse("2026-11-27T13:30:00Z") as Instant
  it("is local time in Oslo, or in the zone that is named", () => {
    assert.strictEqual(localTime(at, "nb"), "fredag 27. november kl. 14.30")
    assert.strictEqual(localTime(at, "en"), "Friday 27 November at 14:30")
    assert.strictEqual(localTime(at, "en", "America/New_York"), "Friday 27 November at 08:30")
    assert.strictEqual(localDay(at, "nb"), "fredag 27. november")
    assert.strictEqual(localClock(at, "nb"), "14.30")
  })

  it("moves an hour when clocks change, because seven days are 168 hours (E-01)", () => {
    assert.strictEqual(localTime((Date.parse("2026-03-27T12:00+01:00") + hours(168)) as Instant, "nb"), "fredag 3. april kl. 13.00")
    assert.strictEqual(localTime((Date.parse("2026-10-23T12:00+02:00") + hours(168)) as Instant, "nb"), "fredag 30. oktober kl. 11.00")
  })

  it("says midnight as 00, never as 24", () => {
    assert.strictEqual(localClock(Date.parse("2026-11-27T00:00+01:00") as Instant, "nb"), "00.00")
  })
})

describe("the language of a page", () => {
  it("is what was asked for, else what the browser prefers, else bokmål", () => {
    for (const [accept, asked, language] of [
      [undefined, undefined, "nb"],
      ["en-GB,en;q=0.9", undefined, "en"],
      ["en;q=0.5, nn;q=0.8", undefined, "nb"],
      ["no", undefined, "nb"],
      ["de, en;q=0.3", undefined, "en"],
      ["de", undefined, "nb"],
      ["en;q=0", undefined, "nb"],
      ["en", "nb", "nb"],
      ["nb", "EN", "en"],
      ["en", "klingon", "en"],
      ["en;q=0.5, no", undefined, "nb"],
      ["en;q=0.5, ,", undefined, "en"],
      // A weight is read as a whole parameter of that name, spaces aside; what is no weight leaves the tag at its full one.
      ["nb;q=0.5, en;fooq=0.1", undefined, "en"],
      ["nb;q=0.5, en;q=0.1x", undefined, "en"],
      ["nb;q=0.5, en; q=0.1", undefined, "nb"],
      ["nb;q=0.5, en;q=0.1 ", undefined, "nb"],
      ["nb;q=0.3, en;q=0.25", undefined, "nb"],
      ["nb;q=0.5, en;level=1;q=0.1", undefined, "nb"],
      ["*;;q=,,=;en;q=nonsense", "", "nb"]
    ] as const)
      assert.strictEqual(pickLanguage(accept, asked), language, `${accept} ${asked}`)
  })

  it("is one of the two for any header whatever", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (accept, asked) => assert.include(languages, pickLanguage(accept, asked))))
  })
})

describe("help numbers", () => {
  it("are the four, each with the link that calls it", () => {
    assert.deepStrictEqual(helpNumbers.map((one) => one.number), ["112", "113", "116 117", "116 111"])
    for (const one of helpNumbers) assert.strictEqual(one.href, `tel:${one.number.replaceAll(" ", "")}`)
  })
})
