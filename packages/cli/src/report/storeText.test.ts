import { assert, describe, it } from "vitest"
import type { StoreFinding } from "@fortrolig/core/ports/StoreProfile"
import { Instant } from "@fortrolig/core/kernel/instant"
import { auditDocument } from "./auditDocument.ts"
import { auditLines, headline, nextSteps } from "./auditText.ts"
import { storeCounts, storeLines } from "./storeText.ts"
import { strangerLines } from "./strangerText.ts"

const finding = (over: Partial<StoreFinding>): StoreFinding => ({
  realm: "service",
  id: "archive-mode",
  weight: "caution",
  found: "archive_mode is on",
  wanted: "archive_mode off",
  why: "An archived log is a backup without an end.",
  verdict: "broken",
  ...over
})
const kept = finding({ id: "unlogged", found: "none", wanted: "none", verdict: "kept" })
const unseen = finding({ id: "wal-oldest", found: "this login may not see it", wanted: "no file older than a day", verdict: "not checked" })
const broken = finding({ id: "row-security", weight: "promise", found: "session", wanted: "on", why: "Nobody else may see it." })

describe("the store, as a page", () => {
  it("shows what is broken first, then what could be more careful, then what nobody could see; of the rest only how many", () => {
    assert.deepStrictEqual(storeLines([kept, unseen, finding({}), finding({ realm: "vendor" }), broken]), [
      "",
      "The store: 4 things looked at, 1 as they should be. The rest:",
      "",
      "What          Realm    Found                      Wanted                    Verdict",
      "row-security  service  session                    on                        BROKEN",
      "archive-mode  both     archive_mode is on         archive_mode off          caution",
      "wal-oldest    service  this login may not see it  no file older than a day  not checked",
      "",
      "Why it matters:",
      "  row-security: Nobody else may see it.",
      "  archive-mode: An archived log is a backup without an end."
    ])
  })

  it("is one line when everything is kept, and none when nothing was looked at", () => {
    assert.deepStrictEqual(storeLines([kept]), ["", "The store: 1 thing looked at, all as they should be."])
    assert.deepStrictEqual(storeLines([]), [])
  })

  it("counts what both realms say once, and what is not checked never", () => {
    assert.deepStrictEqual(storeCounts([kept, unseen, finding({}), finding({ realm: "vendor" }), broken]), { broken: 1, cautions: 1 })
  })

  it("leads the whole page, with what to do", () => {
    const of = (store: ReadonlyArray<StoreFinding>) =>
      auditDocument(
        {
          at: Instant.make(Date.UTC(2026, 10, 21, 12)),
          how: "count",
          rows: [],
          laws: [],
          unserved: [],
          undeclared: [],
          overdueKeys: 0,
          joins: null,
          store,
          unchecked: ["the keys: nobody could see them."],
          kept: store.every(({ verdict, weight }) => weight === "caution" || verdict !== "broken")
        },
        [],
        "fortrolig test"
      )
    assert.strictEqual(headline(of([kept, unseen])), "All 0 promises are kept.")
    assert.strictEqual(headline(of([finding({})])), "All 0 promises are kept. 1 thing in the store could be set more carefully.")
    assert.strictEqual(headline(of([broken])), "No row is overdue, but the install is not clean: the store is set up so that 1 promise cannot be kept.")
    assert.deepStrictEqual([of([finding({})]).verdict, of([broken]).verdict], ["kept", "broken"])
    assert.deepStrictEqual(nextSteps(of([broken, finding({})])), [
      "have whoever runs the database put right what is marked BROKEN, and audit again.",
      "docs/operations.md says how to set what is marked caution."
    ])
    assert.deepStrictEqual(nextSteps(of([kept, unseen])), [])
    assert.include(auditLines(of([])).join("\n"), "Not checked:\n  the keys: nobody could see them.")
  })
})

describe("a database that is not ours", () => {
  it("is told in what was seen and in what nobody can know, with twenty columns at most", () => {
    const personal = Array.from({ length: 22 }, (_, n) => `public.visit.ip${n} (inet)`)
    const seen = { columns: ["public.visit.id", "public.visit.ip", "app.log.line"], personal, store: [finding({})] }
    const lines = strangerLines({ schemaVersion: 2, tool: "fortrolig test", verdict: "unchecked", why: "no schema", seen })
    assert.strictEqual(lines[0], "Not checked: there is no schema of Fortrolig here. 2 tables with 3 columns stand in it.")
    assert.include(lines, "  public.visit.ip19 (inet)")
    assert.notInclude(lines, "  public.visit.ip20 (inet)")
    assert.include(lines, "  and 2 more")
    assert.include(lines, "archive-mode  archive_mode is on  archive_mode off  caution")
    assert.deepStrictEqual(strangerLines({ schemaVersion: 2, tool: "fortrolig test", verdict: "unchecked", why: "away" }), [])
  })
})
