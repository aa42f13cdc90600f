import type * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { keepsContent, type Policy, type ServerPolicy } from "../policy/policy.ts"
import { detfinneshjelp } from "../policy/reference/detfinneshjelp.ts"
import { ifengsel } from "../policy/reference/ifengsel.ts"
import { type ContentStore, KeepPermit } from "./ContentStore.ts"

type Store = ContentStore["Service"]
type Ref = Parameters<Store["keep"]>[1]

/** Never called: what must not compile is marked, and the type check fails on a mark that is not needed. */
const mustNotCompile = (
  store: Store,
  ref: Ref,
  clientsOnly: Policy & { readonly content: { readonly store: "clients-only" } },
  serverKept: ServerPolicy
): ReadonlyArray<Effect.Effect<unknown, unknown>> => [
  // @ts-expect-error A policy is not a permit.
  store.keep(clientsOnly, ref, []),
  // @ts-expect-error A permit that may be missing is not a permit.
  store.keep(KeepPermit.of(clientsOnly), ref, []),
  // @ts-expect-error A permit cannot be made by hand, not even from a policy that keeps content.
  store.keep(new KeepPermit(serverKept), ref, []),
  // @ts-expect-error Something that looks like a permit holds no policy that keeps content.
  store.keep({ policy: clientsOnly }, ref, []),
  // @ts-expect-error Nor can a permit be left out.
  store.keep(undefined, ref, [])
]

describe("the permit to keep content", () => {
  it("exists for a service that keeps ciphertext, and for no other (DFH-07, IF-17)", () => {
    assert.strictEqual(KeepPermit.of(ifengsel)?.policy, ifengsel)
    assert.strictEqual(KeepPermit.of(detfinneshjelp), undefined)
    assert.deepStrictEqual([ifengsel, detfinneshjelp].map(keepsContent), [true, false])
  })

  it("cannot be replaced by anything else, which the type check proves", () => {
    assert.strictEqual(mustNotCompile.length, 4)
  })
})
