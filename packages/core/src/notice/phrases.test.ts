import { assert, describe, it } from "vitest"
import type { Instant } from "../kernel/instant.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { deskTexts, visitorChatTexts } from "./chatPhrases.ts"
import { fill } from "./fill.ts"
import { helpNumbers } from "./helpNumbers.ts"
import { type Language, languages } from "./language.ts"
import { noticeLines } from "./notice.ts"
import { closedWords, openWords, pageTexts } from "./pagePhrases.ts"
import { privacySections } from "./privacyPage.ts"
import { endTexts, receiptLines, receiptTexts } from "./receipt.ts"
import { staffPageTexts } from "./staffPhrases.ts"

/** Every text of a catalogue with the path that leads to it. */
const leaves = (catalogue: object, path = ""): ReadonlyArray<readonly [string, string]> =>
  Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as const] : typeof value === "object" && value !== null ? leaves(value, `${path}${key}.`) : []
  )
const everything = (language: Language) =>
  leaves({
    chat: visitorChatTexts(ifengsel, language),
    desk: deskTexts(language),
    page: pageTexts(language),
    staff: staffPageTexts(language),
    receipt: receiptTexts(detfinneshjelp, language)
  })
const namesIn = (text: string): ReadonlyArray<string> => (text.match(/\{\w+\}/g) ?? []).sort()
const at = (text: string): Instant => Date.parse(text) as Instant

describe("the words of the pages", () => {
  it("exist in both languages with the same names to fill in", () => {
    const [nb, en] = [everything("nb"), everything("en")]
    assert.isAbove(nb.length, 150)
    assert.deepStrictEqual(nb.map(([path, text]) => [path, namesIn(text)]), en.map(([path, text]) => [path, namesIn(text)]))
  })

  it("are never empty, never shout, never blame and carry no number of their own", () => {
    // Not `\b`, which knows no æ, ø and å.
    const blame = /(?<!\p{L})(du (må|kan ikke|gjorde|har gjort)|feil bruk|ugyldig|forbudt|illegal|invalid|forbidden|you (must|failed|cannot))(?!\p{L})/iu
    for (const language of languages) {
      for (const [path, text] of everything(language)) {
        assert.match(text, /\S/, path)
        assert.notMatch(text, /!|\d|[A-ZÆØÅ]{5,}/, path)
        assert.notMatch(text, blame, path)
      }
    }
  })

  it("name nobody by what they think, feel or have done (DFH-49)", () => {
    const label = /(?<!\p{L})(pedofil|overgrip|gjerningsm|avvik(er|ende)|pervers|syk(e|elig)? (lyster|tanker)|forbryter|kriminelle|p(a)?edophil|offender|perpetrator|abuser|pervert|deviant|sick|criminals?)/iu
    const policies = [detfinneshjelp, ifengsel].flatMap((policy) => [...leaves({ ...policy.activities }), ...leaves(policy.name)])
    for (const language of languages) {
      // Sections with their tables and links, too.
      const privacy = [...leaves(helpNumbers), ...[detfinneshjelp, ifengsel].flatMap((policy) => leaves(privacySections(policy, language)))].map(([, said]) => said)
      const notice = [detfinneshjelp, ifengsel].flatMap((policy) => noticeLines(policy, language))
      for (const text of [...everything(language).map(([, said]) => said), ...policies.map(([, said]) => said), ...privacy, ...notice]) assert.notMatch(text, label)
    }
    for (const text of ["Du pedofile", "en overgriper", "Gjerningsmannen", "syke lyster", "A Paedophile", "the offender's tab", "Criminals"]) assert.match(text, label)
    for (const text of ["det er et lovbrudd", "hvis du blir syk", "when you are ill", "to defend"]) assert.notMatch(text, label)
  })

  it("say nothing of the service in a title, which stays in the browser's history", () => {
    for (const language of languages) assert.match(pageTexts(language).title, /^\w+$/)
  })

  it("say that it was not the visitor's fault wherever the product failed", () => {
    const notYou = { nb: "ikke din feil", en: "not your fault" }
    for (const language of languages) {
      const chat = visitorChatTexts(ifengsel, language)
      for (const text of [chat.ended.serverStopped, chat.requeued.counsellorGone, chat.cannotStart, chat.serverGone.body, chat.closing, pageTexts(language).trouble.body])
        assert.include(text, notYou[language])
    }
  })

  it("tell the truth about the red button: what it does, and that history stays", () => {
    assert.include(pageTexts("nb").exit.history, "sletter ikke historikken")
    assert.include(pageTexts("en").exit.history, "does not delete the history")
    assert.include(pageTexts("en").exit.shift, "Shift key three times")
  })

  it("point to the numbers for help wherever no chat can start", () => {
    for (const language of languages) {
      const { noScript, insecure, demonstration, trouble, hours } = pageTexts(language)
      for (const text of [noScript.body, insecure.body, demonstration.help, trouble.body, hours.meanwhile, visitorChatTexts(ifengsel, language).cannotStart, endTexts(language, "visitor").nobodyAvailable])
        assert.match(text, language === "nb" ? /numrene under/ : /numbers below/)
    }
  })
})

describe("opening hours in words", () => {
  it("name the day and the local time of the next opening, and say so when none is known", () => {
    assert.strictEqual(closedWords("nb", at("2026-11-27T14:00Z")), "Chatten er stengt nå. Den åpner fredag 27. november kl. 15.00.")
    assert.strictEqual(closedWords("en", at("2026-11-27T14:00Z")), "The chat is closed now. It opens Friday 27 November at 15:00.")
    assert.strictEqual(closedWords("en", at("2026-11-27T14:00Z"), "Europe/Kyiv"), "The chat is closed now. It opens Friday 27 November at 16:00.")
    assert.strictEqual(closedWords("nb", undefined), "Chatten er stengt nå. Vi vet ikke ennå når den åpner.")
    assert.strictEqual(openWords("nb", at("2026-11-27T21:00Z")), "Chatten er åpen til kl. 22.00.")
    assert.strictEqual(openWords("en", undefined), "The chat is open now.")
  })
})

describe("the receipt", () => {
  it("says what is gone, and of what goes later when at the latest and with whom", () => {
    const receipt = {
      gone: ["visitorBrowser", "counsellorBrowser", "serverKeys"] as const,
      later: [
        { what: "content", at: at("2026-11-27T13:30Z") },
        { what: "accessTrace", at: at("2026-11-27T14:30Z") }
      ] as const
    }
    const { gone, later } = receiptLines(ifengsel, "nb", receipt)
    assert.deepStrictEqual(gone, [
      "Chatten er slettet her hos deg.",
      "Den andre har fått beskjed om å slette, og kan ikke åpne chatten igjen.",
      "Nøklene til chatten i nettleserne er slettet hos oss."
    ])
    assert.deepStrictEqual(later, [
      "Det dere skrev, som er låst hos oss: borte senest fredag 27. november kl. 14.30.",
      "IP-adressen din og når du åpnet chatten, hos NOOP: borte senest fredag 27. november kl. 15.30."
    ])
    assert.deepStrictEqual(receiptLines(detfinneshjelp, "en", { gone: [], later: [] }), { gone: [], later: [] })
    // Without opening hours the time is that of Oslo.
    assert.isNull(detfinneshjelp.openingHours)
    assert.deepStrictEqual(receiptLines(detfinneshjelp, "en", { gone: [], later: [{ what: "endedSession", at: at("2026-11-27T13:30Z") }] }).later, [
      "A random number for the chat, nothing about you: gone at the latest Friday 27 November at 14:30."
    ])
  })

  it("leaves only the date to fill in", () => {
    for (const language of languages) {
      for (const text of Object.values(receiptTexts(ifengsel, language).later)) assert.deepStrictEqual(namesIn(text), ["{date}"])
    }
  })
})

describe("filling in", () => {
  it("replaces names that have a value and leaves others alone, whatever the value says", () => {
    assert.strictEqual(fill("{a} og {b}", { a: "{b}" }), "{b} og {b}")
    assert.strictEqual(fill("{toString}", {}), "{toString}")
    assert.strictEqual(fill("Du er nummer {place} i køen.", { place: 2 }), "Du er nummer 2 i køen.")
  })
})
