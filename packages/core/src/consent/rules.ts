/**
 * The rules that the consent machine and the triage note enforce.
 */
import { rule } from "../kernel/rule.ts"

/** The rules of consent, by what they protect. A refusal carries the id of one of these. */
export const consentRules = {
  asking: rule(
    "DFH-13",
    "A counsellor may ask during the chat, after the notice was shown; a triage note exists only under a live yes of that session.",
    "Det finnes hjelp: \"may ask for your consent to log information\"",
    { gap: "That a counsellor does not remember and write down elsewhere what was said is a matter of conduct." }
  ),
  free: rule(
    "DFH-14",
    "A yes is an act of the visitor; nothing else is one, and nobody is asked more often than the policy allows.",
    "Det finnes hjelp: \"This is all up to you\"",
    { gap: "The counsellor's tone is beyond the software." }
  ),
  access: rule(
    "DFH-15",
    "Nothing that a visitor answers, or leaves unanswered, changes anything in the session.",
    "Det finnes hjelp: \"declining will not affect your access to advice or an appointment\""
  ),
  purposes: rule(
    "DFH-16",
    "A yes is to named purposes out of those that were asked about, each chosen by itself unless the policy bundles them.",
    "Det finnes hjelp: \"improving the quality of the service and for research\""
  ),
  anonymous: rule(
    "DFH-17",
    "At the deadline of the access trace the note loses all that ties it to a session, in one step, and never later.",
    "Det finnes hjelp: \"the data logged is then completely anonymous\"",
    { gap: "A combination of codes that is rare is a matter for whoever releases tables." }
  ),
  untraceable: rule(
    "DFH-18",
    "What is left of a note is equal for every session that could have left it.",
    "Det finnes hjelp: \"not be possible to trace the information back to you\""
  ),
  optional: rule(
    "IF-07",
    "An age that was not stated keeps nobody from anything; one that was stated only takes questions away.",
    "I fengsel: \"du deler bare det du har lyst til\""
  ),
  withdrawal: rule(
    "E-03",
    "A yes can be taken back until the deadline with the receipt alone; every receipt that does nothing is answered alike.",
    "Edge case 3: consent withdrawn after anonymisation"
  ),
  age: rule(
    "E-10",
    "Whoever has stated an age below the limit is not asked, and a yes given before is void.",
    "Edge case 10: minors"
  ),
  neverLater: rule("X-02", "The deadline of a consent may move earlier, never later.", "Invariant 2: deadline monotonicity"),
  nonInterference: rule("X-05", "Both consents leave the session as it is.", "Invariant 5: non-interference"),
  bound: rule("X-10", "Every read names a purpose, and succeeds only for one that the visitor said yes to.", "Invariant 10: purpose binding"),
  determinism: rule("X-13", "The same commands give the same consent, whenever its timer happens to run.", "Invariant 13: determinism")
} as const
