import * as fc from "fast-check"
import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { type Response, responses, services, sessionBeside, sessionLives, silent, type Wire, wrongWires } from "../../../../test/spec/consentPairs.ts"
import { patience, runs } from "../../../../test/support/runs.ts"
import { SessionCommand, SessionEvent, SessionState } from "../session/messages.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { answersChangeNothing } from "./laws.ts"
import { referralConsent, triageConsent } from "./terms.ts"

const reached = new Set<string>()
/** Both consents of the one service that has them. */
const bothConsents = fc.constantFrom(...[triageConsent(detfinneshjelp), referralConsent(detfinneshjelp)].filter((terms) => terms !== undefined))

const pairs = (wire: Wire) =>
  fc.property(services, bothConsents, sessionLives, fc.constantFrom(...responses), fc.constantFrom(...responses), (policy, terms, commands, one: Response, other: Response) => {
    const first = sessionBeside(policy, terms, commands, one, wire)
    const second = sessionBeside(policy, terms, commands, other, wire)
    for (const [response, { consent }] of [[one, first], [other, second]] as const) reached.add(`${response}: ${consent._tag}`)
    assert.deepStrictEqual(answersChangeNothing.broken({ one: first.moments, other: second.moments }), [])
  })

describe("access", () => {
  it(answersChangeNothing.says, () => {
    fc.assert(pairs(silent), runs(2000))
    // The pairs differ in more than their name: each response was carried out.
    for (const way of ["granted: Granted", "granted and withdrawn: Withdrawn", "declined: Declined", "ignored: Declined", "not asked: NotShown", "too young: NotShown"]) {
      assert.isTrue(reached.has(way), way)
    }
    assert.isFalse(["ignored: Granted", "not asked: Granted", "too young: Granted", "declined: Granted", "too young: NoticeShown"].some((way) => reached.has(way)))
  }, patience)

  it.each(Object.entries(wrongWires))("notices a wrong wire: %s", (_, wire) => {
    assert.isTrue(fc.check(pairs(wire), { numRuns: 5000, seed: 7, endOnFailure: true }).failed)
  }, patience)

  it("is decided by modules that import nothing of consent, and in words that have no field for it", () => {
    for (const topic of ["session", "hours"]) {
      const folder = new URL(`../${topic}/`, import.meta.url)
      const sources = readdirSync(folder).filter((file) => !file.endsWith(".test.ts"))
      assert.isAbove(sources.length, 0)
      for (const file of sources) assert.notInclude(readFileSync(new URL(file, folder), "utf8"), "/consent/", file)
    }
    const fields = [SessionState, SessionCommand, SessionEvent].flatMap(({ cases }) => Object.values(cases).flatMap((one) => Object.keys(one.fields)))
    assert.deepStrictEqual(
      fields.filter((field) => /consent|triage|purpose|receipt|grant|declin/i.test(field)),
      []
    )
  })
})
