import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { patience, runs } from "../../../../test/support/runs.ts"
import { hours } from "../kernel/instant.ts"
import { decodePolicy } from "../policy/decode.ts"
import { keepsContent, type Policy } from "../policy/policy.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { declarations } from "../retention/dataClass.ts"
import { fingerprint } from "./fingerprint.ts"
import { languages } from "./language.ts"
import { noticeLines, noticeVersion, readerOf } from "./notice.ts"
import { inWords } from "./periods.ts"
import { partSections } from "./privacyPage.ts"

const period = fc.integer({ min: 1, max: 24 * 366 })
const policies: fc.Arbitrary<Policy> = fc
  .record({
    base: fc.constantFrom(detfinneshjelp, ifengsel),
    audience: fc.constantFrom("adults" as const, "children" as const),
    kept: fc.option(period, { nil: undefined }),
    trace: period,
    vendor: fc.constantFrom("Leverandøren AS", "Drift og Vakt", "NOOP"),
    controller: fc.constantFrom("Stiftelsen Havn", "Oslo universitetssykehus HF")
  })
  .map(({ base, audience, kept, trace, vendor, controller }) => ({
    ...base,
    audience,
    content: kept === undefined ? { store: "clients-only" } : { store: "server", hoursAfterEnd: kept },
    accessTrace: { hoursAfterOpening: trace },
    vendor: { name: vendor },
    controller: { ...base.controller, name: controller }
  }))

const bands = fc.constantFrom(undefined, ...(ifengsel.statistics?.bands ?? []))
const numbersIn = (text: string): ReadonlyArray<string> => text.match(/\d+/g) ?? []
const whole = (policy: Policy, language: "nb" | "en"): string => [undefined, ...(ifengsel.statistics?.bands ?? [])].flatMap((band) => noticeLines(policy, language, band)).join("\n")

describe("the three lines before a chat", () => {
  it("say every period of the policy, as an upper bound, and no number that the policy does not have (X-12)", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...languages), bands, (policy, language, band) => {
        const [written, address, duty] = noticeLines(policy, language, band)
        const atTheLatest = language === "nb" ? "senest" : "at the latest"
        const trace = `${atTheLatest} ${inWords(hours(policy.accessTrace.hoursAfterOpening), language)}`
        assert.include(address, trace)
        assert.deepStrictEqual(numbersIn(address), numbersIn(trace))
        const kept = keepsContent(policy) ? `${atTheLatest} ${inWords(hours(policy.content.hoursAfterEnd), language)}` : atTheLatest
        assert.include(written, kept)
        assert.deepStrictEqual(numbersIn(written), numbersIn(kept))
        assert.deepStrictEqual(numbersIn(duty), [])
      })
    )
  })

  it("never say that text is kept when only the browsers have it, and never hide it when the server keeps it (DFH-07, IF-17)", () => {
    const kept = /lagres|spart på|stored|kept|leder|\blead\b/
    const denied = { nb: /[Vv]i (lagrer|sparer) (det )?ikke/, en: /[Ww]e do not (store|keep) it/ }
    fc.assert(
      fc.property(policies, fc.constantFrom(...languages), bands, (policy, language, band) => {
        const [written] = noticeLines(policy, language, band)
        assert.strictEqual(kept.test(written), keepsContent(policy), written)
        assert.strictEqual(denied[language].test(written), !keepsContent(policy), written)
      })
    )
  })

  it("always say that the vendor has the IP address, for the police only, and that those who answer cannot see it (IF-30, IF-31, IF-36)", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...languages), bands, (policy, language, band) => {
        const [, address, duty] = noticeLines(policy, language, band)
        const vendor = policy.vendor.name
        const said =
          language === "nb"
            ? ["IP-adressen", "når du åpnet chatten", "kan aldri se det", "men bare for politiet", `anonym for ${policy.controller.name}, men ikke for ${vendor}`]
            : ["IP address", "when you opened the chat", "can never see it", "but only for the police", `anonymous to ${policy.controller.name}, but not to ${vendor}`]
        for (const words of said) assert.include(address, words)
        assert.isTrue(address.startsWith(vendor))
        // The address and the duty to tell stand together (DFH-12, DFH-34).
        for (const words of language === "nb" ? ["fare", "politiet", "IP-adressen", "ikke si hva du heter"] : ["danger", "police", "IP address", "not need to say your name"])
          assert.include(duty, words)
      })
    )
  })

  it("are new words and a new version whenever a period, a place or a name in them changes", () => {
    fc.assert(
      fc.property(policies, policies, fc.constantFrom(...languages), (one, other, language) => {
        const promise = (policy: Policy) => [policy.audience, policy.content, policy.accessTrace.hoursAfterOpening, policy.vendor.name, policy.controller.name, policy.service]
        const same = fingerprint(promise(one)) === fingerprint(promise(other))
        assert.strictEqual(noticeVersion(one) === noticeVersion(other), same)
        if (one.service === other.service && one.audience === other.audience) assert.strictEqual(whole(one, language) === whole(other, language), same)
      }),
      runs(300)
    )
  }, patience)

  it("are new words and a new version when one period alone grows by one hour, whichever period it is", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...languages), fc.boolean(), (policy, language, ofTrace) => {
        const longer: Policy =
          ofTrace || !keepsContent(policy)
            ? { ...policy, accessTrace: { hoursAfterOpening: policy.accessTrace.hoursAfterOpening + 1 } }
            : { ...policy, content: { store: "server", hoursAfterEnd: policy.content.hoursAfterEnd + 1 } }
        assert.notStrictEqual(whole(longer, language), whole(policy, language))
        assert.notStrictEqual(noticeVersion(longer), noticeVersion(policy))
      })
    )
  })

  it("keep their version when something that promises nothing changes, and when the same policy is written in another order", () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const version = noticeVersion(policy)
        assert.match(version, /^[0-9a-f]{16}$/)
        const unrelated: Policy = {
          ...policy,
          exitUrl: "https://example.org/",
          capacity: 7,
          openingHours: null,
          name: { nb: "Annet", en: "Other" },
          limits: { ...policy.limits, messageBytes: 1, messagesPerMinute: 1 }
        }
        assert.strictEqual(noticeVersion(unrelated), version)
        const reordered = decodePolicy(Object.fromEntries(Object.entries(policy).reverse()))
        assert.strictEqual(noticeVersion(reordered), version)
      })
    )
  })

  it("are written for the reader: one text for adults, and for each age that children's services may have been told another (IF-04, IF-16)", () => {
    const of = (from: number) => readerOf(ifengsel, { from, to: null })
    assert.deepStrictEqual([0, 9, 12, 13, 17, 18, 25].map(of), ["children", "children", "children", "youth", "youth", "adults", "adults"])
    assert.strictEqual(readerOf(ifengsel), "children")
    for (const from of [0, 13, 18]) assert.strictEqual(readerOf(detfinneshjelp, { from, to: null }), "adults")
    for (const language of languages) {
      const texts = [0, 13, 18].map((from) => noticeLines(ifengsel, language, { from, to: null }).join("\n"))
      assert.strictEqual(new Set(texts).size, 3)
      assert.deepStrictEqual(noticeLines(ifengsel, language), noticeLines(ifengsel, language, { from: 0, to: 9 }))
    }
  })

  it("are a new version when a chat may last longer, or ends by itself at another time", () => {
    const { graceSeconds, idleMinutes, lengthMinutes, queueMinutes } = ifengsel.limits
    const changes = [{ graceSeconds: graceSeconds + 1 }, { idleMinutes: idleMinutes + 1 }, { lengthMinutes: lengthMinutes + 1 }, { queueMinutes: queueMinutes + 1 }]
    const versions = changes.map((change) => noticeVersion({ ...ifengsel, limits: { ...ifengsel.limits, ...change } }))
    assert.strictEqual(new Set([noticeVersion(ifengsel), ...versions]).size, 5)
  })

  it("have the version of exactly what is promised: to adults in one text, where children read in the text of each age", () => {
    for (const [policy, ages] of [[detfinneshjelp, [18]], [ifengsel, [18, 13, 0]]] as const) {
      const { graceSeconds, idleMinutes, lengthMinutes, queueMinutes } = policy.limits
      const promised = {
        service: policy.service,
        controller: policy.controller,
        vendor: policy.vendor,
        declarations: declarations(policy),
        ends: { idleMinutes, graceSeconds, queueMinutes, lengthMinutes },
        lines: languages.flatMap((language) => ages.map((from) => noticeLines(policy, language, { from, to: null }))),
        parts: languages.map((language) => partSections(policy, language))
      }
      assert.strictEqual(noticeVersion(policy), fingerprint(promised))
    }
    const readBy = (audience: Policy["audience"]) => noticeVersion({ ...ifengsel, audience })
    assert.notStrictEqual(readBy("adults"), readBy("children"))
  })

  it("read as the services publish them", () => {
    assert.include(noticeLines(detfinneshjelp, "nb")[1], "7 døgn")
    assert.include(noticeLines(detfinneshjelp, "en")[1], "7 days")
    assert.include(noticeLines(ifengsel, "nb")[0], "72 timer")
    assert.include(noticeLines(ifengsel, "en")[0], "72 hours")
  })
})

describe("a fingerprint", () => {
  it("is the same on every machine, whatever the order of keys", () => {
    assert.strictEqual(fingerprint({ b: [1, 2], a: "ø" }), fingerprint({ a: "ø", b: [1, 2] }))
    assert.notStrictEqual(fingerprint({ b: [2, 1], a: "ø" }), fingerprint({ a: "ø", b: [1, 2] }))
    // The first eight digits are FNV-1a of the word as any other program computes it.
    assert.strictEqual(fingerprint("fortrolig"), "efce51754b01c197")
    // Keys count in their order, and nothing is a value of its own: these are of `{"a":1,"b":null}` as a text.
    assert.strictEqual(fingerprint({ b: null, a: 1 }), "ca455d6627aa43e0")
  })
})
