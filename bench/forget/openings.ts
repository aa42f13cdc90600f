/**
 * Opening a session as the product does it (a live key, the sealed state, the sealed trace: two rows and two writes to a vault) against one bare prepared insert of the same bytes.
 */
import { randomBytes } from "node:crypto"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import postgres, { type Sql } from "postgres"
import { ipAddress } from "@fortrolig/core/custody/ipAddress"
import { SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { AccessRegister } from "@fortrolig/core/ports/AccessRegister"
import { SessionStore } from "@fortrolig/core/ports/SessionStore"
import { last } from "./history.ts"
import { ours } from "./ours.ts"

const seconds = 4

/** Lines for people: openings a second at two concurrencies, and the ratio to bare inserts. */
export const openings = async (sql: Sql, url: string, base: string): Promise<ReadonlyArray<string>> => {
  const product = await ours(sql, url, base, { rows: 1_000, due: 100 })
  const sessions = Context.get(product.stores, SessionStore)
  const register = Context.get(product.stores, AccessRegister)
  const { service } = detfinneshjelp
  const ip = ipAddress("127.0.0.9")
  const openedAt = Instant.make(last)
  const deleteAt = Instant.make(last + 160 * 3_600_000)
  const newRef = (): SessionRef => SessionRef.make(randomBytes(16).toString("hex"))
  const state = { _tag: "Waiting", service, openedAt, noticeVersion: "v1", queuedAt: openedAt, front: false, visitorAway: null } as const
  const save = (ref: SessionRef) => sessions.save({ ref, version: 0, state })
  const open = (ref: SessionRef) => Effect.all([save(ref), register.register({ sessionRef: ref, service, ip, openedAt, deleteAt })], { concurrency: 2 })
  await sql.unsafe("create schema bare")
  await sql.unsafe("create table bare.session (ref uuid primary key, service text not null, version int, sealed bytea, delete_at bigint not null)")
  const lines: Array<string> = []
  for (const concurrency of [1, 64]) {
    const bare = postgres(url, { max: Math.min(concurrency, 10), onnotice: () => undefined })
    const bytes = randomBytes(412)
    const rates = {
      bare: await rate(concurrency, async () => void await bare`insert into bare.session values (${crypto.randomUUID()}, ${service}, 1, ${bytes}, 0)`),
      row: await rate(concurrency, () => Effect.runPromise(Effect.asVoid(save(newRef())))),
      whole: await rate(concurrency, () => Effect.runPromise(Effect.asVoid(open(newRef()))))
    }
    await bare.end()
    const say = (figure: number): string => `${Math.round(figure)}/s (${(figure / rates.bare).toFixed(2)} of bare)`
    lines.push(
      `${String(concurrency).padStart(2)} at a time: bare insert ${Math.round(rates.bare)}/s, session alone ${say(rates.row)}, session and trace ${say(rates.whole)}` +
        `   target >= 0.50 with all rows: ${rates.whole / rates.bare >= 0.5 ? "met" : "NOT met"}`
    )
  }
  await product.close()
  return lines
}

const rate = async (concurrency: number, one: () => Promise<void>): Promise<number> => {
  for (let i = 0; i < 50; i++) await one()
  let count = 0
  const until = performance.now() + seconds * 1_000
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (performance.now() < until) {
      await one()
      count += 1
    }
  }))
  return count / seconds
}
