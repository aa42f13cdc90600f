/**
 * The three plain lines that stand before every chat, and the version of what they promise. Everything is generated from the policy.
 */
import { hours } from "../kernel/instant.ts"
import type { AgeBand } from "../policy/care.ts"
import { keepsContent, type Policy } from "../policy/policy.ts"
import { declarations } from "../retention/dataClass.ts"
import { fingerprint } from "./fingerprint.ts"
import { type Language, languages } from "./language.ts"
import { inWords } from "./periods.ts"
import { partSections } from "./privacyPage.ts"

/** Who reads a notice: the words get simpler the younger they are. */
export const readers = ["adults", "youth", "children"] as const
/** A kind of reader. */
export type Reader = (typeof readers)[number]

/** Who reads the notice of a service that children use, by the group of ages that the visitor may have given; without one the simplest words are for everybody (IF-04, IF-16). */
export const readerOf = (policy: Pick<Policy, "audience">, band?: AgeBand): Reader => {
  if (policy.audience === "adults") return "adults"
  if (band === undefined || band.from < 13) return "children"
  return band.from < 18 ? "youth" : "adults"
}

/** Names and periods that the lines speak of. */
interface Facts {
  readonly controller: string
  readonly vendor: string
  readonly content: string
  readonly trace: string
}

/** The texts of one language for one kind of reader. */
interface Lines {
  /** What you write, where it lives only in the browsers (DFH-07, DFH-08). */
  readonly inBrowsers: string
  /** What you write, where the server keeps it locked for a while (IF-17). */
  readonly kept: (facts: Facts) => string
  /** IP address and opening time (DFH-10, DFH-11, IF-30, IF-31, IF-36). */
  readonly address: (facts: Facts) => string
  /** When confidentiality gives way (DFH-32, DFH-33, IF-19, IF-26), next to what it means for the address (DFH-12, DFH-34). */
  readonly duty: (facts: Facts) => string
}

const texts = {
  nb: {
    adults: {
      inBrowsers:
        "Det du skriver, finnes bare i nettleseren din og hos den som svarer deg. Det slettes begge steder senest når samtalen slutter. Vi lagrer det ikke.",
      kept: ({ content }) =>
        `Det du skriver, lagres låst hos oss og slettes senest ${content} etter at samtalen er slutt. Bare den som svarer deg, kan lese det. Er noen i fare, eller må en annen ta over, kan en leder også lese det.`,
      address: ({ controller, vendor, trace }) =>
        `${vendor} driver chatten og lagrer IP-adressen din og når du åpnet chatten. Det slettes senest ${trace} etter at du åpnet den. De som svarer deg, kan aldri se det. ${vendor} kan hente det fram, men bare for politiet. Sier du ikke hvem du er, er du anonym for ${controller}, men ikke for ${vendor}.`,
      duty: ({ vendor }) =>
        `Er liv eller helse i fare, eller kan vi hindre et alvorlig lovbrudd, må vi si fra til politiet eller andre som kan hjelpe. Da kan politiet be ${vendor} om IP-adressen. Du trenger ikke si hva du heter.`
    },
    youth: {
      inBrowsers: "Det du skriver, finnes bare i nettleseren din og hos den du snakker med. Det slettes begge steder senest når chatten er slutt. Vi lagrer det ikke.",
      kept: ({ content }) =>
        `Det du skriver, lagres låst hos oss og slettes senest ${content} etter at chatten er slutt. Bare den du snakker med, kan lese det. Er noen i fare, eller må en annen ta over, kan en leder også lese det.`,
      address: ({ controller, vendor, trace }) =>
        `${vendor} driver chatten for oss. ${vendor} lagrer IP-adressen din og når du åpnet chatten, og sletter det senest ${trace} etterpå. Vi som svarer, kan aldri se det. ${vendor} kan hente det fram, men bare for politiet. Sier du ikke hvem du er, er du anonym for ${controller}, men ikke for ${vendor}.`,
      duty: ({ vendor }) =>
        `Er du eller noen andre i fare, eller kan vi stoppe noe farlig som ikke er lov, må vi si fra til politiet eller andre som kan hjelpe. Da kan politiet be ${vendor} om IP-adressen. Du trenger ikke si hva du heter.`
    },
    children: {
      inBrowsers: "Det du skriver, er bare hos deg og hos den du snakker med. Det blir borte begge steder senest når chatten er slutt. Vi sparer ikke på det.",
      kept: ({ content }) =>
        `Det du skriver, blir låst og lagret hos oss. Det er borte senest ${content} etter at chatten er slutt. Bare den du snakker med, kan lese det. Er noen i fare, eller må en annen ta over, kan en leder også lese det.`,
      address: ({ controller, vendor, trace }) =>
        `${vendor} lagrer IP-adressen din og når du åpnet chatten. ${vendor} driver chatten for oss. IP-adressen er et nummer som nettet ditt har. Det blir borte senest ${trace} etter at du åpnet chatten. Vi som svarer, kan aldri se det. ${vendor} kan finne det fram, men bare for politiet. Sier du ikke hvem du er, er du anonym for ${controller}, men ikke for ${vendor}.`,
      duty: ({ vendor }) =>
        `Er du eller noen andre i fare, må vi si fra til politiet eller andre, så de kan hjelpe. Det må vi også hvis vi kan stoppe noe farlig som ikke er lov. Da kan politiet be ${vendor} om IP-adressen. Du trenger ikke si hva du heter.`
    }
  },
  en: {
    adults: {
      inBrowsers:
        "What you write is only in your browser and with the person who answers you. It is deleted in both places at the latest when the chat ends. We do not store it.",
      kept: ({ content }) =>
        `What you write is stored locked with us and deleted at the latest ${content} after the chat has ended. Only the person who answers you can read it. If someone is in danger, or another has to take over, a lead can read it too.`,
      address: ({ controller, vendor, trace }) =>
        `${vendor} runs the chat and stores your IP address and when you opened the chat. This is deleted at the latest ${trace} after you opened it. The people who answer you can never see it. ${vendor} can look it up, but only for the police. Unless you say who you are, you are anonymous to ${controller}, but not to ${vendor}.`,
      duty: ({ vendor }) =>
        `If life or health is in danger, or we can prevent a serious crime, we must tell the police or others who can help. The police can then ask ${vendor} for the IP address. You do not need to say your name.`
    },
    youth: {
      inBrowsers: "What you write is only in your browser and with the person you talk to. It is deleted in both places at the latest when the chat is over. We do not store it.",
      kept: ({ content }) =>
        `What you write is stored locked with us and deleted at the latest ${content} after the chat is over. Only the person you talk to can read it. If someone is in danger, or another has to take over, a lead can read it too.`,
      address: ({ controller, vendor, trace }) =>
        `${vendor} runs the chat for us. ${vendor} stores your IP address and when you opened the chat, and deletes it at the latest ${trace} later. We who answer can never see it. ${vendor} can look it up, but only for the police. Unless you say who you are, you are anonymous to ${controller}, but not to ${vendor}.`,
      duty: ({ vendor }) =>
        `If you or someone else is in danger, or we can stop something dangerous that is against the law, we must tell the police or others who can help. The police can then ask ${vendor} for the IP address. You do not need to say your name.`
    },
    children: {
      inBrowsers: "What you write is only with you and the person you talk to. It is gone in both places at the latest when the chat is over. We do not keep it.",
      kept: ({ content }) =>
        `What you write is locked and kept with us. It is gone at the latest ${content} after the chat is over. Only the person you talk to can read it. If someone is in danger, or another has to take over, a lead can read it too.`,
      address: ({ controller, vendor, trace }) =>
        `${vendor} stores your IP address and when you opened the chat. ${vendor} runs the chat for us. The IP address is a number that your network has. This is gone at the latest ${trace} after you opened the chat. We who answer can never see it. ${vendor} can find it, but only for the police. Unless you say who you are, you are anonymous to ${controller}, but not to ${vendor}.`,
      duty: ({ vendor }) =>
        `If you or someone else is in danger, we must tell the police or others, so that they can help. We must also do so if we can stop something dangerous that is against the law. The police can then ask ${vendor} for the IP address. You do not need to say your name.`
    }
  }
} satisfies Record<Language, Record<Reader, Lines>>

/**
 * "What do we store?" in three lines: what you write, your IP address and when you opened the chat, and when we must tell.
 * Shown together and before anything is opened (DFH-12); periods are upper bounds. `band` is the visitor's group of ages, where one was given.
 */
export const noticeLines = (policy: Policy, language: Language, band?: AgeBand): readonly [string, string, string] => linesFor(policy, language, readerOf(policy, band))

const linesFor = (policy: Policy, language: Language, reader: Reader): readonly [string, string, string] => {
  const lines: Lines = texts[language][reader]
  const facts: Facts = {
    controller: policy.controller.name,
    vendor: policy.vendor.name,
    content: keepsContent(policy) ? inWords(hours(policy.content.hoursAfterEnd), language) : "",
    trace: inWords(hours(policy.accessTrace.hoursAfterOpening), language)
  }
  return [keepsContent(policy) ? lines.kept(facts) : lines.inBrowsers, lines.address(facts), lines.duty(facts)]
}

/**
 * The version of what a visitor was promised: sixteen hexadecimal digits from the data classes, their periods, who is responsible, when a chat ends by itself,
 * and the lines as they read in every language. What promises nothing, such as the exit page or a rate limit, does not change it.
 */
export const noticeVersion = (policy: Policy): string => {
  const { idleMinutes, graceSeconds, queueMinutes, lengthMinutes } = policy.limits
  return fingerprint({
    service: policy.service,
    controller: policy.controller,
    vendor: policy.vendor,
    declarations: declarations(policy),
    ends: { idleMinutes, graceSeconds, queueMinutes, lengthMinutes },
    lines: languages.flatMap((language) => (policy.audience === "adults" ? (["adults"] as const) : readers).map((reader) => linesFor(policy, language, reader))),
    parts: languages.map((language) => partSections(policy, language))
  })
}
