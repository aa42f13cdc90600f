/**
 * The version of this command, from its package.
 */
import { readFileSync } from "node:fs"
import * as Schema from "effect/Schema"

const Manifest = Schema.fromJsonString(Schema.Struct({ version: Schema.String }))

/** Such as `0.1.0`. */
export const version: string = Schema.decodeUnknownSync(Manifest)(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version
