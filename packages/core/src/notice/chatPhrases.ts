/**
 * The words of a chat while it runs, for the visitor and for the one who answers. Plain data with `{names}`, so that a page can hand it to the browser.
 */
import type { Policy } from "../policy/policy.ts"
import type { Party } from "../session/messages.ts"
import type { Words } from "./catalogue.ts"
import type { Language } from "./language.ts"
import { endTexts, receiptTexts } from "./receipt.ts"

const nbShared = {
  composer: { charactersLeft: "{count} tegn igjen", tooLong: "Meldingen er {count} tegn for lang. Del den gjerne i to." },
  reconnecting: "Vi har mistet kontakten. Prøver igjen\u00a0…",
  securing: "Låser chatten, et øyeblikk …",
  closing: "Tjenesten må stoppe en stund. Chatten slutter senest {time}. Det er ikke din feil.",
  refused: "Vi fikk ikke sendt det. Prøv en gang til om litt.",
  list: {
    sending: "Sendes",
    delivered: "Levert",
    notDelivered: "Ikke levert ennå",
    deletedHere: "Slettet her. Blir slettet hos den andre.",
    deletedBoth: "Slettet hos dere begge",
    deleteOne: "Slett dette"
  }
}

const shared = {
  nb: nbShared,
  en: {
    composer: { charactersLeft: "{count} characters left", tooLong: "The message is {count} characters too long. You can split it in two." },
    reconnecting: "We have lost contact. Trying again\u00a0…",
    securing: "Locking the chat, one moment …",
    closing: "The service has to stop for a while. The chat ends at the latest {time}. It is not your fault.",
    refused: "We could not send that. Please try again in a moment.",
    list: {
      sending: "Sending",
      delivered: "Delivered",
      notDelivered: "Not delivered yet",
      deletedHere: "Deleted here. It will be deleted on the other side.",
      deletedBoth: "Deleted for both of you",
      deleteOne: "Delete this"
    }
  }
} satisfies Record<Language, Words<typeof nbShared>>

const authors = {
  nb: { visitor: { visitor: "Du", counsellor: "Den som svarer" }, counsellor: { visitor: "Besøkende", counsellor: "Du" } },
  en: { visitor: { visitor: "You", counsellor: "The person who answers" }, counsellor: { visitor: "Visitor", counsellor: "You" } }
} satisfies Record<Language, Record<Party, Record<Party, string>>>

const nbVisitor = {
  queuePlace: "Du er nummer {place} i køen.",
  queueAvailable: "Noen er her og tar imot deg snart.",
  queueNobody: "Ingen er ledige akkurat nå. Du kan vente her, eller prøve igjen senere.",
  joined: "Nå er noen her for deg.",
  counsellorHere: "Den du snakker med, er her.",
  counsellorAway: "Den du snakker med, er borte et øyeblikk. Vi venter litt til.",
  requeued: {
    returned: "En annen får svare deg. Du får plass helt foran i køen.",
    counsellorGone: "Den du snakket med, er borte. Det er ikke din feil. Du får plass helt foran i køen."
  },
  peerWipePending: "Vi venter på at den andre også har slettet.",
  peerWiped: "Den andre har også slettet chatten.",
  closedNow: "Chatten er stengt nå.",
  cannotStart: "Vi fikk ikke startet chatten. Det var ikke din feil. Prøv igjen om litt, eller ring et av numrene under.",
  elsewhere: { heading: "Chatten er åpen i en annen fane", body: "Du kan fortsette der. Her er alt slettet." },
  gone: { heading: "Chatten er slutt", body: "Chatten sluttet mens du var uten kontakt, eller tjenesten stoppet. Det var ikke din feil. Det som lå i denne fanen, er slettet. Du kan gjerne starte en ny." },
  serverGone: { heading: "Vi har mistet kontakten", body: "Det var ikke din feil. Chatten er slettet her, for å ta vare på deg. Starter du en ny, kommer du først i køen så snart vi er tilbake." },
  endedOffline: { heading: "Du har avsluttet chatten", body: "Den er slettet her. Hos den andre slutter den når vi får kontakt igjen, eller når vi har ventet en liten stund." }
}

const visitor = {
  nb: nbVisitor,
  en: {
    queuePlace: "You are number {place} in the queue.",
    queueAvailable: "Someone is here and will be with you soon.",
    queueNobody: "No one is free right now. You can wait here, or try again later.",
    joined: "Someone is here for you now.",
    counsellorHere: "The person you talk to is here.",
    counsellorAway: "The person you talk to is away for a moment. We will wait a little.",
    requeued: {
      returned: "Someone else will answer you. You have a place at the very front of the queue.",
      counsellorGone: "The person you talked to is gone. It is not your fault. You have a place at the very front of the queue."
    },
    peerWipePending: "We are waiting for the other side to delete too.",
    peerWiped: "The other side has deleted the chat too.",
    closedNow: "The chat is closed now.",
    cannotStart: "We could not start the chat. It was not your fault. Try again in a moment, or call one of the numbers below.",
    elsewhere: { heading: "The chat is open in another tab", body: "You can go on there. Everything is deleted here." },
    gone: { heading: "The chat is over", body: "The chat ended while you had no contact, or the service stopped. It was not your fault. What was in this tab is deleted. You are welcome to start a new one." },
    serverGone: { heading: "We have lost contact", body: "It was not your fault. The chat is deleted here, to look after you. If you start a new one, you will be first in the queue as soon as we are back." },
    endedOffline: { heading: "You have ended the chat", body: "It is deleted here. On the other side it ends when we have contact again, or when we have waited a short while." }
  }
} satisfies Record<Language, Words<typeof nbVisitor>>

const nbDesk = {
  visitorHere: "Den besøkende er her.",
  visitorAway: "Den besøkende har mistet kontakten. Vi venter litt.",
  waited: "Har ventet i {minutes} min",
  front: "Skal først.",
  declined: "Du har latt denne gå til andre.",
  accept: "Ta imot",
  decline: "La andre ta",
  open: "Åpent",
  closed: "Stengt",
  full: "Du har nå så mange chatter du kan ha ({count}).",
  queueCount: "Venter: {count}",
  gone: "Chatten er slutt. Alt er slettet her.",
  returned: "Den besøkende er gitt tilbake, først i køen. Alt er slettet her.",
  elsewhere: "Chatten er åpen i en annen fane. Her er alt slettet.",
  serverGone: "Vi har mistet kontakten med tjenesten. Chatten er slettet her.",
  signedOut: "Du er logget ut. Alt er slettet her.",
  deskElsewhere: "Pulten er åpen i en annen fane.",
  takenByOther: "En annen tok imot akkurat nå.",
  linkUsed: "Lenken er brukt opp eller for gammel. Be om en ny.",
  cannotSignIn: "Vi fikk ikke logget deg inn. Prøv igjen om litt."
}

const desk = {
  nb: nbDesk,
  en: {
    visitorHere: "The visitor is here.",
    visitorAway: "The visitor has lost contact. We will wait a little.",
    waited: "Has waited {minutes} min",
    front: "Goes first.",
    declined: "You have left this one to others.",
    accept: "Accept",
    decline: "Leave to others",
    open: "Open",
    closed: "Closed",
    full: "You now have as many chats as you can have ({count}).",
    queueCount: "Waiting: {count}",
    gone: "The chat is over. Everything is deleted here.",
    returned: "The visitor is given back, first in the queue. Everything is deleted here.",
    elsewhere: "The chat is open in another tab. Everything is deleted here.",
    serverGone: "We have lost contact with the service. The chat is deleted here.",
    signedOut: "You are signed out. Everything is deleted here.",
    deskElsewhere: "The desk is open in another tab.",
    takenByOther: "Someone else accepted just now.",
    linkUsed: "The link is used up or too old. Ask for a new one.",
    cannotSignIn: "We could not sign you in. Try again in a moment."
  }
} satisfies Record<Language, Words<typeof nbDesk>>

const chatTexts = (language: Language, reader: Party) => ({
  ...shared[language],
  list: { ...shared[language].list, authors: authors[language][reader] },
  ended: endTexts(language, reader)
})

/** Every word that the browser of a visitor needs while it waits, chats and ends, with the service's receipt. */
export const visitorChatTexts = (policy: Policy, language: Language) => ({
  ...chatTexts(language, "visitor"),
  ...visitor[language],
  receipt: receiptTexts(policy, language)
})

/** Every word that the browser of the one who answers needs at the desk and in a chat. */
export const deskTexts = (language: Language) => ({ ...chatTexts(language, "counsellor"), ...desk[language] })
