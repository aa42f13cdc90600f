import { assert, describe, it } from "vitest"
import { carrying } from "../policy/parts.ts"
import type { Policy } from "../policy/policy.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { declarations } from "../retention/dataClass.ts"
import type { Place } from "../retention/places.ts"
import { productPlaces } from "../retention/productPlaces.ts"
import type { Language } from "./language.ts"
import { whereWords } from "./placeTexts.ts"

const told = (policy: Policy, language: Language, places: ReadonlyArray<Place> = productPlaces) =>
  declarations(policy).map((declaration) => [declaration.dataClass, whereWords(policy, declaration, places, language)])

describe("where a class of data lies", () => {
  it("is said in plain bokmål", () => {
    assert.deepStrictEqual(told(carrying(detfinneshjelp, ["triage"]), "nb"), [
      ["content", "Bare i nettleserne til dere to"],
      ["accessTrace", "Hos Helsedirektoratet, låst i databasen"],
      ["liveSession", "Hos tjenesten, låst i databasen. Mens chatten er åpen, også i fanen din"],
      ["endedSession", "Hos tjenesten, i databasen"],
      ["invitation", "Hos tjenesten, i databasen og på skjermen til den som laget den"],
      ["staffSession", "Hos tjenesten, i databasen og i nettleseren til den ansatte"],
      ["installation", "Hos tjenesten, i databasen, i filer og i driftsloggen"],
      ["triage", "Hos tjenesten, låst i databasen"],
      ["consent", "Hos tjenesten, låst i databasen"],
      ["anonymousNote", "Hos tjenesten, i databasen"]
    ])
  })

  it("is said in plain English", () => {
    assert.deepStrictEqual(told(carrying(ifengsel, []), "en"), [
      ["content", "With the service, locked in the database. While the chat is open, also in the browsers of you two"],
      ["accessTrace", "With NOOP, locked in the database"],
      ["liveSession", "With the service, locked in the database. While the chat is open, also in your tab"],
      ["endedSession", "With the service, in the database"],
      ["invitation", "With the service, in the database and on the screen of whoever made it"],
      ["staffSession", "With the service, in the database and in the browser of the member of staff"],
      ["installation", "With the service, in the database, in files and in the server's log"]
    ])
  })

  it("follows the list: without a place only the holder is named, and what the vendor holds is locked all the same", () => {
    const bare = new Map(told(carrying(ifengsel, []), "en", []).map(([dataClass = "", where = ""]) => [dataClass, where]))
    assert.deepStrictEqual([bare.get("content"), bare.get("accessTrace")], ["With the service", "With NOOP, locked"])
    assert.strictEqual(new Map(told(carrying(ifengsel, []), "nb", []).map(([dataClass = "", where = ""]) => [dataClass, where])).get("accessTrace"), "Hos NOOP, låst")
    assert.strictEqual(new Map(told(detfinneshjelp, "nb").map(([dataClass = "", where = ""]) => [dataClass, where])).get("booking"), "Hos tjenesten")
    const plain = productPlaces.filter(({ dataClass, kind }) => dataClass === "content" && (kind === "table" || kind === "file"))
    assert.strictEqual(told(ifengsel, "en", plain)[0]?.[1], "With the service, in the database")
  })
})
