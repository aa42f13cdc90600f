/**
 * What a running server says of itself: fixed sentences, and for a fault of ours the name of its class. Nothing else can leave as a log line, whoever wrote it,
 * since what a line repeats could be a visitor's.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import type { PlaceName } from "@fortrolig/core/retention/productPlaces"

/** The declared stream that these lines belong to. */
export const stream: PlaceName<"log"> = "server"

const sentences = {
  scriptsMissing: { level: "WARN", says: "The scripts for browsers are not built, so pages cannot start a chat. Run the build first." },
  sweepFailed: { level: "ERROR", says: "A sweep could not be completed; it is tried again." },
  notesLost: { level: "ERROR", says: "Triage notes could not be made anonymous in time; they are gone." },
  tickerFault: { level: "ERROR", says: "An unexpected fault in the ticker." },
  withheld: { level: "ERROR", says: "A line that nobody declared was withheld." }
} as const
/** The name of a sentence that can be logged. */
export type Sentence = Exclude<keyof typeof sentences, "withheld">

/** One line as it leaves: only this module makes them. */
class Line {
  readonly sentence: Sentence
  readonly fault: string | undefined
  constructor(sentence: Sentence, fault?: string) {
    this.sentence = sentence
    this.fault = fault
  }
}

/** Logs a declared sentence, whatever levels are left out: these are few. */
export const say = (sentence: Sentence): Effect.Effect<void> => Effect.logError(new Line(sentence))

/** Logs a declared sentence with the class of the fault behind it; what the fault carries stays here. */
export const sayFault = (sentence: Sentence, cause: Cause.Cause<unknown>): Effect.Effect<void> => Effect.logError(new Line(sentence, faultName(cause)))

/** The class of a fault, if it looks like one: a name may have been made of anything. */
const faultName = (cause: Cause.Cause<unknown>): string => {
  const fault = Cause.squash(cause)
  return fault instanceof Error && /^[A-Z][A-Za-z]{2,40}$/.test(fault.name) ? fault.name : "unknown"
}

const written = (date: Date, message: unknown): string => {
  const [line] = Array.isArray(message) ? message : [message]
  const { fault, sentence } = line instanceof Line ? line : { fault: undefined, sentence: "withheld" as const }
  const { level, says } = sentences[sentence]
  return `timestamp=${date.toISOString()} level=${level} message="${says}"${fault === undefined ? "" : ` fault=${fault}`}`
}

/** Writes declared lines to standard error, without annotations or causes. What any other module or library logs is withheld, and that is said. */
export const declaredLogger: Logger.Logger<unknown, void> = Logger.withConsoleError(Logger.make(({ date, message }) => written(date, message)))
