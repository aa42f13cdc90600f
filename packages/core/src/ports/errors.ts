/**
 * How a port fails. No error carries content, an address or a row.
 */
import * as Schema from "effect/Schema"

/** The store could not be reached or read; nothing was half done. `operation` names what was tried. */
export class StoreUnavailable extends Schema.TaggedError<StoreUnavailable>()("StoreUnavailable", {
  operation: Schema.String,
  cause: Schema.optionalKey(Schema.Defect())
}) {}

/** Somebody else saved the aggregate first; load it again and decide again. */
export class Conflict extends Schema.TaggedError<Conflict>()("Conflict", {}) {}

/** The key is destroyed or was never there, so what it sealed is gone. */
export class KeyGone extends Schema.TaggedError<KeyGone>()("KeyGone", {}) {}
