/**
 * What a triage note can say: a few closed codes. There is no field that text, a place, a name or an exact age could enter (DFH-17).
 */
import * as Schema from "effect/Schema"

/** The codes of a note. "Not said" is an answer like every other; nothing has to be found out for the sake of the note. */
export const TriageFields = Schema.Struct({
  /** What the conversation was mostly about. */
  topic: Schema.Literals(["thoughts", "behaviour", "images", "someoneElse", "treatment", "other", "notSaid"]),
  /** Whether the visitor has talked to somebody about this before. */
  talkedBefore: Schema.Literals(["yes", "no", "notSaid"]),
  /** What the visitor was given. */
  help: Schema.Literals(["advice", "selfHelp", "therapyOffered", "otherService", "emergencyHelp", "none"]),
  /** Whether the visitor found it useful. */
  useful: Schema.Literals(["yes", "partly", "no", "notSaid"])
})
export type TriageFields = typeof TriageFields.Type

/** Reads the codes of a note from unknown data; a field that is not among them, or an unknown code, is refused. Throws a `SchemaError`. */
export const decodeTriageFields: (input: unknown) => TriageFields = Schema.decodeUnknownSync(TriageFields, { onExcessProperty: "error" })
