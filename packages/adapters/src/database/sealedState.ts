/**
 * The state of a session as bytes to be sealed: JSON, filled up with spaces so that the length of the ciphertext does not tell one state from another.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SessionRef } from "@fortrolig/core/kernel/identity"
import { SessionState, stored, type Stored } from "@fortrolig/core/session/messages"
import { padded } from "../keys/padding.ts"

const codec = Schema.fromJsonString(Schema.toCodecJson(Schema.Union([SessionState.cases.Waiting, SessionState.cases.Active])))
const encode = Schema.encodeSync(codec)
const decode = Schema.decodeUnknownEffect(codec)
const step = 512

/** What the seal of a session's state is bound to. */
export const stateContext = (ref: SessionRef): string => `session|${ref}`

/** The bytes of a live state. */
export const encodeState = (state: Stored): Uint8Array => padded(encode(state), step)

/** The live state in `bytes`; fails when they hold none. */
export const decodeState = (bytes: Uint8Array): Effect.Effect<Stored, Schema.SchemaError> => Effect.map(decode(Buffer.from(bytes).toString("utf8")), stored)
