/**
 * What a session answers: what happened, that nothing did, or the rule that forbids it with one plain sentence.
 */
import { type Decided, refused } from "../kernel/decided.ts"
import type { Policy } from "../policy/policy.ts"
import type { SessionCommand, SessionEvent, SessionState } from "./messages.ts"
import { sessionRules } from "./rules.ts"

/** What `decide` answers: events, none when nothing changes, or the refusal of a rule. */
export type Decision = Decided<SessionEvent>

/** Every refusal of a session, each made once. */
export const no = {
  notOpened: refused(sessionRules.opening, "This chat has not been started yet."),
  alreadyOpened: refused(sessionRules.opening, "This chat has already been started."),
  closed: refused(sessionRules.openingHours, "The chat is closed right now."),
  over: refused(sessionRules.ending, "This chat is over."),
  taken: refused(sessionRules.oneCounsellor, "Another counsellor has already accepted this chat."),
  notYours: refused(sessionRules.oneCounsellor, "This chat is not with you."),
  handsFull: refused(sessionRules.availability, "You are already in as many chats as the service allows at a time."),
  noCounsellor: refused(sessionRules.availability, "No counsellor is in this chat right now."),
  visitorDeletes: refused(sessionRules.redaction, "Only the visitor can delete what was written."),
  notDue: refused(sessionRules.determinism, "That limit has not been reached."),
  awaitsCall: refused(sessionRules.phone, "You are kept free for a call right now."),
  theirHandsFull: refused(sessionRules.availability, "The other counsellor has no room for one more chat right now."),
  theyAwaitCall: refused(sessionRules.phone, "The other counsellor is kept free for a call right now."),
  askedAlready: refused(sessionRules.counsellorGrace, "The visitor is already being asked about another counsellor."),
  notOffered: refused(sessionRules.counsellorGrace, "That counsellor has not been offered to you, or no longer."),
  noPhone: refused(sessionRules.phone, "This service takes no calls."),
  callAwaited: refused(sessionRules.phone, "Your call is already expected. The code that you were given still counts."),
  otherCall: refused(sessionRules.phone, "The counsellor is kept free for another call right now."),
  noCall: refused(sessionRules.phone, "No call is expected in this chat."),
  wrongCode: refused(sessionRules.phone, "That is not the code of this call."),
  counsellorHere: refused(sessionRules.phone, "The counsellor of your call is still here.")
} as const

/** Refusals of a counsellor without the standing that the service asks for, by who answers there. */
export const unbound = {
  healthProfessionals: refused(sessionRules.healthProfessional, "Only health professionals may answer in this service."),
  declaredHosts: refused(sessionRules.declaredHost, "Only those who have signed the declaration of confidentiality may answer in this service.")
} as const satisfies Record<Policy["answeredBy"], Decision>

/** Why a state does not accept a command that its row of the table does not name. */
export const notAccepted = (state: SessionState["_tag"], command: SessionCommand["_tag"]): Decision => {
  if (command === "Expire") return no.notDue
  switch (state) {
    case "Unopened":
      return no.notOpened
    case "Waiting":
      return command === "Open" ? no.alreadyOpened : no.noCounsellor
    case "Active":
      return no.alreadyOpened
    case "Ended":
      return no.over
  }
}
