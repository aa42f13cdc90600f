/**
 * The end of a chat in words: why it is over, what is gone now, and what goes at the latest when.
 */
import type { Instant } from "../kernel/instant.ts"
import type { Policy } from "../policy/policy.ts"
import type { EndReason, Party } from "../session/messages.ts"
import { fill } from "./fill.ts"
import type { Language } from "./language.ts"
import { localTime } from "./periods.ts"

/** What the receipt says is gone, as the wire names it. */
export type Gone = "visitorBrowser" | "counsellorBrowser" | "serverKeys"
/** What the receipt says goes later, as the wire names it. */
export type Later = "content" | "accessTrace" | "endedSession"

/** Words of a receipt: what is gone, and of what goes later a text with a `{date}` and a `{vendor}`. */
export interface ReceiptWords {
  readonly gone: Readonly<Record<Gone, string>>
  readonly later: Readonly<Record<Later, string>>
}

const endWords = {
  nb: {
    visitor: {
      visitorEnded: "Du har avsluttet chatten. Takk for at du snakket med oss.",
      counsellorEnded: "Den du snakket med, har avsluttet chatten. Takk for at du tok kontakt.",
      visitorLeft: "Du har forlatt chatten.",
      visitorGone: "Vi mistet kontakten med deg, og chatten er slutt. Du kan gjerne starte en ny.",
      nobodyAvailable: "Vi er lei for det. Ingen var ledige til å svare deg denne gangen. Du kan prøve igjen, eller ringe et av numrene under.",
      idle: "Ingen har skrevet på en stund, og chatten er slutt. Du kan gjerne starte en ny.",
      tooLong: "Chatten har vart så lenge den kan. Du kan gjerne starte en ny.",
      closingTime: "Chatten har stengt for denne gangen. Du er velkommen når vi åpner igjen, og du kan ringe et av numrene under.",
      continuedByPhone: "Dere snakker videre på telefon, og chatten er slutt.",
      serverStopped: "Vi måtte stoppe chatten. Det var ikke din feil. Starter du en ny, kommer du først i køen."
    },
    counsellor: {
      visitorEnded: "Den besøkende har avsluttet chatten.",
      counsellorEnded: "Du har avsluttet chatten.",
      visitorLeft: "Den besøkende har forlatt siden.",
      visitorGone: "Den besøkende kom ikke tilbake, og chatten er slutt.",
      nobodyAvailable: "Ingen tok imot den besøkende i tide.",
      idle: "Ingen har skrevet på en stund, og chatten er slutt.",
      tooLong: "Chatten har vart så lenge den kan.",
      closingTime: "Tjenesten har stengt, og chatten er slutt.",
      continuedByPhone: "Dere snakker videre på telefon, og chatten er slutt.",
      serverStopped: "Systemet stoppet chatten. Den besøkende får beskjed."
    }
  },
  en: {
    visitor: {
      visitorEnded: "You have ended the chat. Thank you for talking to us.",
      counsellorEnded: "The person you talked to has ended the chat. Thank you for getting in touch.",
      visitorLeft: "You have left the chat.",
      visitorGone: "We lost contact with you, and the chat is over. You are welcome to start a new one.",
      nobodyAvailable: "We are sorry. No one was free to answer you this time. You can try again, or call one of the numbers below.",
      idle: "Nobody has written for a while, and the chat is over. You are welcome to start a new one.",
      tooLong: "The chat has lasted as long as it can. You are welcome to start a new one.",
      closingTime: "The chat has closed for now. You are welcome when we open again, and you can call one of the numbers below.",
      continuedByPhone: "You go on talking by phone, and the chat is over.",
      serverStopped: "We had to stop the chat. It was not your fault. If you start a new one, you will be first in the queue."
    },
    counsellor: {
      visitorEnded: "The visitor has ended the chat.",
      counsellorEnded: "You have ended the chat.",
      visitorLeft: "The visitor has left the page.",
      visitorGone: "The visitor did not come back, and the chat is over.",
      nobodyAvailable: "Nobody accepted the visitor in time.",
      idle: "Nobody has written for a while, and the chat is over.",
      tooLong: "The chat has lasted as long as it can.",
      closingTime: "The service has closed, and the chat is over.",
      continuedByPhone: "You go on talking by phone, and the chat is over.",
      serverStopped: "The system stopped the chat. The visitor is told."
    }
  }
} satisfies Record<Language, Record<Party, Record<EndReason, string>>>

const receiptWords = {
  nb: {
    gone: {
      visitorBrowser: "Chatten er slettet her hos deg.",
      counsellorBrowser: "Den andre har fått beskjed om å slette, og kan ikke åpne chatten igjen.",
      serverKeys: "Nøklene til chatten i nettleserne er slettet hos oss."
    },
    later: {
      content: "Det dere skrev, som er låst hos oss: borte senest {date}.",
      accessTrace: "IP-adressen din og når du åpnet chatten, hos {vendor}: borte senest {date}.",
      endedSession: "Et tilfeldig nummer for chatten, uten noe om deg: borte senest {date}."
    }
  },
  en: {
    gone: {
      visitorBrowser: "The chat is deleted here with you.",
      counsellorBrowser: "The other side has been told to delete, and cannot open the chat again.",
      serverKeys: "The keys to the chat in the browsers are deleted with us."
    },
    later: {
      content: "What you both wrote, locked with us: gone at the latest {date}.",
      accessTrace: "Your IP address and when you opened the chat, with {vendor}: gone at the latest {date}.",
      endedSession: "A random number for the chat, nothing about you: gone at the latest {date}."
    }
  }
} satisfies Record<Language, ReceiptWords>

/** Why a chat is over, for every reason, in words to the one who reads them. */
export const endTexts = (language: Language, reader: Party): Readonly<Record<EndReason, string>> => endWords[language][reader]

/** The words of a service's receipt. Each `later` text still has a `{date}` to fill in with local time. */
export const receiptTexts = (policy: Policy, language: Language): ReceiptWords => {
  const { gone, later } = receiptWords[language]
  const named = (text: string) => fill(text, { vendor: policy.vendor.name })
  return { gone, later: { content: named(later.content), accessTrace: named(later.accessTrace), endedSession: named(later.endedSession) } }
}

/** A receipt as lines to read: what is gone now, and what goes at the latest when, as local time of the service. */
export const receiptLines = (
  policy: Policy,
  language: Language,
  receipt: { readonly gone: ReadonlyArray<Gone>; readonly later: ReadonlyArray<{ readonly what: Later; readonly at: Instant }> }
): { readonly gone: ReadonlyArray<string>; readonly later: ReadonlyArray<string> } => {
  const texts = receiptTexts(policy, language)
  return {
    gone: receipt.gone.map((what) => texts.gone[what]),
    later: receipt.later.map(({ what, at }) => fill(texts.later[what], { date: localTime(at, language, policy.openingHours?.timeZone) }))
  }
}
