/**
 * The rules that the session machine enforces: what must hold, the words it comes from, and what no code can do about it.
 */
import { rule } from "../kernel/rule.ts"

/** The rules of a session, by what they protect. A refusal carries the id of one of these. */
export const sessionRules = {
  opening: rule(
    "DFH-10",
    "A session is opened once, when the visitor presses Start; a reconnect or a reload is not a new opening.",
    "Det finnes hjelp: \"your IP address and the time you opened a chat\""
  ),
  nothingAsked: rule(
    "DFH-05",
    "Opening a chat asks for nothing about the visitor.",
    "Det finnes hjelp: \"up to you to decide what information you want to share\"",
    { gap: "What a visitor writes once the chat is open is the visitor's own choice." }
  ),
  openingHours: rule(
    "IF-05",
    "A new chat starts only while the service is open; a chat that has begun may finish.",
    "I fengsel: \"åpen onsdager og fredager kl 15 -22\""
  ),
  oneCounsellor: rule(
    "DFH-07",
    "What is written exists in two browsers only: a chat has at most one counsellor at a time, and no event of it carries content.",
    "Det finnes hjelp: \"stored only in the user's and counsellor's browser cache\"",
    { gap: "Who sits beside the counsellor, or photographs the screen, is beyond the software." }
  ),
  availability: rule(
    "E-14",
    "A counsellor holds no more chats than the service allows, and a visitor whom nobody can take within the queue limit is told so.",
    "Edge case 14: when nobody is available the screen says so plainly, without pretending to wait"
  ),
  redaction: rule(
    "DFH-09",
    "The visitor, and only the visitor, may delete what either side wrote earlier, and the chat goes on.",
    "Det finnes hjelp: \"option of deleting anything written earlier in the session\"",
    { gap: "What somebody has already read cannot be taken back." }
  ),
  ending: rule(
    "DFH-08",
    "When a session is over, by anyone or anything, nothing more happens in it and its end never moves.",
    "Det finnes hjelp: \"deleted immediately after the live chat ends\""
  ),
  endsByItself: rule(
    "IF-17",
    "Every session ends by itself: idle, too long, or abandoned.",
    "I fengsel: \"Chatsamtalen slettes etter 72 timer\", which needs an end to count from"
  ),
  visitorGrace: rule(
    "E-07",
    "A visitor who returns within the grace period resumes the same session; one who does not has left it.",
    "Edge case 7: session reconnect"
  ),
  counsellorGrace: rule(
    "E-08",
    "A counsellor who stays away is replaced: the visitor returns to the front of the queue, and the session is never ended for it.",
    "Edge case 8: counsellor drop"
  ),
  determinism: rule(
    "X-13",
    "The same commands give the same session, whenever its timers happen to run.",
    "Invariant 13: determinism"
  )
} as const
