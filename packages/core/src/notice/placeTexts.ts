/**
 * Where a class of data lies, in plain words, read from the list of places: the same words stand on the privacy page and in the record of processing.
 */
import type { Policy } from "../policy/policy.ts"
import type { Declaration } from "../retention/dataClass.ts"
import type { Place } from "../retention/places.ts"
import type { Language } from "./language.ts"

interface Words {
  readonly browsers: string
  readonly service: string
  readonly vendor: (vendor: string) => string
  /** Said where the product itself has no place for it. */
  readonly locked: string
  readonly sealed: string
  readonly table: string
  readonly file: string
  readonly log: string
  readonly shown: string
  readonly cookie: string
  readonly and: string
  readonly yourTab: string
  readonly bothTabs: string
}

const words = {
  nb: {
    browsers: "Bare i nettleserne til dere to",
    service: "Hos tjenesten",
    vendor: (vendor) => `Hos ${vendor}`,
    locked: "låst",
    sealed: "låst i databasen",
    table: "i databasen",
    file: "i filer",
    log: "i driftsloggen",
    shown: "på skjermen til den som laget den",
    cookie: "i nettleseren til den ansatte",
    and: "og",
    yourTab: "Mens chatten er åpen, også i fanen din",
    bothTabs: "Mens chatten er åpen, også i nettleserne til dere to"
  },
  en: {
    browsers: "Only in the browsers of you two",
    service: "With the service",
    vendor: (vendor) => `With ${vendor}`,
    locked: "locked",
    sealed: "locked in the database",
    table: "in the database",
    file: "in files",
    log: "in the server's log",
    shown: "on the screen of whoever made it",
    cookie: "in the browser of the member of staff",
    and: "and",
    yourTab: "While the chat is open, also in your tab",
    bothTabs: "While the chat is open, also in the browsers of you two"
  }
} as const satisfies Record<Language, Words>

/** The places on the server as phrases. Files of sealed or dated data are the database and its keys, which the words of the table say already. */
const phrases = (declaration: Declaration, own: ReadonlyArray<Place>, text: Words): ReadonlyArray<string> => {
  const has = (kind: Place["kind"], action?: Place["action"]) => own.some((place) => place.kind === kind && (action === undefined || place.action === action))
  const table = has("column", "destroyKey") ? [text.sealed] : has("table") ? [text.table] : []
  return [
    ...table,
    ...(declaration.dataClass === "installation" && has("file") ? [text.file] : []),
    ...(has("log", "none") ? [text.log] : []),
    ...(has("log", "expire") ? [text.shown] : []),
    ...(has("cookie") ? [text.cookie] : [])
  ]
}

const listed = (parts: ReadonlyArray<string>, and: string): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} ${and} ${parts.at(-1)}`

/** Where a class of data lies, as a phrase without a full stop: with whom, in what, and what a tab holds beside it. */
export const whereWords = (policy: Pick<Policy, "vendor">, declaration: Declaration, places: ReadonlyArray<Place>, language: Language): string => {
  const text: Words = words[language]
  if (!declaration.stored) return text.browsers
  const own = places.filter(({ dataClass }) => dataClass === declaration.dataClass)
  const withWhom = declaration.realm === "vendor" ? text.vendor(policy.vendor.name) : text.service
  const said = phrases(declaration, own, text)
  const within = listed(said.length > 0 || declaration.realm === "service" ? said : [text.locked], text.and)
  const tabs = new Set(own.filter(({ kind }) => kind === "browser").map(({ name }) => name)).size
  return `${withWhom}${within === "" ? "" : `, ${within}`}${tabs === 0 ? "" : `. ${tabs === 1 ? text.yourTab : text.bothTabs}`}`
}
