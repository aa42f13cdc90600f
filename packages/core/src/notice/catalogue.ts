/**
 * The shape of a catalogue of texts, so that a language that misses one of them does not compile.
 */

/** The same keys as a catalogue, with any words. */
export type Words<Catalogue> = { readonly [Key in keyof Catalogue]: Catalogue[Key] extends string ? string : Words<Catalogue[Key]> }
