/**
 * One whole life of a case about a danger: raised, assessed, looked at by a second person, decided, two recipients told, one of them at the second
 * attempt, handed over and closed; with refusals on the way.
 */
import type { Assessment } from "@fortrolig/core/disclosure/assessment"
import { CaseRef, type ConcernCommand } from "@fortrolig/core/disclosure/messages"
import { SessionRef, StaffId } from "@fortrolig/core/kernel/identity"
import { Instant } from "@fortrolig/core/kernel/instant"

const start = Date.UTC(2026, 2, 27, 11)
const at = (second: number) => Instant.make(start + second * 1000)
const [ada, ben, cleo] = [StaffId.make("a".repeat(32)), StaffId.make("b".repeat(32)), StaffId.make("c".repeat(32))]
const ref = CaseRef.make("1".repeat(32))
const session = { ref: SessionRef.make("e".repeat(32)), endedAt: null }
const assessment: Assessment = {
  trigger: "seriousOffence",
  offence: "homicide",
  when: "will",
  likelihood: "mostLikely",
  avertable: "yes",
  consequencesAvertable: "no",
  identifiability: "content",
  level: "high",
  child: null
}
const raise = { _tag: "Raise", by: ada, ref, session, trigger: "seriousOffence", belief: "reason", visitorAsks: false } as const
const duty = { by: ada, bases: ["avert"], recipients: ["police", "ambulance"], shiftEndsAt: at(7200) } as const
const police = { by: ada, recipient: "police" } as const
const ambulance = { by: cleo, recipient: "ambulance" } as const

/** Its commands, a few seconds apart. */
export const concernLife: ReadonlyArray<ConcernCommand> = [
  { ...raise, at: at(0), flaggedBy: "software" },
  { ...raise, at: at(1), flaggedBy: "person" },
  { _tag: "Assess", at: at(2), by: ben, assessment },
  { _tag: "Assess", at: at(3), by: ada, assessment: { ...assessment, when: "unknown" } },
  { _tag: "Assess", at: at(4), by: ada, assessment },
  { _tag: "RequestConsult", at: at(5), by: ada, proposes: "duty" },
  { _tag: "GiveOpinion", at: at(6), by: ada, agrees: true },
  { _tag: "ChatEnded", at: at(7) },
  { _tag: "GiveOpinion", at: at(8), by: ben, agrees: true },
  { _tag: "DecideDuty", at: at(9), ...duty, recipients: [] },
  { _tag: "DecideDuty", at: at(10), ...duty },
  { _tag: "LearnDeadline", at: at(11), item: "accessTrace", deadline: at(40 * 3600) },
  { _tag: "Prepare", at: at(12), ...police, fields: ["danger"], covers: [ref] },
  { _tag: "TellVisitor", at: at(13), by: ada },
  { _tag: "Prepare", at: at(14), ...police, fields: ["hazard"], covers: [ref] },
  { _tag: "Prepare", at: at(15), ...police, fields: ["danger", "callbackNumber", "offence"], covers: [ref] },
  { _tag: "Send", at: at(16), ...police },
  { _tag: "Fail", at: at(17), ...police },
  { _tag: "Send", at: at(18), ...police },
  { _tag: "Acknowledge", at: at(19), ...police, reference: "112-7" },
  { _tag: "HandOver", at: at(20), to: cleo, cause: "shiftEnd" },
  { _tag: "Send", at: at(21), ...ambulance },
  { _tag: "Prepare", at: at(22), ...ambulance, fields: ["medicalDanger", "location"], covers: [ref] },
  { _tag: "Send", at: at(23), ...ambulance },
  { _tag: "Acknowledge", at: at(24), ...ambulance, reference: null },
  { _tag: "Close", at: at(25), by: cleo, releaseOpen: true },
  { _tag: "Close", at: at(26), by: cleo, releaseOpen: false },
  { _tag: "Assess", at: at(27), by: cleo, assessment }
]
