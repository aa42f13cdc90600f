import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { sweep } from "@fortrolig/core/app/sweep"
import { carrying, parts } from "@fortrolig/core/policy/parts"
import type { Policy } from "@fortrolig/core/policy/policy"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { type Realm, ServiceRealm, VendorRealm } from "@fortrolig/core/ports/Inspection"
import { type PlacedClass, placed, swept } from "@fortrolig/core/retention/places"
import { productPlaces } from "@fortrolig/core/retention/productPlaces"
import { settings } from "@fortrolig/http/config"
import { world } from "./world.ts"

/** What a sweep has to forget under the policies, from the declarations alone. A live session is not among it: its own timer ends it, at any length of silence. */
const planned = (policies: ReadonlyArray<Policy>): ReadonlyArray<PlacedClass> =>
  policies
    .flatMap((policy) => swept(Result.getOrElse(placed(policy, productPlaces), ({ says }) => assert.fail(says))))
    .filter(({ dataClass }) => dataClass !== "liveSession")

/** The policies as a server gets them, with the parts that it carries out. */
const served = settings.pipe(
  Effect.map(({ policies }) => policies),
  Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ FORTROLIG_POLICY: "detfinneshjelp,ifengsel" })))
)

/** The classes of which a sweep says that everything due is destroyed, by the realm that it says it to. */
const forgotten = (policies: ReadonlyArray<Policy>) =>
  Effect.gen(function*() {
    const said = new Set<string>()
    const hearing = (name: string, realm: Realm): Realm => ({
      ...realm,
      raise: (lines) => {
        for (const { dataClass } of lines) said.add(`${name} ${dataClass}`)
        return realm.raise(lines)
      }
    })
    const stores = yield* Layer.build(world({ policies }).layer)
    yield* sweep.pipe(
      Effect.provideService(ServiceRealm, hearing("service", Context.get(stores, ServiceRealm))),
      Effect.provideService(VendorRealm, hearing("vendor", Context.get(stores, VendorRealm))),
      Effect.provide(stores)
    )
    return said
  })

const lines = (plan: ReadonlyArray<PlacedClass>): ReadonlyArray<string> => [...new Set(plan.map(({ dataClass, realm }) => `${realm} ${dataClass}`))].toSorted()

describe("the plan of a sweep", () => {
  it.effect("forgets every class that a served policy declares with a clock and that lies somewhere", () =>
    Effect.gen(function*() {
      const policies = yield* served
      const said = yield* forgotten(policies)
      assert.isNotEmpty(lines(planned(policies)))
      assert.deepStrictEqual(lines(planned(policies)).filter((line) => !said.has(line)), [])
    }))

  it.effect("forgets no class that nothing declares, or that no clock ends", () =>
    Effect.gen(function*() {
      const every = [detfinneshjelp, ifengsel].flatMap((policy) =>
        parts.map((part) => carrying(policy, [part])).filter((one) => Result.isSuccess(placed(one, productPlaces)))
      )
      const known = new Set(lines(planned(every)))
      assert.deepStrictEqual([...(yield* forgotten(yield* served))].filter((line) => !known.has(line)), [])
    }))
})
