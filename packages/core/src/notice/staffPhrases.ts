/**
 * The words of the pages of those who answer. What changes while the desk is open is in `chatPhrases.ts`.
 */
import type { Words } from "./catalogue.ts"
import type { Language } from "./language.ts"

const nb = {
  title: "Pult",
  signIn: {
    heading: "Logg inn",
    body: "Lenken din virker én gang. Trykk på knappen for å bruke den her.",
    button: "Logg inn",
    needLink: "Du trenger en lenke",
    askForLink: "Be den som har ansvar for tjenesten, om en ny lenke."
  },
  desk: {
    heading: "Pulten til {service}",
    queue: "De som venter",
    empty: "Ingen venter nå.",
    holding: "Dine chatter",
    none: "Du har ingen chat nå.",
    signOut: "Logg ut"
  },
  chat: {
    heading: "Chat",
    log: "Det dere har skrevet",
    box: "Skriv her",
    send: "Send",
    typing: "Skriver …",
    giveBack: "Gi tilbake til køen",
    end: "Avslutt",
    close: "Lukk"
  },
  ask: {
    giveBack: { heading: "Gi tilbake til køen?", body: "Den besøkende kommer først i køen og får beskjed. Chatten blir slettet her.", yes: "Gi tilbake", no: "Bli her" },
    end: { heading: "Avslutte chatten?", body: "Da slutter chatten for dere begge, og den blir slettet her.", yes: "Avslutt", no: "Bli her" },
    signOut: { heading: "Logge ut?", body: "De du snakker med, kommer først i køen og får beskjed. Alt blir slettet her.", yes: "Logg ut", no: "Bli her" }
  },
  onlyVisitorDeletes: "Bare den besøkende kan slette det som er skrevet.",
  noScript: "Pulten trenger JavaScript, fordi chatten låses i nettleseren."
}

const catalogue = {
  nb,
  en: {
    title: "Desk",
    signIn: {
      heading: "Sign in",
      body: "Your link works once. Press the button to use it here.",
      button: "Sign in",
      needLink: "You need a link",
      askForLink: "Ask the person who is responsible for the service for a new link."
    },
    desk: {
      heading: "The desk of {service}",
      queue: "Those who wait",
      empty: "Nobody is waiting now.",
      holding: "Your chats",
      none: "You have no chat now.",
      signOut: "Sign out"
    },
    chat: {
      heading: "Chat",
      log: "What you have both written",
      box: "Write here",
      send: "Send",
      typing: "Writing …",
      giveBack: "Give back to the queue",
      end: "End",
      close: "Close"
    },
    ask: {
      giveBack: { heading: "Give back to the queue?", body: "The visitor goes first in the queue and is told. The chat is deleted here.", yes: "Give back", no: "Stay" },
      end: { heading: "End the chat?", body: "The chat then ends for both of you, and it is deleted here.", yes: "End", no: "Stay" },
      signOut: { heading: "Sign out?", body: "Those you talk to go first in the queue and are told. Everything is deleted here.", yes: "Sign out", no: "Stay" }
    },
    onlyVisitorDeletes: "Only the visitor can delete what has been written.",
    noScript: "The desk needs JavaScript, because the chat is locked in the browser."
  }
} satisfies Record<Language, Words<typeof nb>>

/** The words of the pages of those who answer. */
export type StaffPageTexts = Words<typeof nb>

/** The words of the pages of those who answer, in a language. */
export const staffPageTexts = (language: Language): StaffPageTexts => catalogue[language]
