import { ServiceName, SessionRef } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { Link } from "./link.ts"
import { Redactions } from "./redactions.ts"
import { Resumes } from "./resumes.ts"
import { makeTickets, ticketLife } from "./tickets.ts"

const party = fc.constantFrom("visitor" as const, "counsellor" as const)
const link = (resume: string) => new Link(detfinneshjelp, SessionRef.make("0".repeat(32)), Instant.make(0), resume)
const service = ServiceName.make("detfinneshjelp")

describe("redactions", () => {
  it("name a message exactly when it was redacted by name or said before everything was, as a list of all that was said would", () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant("say" as const), by: party }),
      fc.record({ does: fc.constant("one" as const), by: party, n: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ does: fc.constant("all" as const) })
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const redactions = new Redactions()
        const highest = { visitor: 0, counsellor: 0 }
        const naive = new Set<string>()
        const said = () => [..."visitor,counsellor".split(",")].flatMap((by) => Array.from({ length: by === "visitor" ? highest.visitor : highest.counsellor }, (_, i) => `${by} ${i + 1}`))
        for (const one of steps) {
          if (one.does === "say") highest[one.by] += 1
          else if (one.does === "all") {
            for (const message of said()) naive.add(message)
            redactions.add("all", { ...highest })
          } else if (one.n <= highest[one.by]) {
            naive.add(`${one.by} ${one.n}`)
            redactions.add([{ by: one.by, n: one.n }], { ...highest })
          }
          const listed = redactions.list(highest)
          const names = listed === "all" ? said() : listed.map(({ by, n }) => `${by} ${n}`)
          assert.sameMembers(names, [...naive])
          for (const by of ["visitor", "counsellor"] as const) {
            for (let n = 1; n <= 8; n++) assert.strictEqual(redactions.has(by, n), naive.has(`${by} ${n}`))
          }
        }
      })
    )
  })
})

describe("resume tokens", () => {
  it("go on with the chat for whoever has the newest one or repeats the last step, and for nobody else", () => {
    const token = fc.integer({ min: 0, max: 7 }).map(String)
    fc.assert(
      fc.property(fc.array(fc.tuple(token, token), { maxLength: 40 }), (uses) => {
        const resumes = new Resumes()
        const live = link("0")
        resumes.add(live)
        const history = ["0"]
        for (const [used, next] of uses.filter(([one, other]) => one !== other)) {
          const last = history.length - 1
          const isNewest = used === history[last] && !history.includes(next)
          const isRepeat = last > 0 && used === history[last - 1] && next === history[last]
          const expected = isNewest || isRepeat ? "Resumed" : history.includes(used) ? "Elsewhere" : "Gone"
          assert.strictEqual(resumes.use(service, used, next)._tag, expected)
          if (isNewest) history.push(next)
        }
        resumes.forget(live)
        for (const one of history) assert.strictEqual(resumes.use(service, one, "x")._tag, "Gone")
      })
    )
  })

  it("are unknown in another service", () => {
    const resumes = new Resumes()
    resumes.add(link("0"))
    assert.strictEqual(resumes.use(ServiceName.make("ifengsel"), "0", "1")._tag, "Gone")
    assert.strictEqual(resumes.use(service, "0", "1")._tag, "Resumed")
  })
})

describe("tickets", () => {
  it("work once and within ten seconds, as a list of what was issued would say", () => {
    const step = fc.record({ ticket: fc.integer({ min: 0, max: 4 }).map(String), issue: fc.boolean(), wait: fc.integer({ min: 0, max: 6_000 }), sweep: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const tickets = makeTickets()
        const issued = new Map<string, number>()
        let now = 0
        let fresh = 0
        for (const { ticket, issue, wait, sweep } of steps) {
          now += wait
          if (sweep) tickets.sweep(now)
          if (issue) {
            const secret = `${ticket}-${fresh++}`
            tickets.issue(secret, { _tag: "Visitor", ref: SessionRef.make("0".repeat(32)) }, now)
            issued.set(secret, now)
            continue
          }
          const [secret = "none"] = [...issued.keys()].filter((one) => one.startsWith(ticket))
          const at = issued.get(secret)
          assert.strictEqual(tickets.take(secret, now) !== undefined, at !== undefined && now - at < ticketLife)
          assert.isUndefined(tickets.take(secret, now))
          issued.delete(secret)
        }
      })
    )
  })
})
