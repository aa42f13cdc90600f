import { assert, describe, it } from "vitest"
import { asked, found, type Path, today } from "../../../../../test/spec/policyFindings.ts"
import { whole } from "../../../../../test/spec/policyMutations.ts"
import { decodePolicy } from "../decode.ts"
import { lint } from "../lint.ts"

type Change = readonly [Path, unknown]

/** What the linter says of one field: rule, sentence, remedy and answering question. */
const of = (field: string, ...changes: ReadonlyArray<Change>) =>
  found(...changes).filter(([at]) => at === field).map(([, ...said]) => said)

const kept = (hoursAfterEnd: number): Change => [["content"], { store: "server", hoursAfterEnd }]

describe("a call", () => {
  it("may be as long as a session, and not longer", () => {
    const field = "phone.reservedMinutes"
    assert.deepStrictEqual(of(field, [["limits", "lengthMinutes"], 15]), [])
    assert.deepStrictEqual(of(field, [["limits", "lengthMinutes"], 14]), [
      ["DFH-22", "A counsellor could be kept free for longer than a session may last.", "Write no more than `limits.lengthMinutes`.", null]
    ])
  })
})

describe("age groups", () => {
  const bands = (...groups: ReadonlyArray<readonly [number, number | null]>): Change =>
    [["statistics", "bands"], groups.map(([from, to]) => ({ from, to }))]
  const broken = (group: number) => [[
    "statistics.bands",
    "IF-32",
    `The age groups have a gap or an overlap at group ${group}, so that a visitor is counted twice or not at all.`,
    "Let the groups follow one another from 0, the last with `to` as `null`.",
    null
  ]]
  it("may have a single age, and are told by the first that does not follow", () => {
    assert.deepStrictEqual(found(bands([0, 17], [18, 18], [19, null])), [])
    assert.deepStrictEqual(found(bands([1, null])), broken(1))
    assert.deepStrictEqual(found(bands([0, 17], [18, 17], [18, null])), broken(2))
    assert.deepStrictEqual(found(bands([0, 17], [17, 30], [31, null])), broken(2))
    assert.deepStrictEqual(found(bands([0, 17], [18, 30], [31, 120])), broken(3))
    assert.deepStrictEqual(found(bands([0, null], [18, null])), broken(2))
  })
})

describe("telling others", () => {
  it("names everybody who could act on a trigger", () => {
    const ambulance: Change = [["disclosure", "recipients"], ["ambulance"]]
    const told = of("disclosure.recipients", ambulance, [["disclosure", "triggers"], ["dangerSelf", "crimeVictim"]])
    assert.deepStrictEqual(told, [
      ["DFH-31", "Nobody who may be told can act on `crimeVictim`.", "Add `police` or `childWelfare`.", null]
    ])
  })

  it("warns before the first thing that is lost, chat or access trace", () => {
    const warn = (hours: number, content: Change) => of("disclosure.timers.warnHours[0]", [["disclosure", "timers", "warnHours"], [hours]], content)
    const late = (hours: number) => [["E-05", "This warning would come before there is anything to lose.", `Write less than ${hours}.`, null]]
    assert.deepStrictEqual([warn(71, kept(72)), warn(72, kept(72))], [[], late(72)])
    assert.deepStrictEqual([warn(167, kept(169)), warn(168, kept(169))], [[], late(168)])
  })

  it("keeps messages for an order only where the server has them, and nothing where no order is obeyed", () => {
    assert.deepStrictEqual(found([["holds"], null]), [])
    assert.deepStrictEqual(found([["holds"], null], [["published", "mentionsHolds"], false]), [])
    const content: Change = [["holds", "items"], ["content"]]
    assert.deepStrictEqual([of("holds.items", content).length, of("holds.items", content, kept(72)).length], [1, 0])
    assert.deepStrictEqual(of("holds.items", [["holds", "items"], ["accessTrace", "accessTrace"]]), [
      ["X-02", "Something stands in this list twice.", "Write each only once.", null]
    ])
  })
})

describe("periods", () => {
  it("let a session last as long as its access trace, and not longer, with and without a triage note", () => {
    const length = (minutes: number, ...changes: ReadonlyArray<Change>) =>
      of("limits.lengthMinutes", [["accessTrace", "hoursAfterOpening"], 1], [["limits", "lengthMinutes"], minutes], ...changes)
    const remedy = "Write no more than `accessTrace.hoursAfterOpening`, in minutes."
    const none: Change = [["triage"], null]
    assert.deepStrictEqual([length(60), length(60, none)], [[], []])
    assert.deepStrictEqual(length(61), [["DFH-17", "A triage note could be kept past the access trace.", remedy, null]])
    assert.deepStrictEqual(length(61, none), [["DFH-11", "A session could outlive its access trace.", remedy, null]])
  })

  it("are at least as long as a time step, whichever of them is the shortest", () => {
    const step = (minutes: number, ...changes: ReadonlyArray<Change>) => of("bucketMinutes", [["bucketMinutes"], minutes], ...changes)
    const wide = (minutes: number) => [["X-03", "The time step is wider than the shortest period.", `Write no more than ${minutes}.`, null]]
    const day: Change = [["limits", "lengthMinutes"], 1440]
    const rows: ReadonlyArray<readonly [number, ReadonlyArray<Change>]> = [
      [120, [day, [["accessTrace", "hoursAfterOpening"], 2]]],
      [240, []],
      [720, [day]],
      [720, [day, [["booking"], null]]],
      [60, [day, kept(1)]],
      [180, [day, [["booking", "outboxHours"], 3]]]
    ]
    for (const [shortest, changes] of rows) {
      assert.deepStrictEqual([step(shortest, ...changes), step(shortest + 1, ...changes)], [[], wide(shortest)])
    }
  })
})

describe("opening hours", () => {
  const window = (day: string, opens: string, closes: string) => ({ day, opens, closes })
  const week = (...weekly: ReadonlyArray<unknown>) => found([["openingHours", "weekly"], weekly]).map(([field, , says]) => [field, says])
  const overlap = [["openingHours.weekly[1]", "These hours overlap others of the week."]]
  it("may be written in any order, and run for a whole day when they end as they begin", () => {
    assert.deepStrictEqual(week(window("mon", "12:00", "14:00"), window("mon", "10:00", "12:00")), [])
    assert.deepStrictEqual(week(window("mon", "12:00", "14:00"), window("mon", "10:00", "12:01")), overlap)
    assert.deepStrictEqual(week(window("mon", "10:00", "10:00"), window("tue", "09:59", "10:00")), overlap)
    assert.deepStrictEqual(week(window("mon", "10:00", "10:00"), window("tue", "10:00", "10:00")), [])
    assert.deepStrictEqual(week(window("mon", "10:30", "10:45"), window("mon", "10:44", "11:00")), overlap)
    assert.deepStrictEqual(week(window("mon", "10:30", "10:45"), window("mon", "10:45", "11:00")), [])
  })

  it("have one entry for each date, whose hours do not overlap, and a date alone can be all that is open", () => {
    const exceptions = (...dates: ReadonlyArray<readonly [string, ReadonlyArray<readonly [string, string]>]>): Change =>
      [["openingHours", "exceptions"], dates.map(([date, windows]) => ({ date, windows: windows.map(([opens, closes]) => ({ opens, closes })) }))]
    const never: Change = [["openingHours", "weekly"], []]
    assert.deepStrictEqual(found(exceptions(["2026-12-24", []], ["2026-12-25", [["10:00", "12:00"], ["12:00", "14:00"]]])), [])
    assert.deepStrictEqual(found(exceptions(["2026-12-24", []], ["2026-12-25", []], ["2026-12-24", []])), [
      ["openingHours.exceptions[2].date", "IF-05", "This date has two entries.", "Write one entry for each date.", null]
    ])
    assert.deepStrictEqual(found(exceptions(["2026-12-25", [["10:00", "12:01"], ["12:00", "14:00"]]])), [
      ["openingHours.exceptions[0].windows", "IF-05", "The hours of this date overlap.", "Let hours follow one another.", null]
    ])
    assert.deepStrictEqual(found(never, exceptions(["2026-12-24", []], ["2026-12-25", [["10:00", "12:00"]]])), [])
    assert.deepStrictEqual(found(never, exceptions(["2026-12-24", []])).map(([field]) => field), ["openingHours.weekly"])
  })
})

describe("what is told twice, or by somebody else", () => {
  it("is answered by a question about the section, or about what stands in it", () => {
    const silent: Change = [["published", "accessTraceHours"], null]
    for (const field of ["accessTrace", "accessTrace.hoursAfterOpening"]) {
      assert.deepStrictEqual(found(silent, asked(field)).map(([at, , , , by]) => [at, by]), [["accessTrace.hoursAfterOpening", "asked"]])
    }
    const unsaid: Change = [["published", "mentionsHolds"], false]
    for (const field of ["holds", "holds.items", "holds.maximumDays"]) {
      assert.deepStrictEqual(found(unsaid, asked(field)).map(([at, , , , by]) => [at, by]), [["holds", "asked"]])
    }
  })

  it("names the controller itself as vendor, whatever blanks and letters it is written with", () => {
    for (const name of ["Drift", " Drift ", "DRIFT"]) {
      assert.deepStrictEqual(of("vendor.name", [["controller", "name"], name], [["vendor", "name"], "drift"]).map(([rule]) => rule), ["IF-31"], name)
    }
    assert.deepStrictEqual(of("vendor.name", [["controller", "name"], "Drift A"], [["vendor", "name"], "drift"]), [])
  })

  it("is no finding where two names differ", () => {
    const cookie = whole.cookies[0]
    const [sub] = whole.subProcessors
    assert.deepStrictEqual(found([["cookies"], [cookie, { ...cookie, name: "other" }]]), [])
    assert.deepStrictEqual(of("cookies[1].name", [["cookies"], [cookie, cookie]]), [
      ["DFH-38", "Two cookies have the same name.", "Write each cookie once.", null]
    ])
    assert.deepStrictEqual(found([["subProcessors"], [sub, { ...sub, name: "Annen AS" }]]), [])
    assert.deepStrictEqual(found(asked("subProcessors")), [])
    assert.deepStrictEqual(found([["subProcessors"], []], asked("subProcessors")), [
      [
        "subProcessors",
        "DFH-37",
        "There is a sub-processor, and it is not named.",
        "Name the sub-processor and its contract before the service opens.",
        "asked"
      ]
    ])
  })
})

describe("the register", () => {
  it("has the data of every part that the policy has, and of none that it has not", () => {
    const without = (gone: string): Change => [
      ["activities"],
      whole.activities.map((activity) => {
        const dataClasses = activity.dataClasses.filter((one: string) => one !== gone)
        return { ...activity, dataClasses: dataClasses.length === 0 ? ["content"] : dataClasses }
      })
    ]
    for (const gone of new Set(whole.activities.flatMap(({ dataClasses }): ReadonlyArray<string> => dataClasses))) {
      assert.deepStrictEqual(of("activities", without(gone)), [
        ["DFH-01", `The data \`${gone}\` stands in no activity.`, `Put \`${gone}\` into the activity that it belongs to.`, null]
      ], gone)
    }
    const brings = { triage: "triage", booking: "booking", phone: "phoneCall", statistics: "ageCount", webLog: "webLog" }
    for (const [part, brought] of Object.entries(brings)) {
      const said = [
        `The register names data of \`${part}\`, and the policy says nothing of it.`,
        `Fill in \`${part}\`, or take its data out of the register.`
      ]
      const open = (...changes: ReadonlyArray<Change>) => found([[part], null], ...changes).filter(([, , says]) => says === said[0])
      const at = whole.activities.findIndex(({ dataClasses }) => dataClasses.some((one: string) => one === brought))
      assert.deepStrictEqual(open(), [[`activities[${at}].dataClasses`, "DFH-01", ...said, null]], part)
      assert.deepStrictEqual(open(asked(part)), [[part, "DFH-01", ...said, "asked"]], part)
    }
  })

  it("lets a question about bases or cookies answer for a public body's legitimate interest", () => {
    const answering = (...fields: ReadonlyArray<string>) => {
      const questions = fields.map((field) => ({ id: "basis", rule: "DFH-39", field, asks: "Which basis?", answer: "Both." }))
      return lint(decodePolicy({ ...whole, questions }), today).map(({ answeredBy, field, rule }) => [field, String(rule), answeredBy])
    }
    for (const field of ["activities[].basis", "cookies"]) {
      assert.deepStrictEqual(answering(field), [["activities[5].basis", "DFH-39", "basis"]], field)
    }
    for (const fields of [[], ["capacity"]]) assert.deepStrictEqual(answering(...fields), [["activities[5].basis", "DFH-39", null]])
  })
})

describe("the number to call instead of booking", () => {
  it("is trusted for 183 days", () => {
    const seen = (lastVerified: string) => of("booking.phone.lastVerified", [["booking", "phone", "lastVerified"], lastVerified])
    assert.deepStrictEqual(seen("2026-05-22"), [])
    assert.deepStrictEqual(seen("2026-05-21"), [
      ["DFH-21", "Nobody has looked at this for more than 183 days.", "Call the number, and write the day.", null]
    ])
    assert.deepStrictEqual(seen("2026-11-22"), [["DFH-21", "This day has not come yet.", "Call the number, and write the day.", null]])
  })
})
