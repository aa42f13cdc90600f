import { Instant } from "@fortrolig/core/kernel/instant"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import * as Retention from "@fortrolig/core/retention"

const startedAt = Instant.make(Date.parse("2026-03-27T11:00:00Z"))
const endedAt = Instant.make(Date.parse("2026-03-27T11:40:00Z"))

const { ip, text } = Retention.deadlines(detfinneshjelp, { startedAt, endedAt })
console.log(`text: ${new Date(text).toISOString()}, IP address: ${new Date(ip).toISOString()}`)
