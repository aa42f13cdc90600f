/**
 * Synthetic sessions, pieces and policies for the contracts of the ports.
 */
import { randomBytes } from "node:crypto"
import { type ServiceName, SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import { KeepPermit, type Kept } from "@fortrolig/core/ports/ContentStore"
import type { Stored, Waiting } from "@fortrolig/core/session/messages"

/** The moment at which the contracts play. */
export const start = Instant.make(Date.UTC(2026, 0, 7, 12))
/** A deadline one hour later. */
export const dueAt = Instant.make(start + 3_600_000)
/** Just before that deadline. */
export const justBefore = Instant.make(dueAt - 1)
/** A deadline of the day before. */
export const longOver = Instant.make(start - 86_400_000)

export const service: ServiceName = ifengsel.service
export const newRef = (): SessionRef => SessionRef.make(randomBytes(16).toString("hex"))
export const newStaff = (): StaffId => StaffId.make(randomBytes(16).toString("hex"))
export const newHash = (): string => randomBytes(32).toString("hex")

/** A permit to keep content. */
export const permit = ((): KeepPermit => {
  const made = KeepPermit.of(ifengsel)
  if (made === undefined) throw new Error("the policy of the fixtures keeps content")
  return made
})()

export const waiting = (front = false): Waiting => ({
  _tag: "Waiting",
  service,
  openedAt: start,
  noticeVersion: "v1",
  queuedAt: start,
  front,
  visitorAway: null
})

export const active = (counsellor: StaffId): Extract<Stored, { readonly _tag: "Active" }> => ({
  _tag: "Active",
  service,
  openedAt: start,
  noticeVersion: "v1",
  counsellor,
  acceptedAt: start,
  lastActivity: start,
  visitorAway: null,
  counsellorAway: null
})

/** A piece of ciphertext. */
export const piece = (by: Kept["by"], n: number, at: Instant = start, text = "synthetic"): Kept => ({ by, n, at, bytes: Buffer.from(text) })
