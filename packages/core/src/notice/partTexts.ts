/**
 * The words of the privacy page for what a service may have beside the chat. Each stands only where the policy has the part; numbers come from the policy.
 */
import type { Language } from "./language.ts"

/** What the sections speak of. */
export interface PartFacts {
  readonly vendor: string
  readonly trace: string
  /** The youngest that may be asked, or may book, in years. */
  readonly age: string
  /** Where the number to call is known. */
  readonly number: string | undefined
  /** A period of the part itself: how long a booking waits, a call is kept open, an order may last, a log keeps addresses. */
  readonly period: string
  /** Whether a visitor may be asked a second time. */
  readonly twice: boolean
  /** The smallest count that is published. */
  readonly smallest: string
}

/** The sections, in the order in which they stand after the others. */
export const partSectionIds = ["triage", "booking", "phone", "statistics", "holds", "webLog"] as const
/** One of them. */
export type PartSectionId = (typeof partSectionIds)[number]

interface Section {
  readonly heading: string
  readonly paragraphs: (facts: PartFacts) => ReadonlyArray<string>
}

/** The words of each section in each language. */
export const partTexts: Readonly<Record<Language, Readonly<Record<PartSectionId, Section>>>> = {
  nb: {
    triage: {
      heading: "Notatet vi kan spørre om",
      paragraphs: ({ trace, age, twice }) => [
        `Er du ${age} år eller mer, kan den som svarer deg, spørre om å få skrive et kort notat. Det brukes bare til det du sier ja til: å gjøre tjenesten bedre, eller forskning.`,
        `Du velger selv. Sier du nei, eller svarer du ikke, får du akkurat samme hjelp og kan bestille time som før. Vi spør ikke mer enn ${twice ? "to ganger" : "én gang"}.`,
        `Du får en kode når du sier ja. Med den kan du ta det tilbake, og da sletter vi notatet. Etter ${trace} kan ingen finne ut at notatet er ditt. Da kan det heller ikke tas tilbake.`
      ]
    },
    booking: {
      heading: "Når du bestiller time",
      paragraphs: ({ age, number, period }) => [
        `Timer er for deg som er ${age} år eller mer. For å sette opp en time trenger vi navnet ditt og fødselsnummeret. De går rett til pasientjournalen og blir ikke igjen her. Kommer de ikke fram innen ${period}, sletter vi dem, og du må bestille på nytt.`,
        number === undefined ? "Vil du ikke skrive det her, kan du ringe i stedet." : `Vil du ikke skrive det her, kan du ringe ${number} i stedet.`,
        "Du kan velge om noe mer skal stå i henvisningen, og du ser teksten før den sendes. Sier du nei, får du time på samme måte.",
        "Timen og samtalen din her har ikke noe nummer felles. Ingen kan koble dem sammen hos oss."
      ]
    },
    phone: {
      heading: "Når du vil ringe",
      paragraphs: ({ number, period }) => [
        `Vil du heller snakke, kan den du chatter med, ta telefonen. Du ringer${number === undefined ? "" : ` ${number}`} og sier koden du får på skjermen. Koden gjelder i ${period}, og så er den borte.`,
        "Vi tar ikke opp samtalen, og vi lagrer ikke nummeret ditt."
      ]
    },
    statistics: {
      heading: "Hva vi teller",
      paragraphs: ({ smallest }) => [
        "Vi kan spørre hvor gammel du er. Da kan vi gi deg informasjon som passer. Du trenger ikke svare, og hjelpen er den samme.",
        `Vi lagrer ikke alderen din. Vi teller bare hvor mange som er i hver aldersgruppe. Er det færre enn ${smallest} i en gruppe, viser vi ikke tallet til noen.`
      ]
    },
    holds: {
      heading: "Hvis en myndighet pålegger oss noe",
      paragraphs: ({ vendor, period }) => [
        `En myndighet kan pålegge ${vendor} å ta vare på noe lenger enn fristen. Det gjelder bare det som står i pålegget, og høyst ${period}. Fristen blir ellers aldri lenger. Vi kan ikke gjøre det på eget ønske.`,
        "Vi som svarer, kan ikke se det i mellomtiden. Når pålegget er over, blir det slettet med en gang. Kommer pålegget etter fristen, er det ikke noe igjen."
      ]
    },
    webLog: {
      heading: "Nettstedets logg",
      paragraphs: ({ period }) => [
        `Nettstedet teller besøk og beskytter seg mot angrep. IP-adresser i den loggen blir slettet etter ${period}. Sidene til chatten, notatet og timene har ingen IP-adresser i loggen.`
      ]
    }
  },
  en: {
    triage: {
      heading: "The note we may ask about",
      paragraphs: ({ trace, age, twice }) => [
        `If you are ${age} or older, the person who answers you may ask to write a short note. It is used only for what you say yes to: making the service better, or research.`,
        `It is up to you. If you say no, or do not answer, you get exactly the same help and can book as before. We ask at most ${twice ? "twice" : "once"}.`,
        `You get a code when you say yes. With it you can take it back, and then we delete the note. After ${trace} nobody can find out that the note is yours. Then it cannot be taken back either.`
      ]
    },
    booking: {
      heading: "When you book",
      paragraphs: ({ age, number, period }) => [
        `Appointments are for people aged ${age} or more. To set one up we need your name and national identity number. They go straight to the patient record and do not stay here. If they do not get there within ${period}, we delete them, and you must book again.`,
        number === undefined ? "If you do not want to write it here, you can phone instead." : `If you do not want to write it here, you can phone ${number} instead.`,
        "You can choose whether anything more goes into the referral, and you see the text before it is sent. If you say no, you get an appointment in the same way.",
        "Your appointment and your chat here share no number. Nobody can link them here."
      ]
    },
    phone: {
      heading: "When you want to phone",
      paragraphs: ({ number, period }) => [
        `If you would rather talk, the person you chat with can take the call. You phone${number === undefined ? "" : ` ${number}`} and say the code on your screen. The code works for ${period}, and then it is gone.`,
        "We do not record the call, and we do not store your number."
      ]
    },
    statistics: {
      heading: "What we count",
      paragraphs: ({ smallest }) => [
        "We may ask how old you are. Then we can give you information that fits. You do not have to answer, and the help is the same.",
        `We do not store your age. We only count how many are in each age group. If there are fewer than ${smallest} in a group, we show the number to nobody.`
      ]
    },
    holds: {
      heading: "If an authority orders something",
      paragraphs: ({ vendor, period }) => [
        `An authority can order ${vendor} to keep something longer than the deadline. That applies only to what the order names, and for ${period} at most. The deadline is never longer otherwise. We cannot do this because we want to.`,
        "We who answer cannot see it in the meantime. When the order is over, it is deleted at once. If the order comes after the deadline, nothing is left."
      ]
    },
    webLog: {
      heading: "The website's log",
      paragraphs: ({ period }) => [
        `The website counts visits and protects itself against attacks. IP addresses in that log are deleted after ${period}. The pages of the chat, the note and the appointments have no IP addresses in the log.`
      ]
    }
  }
}
