/**
 * The words of the visitor's pages, with and without JavaScript. Titles say nothing about the service: they stay in the browser's history.
 */
import type { Instant } from "../kernel/instant.ts"
import type { Words } from "./catalogue.ts"
import { fill } from "./fill.ts"
import type { Language } from "./language.ts"
import { localClock, localTime } from "./periods.ts"

const nb = {
  title: "Chat",
  skip: "Hopp til innholdet",
  /** Names the language that the link changes to, in that language. */
  otherLanguage: "English",
  home: { heading: "Hvem vil du snakke med?", open: "Åpen nå", closed: "Stengt nå" },
  help: { heading: "Trenger du hjelp nå?", body: "Du kan ringe disse numrene." },
  welcome: {
    heading: "Snakk med oss",
    body: "Ingen spørsmål er rare eller feil. Du bestemmer hva du vil fortelle.",
    noticeHeading: "Hva lagrer vi?",
    readMore: "Les mer om hva vi lagrer",
    start: "Start chat",
    starting: "Starter …"
  },
  hours: {
    open: "Chatten er åpen nå.",
    openUntil: "Chatten er åpen til kl. {clock}.",
    closed: "Chatten er stengt nå.",
    opens: "Den åpner {time}.",
    unknown: "Vi vet ikke ennå når den åpner.",
    meanwhile: "Trenger du noen nå, kan du ringe et av numrene under."
  },
  exit: {
    button: "Forlat siden",
    hidden: "Nødutgang",
    heading: "Knappen «Forlat siden»",
    what: "Den røde knappen sletter chatten her og åpner en vanlig side.",
    shift: "Du kan også trykke på Shift-tasten tre ganger.",
    history: "Knappen sletter ikke historikken i nettleseren. Den viser at du har vært her.",
    safer: "Du kan bruke et privat vindu, eller en telefon som er trygg."
  },
  queue: { heading: "Du er i køen", body: "La denne siden stå åpen. Du kan gå når du vil.", cancel: "Gå ut av køen" },
  chat: {
    heading: "Chat",
    log: "Det dere har skrevet",
    box: "Skriv her",
    send: "Send",
    typing: "Skriver …",
    end: "Avslutt",
    deleteAll: "Slett alt",
    resuming: "Henter chatten …"
  },
  ask: {
    deleteOne: { heading: "Slette dette?", body: "Det blir borte hos dere begge. Dere kan snakke videre.", yes: "Slett", no: "Behold" },
    deleteAll: { heading: "Slette alt?", body: "Alt dere har skrevet, blir borte hos dere begge. Dere kan snakke videre.", yes: "Slett alt", no: "Behold" },
    end: { heading: "Avslutte chatten?", body: "Da slutter chatten for dere begge, og den blir slettet i denne fanen.", yes: "Avslutt", no: "Bli her" },
    identity: {
      heading: "Er det et fødselsnummer?",
      body: "Det ser ut som du har skrevet et fødselsnummer. Du trenger ikke si hvem du er. Vil du sende det likevel?",
      yes: "Send likevel",
      no: "Gå tilbake"
    }
  },
  receipt: { heading: "Chatten er slutt", gone: "Dette er borte nå", later: "Dette blir borte senere", again: "Start en ny chat" },
  noScript: {
    heading: "Chatten trenger JavaScript",
    body: "Vi bruker det til å låse det du skriver, før det sendes. Du kan slå det på, bruke en annen nettleser, eller ringe et av numrene under."
  },
  insecure: {
    heading: "Her kan vi ikke låse chatten",
    body: "Siden er åpnet uten trygg forbindelse. Da starter vi ingen chat. Åpne adressen med https foran, eller ring et av numrene under."
  },
  demonstration: { what: "Demonstrasjon: ingen hjelpere svarer. Den er åpen hele døgnet.", help: "Trenger du hjelp nå, ring et av numrene under." },
  notFound: { heading: "Siden finnes ikke", body: "Adressen kan være feil, eller siden kan være borte.", home: "Til forsiden" },
  trouble: { heading: "Noe gikk galt hos oss", body: "Det var ikke din feil. Prøv igjen om litt, eller ring et av numrene under." },
  privacy: { heading: "Hva vi lagrer", back: "Tilbake" }
}

const catalogue = {
  nb,
  en: {
    title: "Chat",
    skip: "Skip to the content",
    otherLanguage: "Norsk",
    home: { heading: "Who would you like to talk to?", open: "Open now", closed: "Closed now" },
    help: { heading: "Do you need help now?", body: "You can call these numbers." },
    welcome: {
      heading: "Talk to us",
      body: "No question is odd or wrong. You decide what you want to tell.",
      noticeHeading: "What do we store?",
      readMore: "Read more about what we store",
      start: "Start chat",
      starting: "Starting …"
    },
    hours: {
      open: "The chat is open now.",
      openUntil: "The chat is open until {clock}.",
      closed: "The chat is closed now.",
      opens: "It opens {time}.",
      unknown: "We do not know yet when it opens.",
      meanwhile: "If you need someone now, you can call one of the numbers below."
    },
    exit: {
      button: "Leave this page",
      hidden: "Emergency exit",
      heading: "The button “Leave this page”",
      what: "The red button deletes the chat here and opens an ordinary page.",
      shift: "You can also press the Shift key three times.",
      history: "The button does not delete the history of your browser. It shows that you have been here.",
      safer: "You can use a private window, or a phone that is safe."
    },
    queue: { heading: "You are in the queue", body: "Keep this page open. You can leave when you want.", cancel: "Leave the queue" },
    chat: {
      heading: "Chat",
      log: "What you have both written",
      box: "Write here",
      send: "Send",
      typing: "Writing …",
      end: "End",
      deleteAll: "Delete all",
      resuming: "Getting the chat …"
    },
    ask: {
      deleteOne: { heading: "Delete this?", body: "It will be gone for both of you. You can go on talking.", yes: "Delete", no: "Keep" },
      deleteAll: { heading: "Delete all?", body: "All that you have both written will be gone for both of you. You can go on talking.", yes: "Delete all", no: "Keep" },
      end: { heading: "End the chat?", body: "The chat then ends for both of you, and it is deleted in this tab.", yes: "End", no: "Stay" },
      identity: {
        heading: "Is it a national identity number?",
        body: "It looks as if you have written a national identity number. You do not need to say who you are. Do you want to send it all the same?",
        yes: "Send it",
        no: "Go back"
      }
    },
    receipt: { heading: "The chat is over", gone: "This is gone now", later: "This will be gone later", again: "Start a new chat" },
    noScript: {
      heading: "The chat needs JavaScript",
      body: "We use it to lock what you write before it is sent. You can turn it on, use another browser, or call one of the numbers below."
    },
    insecure: {
      heading: "We cannot lock the chat here",
      body: "The page was opened without a safe connection. We start no chat then. Open the address with https in front, or call one of the numbers below."
    },
    demonstration: { what: "Demonstration: no helpers answer. It is open around the clock.", help: "If you need help now, call one of the numbers below." },
    notFound: { heading: "There is no such page", body: "The address may be wrong, or the page may be gone.", home: "To the front page" },
    trouble: { heading: "Something went wrong with us", body: "It was not your fault. Try again in a moment, or call one of the numbers below." },
    privacy: { heading: "What we store", back: "Back" }
  }
} satisfies Record<Language, Words<typeof nb>>

/** The words of the visitor's pages. */
export type PageTexts = Words<typeof nb>

/** The words of the visitor's pages in a language. */
export const pageTexts = (language: Language): PageTexts => catalogue[language]

/** That a service is open, and until when if it closes; `closes` is its next closing. */
export const openWords = (language: Language, closes: Instant | undefined, timeZone?: string): string => {
  const { hours } = catalogue[language]
  return closes === undefined ? hours.open : fill(hours.openUntil, { clock: localClock(closes, language, timeZone) })
}

/** That a service is closed, and when it opens as far as that is known; `opens` is its next opening. */
export const closedWords = (language: Language, opens: Instant | undefined, timeZone?: string): string => {
  const { hours } = catalogue[language]
  return `${hours.closed} ${opens === undefined ? hours.unknown : fill(hours.opens, { time: localTime(opens, language, timeZone) })}`
}
