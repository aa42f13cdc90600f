import { assert, describe, it } from "vitest"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import type { Policy } from "../policy/policy.ts"
import { deskTexts, visitorChatTexts } from "./chatPhrases.ts"
import { helpNumbers } from "./helpNumbers.ts"
import { type Language, languages } from "./language.ts"
import { noticeLines } from "./notice.ts"
import { pageTexts } from "./pagePhrases.ts"
import { privacySections } from "./privacyPage.ts"
import { staffPageTexts } from "./staffPhrases.ts"

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

/** Every text of a catalogue. */
const leaves = (catalogue: object): ReadonlyArray<string> =>
  Object.values(catalogue).flatMap((value: unknown) => (typeof value === "string" ? [value] : typeof value === "object" && value !== null ? leaves(value) : []))

/** Every kind of promise for a kind of reader, by the names of the reference policies. */
const promises = (audience: Policy["audience"]): ReadonlyArray<Policy> =>
  [detfinneshjelp, ifengsel].flatMap((policy): ReadonlyArray<Policy> => [
    { ...policy, audience, content: { store: "clients-only" } },
    { ...policy, audience, content: { store: "server", hoursAfterEnd: 72 } },
    { ...policy, audience, phone: { number: "12345678", reservedMinutes: 10, codeDigits: 4 }, statistics: ifengsel.statistics }
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

  it("keeps every line for young people below LIX 35", () => {
    for (const policy of promises("children")) {
      for (const language of languages) for (const line of noticeLines(policy, language, { from: 13, to: 15 })) below(35, line, language)
    }
  })

  it("keeps every paragraph of the privacy page below LIX 50, and the page as a whole below 40", () => {
    for (const policy of [...promises("children"), ...promises("adults")]) {
      for (const language of languages) {
        const paragraphs = privacySections(policy, language).flatMap((section) => section.paragraphs)
        for (const paragraph of paragraphs) below(50, paragraph, language)
        below(40, paragraphs.join("\n"), language)
      }
    }
  })

  it("keeps the words of the visitor's pages below LIX 30 as a whole, and every longer text below 40", () => {
    for (const language of languages) {
      const texts = leaves({ page: pageTexts(language), chat: visitorChatTexts(ifengsel, language), help: helpNumbers.map((one) => one.label[language]) })
      below(30, texts.map((text) => (/[.?…]$/.test(text) ? text : `${text}.`)).join("\n"), language)
      // One or two long words in a label of three say nothing about how hard it is to read.
      for (const text of texts.filter((one) => one.split(" ").length >= 10)) below(40, text, language)
    }
  })

  it("keeps the words of the desk below LIX 40 as a whole", () => {
    for (const language of languages) below(40, leaves({ ...staffPageTexts(language), ...deskTexts(language) }).map((text) => `${text}.`).join("\n"), language)
  })
})
