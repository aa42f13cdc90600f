import { assert, describe, it } from "vitest"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import type { Policy } from "../policy/policy.ts"
import { type Language, languages } from "./language.ts"
import { noticeLines } from "./notice.ts"

/** LIX, the Nordic readability index: words per sentence plus the percentage of words longer than six letters. Below 30 is a children's book, 40 is easy, 50 is a newspaper. */
const lix = (text: string, language: Language): number => {
  const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].filter((part) => part.isWordLike)
  const sentences = [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)]
  return words.length / sentences.length + (100 * words.filter((word) => word.segment.length > 6).length) / words.length
}

const below = (limit: number, text: string, language: Language): void => {
  const score = lix(text, language)
  assert.isBelow(score, limit, `LIX ${score.toFixed(1)} of: ${text}`)
}

/** Every kind of promise for a kind of reader, by the names of the reference policies. */
const promises = (audience: Policy["audience"]): ReadonlyArray<Policy> =>
  [detfinneshjelp, ifengsel].flatMap((policy): ReadonlyArray<Policy> => [
    { ...policy, audience, content: { store: "clients-only" } },
    { ...policy, audience, content: { store: "server", hoursAfterEnd: 72 } }
  ])

describe("readability", () => {
  it("measures what it should: an official sentence is hard, a plain one is easy", () => {
    below(15, "Du er her. Vi er her. Du kan si hva du vil.", "nb")
    assert.isAbove(lix("Behandlingsgrunnlaget for personopplysningene fremgår av personvernforordningens bestemmelser om offentlig myndighetsutøvelse.", "nb"), 60)
  })

  for (const [audience, limit] of [["children", 30], ["adults", 40]] as const) {
    it(`keeps every line of the notice for ${audience} below LIX ${limit}`, () => {
      for (const policy of promises(audience)) {
        for (const language of languages) for (const line of noticeLines(policy, language)) below(limit, line, language)
      }
    })
  }
})
