import { idnr } from "@navikt/fnrvalidator"
import * as Result from "effect/Result"
import norsk from "norsk-validator"
import { NorwegianId } from "norwegian-national-id-validator"
import { assert, describe, it } from "vitest"
import { exchanged, leapDays, type Look, look, numbers, oneDigitWrong, type Wanted } from "../../../../test/spec/bookingNumbers.ts"
import { deep, patience, quick } from "../../../../test/support/runs.ts"
import { readNationalId } from "./nationalId.ts"

type Verdict = "FNR" | "DNR" | "HNR" | "FHN" | "refused"

const ours = (digits: string): Verdict => {
  const read = readNationalId(digits, { purpose: "test", on: "2026-11-21", assigner: "hospital" })
  return Result.isFailure(read) ? "refused" : read.success.kind
}

const navKinds = { fnr: "FNR", tnr: "FNR", dnr: "DNR", "dnr-and-tnr": "DNR", "dnr-and-hnr": "DNR", hnr: "HNR" } as const

/** What each package says of a text. They know a kind by its first and third digit, as here. */
const theirs: Readonly<Record<string, (text: string) => Verdict>> = {
  "@navikt/fnrvalidator": (text) => {
    const said = idnr(text)
    return said.status === "valid" ? navKinds[said.type] : "refused"
  },
  "norwegian-national-id-validator": (text) => {
    const id = NorwegianId(text)
    return id.isFhNumber() ? "FHN" : id.isDNumber() ? "DNR" : id.isHNumber() ? "HNR" : id.isBirthNumber() ? "FNR" : "refused"
  },
  "norsk-validator": (text) => {
    if (norsk.fhnummer(text)) return "FHN"
    if (norsk.dnummer(text)) return "DNR"
    if (norsk.hnummer(text)) return "HNR"
    return norsk.fodselsnummer(text) ? "FNR" : "refused"
  }
}

const newForm = ({ rest }: Look) => rest >= 1 && rest <= 3
const test = ({ offset, isD, help }: Look) => !help && (offset > 40 || (offset === 40 && isD))
/** The century that norwegian-national-id-validator takes a number to be of. */
const itsCentury = ({ individual, isD, year }: Look) =>
  individual < 500 ? 1900 : isD ? 2000 : individual < 750 && year >= 54 ? 1800 : individual >= 900 && year >= 40 ? 1900 : 2000
const afterToday = (l: Look) => new Date(itsCentury(l) + l.year, l.month - 1, l.day) > new Date()
/** Dates with these digits of which our reading would accept one. */
const noDate = (l: Look) => (l.rest === 0 && !l.local && l.individual < 500 ? !l.exists(1900) : !l.exists(2000))

interface Class {
  readonly package: string
  readonly why: string
  readonly ours: "accepts" | "refuses"
  readonly is: (l: Look) => boolean
}

/** Every way in which we and a package disagree, and why ours stands. The table of docs/adr/0014-national-identifiers.md. */
const classes: ReadonlyArray<Class> = [
  { package: "@navikt/fnrvalidator", why: "it knows no common help number", ours: "accepts", is: (l) => !l.spaced && l.help && l.rest === 0 },
  { package: "@navikt/fnrvalidator", why: "it knows no test number with the month raised by 65", ours: "accepts", is: (l) => !l.spaced && !l.help && l.offset === 65 },
  { package: "@navikt/fnrvalidator", why: "it accepts control digits of 2032 on a hospital's help number", ours: "refuses", is: (l) => !l.spaced && l.local && newForm(l) },
  {
    package: "@navikt/fnrvalidator",
    why: "it takes every year 00 for 2000, and accepts 29 February 1900",
    ours: "refuses",
    is: (l) => !l.spaced && l.rest === 0 && !l.local && l.year === 0 && l.month === 2 && l.day === 29 && l.individual < 500
  },
  { package: "norwegian-national-id-validator", why: "it refuses the control digits of 2032", ours: "accepts", is: (l) => !l.spaced && newForm(l) && !l.help },
  { package: "norwegian-national-id-validator", why: "it knows no test number", ours: "accepts", is: (l) => !l.spaced && l.rest === 0 && test(l) },
  {
    package: "norwegian-national-id-validator",
    why: "it refuses whoever is born after today by a century that it guessed",
    ours: "accepts",
    is: (l) => !l.spaced && l.rest === 0 && !test(l) && !l.help && l.exists(itsCentury(l)) && afterToday(l)
  },
  {
    package: "norwegian-national-id-validator",
    why: "it fixes a century for a hospital's help number, and refuses 29 February of 1900",
    ours: "accepts",
    is: (l) => !l.spaced && l.rest === 0 && l.local && l.year === 0 && l.month === 2 && l.day === 29 && l.individual < 500
  },
  { package: "norwegian-national-id-validator", why: "it takes away spaces around the number", ours: "refuses", is: (l) => l.spaced },
  { package: "norsk-validator", why: "it refuses the control digits of 2032", ours: "accepts", is: (l) => !l.spaced && newForm(l) && !l.help },
  { package: "norsk-validator", why: "it does not look at the date", ours: "refuses", is: (l) => !l.spaced && l.rest === 0 && !l.help && noDate(l) },
  { package: "norsk-validator", why: "it takes away spaces, points and commas", ours: "refuses", is: (l) => l.spaced }
]

const kinds: ReadonlyArray<Omit<Wanted, "rest">> = [
  { kind: "FNR", offset: 80 }, { kind: "DNR", offset: 80 }, { kind: "FNR", offset: 65 }, { kind: "DNR", offset: 65 }, { kind: "DNR", offset: 40 },
  { kind: "FNR", offset: 0 }, { kind: "DNR", offset: 0 }, { kind: "HNR", offset: 40 }, { kind: "FHN", offset: 0 }
]
const vectors = ["01819012365", "01819012373", "01819012381", "01819012470", "41819012359", "41819012383"]
const dressed = [(n: string) => ` ${n} `, (n: string) => `${n.slice(0, 6)} ${n.slice(6)}`, (n: string) => `${n.slice(0, 3)}.${n.slice(3)}`, (n: string) => `0${n}`, (n: string) => n.slice(1)]

/** All texts of a kind: numbers of every first control digit, each also with one digit wrong, two neighbours exchanged, and the first dressed up. */
const textsOf = (kind: Omit<Wanted, "rest">, count: number, seed: number): ReadonlyArray<string> =>
  ([0, 1, 2, 3] as const).flatMap((rest) =>
    numbers({ ...kind, rest }, rest === 0 ? count * 0.7 : count * 0.1, seed + rest).flatMap((number, i) => [
      number,
      oneDigitWrong(number, i % 11, 1 + (i % 9)),
      exchanged(number, i % 10),
      ...(i < 200 ? dressed.map((dress) => dress(number)) : [])
    ])
  )

/** How often each class was seen, and how often none, or more than one, explains a disagreement; never which numbers. */
const compared = (texts: Iterable<string>) => {
  const seen = new Map<string, number>()
  const unexplained = new Map<string, number>()
  for (const text of texts) {
    const mine = ours(text)
    for (const [name, says] of Object.entries(theirs)) {
      const other = says(text)
      if (other === mine) continue
      const looks = look(text)
      const found = classes.filter((one) => one.package === name && one.is(looks) && (one.ours === "accepts" ? other : mine) === "refused")
      const { spaced, help, isD, offset, rest } = looks
      const [into, key] =
        found.length === 1
          ? [seen, `${name}: ${found[0]?.why}`]
          : [unexplained, `${name} says ${other}, we say ${mine} (${found.length} reasons): ${JSON.stringify({ spaced, help, isD, offset, rest })}`]
      into.set(key, (into.get(key) ?? 0) + 1)
    }
  }
  return { seen, unexplained: Object.fromEntries(unexplained) }
}

describe("our reading of identifiers and three published ones", () => {
  it.each(kinds.map((kind, i) => [kind.kind, kind.offset, kind, i] as const))(
    "disagree only for the reasons in the table on 10,000 numbers and 20,000 slips of kind %s with the month raised by %i",
    (_, __, kind, i) => {
      const count = quick ? 100 : deep ? 100_000 : 10_000
      const texts = textsOf(kind, count, 1000 * i)
      assert.isAtLeast(texts.length, 3 * count)
      assert.deepStrictEqual(compared(texts).unexplained, {})
    },
    patience
  )

  it("disagree for each of those reasons, so that none is out of date", () => {
    const { seen, unexplained } = compared(kinds.flatMap((kind) => [...textsOf(kind, quick ? 100 : 1000, 77), ...leapDays({ ...kind, rest: 0 })]))
    assert.deepStrictEqual(unexplained, {})
    assert.deepStrictEqual([...seen.keys()].toSorted(), classes.map((one) => `${one.package}: ${one.why}`).toSorted())
  }, patience)

  it("say of the published vectors what is written down of them", () => {
    assert.deepStrictEqual(
      vectors.map((vector) => [ours(vector), ...Object.values(theirs).map((says) => says(vector))]),
      [
        ["FNR", "FNR", "refused", "FNR"],
        ["FNR", "FNR", "refused", "refused"],
        ["FNR", "FNR", "refused", "refused"],
        ["FNR", "FNR", "refused", "refused"],
        ["DNR", "DNR", "refused", "DNR"],
        ["DNR", "DNR", "refused", "refused"]
      ]
    )
    assert.deepStrictEqual(compared(vectors).unexplained, {})
  })
})
