/**
 * A text in both languages of the product.
 */
import * as Schema from "effect/Schema"

/** A text in bokmål and English. */
export const Bilingual = Schema.Struct({ nb: Schema.NonEmptyString, en: Schema.NonEmptyString })
export type Bilingual = typeof Bilingual.Type
