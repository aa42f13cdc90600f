/**
 * The chat itself: where messages are, when sessions end, when the service is open, and the website around it.
 */
import { field } from "./explanation.ts"

const whole = (unit: string, most: number) => `Write a whole number of ${unit} from 1 to ${most}.`

/** The fields about the chat and the pages around it. */
export const chatFields = {
  content: field(
    "Where messages may be.", "section", "DFH-07", "Write `{ \"store\": \"clients-only\" }`, or `{ \"store\": \"server\", \"hoursAfterEnd\": 72 }`."
  ),
  "content.store": field(
    "Whether messages live in the two browsers only, or locked on the server as well.",
    "one of a few words",
    "DFH-07",
    "Write `clients-only` or `server`."
  ),
  "content.hoursAfterEnd": field(
    "How long a locked chat is kept after it has ended.", "whole hours", "IF-17", `${whole("hours", 8784)} Only with \`server\`.`
  ),
  accessTrace: field("The record of IP address and opening time.", "section", "DFH-10", "Write `accessTrace` with `hoursAfterOpening`."),
  "accessTrace.hoursAfterOpening": field("How long that record is kept after the chat was opened.", "whole hours", "DFH-11", whole("hours", 8784)),
  openingHours: field(
    "When new chats may start; without hours the service is closed.",
    "section",
    "IF-05",
    "Write a time zone, the weekly hours and the exceptions, or `null` where no hours are published."
  ),
  "openingHours.timeZone": field(
    "The time zone of the opening hours.", "time zone", "IF-05", "Write the name of a time zone, such as `Europe/Oslo`."
  ),
  "openingHours.weekly": field("The hours of an ordinary week.", "list", "IF-05", "Write a list of days with `opens` and `closes`."),
  "openingHours.weekly[].day": field(
    "The day of the week.", "one of a few words", "IF-05", "Write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`."
  ),
  "openingHours.weekly[].opens": field("When the service opens that day.", "time of day", "IF-05", "Write a time from `00:00` to `24:00`."),
  "openingHours.weekly[].closes": field(
    "When the service closes; at or before opening means the next day.", "time of day", "IF-05", "Write a time from `00:00` to `24:00`."
  ),
  "openingHours.exceptions": field("Dates with hours of their own.", "list", "IF-05", "Write a list of dates with their hours; each date once."),
  "openingHours.exceptions[].date": field("The date.", "date", "IF-05", "Write a date of the calendar, such as `2026-12-25`, once."),
  "openingHours.exceptions[].windows": field(
    "The hours of that date; none closes the day.", "list", "IF-05", "Write a list of hours with `opens` and `closes`; an empty list closes the day."
  ),
  "openingHours.exceptions[].windows[].opens": field(
    "When the service opens on that date.", "time of day", "IF-05", "Write a time from `00:00` to `24:00`."
  ),
  "openingHours.exceptions[].windows[].closes": field(
    "When it closes on that date.", "time of day", "IF-05", "Write a time from `00:00` to `24:00`."
  ),
  limits: field("When a session ends by itself, and how much it may carry.", "section", "E-14", "Write `limits` with all its fields."),
  "limits.idleMinutes": field("How long a chat may be silent before it ends.", "whole minutes", "IF-17", whole("minutes", 1440)),
  "limits.graceSeconds": field("How long a visitor who lost contact may take to come back.", "whole seconds", "E-07", whole("seconds", 3600)),
  "limits.counsellorGraceSeconds": field(
    "How long a counsellor may be gone before the visitor goes back to the front of the queue.", "whole seconds", "E-08", whole("seconds", 3600)
  ),
  "limits.queueMinutes": field(
    "How long a visitor waits before being told that nobody can take the chat.", "whole minutes", "E-14", whole("minutes", 1440)
  ),
  "limits.lengthMinutes": field("How long a session may last in all.", "whole minutes", "IF-17", whole("minutes", 1440)),
  "limits.closingMinutes": field("How long a chat that has begun may go on after closing time.", "whole minutes", "IF-05", whole("minutes", 240)),
  "limits.messageBytes": field("The longest message.", "bytes", "IF-06", whole("bytes", 65536)),
  "limits.messagesPerMinute": field("How many messages one side may send in a minute.", "whole number", "IF-06", whole("messages", 6000)),
  capacity: field("How many chats one counsellor may hold at a time.", "whole number", "E-14", whole("chats", 20)),
  answeredBy: field("Who may answer.", "one of a few words", "DFH-29", "Write `healthProfessionals` or `declaredHosts`."),
  cookies: field(
    "The cookies that the site may set; no other can be set.", "list", "DFH-38", "Write a list of cookies; an empty list when there are none."
  ),
  "cookies[].name": field("The name of the cookie.", "text", "DFH-38", "Write letters, digits, `_` and `-`, 1 to 64 of them, each name once."),
  "cookies[].purpose": field(
    "What it is for.",
    "one of a few words",
    "DFH-38",
    "Write `security` or `staffSignIn`; a cookie for anything else needs consent, which this product does not ask for."
  ),
  "cookies[].maxAgeDays": field("How long it lives from the first setting.", "whole days", "DFH-40", whole("days", 365)),
  webLog: field("The log of the web server.", "section", "DFH-44", "Write `null` where no log is kept, or its two fields."),
  "webLog.addressHours": field("How long addresses stay in the log.", "whole hours", "DFH-44", whole("hours", 336)),
  "webLog.addressOnChatPages": field(
    "Whether the log has addresses for the pages of the chat.",
    "yes or no",
    "E-06",
    "Write `false`: such a log would lead from a triage note back to a person."
  ),
  links: field(
    "The pages that the notice leads to.",
    "section",
    "DFH-04",
    "Write `links` with `privacy`, `whoAnswers`, `duty` and `treatment`; `null` where the service has none."
  ),
  "links.privacy": field(
    "The controller's own privacy page.", "section", "DFH-04", "Write the link and the day on which somebody last saw that it works."
  ),
  "links.privacy.href": field("The address of that page.", "link", "DFH-04", "Write an address that begins with `https://`."),
  "links.privacy.lastVerified": field(
    "The day on which somebody last saw that it works.", "date", "DFH-04", "Follow the link, and write the day as `2026-11-01`."
  ),
  "links.whoAnswers": field(
    "The page about who answers the chat.", "section", "IF-11", "Write the link and the day on which somebody last saw that it works."
  ),
  "links.whoAnswers.href": field("The address of that page.", "link", "IF-11", "Write an address that begins with `https://`."),
  "links.whoAnswers.lastVerified": field(
    "The day on which somebody last saw that it works.", "date", "IF-11", "Follow the link, and write the day as `2026-11-01`."
  ),
  "links.duty": field(
    "The page about the duty to avert and to report.", "section", "IF-21", "Write the link and the day on which somebody last saw that it works."
  ),
  "links.duty.href": field("The address of that page.", "link", "IF-21", "Write an address that begins with `https://`."),
  "links.duty.lastVerified": field(
    "The day on which somebody last saw that it works.", "date", "IF-21", "Follow the link, and write the day as `2026-11-01`."
  ),
  "links.treatment": field(
    "The page about what the treatment involves.", "section", "DFH-57", "Write the link and the day on which somebody last saw that it works."
  ),
  "links.treatment.href": field("The address of that page.", "link", "DFH-57", "Write an address that begins with `https://`."),
  "links.treatment.lastVerified": field(
    "The day on which somebody last saw that it works.", "date", "DFH-57", "Follow the link, and write the day as `2026-11-01`."
  ),
  bucketMinutes: field(
    "The width of the time steps that deadlines are rounded down to.",
    "whole minutes",
    "X-03",
    `${whole("minutes", 1440)} No wider than the shortest period.`
  ),
  exitUrl: field(
    "Where \"Leave this page\" goes.", "link", "DFH-08", "Write an address that begins with `https://`, of a page that says nothing of the visit."
  )
}
