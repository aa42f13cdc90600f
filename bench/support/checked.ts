/**
 * What a careful developer writes to check the commands of the measured life without a schema; any other command is refused.
 */
import type { ServiceName, StaffId } from "@fortrolig/core/kernel/identity"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { SessionCommand } from "@fortrolig/core/session/messages"

const whole = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 8.64e15
const hex = /^[0-9a-f]{32}$/
const serviceName = /^[a-z][a-z0-9-]{1,30}$/
const party = (value: unknown): value is "visitor" | "counsellor" => value === "visitor" || value === "counsellor"

/** Checks by hand what the schema checks; answers the command, with nothing but its own fields, or nothing. */
export const checkByHand = (input: unknown): SessionCommand | undefined => {
  if (typeof input !== "object" || input === null) return undefined
  const { _tag, at, service, noticeVersion, serviceOpen, front, counsellor, holding, standing, reserved, party: who, by, limit } = input as Record<string, unknown>
  if (!whole(at)) return undefined
  const instant = at as Instant
  switch (_tag) {
    case "Open":
      if (typeof service !== "string" || !serviceName.test(service) || typeof noticeVersion !== "string") return undefined
      if (typeof serviceOpen !== "boolean" || typeof front !== "boolean") return undefined
      return { _tag, at: instant, service: service as ServiceName, noticeVersion, serviceOpen, front }
    case "Accept":
      if (typeof counsellor !== "string" || !hex.test(counsellor) || typeof holding !== "number" || !Number.isInteger(holding)) return undefined
      if (standing !== "healthProfessional" && standing !== "declaredHost" && standing !== "none") return undefined
      if (typeof reserved !== "boolean") return undefined
      return { _tag, at: instant, counsellor: counsellor as StaffId, holding, standing, reserved }
    case "Return":
      return typeof counsellor === "string" && hex.test(counsellor) ? { _tag, at: instant, counsellor: counsellor as StaffId } : undefined
    case "Away":
    case "Back":
      return party(who) ? { _tag, at: instant, party: who } : undefined
    case "Redact":
    case "End":
      return party(by) ? { _tag, at: instant, by } : undefined
    case "Activity":
    case "Leave":
    case "Stop":
      return { _tag, at: instant }
    case "Expire":
      if (limit !== "queue" && limit !== "visitorGrace" && limit !== "counsellorGrace" && limit !== "idle" && limit !== "length") return undefined
      return { _tag, at: instant, limit }
    default:
      return undefined
  }
}
