import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { hours, minutes } from "../kernel/instant.ts"
import { carrying, missingClasses, parts, partsOf } from "../policy/parts.ts"
import type { Policy } from "../policy/policy.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { declarations } from "./dataClass.ts"
import { worstCaseLifetime } from "./lifetime.ts"
import { actionsOf, type Place, placed, type PlaceKind, swept } from "./places.ts"
import { isDeclaredFile, productPlaces } from "./productPlaces.ts"

const chat = carrying(detfinneshjelp, [])
const triage = carrying(detfinneshjelp, ["triage"])
const kept = carrying(ifengsel, [])

const joined = (policy: Policy, places: ReadonlyArray<Place> = productPlaces) =>
  Result.getOrElse(placed(policy, places), ({ says }) => assert.fail(says))
const refusal = (policy: Policy, places: ReadonlyArray<Place>): unknown => {
  const found = placed(policy, places)
  return Result.isFailure(found) ? [String(found.failure.rule), found.failure.says] : "joined"
}
const among = (more: Place): ReadonlyArray<Place> => [...productPlaces, more]
/** A place that does not compile, as plain JavaScript could hand it in. */
const untyped = (place: object): Place => JSON.parse(JSON.stringify(place))

describe("the places of the product", () => {
  it.each([["without any part", chat], ["with triage", triage], ["that keeps the text", kept]])("fit a policy %s: every class that it declares, in the same order, and no other", (_, policy) => {
    const found = joined(policy)
    assert.deepStrictEqual(found.map(({ bucket: _bucket, places: _places, worstCase: _worst, ...declaration }) => declaration), [...declarations(policy)])
    for (const { bucket, dataClass, places, stored, worstCase, ...declaration } of found) {
      assert.deepStrictEqual(places, productPlaces.filter((place) => place.dataClass === dataClass))
      assert.deepStrictEqual(worstCase, worstCaseLifetime(policy, { ...declaration, dataClass, stored }))
      assert.isTrue(!stored || places.length > 0, dataClass)
      const own = ["liveSession", "invitation", "staffSession"].includes(dataClass) || declaration.clock === "none" || !stored
      assert.strictEqual(bucket, own ? undefined : minutes(policy.bucketMinutes), dataClass)
    }
  })

  it("leave out what is only for a part that the policy does not have", () => {
    assert.deepStrictEqual([...missingClasses(chat)].toSorted(), ["ageCount", "anonymousNote", "booking", "concern", "consent", "phoneCall", "triage", "webLog"])
    assert.deepStrictEqual([...missingClasses(triage)].toSorted(), ["ageCount", "booking", "concern", "phoneCall", "webLog"])
    assert.deepStrictEqual(partsOf(triage), ["triage"])
    assert.notInclude(joined(chat).map(({ dataClass }) => dataClass), "triage")
  })

  it("give a sweep these classes to forget", () => {
    const classes = (policy: Policy) => swept(joined(policy)).map(({ dataClass }) => dataClass)
    assert.deepStrictEqual(classes(chat), ["accessTrace", "liveSession", "endedSession", "invitation", "staffSession"])
    assert.deepStrictEqual(classes(kept), ["content", "accessTrace", "liveSession", "endedSession", "invitation", "staffSession"])
    assert.deepStrictEqual(classes(triage), [...classes(chat), "triage", "consent"])
  })

  it("do not hold a policy of which the product does not carry everything out", () => {
    assert.deepStrictEqual(refusal(detfinneshjelp, productPlaces), ["X-12", "The policy of detfinneshjelp declares that booking is stored, and no table or file is declared to hold it."])
    assert.deepStrictEqual(refusal(carrying(detfinneshjelp, parts), productPlaces), refusal(detfinneshjelp, productPlaces))
  })
})

describe("a place is refused", () => {
  const refuses = (title: string, place: object, says: string, policy: Policy = chat) =>
    it(title, () => assert.deepStrictEqual(refusal(policy, among(untyped(place))), ["X-12", says]))

  refuses(
    "when the policy does not declare its class",
    { kind: "table", name: "service.diary", dataClass: "diary", action: "drop" },
    "the table service.diary holds diary, which the policy of detfinneshjelp does not declare."
  )
  refuses(
    "when its kind cannot forget in that way",
    { kind: "cookie", name: "other", dataClass: "staffSession", action: "drop" },
    "the cookie other cannot forget by drop."
  )
  refuses(
    "when it forgets nothing of a class with a clock",
    { kind: "table", name: "service.again", dataClass: "endedSession", action: "none" },
    "the table service.again never forgets endedSession, which has a clock."
  )
  refuses(
    "when it says that it keeps nothing of a class that is stored: no figure and no log line is about a person",
    { kind: "metric", name: "fortrolig_chats", dataClass: "liveSession", action: "neverKept" },
    "the metric fortrolig_chats never forgets liveSession, which has a clock."
  )
  refuses(
    "when it forgets nothing of what is never stored",
    { kind: "log", name: "texts", dataClass: "content", action: "none" },
    "the log texts never forgets content, which has a clock."
  )
  refuses(
    "when no clock says when it forgets",
    { kind: "file", name: "data/old", dataClass: "installation", action: "delete" },
    "the file data/old forgets by delete, but no clock of installation says when."
  )
  refuses(
    "when it severs what must go as a whole",
    { kind: "table", name: "service.link", dataClass: "endedSession", action: "sever" },
    "the table service.link severs endedSession, of which nothing may stay."
  )
  refuses(
    "when it lies in the other realm, whatever its kind",
    { kind: "table", name: "service.address", dataClass: "accessTrace", action: "drop" },
    "the table service.address lies in the service realm, and accessTrace belongs to the vendor realm."
  )
  refuses(
    "when it is a column of the other realm",
    { kind: "column", name: "custody.access_trace.text", dataClass: "content", action: "destroyKey" },
    "the column custody.access_trace.text lies in the vendor realm, and content belongs to the service realm.",
    kept
  )
  refuses(
    "when it is a file of the other realm",
    { kind: "file", name: "keys/custody.vault", dataClass: "content", action: "overwrite" },
    "the file keys/custody.vault lies in the vendor realm, and content belongs to the service realm.",
    kept
  )
  refuses(
    "when it is declared twice for one class",
    { kind: "table", name: "service.content", dataClass: "content", action: "delete" },
    "the table service.content is declared twice for content."
  )

  it("but what relays and keeps nothing may hold what is never stored, and a log may hold what it deletes", () => {
    const relay = untyped({ kind: "log", name: "relay", dataClass: "content", action: "neverKept" })
    assert.strictEqual(refusal(chat, among(relay)), "joined")
    assert.deepStrictEqual(refusal(kept, among(relay)), ["X-12", "the log relay never forgets content, which has a clock."])
    assert.strictEqual(refusal(chat, among({ kind: "log", name: "ends", dataClass: "endedSession", action: "delete" })), "joined")
    // A name outside the folders of a realm says nothing of one.
    assert.strictEqual(refusal(chat, among({ kind: "file", name: "elsewhere/services", dataClass: "accessTrace", action: "overwrite" })), "joined")
    assert.strictEqual(refusal(chat, among({ kind: "browser", name: "service.", dataClass: "accessTrace", action: "delete" })), "joined")
  })

  it("when a class is stored and nothing lasting holds it", () => {
    const without = (dataClass: string, kinds: ReadonlyArray<PlaceKind>) => productPlaces.filter((place) => place.dataClass !== dataClass || !kinds.includes(place.kind))
    for (const { clock, dataClass } of declarations(kept).filter(({ stored }) => stored)) {
      assert.deepStrictEqual(
        refusal(kept, without(dataClass, ["table", "file"])),
        ["X-12", `The policy of ifengsel declares that ${dataClass} is stored, and no table or file is declared to hold it.`],
        clock
      )
    }
    assert.strictEqual(refusal(chat, without("content", ["table", "column", "file", "browser"])), "joined")
  })
})

describe("the list of the product", () => {
  it("takes up only ways to forget that each kind has", () => {
    const known: Readonly<Record<PlaceKind, ReadonlyArray<string>>> = actionsOf
    for (const { action, kind, name } of productPlaces) assert.include(known[kind], action, name)
  })

  it("has a table for every column, and the period of each class follows from the policy alone", () => {
    const tables = new Set<string>(productPlaces.filter(({ kind }) => kind === "table").map(({ name }) => name))
    for (const { kind, name } of productPlaces) if (kind === "column") assert.isTrue(tables.has(name.split(".").slice(0, 2).join(".")), name)
    const shorter = joined({ ...kept, accessTrace: { hoursAfterOpening: 5 } }).find(({ dataClass }) => dataClass === "accessTrace")
    assert.deepStrictEqual([shorter?.period, shorter?.worstCase?.promise], [hours(5), hours(5)])
  })
})

describe("an entry of a folder of the product", () => {
  it("is declared by its whole name, in its own folder", () => {
    assert.isTrue(isDeclaredFile("data", "service"))
    assert.isTrue(isDeclaredFile("keys", "custody.vault"))
    for (const entry of ["service.vault", "services", "service/", "Service", "", "notes.txt", "*"]) assert.isFalse(isDeclaredFile("data", entry), entry)
    assert.isFalse(isDeclaredFile("keys", "content"))
    assert.isFalse(isDeclaredFile("keys", "service.vault.bak"))
  })

  it("may be one name of a declared kind", () => {
    for (const entry of ["lead-ifengsel.pem", "lead-a-1.pem"]) assert.isTrue(isDeclaredFile("leads", entry), entry)
    for (const entry of ["lead-.pem", "lead-a.b.pem", "lead-A.pem", "lead-a.pem.old", "a-lead-a.pem", "lead-.pe", "lead.pem"]) assert.isFalse(isDeclaredFile("leads", entry), entry)
    assert.isFalse(isDeclaredFile("keys", "lead-ifengsel.pem"))
  })
})
