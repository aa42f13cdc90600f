/**
 * Help beside the chat, and confidentiality giving way.
 */
import { field } from "./explanation.ts"

const whole = (unit: string, most: number) => `Write a whole number of ${unit} from 1 to ${most}.`

/** The fields about triage, booking, phone and statistics. */
export const besideFields = {
  triage: field("The note that a counsellor may ask to write.", "section", "DFH-13", "Write its fields, or `null` where the service writes none."),
  "triage.minimumAge": field(
    "The youngest who may be asked.", "whole years", "E-10", `${whole("years", 120)} 18 is the age of consent to such data.`
  ),
  "triage.purposes": field("What the note may be used for.", "list of words", "DFH-16", "Write `quality`, `research` or both, each once."),
  "triage.bundled": field(
    "Whether one answer covers all purposes.",
    "yes or no",
    "DFH-16",
    "Write `false`, so that each purpose is asked for by itself, or name the question whose answer is `true`."
  ),
  "triage.timesAsked": field("How often one visitor may be asked.", "whole number", "DFH-14", "Write 1 or 2."),
  "triage.grain": field(
    "The period that a note keeps of its time when it becomes anonymous.", "one of a few words", "DFH-17", "Write `week`, `month` or `quarter`."
  ),
  booking: field("Booking of therapy.", "section", "DFH-19", "Write its fields, or `null` where the service offers none."),
  "booking.minimumAge": field(
    "The youngest who may book.", "whole years", "DFH-47", `${whole("years", 120)} The treatment is for those who are 18 or more.`
  ),
  "booking.timeZone": field(
    "The time zone in which ages and dates are counted.", "time zone", "DFH-47", "Write the name of a time zone, such as `Europe/Oslo`."
  ),
  "booking.phone": field(
    "The number to call instead of giving a name here.",
    "section",
    "DFH-21",
    "Write the number and the day on which it was last verified, or name the question that says why there is none."
  ),
  "booking.phone.number": field("The number.", "text", "DFH-21", "Write a number that can be called."),
  "booking.phone.lastVerified": field(
    "The day on which somebody last saw that it works.", "date", "DFH-21", "Call the number, and write the day as `2026-11-01`."
  ),
  "booking.referralCharacters": field("The longest information for a referral.", "characters", "DFH-26", whole("characters", 10000)),
  "booking.outboxHours": field("How long a booking that could not be delivered is kept.", "whole hours", "E-15", whole("hours", 24)),
  "booking.performers": field(
    "Who gives the treatment.", "list of words", "DFH-45", "Write `clinicalPsychologist`, `psychiatrist` or both, each once."
  ),
  "booking.regions": field("The health regions that the service covers.", "list of words", "DFH-55", "Write at least one region, each once."),
  "booking.sites": field("Where the treatment is given.", "list", "DFH-55", "Write at least one site with name, region and first day."),
  "booking.sites[].name": field("The name of the site.", "text", "DFH-55", "Write the name of the site, each once."),
  "booking.sites[].region": field("The region that it belongs to.", "text", "DFH-55", "Write one of the regions of this policy."),
  "booking.sites[].from": field("The first day on which it takes patients.", "date", "DFH-56", "Write a date such as `2021-01-01`."),
  phone: field("A call to the counsellor of the chat.", "section", "DFH-22", "Write its fields, or `null` where the service offers none."),
  "phone.number": field("The number to call.", "text", "DFH-22", "Write a number that can be called."),
  "phone.reservedMinutes": field("How long the counsellor is kept free for the call.", "whole minutes", "DFH-22", whole("minutes", 60)),
  "phone.codeDigits": field("The digits of the spoken code.", "whole number", "DFH-22", "Write a whole number of digits from 4 to 8."),
  statistics: field("Counts by age group.", "section", "IF-32", "Write its fields, or `null` where nothing is counted."),
  "statistics.bands": field(
    "The age groups.", "list", "IF-32", "Write groups that follow one another from 0 without gap or overlap, the last with `to` as `null`."
  ),
  "statistics.bands[].from": field("The youngest in the group.", "whole years", "IF-32", "Write a whole number of years from 0 to 120."),
  "statistics.bands[].to": field("The oldest in the group.", "whole years", "IF-32", `${whole("years", 120)} Write \`null\` in the last group.`),
  "statistics.dimensions": field(
    "What else is counted.",
    "list of words",
    "IF-35",
    "Write `[]`, or `topic`, `county` or `contactType`, each once, where the service does not promise to collect nothing else."
  ),
  "statistics.period": field("The period of one table.", "one of a few words", "E-12", "Write `month`, `quarter` or `year`."),
  "statistics.smallestCell": field(
    "The smallest count that may be published.", "whole number", "E-12", `${whole("visitors", 20)} At least 3, and no more than \`smallestTotal\`.`
  ),
  "statistics.smallestTotal": field("The smallest total for which anything is published.", "whole number", "E-12", whole("visitors", 100)),
  "statistics.method": field("Whether small counts are hidden, or all counts rounded.", "one of a few words", "E-12", "Write `suppress` or `round`.")
}

/** The fields about telling others, and about an authority's order. */
export const dutyFields = {
  disclosure: field("When confidentiality gives way, and to whom.", "section", "DFH-31", "Write `disclosure` with all its fields."),
  "disclosure.openCaseAt": field(
    "When a concern must be opened.", "one of a few words", "DFH-32", "Write `immediateRisk`, `reasonToBelieve` or `mayBeDanger`."
  ),
  "disclosure.triggers": field(
    "What a concern can be about.",
    "list of words",
    "DFH-33",
    "Write `dangerSelf` and `dangerOthers`, and of `seriousOffence`, `childWelfare`, `crimeVictim` and `crimePlanned` those that hold, each once."
  ),
  "disclosure.crimeNeedsIdentification": field(
    "Whether a crime is a duty only when the writer can be identified.",
    "yes or no",
    "IF-22",
    "Write `false`, as the law has it, or name the question whose answer is `true`."
  ),
  "disclosure.recipients": field(
    "Who may be told; nobody else exists.",
    "list of words",
    "X-01",
    "Write those of `police`, `ambulance`, `fire` and `childWelfare` who can act on the triggers, each once."
  ),
  "disclosure.rightToDisclose": field(
    "Whether staff may tell without being obliged to.", "yes or no", "DFH-29", "Write `true` only where health professionals answer."
  ),
  "disclosure.timers": field("How long each step may take.", "section", "X-08", "Write `timers` with all its fields."),
  "disclosure.timers.assessMinutes": field("How long until a concern is assessed.", "whole minutes", "X-08", whole("minutes", 1440)),
  "disclosure.timers.consultHighMinutes": field(
    "How long until a second person's opinion when the level is high.", "whole minutes", "X-08", whole("minutes", 1440)
  ),
  "disclosure.timers.consultMinutes": field("How long until a second person's opinion otherwise.", "whole minutes", "X-08", whole("minutes", 1440)),
  "disclosure.timers.callMinutes": field("How long from an imminent decision to the call.", "whole minutes", "X-08", whole("minutes", 60)),
  "disclosure.timers.notifyMinutes": field("How long from any other decision to the notification.", "whole minutes", "X-08", whole("minutes", 1440)),
  "disclosure.timers.childWelfareMinutes": field(
    "How long from a decision to the report to child welfare.", "whole minutes", "DFH-35", whole("minutes", 1440)
  ),
  "disclosure.timers.acknowledgeMinutes": field(
    "How long a recipient has to acknowledge before the next channel is tried.", "whole minutes", "X-08", whole("minutes", 1440)
  ),
  "disclosure.timers.reviewHours": field("How long until the later look at a decision taken alone.", "whole hours", "X-08", whole("hours", 720)),
  "disclosure.timers.warnHours": field(
    "How long before something that a case may need is destroyed the lead is warned.",
    "list of whole hours",
    "E-05",
    "Write at least one whole number of hours from 1 to 168, each once and shorter than the periods they warn of."
  ),
  "disclosure.timers.recordDays": field("How long a closed case is kept.", "whole days", "X-11", whole("days", 366)),
  holds: field(
    "What an authority's order may keep longer.",
    "section",
    "X-02",
    "Write its fields and say so in the published text or in a named question; `null` where no order is obeyed by this software."
  ),
  "holds.items": field(
    "What an order may name.", "list of words", "X-02", "Write `accessTrace`, and `content` where the server keeps it, each once."
  ),
  "holds.maximumDays": field("The longest that an order may keep it.", "whole days", "X-02", whole("days", 180))
}
