/**
 * Texts with names in braces, so that a page can carry them as plain data.
 */

/** A text with its `{names}` replaced by values; a name without a value stays as it stands. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(Object.hasOwn(values, name) ? values[name] : whole))
