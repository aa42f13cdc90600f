/**
 * The rules that a case about a danger enforces: when confidentiality gives way, to whom, with what, and that nothing is dropped in silence.
 */
import { rule } from "../kernel/rule.ts"

/** The rules of a disclosure, by what they protect. A refusal carries the id of one of these. */
export const disclosureRules = {
  onlyWay: rule(
    "DFH-31",
    "Nothing leaves a chat except by a decided case with a named legal basis.",
    "Det finnes hjelp: \"a statutory duty to disclose information\""
  ),
  offence: rule(
    "DFH-32",
    "A belief that a serious offence is near opens a case; the duty itself needs a listed offence that can still be averted and is at least most likely.",
    "Det finnes hjelp: \"at risk of committing a serious punishable offence\""
  ),
  danger: rule(
    "DFH-33",
    "A danger to somebody's life or health needs no offence and no identification.",
    "Det finnes hjelp: \"at risk of harming themselves or others\""
  ),
  childWelfare: rule(
    "DFH-35",
    "The child welfare service is told only about a child under 18, and only on one of the statutory grounds.",
    "Det finnes hjelp: \"also have to notify the child welfare service\""
  ),
  noPresumption: rule("DFH-51", "Thoughts are not plans: what is unlikely is never a duty, and no software decides what is likely.", "Det finnes hjelp: \"do not usually act on their thoughts\""),
  nothingOut: rule("IF-13", "What is written stays in the chat, unless a case was decided.", "I fengsel: \"vi ikke kan fortelle til noen andre det du skriver\""),
  thirdParties: rule(
    "IF-15",
    "Whom a visitor tells about is as unknown as the visitor: a case has no field for a name, and nothing looks anybody up.",
    "I fengsel: \"eller eventuelt hvem du forteller oss om\""
  ),
  mayBeDanger: rule("IF-19", "That there may be a danger to life and health is enough to open a case, also about somebody unidentified.", "I fengsel: \"fare for ditt liv og helse\""),
  identification: rule(
    "IF-22",
    "A crime without an identification in what was written goes to a second person; it is neither a duty by itself nor dropped.",
    "I fengsel: \"blir utsatt for eller planlegger straffbare handlinger, og … identifisere personen\""
  ),
  listed: rule(
    "IF-23",
    "An offence that the statute does not list, without a danger to life, is no duty.",
    "I fengsel: \"gjelder ikke et hvert straffbart forhold\"",
    { gap: "The catalogue of offences is not complete: what it lacks goes to a second person." }
  ),
  notAgain: rule(
    "IF-24",
    "What has happened and certainly will not happen again is no duty, unless its consequences can still be averted.",
    "I fengsel: \"har skjedd og med sikkerhet ikke kommer til å skje igjen\""
  ),
  when: rule(
    "IF-25",
    "What will happen, goes on, or will probably happen again is a duty; when that is unclear, a second person is asked.",
    "I fengsel: \"SKAL skje, PÅGÅR eller har skjedd før og sannsynligvis VIL skje igjen\""
  ),
  effort: rule("IF-26", "The duty is to try: it is fulfilled by a notification, or by other means that are recorded.", "I fengsel: \"ditt eller andres liv og helse er i fare\""),
  twoDuties: rule("IF-27", "The duty to avert and the duty to report to child welfare are two bases with two names.", "I fengsel: \"Dette kalles avvergelsesplikt og meldeplikt\""),
  sometimes: rule("IF-28", "Confidentiality gives way only once a case is decided on a basis that its assessment supports.", "I fengsel: \"går noen ganger avvergelsesplikten foran taushetsplikten\""),
  toHelp: rule("IF-29", "The police are told what they need to help, and the visitor is told of it first where possible.", "I fengsel: \"si fra til politiet slik at de kan forsøke å hjelpe\""),
  threshold: rule(
    "DUV-18",
    "Each service's threshold opens a case: whatever opens one under a stricter threshold opens one under every wider one, and a visitor may ask for it.",
    "Dinutvei: \"unless you consent … or … immediate risk of someone being harmed\""
  ),
  recipients: rule("X-01", "Recipients form a closed list: police, ambulance, fire and child welfare; nobody else can be named.", "Invariant 1: closed vocabulary of recipients"),
  onlyPeople: rule("X-07", "Only a person opens a case.", "Invariant 7: no machine-made accusations"),
  noDrop: rule(
    "X-08",
    "An open case ends only by a decided and recorded outcome; the end of a chat or a shift, and a crash, hand it over.",
    "Invariant 8: no silent drop of a duty"
  ),
  minimum: rule("X-09", "What is passed on lies within the list of what that recipient needs.", "Invariant 9: minimum necessary", {
    gap: "What a person says on the telephone is not in the software's hands; the script beside the call has the same limits."
  }),
  sameOutcome: rule("X-13", "The same commands give the same case, whenever its timers happen to run.", "Invariant 13: determinism"),
  merge: rule("E-13", "Two cases about one danger may become one; both duties stay, and one notification fulfils both only when it covers both.", "Edge case 13: double concern"),
  handOver: rule("E-14", "A shift does not end while its holder has an open case: the case is handed over first.", "Edge case 14: end of opening hours with open danger")
} as const
