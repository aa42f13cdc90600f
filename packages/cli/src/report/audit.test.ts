import * as Schema from "effect/Schema"
import fc from "fast-check"
import { assert, describe, it } from "vitest"
import type { AuditReport, AuditRow } from "@fortrolig/core/app/auditReport"
import { ServiceName } from "@fortrolig/core/kernel/identity"
import { hours, Instant, type Period } from "@fortrolig/core/kernel/instant"
import { RuleId } from "@fortrolig/core/kernel/rule"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { dataClasses } from "@fortrolig/core/policy/accountability"
import { AuditDocument, auditDocument, fingerprint } from "./auditDocument.ts"
import { auditLines, headline } from "./auditText.ts"

const row = (over: Partial<AuditRow> = {}): AuditRow => ({
  service: ServiceName.make("detfinneshjelp"),
  dataClass: "accessTrace",
  rule: RuleId.make("DFH-11"),
  realm: "vendor",
  clock: "opened",
  places: ["table custody.access_trace"],
  stored: true,
  promise: hours(168),
  worstCase: (hours(168) + 120_000) as Period,
  count: 0,
  oldest: null,
  overdue: 0,
  verdict: "kept",
  ...over
})

const at = Instant.make(Date.UTC(2026, 10, 21, 12))
const report = (rows: ReadonlyArray<AuditRow>, over: Partial<AuditReport> = {}): AuditReport => ({
  at,
  how: "count",
  rows,
  laws: [],
  unserved: [],
  undeclared: [],
  overdueKeys: 0,
  joins: null,
  store: [],
  unchecked: [],
  kept: rows.every(({ verdict }) => verdict === "kept") && (over.undeclared ?? []).length === 0 && (over.overdueKeys ?? 0) === 0,
  ...over
})
const document = (rows: ReadonlyArray<AuditRow>, over: Partial<AuditReport> = {}) => auditDocument(report(rows, over), [detfinneshjelp], "fortrolig test")
const text = (of: AuditDocument) => auditLines(of).join("\n")

const law = (broken: number) => ({ service: ServiceName.make("detfinneshjelp"), rule: RuleId.make("E-14"), says: "No counsellor has more live chats than the service allows", broken })
const overdue = row({ count: 3, overdue: 2, oldest: hours(9 * 24), verdict: "broken" })

describe("the headline", () => {
  it("says that all is kept only when all is kept", () => {
    assert.strictEqual(headline(document([row(), row()])), "All 2 promises are kept.")
    assert.strictEqual(headline(document([row(), overdue])), "1 of 2 promises is broken.")
    assert.strictEqual(headline(document([overdue, overdue, row()])), "2 of 3 promises are broken.")
    assert.strictEqual(headline(document([row()], { undeclared: ["session.note"] })), "No row is overdue, but the install is not clean: 1 table or column with no data class.")
    assert.strictEqual(headline(document([row()], { laws: [law(1)], kept: false })), "No row is overdue, but the install is not clean: 1 law over live chats broken.")
    assert.strictEqual(headline(document([row()], { laws: [law(0)] })), "All 1 promises are kept.")
    assert.strictEqual(headline(document([overdue], { overdueKeys: 2 })), "1 of 1 promise is broken; besides: 2 keys past the deadline.")
  })
})

describe("the headline on what is not a row", () => {
  const kept = { notes: 3, identifiers: 9, strange: [], openText: 0, linked: 0, overdue: 0, apart: 0, outliving: 0 }
  it("tells what could not be checked, and never counts it as kept", () => {
    const unseen = row({ count: null, overdue: null, verdict: "not checked" })
    assert.strictEqual(headline(document([row(), unseen])), "1 of 2 promises are kept, 1 could not be checked.")
    assert.strictEqual(headline(document([unseen, overdue])), "1 of 2 promises is broken.")
    assert.strictEqual(headline(document([row()], { overdueKeys: null })), "All 1 promises are kept.")
  })

  it("tells overdue rows of services that are not served here, and what leads to a note", () => {
    const unserved = [{ service: ServiceName.make("ifengsel"), dataClass: "accessTrace", count: 3, overdue: 2 }] as const
    assert.strictEqual(headline(document([row()], { unserved })), "No row is overdue, but the install is not clean: 2 rows overdue of services that are not served here.")
    assert.strictEqual(headline(document([row()], { joins: { ...kept, linked: 1 } })), "No row is overdue, but the install is not clean: something leads to an anonymous note.")
    assert.include(text(document([row()], { joins: { ...kept, linked: 1, strange: ["column ref"] } })), [
      "Something leads to an anonymous note (DFH-18):",
      "  the table of notes has a column ref that it should not have",
      "  1 can be computed from a stored reference"
    ].join("\n"))
    assert.include(text(document([row()], { joins: kept })), "No reference, hash or address leads to any of 3 anonymous notes (DFH-18).")
    assert.include(text(document([row()], { unserved })), "  accessTrace of ifengsel: 3 held, 2 overdue")
  })

  it("says whether every row was counted", () => {
    assert.include(text(document([row()])), "\nEvery row was counted.\n")
    assert.include(text(document([row(), row({ count: null, overdue: null, verdict: "not checked" })])), "\nEvery row that could be seen was counted.\n")
    const proven = text(document([row({ count: null })], { how: "proof" }))
    assert.include(proven, "rows were not counted one by one")
    assert.match(proven, /not counted +- +0 +kept/)
  })
})

describe("the page", () => {
  it("names each broken law over live chats with its rule, and no law that is kept", () => {
    assert.include(text(document([row()], { laws: [law(2)], kept: false })), "  detfinneshjelp: No counsellor has more live chats than the service allows (E-14), 2 times")
    assert.notInclude(text(document([row()], { laws: [law(0)] })), "Laws broken")
  })

  it("names class, count and rule of each broken promise", () => {
    assert.include(text(document([row(), overdue])), "accessTrace of detfinneshjelp: 2 overdue, oldest 9 d, promised 7 d (DFH-11)")
  })

  it("says of what may not be stored at all that it is never kept, and how many there are", () => {
    const content = row({ dataClass: "content", rule: RuleId.make("DFH-07"), stored: false, promise: hours(0), worstCase: hours(0), count: 4, overdue: 4, verdict: "broken" })
    assert.include(text(document([content])), "content of detfinneshjelp: 4 held, though this service promises to hold none (DFH-07)")
    assert.include(text(document([content])), "never kept")
  })

  it("names each undeclared table or column", () => {
    assert.include(text(document([row()], { undeclared: ["session.note"] })), "  session.note")
  })

  it("the word BROKEN stands on exactly the broken rows", () => {
    const verdict = fc.constantFrom("kept" as const, "broken" as const)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...dataClasses), verdict), { minLength: 1, maxLength: 14 }), (rows) => {
        const page = auditLines(document(rows.map(([dataClass, of]) => row({ dataClass, verdict: of, overdue: of === "kept" ? 0 : 1, count: 1 }))))
        const marked = page.slice(3, 3 + rows.length).map((line) => /(BROKEN|kept)$/.exec(line)?.[1])
        assert.deepStrictEqual(marked, rows.map(([, of]) => (of === "broken" ? "BROKEN" : "kept")))
      })
    )
  })
})

describe("the document", () => {
  it("is what its schema says, and carries the fingerprint of itself", () => {
    const { sha256, ...content } = Schema.decodeUnknownSync(AuditDocument)(JSON.parse(JSON.stringify(document([row(), overdue]))))
    assert.strictEqual(sha256, fingerprint(content))
    assert.notStrictEqual(sha256, fingerprint({ ...content, overdueKeys: 1 }))
  })

  it("has another fingerprint for another policy", () => {
    const changed = auditDocument(report([row()]), [{ ...detfinneshjelp, capacity: 2 }], "fortrolig test")
    assert.notStrictEqual(changed.policies[0]?.sha256, document([row()]).policies[0]?.sha256)
    assert.match(changed.policies[0]?.sha256 ?? "", /^[0-9a-f]{64}$/)
  })
})
