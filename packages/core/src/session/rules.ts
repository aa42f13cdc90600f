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
    "A new chat starts only while the service is open; at closing time the queue ends, and a chat that has begun may finish within the policy's limit.",
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
    "A counsellor holds no more chats than the service allows, a visitor whom nobody can take within the queue limit is told so, and closing time never ends a chat with an open concern.",
    "Edge case 14: end of opening hours with open danger, or last counsellor goes offline"
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
    "A chat goes to another counsellor only with the visitor's yes; when its counsellor stays away the visitor returns to the front of the queue, and it is never ended for it.",
    "Edge case 8: counsellor drop"
  ),
  healthProfessional: rule(
    "DFH-29",
    "Where health professionals answer, nobody else is given a chat.",
    "Det finnes hjelp: \"health professionals and have a duty of confidentiality\"",
    { gap: "That somebody is a health professional is vouched for by whoever hands out the invitation." }
  ),
  declaredHost: rule(
    "IF-12",
    "Where hosts answer, nobody is given a chat who has not signed the declaration of confidentiality.",
    "I fengsel: \"Alle vi som snakker med deg har taushetsplikt\"",
    { gap: "That the declaration is signed is vouched for by whoever hands out the invitation." }
  ),
  phone: rule(
    "DFH-22",
    "A visitor who wants to phone has the counsellor of the chat kept free for a while, and nobody else takes the call unless the visitor said yes to that one.",
    "Det finnes hjelp: \"the same counsellor can take your call\"",
    { gap: "That the code was spoken by the visitor is known to the counsellor only." }
  ),
  notRecorded: rule(
    "DFH-23",
    "Nothing of a call is known here but that it is expected: no sound, no number of the caller, and no code past its time.",
    "Det finnes hjelp: \"Phone calls are not recorded\"",
    { gap: "The telephone line itself, and what its operator keeps, are outside the software." }
  ),
  encrypted: rule(
    "DFH-06",
    "What is written is encrypted between the two browsers; the server passes on bytes that it cannot read.",
    "Det finnes hjelp: \"The live chat session is encrypted\"",
    { gap: "A server that ships changed pages could read what is written: the encryption protects against storage, not against its own operator." }
  ),
  onlyWhatIsWritten: rule(
    "DFH-30",
    "A counsellor learns of a visitor only what the visitor writes.",
    "Det finnes hjelp: \"required to protect your privacy\"",
    { gap: "What a counsellor remembers or tells is bound by the duty of confidentiality, not by software." }
  ),
  anyTopic: rule("IF-02", "A chat opens without naming a topic.", "I fengsel: \"Her kan du snakke om hva du vil\""),
  anonymous: rule(
    "IF-03",
    "A chat opens without a name or a sign-in, under a random reference that says nothing of the device.",
    "I fengsel: \"og være helt anonym\"",
    { gap: "The operator of the chat keeps address and opening time, as the notice says." }
  ),
  noWrongQuestion: rule("IF-06", "Nothing is refused for what it says: only size and rate count.", "I fengsel: \"Ingen tema eller spørsmål er rare eller feil\""),
  examples: rule("IF-08", "Which example a visitor starts from is recorded nowhere.", "I fengsel: \"Hvordan det er å dra på besøk\""),
  friends: rule("IF-09", "Nothing asks whose parent it is: a friend is as welcome.", "I fengsel: \"også for deg som har en venn som opplever dette\""),
  everyChild: rule("IF-10", "No age is asked for or checked before a chat.", "I fengsel: \"for alle barn og unge\""),
  determinism: rule(
    "X-13",
    "The same commands give the same session, whenever its timers happen to run.",
    "Invariant 13: determinism"
  )
} as const
