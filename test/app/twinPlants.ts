/**
 * Bugs by which a world would still tell, after every deadline, that somebody had been there.
 */
import type { Forgotten } from "@fortrolig/core/ports/Forgotten"
import * as Effect from "effect/Effect"
import type { Plant } from "./twinStores.ts"

const onlyWhenDestroyed = <E, R>(forget: Effect.Effect<Forgotten, E, R>) => Effect.map(forget, (forgotten) => (forgotten.count === 0 ? { ...forgotten, through: null } : forgotten))

/** Each by what it is. */
export const plants: Readonly<Record<string, Plant>> = {
  "a serial column": { sql: "alter table service.session add column number bigserial; grant usage on all sequences in schema service to fortrolig_app" },
  "a ledger that rises only when something was destroyed": {
    stores: (stores) => ({
      ...stores,
      register: { ...stores.register, forget: (at) => onlyWhenDestroyed(stores.register.forget(at)) },
      sessions: { ...stores.sessions, forget: (at) => onlyWhenDestroyed(stores.sessions.forget(at)) }
    })
  },
  "leaves that are made for whoever comes": {
    stores: (stores) => ({ ...stores, service: { ...stores.service, prepare: () => Effect.void }, vendor: { ...stores.vendor, prepare: () => Effect.void } })
  },
  "a row that is hidden and stays": { stores: (stores) => ({ ...stores, sessions: { ...stores.sessions, forget: (at) => Effect.succeed({ count: 0, earliest: null, through: at, stayed: 0 }) } }) }
}
