/**
 * The languages in which the product speaks to people: bokmål and English.
 */

/** The languages, as their codes in addresses and in `lang` attributes. */
export const languages = ["nb", "en"] as const
/** A language of the product. */
export type Language = (typeof languages)[number]

/** What each language is called in itself, for the link that changes to it. */
export const languageNames: Readonly<Record<Language, string>> = { nb: "Norsk", en: "English" }

/** The language that a language tag asks for; Norwegian in every form is bokmål. */
const languageOf = (tag: string): Language | undefined => {
  const primary = tag.trim().toLowerCase().split("-")[0] ?? ""
  if (["nb", "no", "nn"].includes(primary)) return "nb"
  return primary === "en" ? "en" : undefined
}

/**
 * The language to answer in: what was asked for by name (`?lang=`), else the best that the browser accepts (`Accept-Language`), else bokmål.
 * Reads anything without failing; what it does not understand counts as not said.
 */
export const pickLanguage = (acceptLanguage: string | undefined, asked: string | undefined): Language => {
  const named = asked === undefined ? undefined : languageOf(asked)
  if (named !== undefined) return named
  let best: { readonly language: Language; readonly weight: number } | undefined
  for (const part of (acceptLanguage ?? "").split(",")) {
    const [tag = "", ...parameters] = part.split(";")
    const language = languageOf(tag)
    const stated = parameters.map((parameter) => /^\s*q=(\d(?:\.\d{1,3})?)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined)
    const weight = stated === undefined ? 1 : Number(stated)
    if (language !== undefined && weight > (best?.weight ?? 0)) best = { language, weight }
  }
  return best?.language ?? "nb"
}
