/**
 * The numbers for help now, which stand on every visitor page: open or closed, with or without JavaScript, before a chat and after its end.
 */
import type { Language } from "./language.ts"

/** A telephone number as it is read aloud, the link that calls it, and who answers: one or two words, a colon, and when to call. */
export interface HelpNumber {
  readonly number: string
  readonly href: `tel:${string}`
  readonly label: Readonly<Record<Language, string>>
}

/** Police, ambulance, out-of-hours doctor, and the emergency line for children and young people. */
export const helpNumbers: ReadonlyArray<HelpNumber> = [
  { number: "112", href: "tel:112", label: { nb: "Politi: når noen er i fare nå", en: "Police: when someone is in danger now" } },
  { number: "113", href: "tel:113", label: { nb: "Ambulanse: når det står om liv", en: "Ambulance: when a life is at risk" } },
  { number: "116 117", href: "tel:116117", label: { nb: "Legevakt: når du må ha lege i dag", en: "Doctor: when you need one today" } },
  { number: "116 111", href: "tel:116111", label: { nb: "Barn og unge: Alarmtelefonen", en: "Children: the help line for young people" } }
]
