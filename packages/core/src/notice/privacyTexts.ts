/**
 * The words of the privacy page, in both languages. Names and periods are filled in from the policy; no text here has a number of its own.
 */
import type { DataClass } from "../policy/accountability.ts"
import type { Language } from "./language.ts"

/** Names and periods that the page speaks of. */
export interface PrivacyFacts {
  readonly controller: string
  readonly vendor: string
  readonly trace: string
  readonly idle: string
  readonly length: string
  readonly queue: string
  readonly grace: string
  readonly staff: string
  readonly skew: string
  readonly sweep: string
}

type Text = (facts: PrivacyFacts) => string

/** The parts of the page, in the order in which they stand. */
export const privacySectionIds = ["responsible", "writing", "address", "duty", "stored", "encryption", "browser", "cookies", "leaving"] as const
/** The sections of the privacy page, in the order in which they stand. */
export type PrivacySectionId = (typeof privacySectionIds)[number]

/** The words of one language. */
export interface PrivacyTexts {
  readonly headings: Readonly<Record<PrivacySectionId, string>>
  readonly paragraphs: Readonly<Record<PrivacySectionId, ReadonlyArray<Text>>>
  /** What is said of the text of a chat, where only the browsers have it and where the server keeps it. */
  readonly inBrowsers: Text
  readonly kept: (facts: PrivacyFacts, period: string) => string
  /** Said only where the service itself publishes no period for the IP address. */
  readonly question: Text
  readonly controllerPage: Text
  readonly table: {
    readonly caption: string
    readonly columns: readonly [string, string, string, string]
    readonly what: Readonly<Record<DataClass, string>>
    readonly until: Readonly<Record<"opened" | "ended" | "issued" | "closed", (period: string) => string>>
    readonly atEnd: string
    readonly never: string
  }
}

/** The words of the privacy page. */
export const privacyTexts = {
  nb: {
    headings: {
      responsible: "Hvem har ansvaret?",
      writing: "Det du skriver",
      address: "IP-adressen din",
      duty: "Når må vi si fra?",
      stored: "Alt vi lagrer",
      encryption: "Slik er chatten låst",
      browser: "I nettleseren din",
      cookies: "Informasjonskapsler",
      leaving: "Knappen «Forlat siden»"
    },
    paragraphs: {
      responsible: [
        ({ controller, vendor }) => `${controller} har ansvar for det som lagres om deg. ${vendor} driver chatten for dem.`,
        () => "Du velger selv hva du vil fortelle. Du trenger ikke si hva du heter, og vi spør ikke om noe for å la deg starte."
      ],
      writing: [
        () => "Du kan slette noe eller alt som er skrevet, og snakke videre. Da blir det borte hos dere begge. Det den andre alt har lest, kan vi ikke slette.",
        ({ idle, grace }) => `Chatten slutter når en av dere avslutter, eller når du forlater siden. Den slutter også når ingen har skrevet på ${idle}, eller når du har vært uten kontakt i ${grace}.`,
        ({ queue, length }) => `Du kan vente i køen i ${queue}. En chat varer aldri lenger enn ${length}.`
      ],
      address: [
        ({ vendor, trace }) => `IP-adressen er nummeret til nettet du bruker. ${vendor} lagrer den sammen med tidspunktet da du åpnet chatten. Begge deler slettes senest ${trace} etter at du åpnet den.`,
        ({ controller, vendor }) =>
          `De som svarer deg, kan aldri se IP-adressen. Ingen hos ${controller} kan det. ${vendor} kan hente den fram, men bare når politiet ber om det for å hindre at noen blir skadet. Sier du ikke hvem du er, er du derfor anonym for ${controller}, men ikke for ${vendor}.`
      ],
      duty: [
        () => "De som svarer deg, har taushetsplikt. Noen ganger må de likevel si fra.",
        () => "De må si fra hvis liv eller helse er i fare, din eller andres. De må også si fra hvis et alvorlig lovbrudd kan hindres. Det gjelder ikke alt som er ulovlig.",
        () => "Da sier de fra til politiet, ambulanse eller barnevernet, så noen kan hjelpe.",
        ({ vendor }) => `Politiet kan be ${vendor} om IP-adressen så lenge den er lagret.`
      ],
      stored: [
        ({ skew, sweep }) =>
          `Siste kolonne er det verste som kan skje mens systemet går. Klokka kan gå ${skew} feil, og det kan gå ${sweep} mellom hver gang vi rydder. Er alle maskinene slått av, slettes det når den første starter igjen. Hvor lenge det kan ta, kan vi ikke love.`
      ],
      encryption: [
        () => "Det du skriver, låses i nettleseren din og åpnes først hos den som svarer. Maskinene imellom sender det videre uten å kunne lese det.",
        () => "Låsen beskytter det som er lagret og sendt. Den beskytter ikke hvis noen bytter ut selve nettsiden. Da kan de lese det du skriver.",
        () => "Den som svarer, kan ta bilde av skjermen eller huske det du skrev. Det kan ingen maskin hindre."
      ],
      browser: [
        () => "Mens chatten er åpen, ligger den låst i fanen din, så du kan laste siden på nytt. Halve nøkkelen er hos oss. Når chatten er slutt, blir halvdelen vår borte, og da kan ingen åpne det som lå i fanen.",
        () => "Chatten sletter det som ligger i fanen når den er slutt, og når du forlater siden."
      ],
      cookies: [({ staff }) => `Du får ingen informasjonskapsler. De som svarer, får én når de logger inn. Den varer i ${staff}.`, () => "Vi bruker ingen sporing, og siden henter ikke noe fra andre."],
      leaving: [
        () => "Knappen «Forlat siden» sletter chatten her og åpner en vanlig side. Du kan også trykke på Shift-tasten tre ganger.",
        () => "Knappen sletter ikke historikken i nettleseren. Andre kan se der at du har vært her. Du kan slette historikken selv, eller bruke et privat vindu.",
        () => "Har noen lagt inn et program som følger med på deg, hjelper ikke knappen. Bruk da en telefon eller maskin som er trygg."
      ]
    },
    inBrowsers: () =>
      "Det du skriver, finnes bare i nettleseren din og hos den som svarer deg. Det slettes begge steder når chatten er slutt. Vi lagrer det ikke. Mister en nettleser kontakten med oss, sletter den det selv etter en kort stund.",
    kept: ({ vendor }, period) =>
      `Det du skriver, lagres låst hos oss og slettes senest ${period} etter at chatten er slutt. Bare den som svarer deg, kan lese det. En leder kan åpne én samtale når noen kan være i fare, eller når en annen må ta over. Hver gang blir notert. ${vendor} kan ikke lese det. Etter fristen kan ingen lese det.`,
    question: ({ controller, vendor, trace }) => `Et åpent spørsmål: ${controller} har ikke publisert hvor lenge ${vendor} lagrer IP-adressen. Her er svaret satt til ${trace}.`,
    controllerPage: ({ controller }) => `Les mer om personvern hos ${controller}`,
    table: {
      caption: "Hva vi lagrer, hvor det er, og når det er borte",
      columns: ["Hva", "Hvor", "Borte senest", "I verste fall"],
      what: {
        content: "Det som er skrevet i chatten",
        accessTrace: "IP-adressen og når du åpnet chatten",
        liveSession: "At en chat pågår: et tilfeldig nummer, klokkeslett og hvem som svarer",
        endedSession: "At det har vært en chat: et tilfeldig nummer og når det slettes, ikke noe om deg",
        invitation: "Lenke til en ny ansatt, ikke om deg",
        staffSession: "At en ansatt er logget inn, ikke om deg",
        installation: "Oppsettet av systemet, ikke om noen",
        triage: "Notatet som du har sagt ja til, uten fritekst. Etter dette kan det ikke knyttes til deg",
        consent: "Hva du har sagt ja eller nei til, uten hvem du er",
        booking: "Navn og fødselsnummer på vei til pasientjournalen",
        phoneCall: "Koden som gjelder for én telefonsamtale",
        concern: "En sak om fare: hva som ble vurdert og gjort, ikke det du skrev",
        ageCount: "Hvor mange i hver aldersgruppe, ikke hvem",
        webLog: "IP-adresser i nettstedets logg, aldri fra chatten",
        anonymousNote: "Det notatet blir til da: noen koder og omtrent når, ikke om noen"
      },
      until: {
        opened: (period) => `${period} etter at chatten ble åpnet`,
        ended: (period) => `${period} etter at chatten er slutt`,
        issued: (period) => `${period} etter at den ble laget`,
        closed: (period) => `${period} etter at saken er avsluttet`
      },
      atEnd: "Når chatten er slutt",
      never: "Slettes ikke"
    }
  },
  en: {
    headings: {
      responsible: "Who is responsible?",
      writing: "What you write",
      address: "Your IP address",
      duty: "When must we tell?",
      stored: "Everything we store",
      encryption: "How the chat is locked",
      browser: "In your browser",
      cookies: "Cookies",
      leaving: "The button “Leave this page”"
    },
    paragraphs: {
      responsible: [
        ({ controller, vendor }) => `${controller} is responsible for what is stored about you. ${vendor} runs the chat for them.`,
        () => "You choose what you want to tell. You do not need to say your name, and we ask for nothing to let you start."
      ],
      writing: [
        () => "You can delete some or all of what has been written, and go on talking. It is then gone for both of you. What the other person has already read, we cannot delete.",
        ({ idle, grace }) => `The chat ends when one of you ends it, or when you leave the page. It also ends when nobody has written for ${idle}, or when you have been out of contact for ${grace}.`,
        ({ queue, length }) => `You can wait in the queue for ${queue}. A chat never lasts longer than ${length}.`
      ],
      address: [
        ({ vendor, trace }) => `The IP address is the number of the network you use. ${vendor} stores it together with the time when you opened the chat. Both are deleted at the latest ${trace} after you opened it.`,
        ({ controller, vendor }) =>
          `The people who answer you can never see the IP address. Nobody at ${controller} can. ${vendor} can look it up, but only when the police ask for it to prevent someone from being harmed. Unless you say who you are, you are therefore anonymous to ${controller}, but not to ${vendor}.`
      ],
      duty: [
        () => "The people who answer you have a duty of confidentiality. Sometimes they must tell all the same.",
        () => "They must tell if life or health is in danger, yours or someone else's. They must also tell if a serious crime can be prevented. This is not so for everything that is illegal.",
        () => "They then tell the police, an ambulance or the child welfare service, so that someone can help.",
        ({ vendor }) => `The police can ask ${vendor} for the IP address as long as it is stored.`
      ],
      stored: [
        ({ skew, sweep }) =>
          `The last column is the worst that can happen while the system runs. The clock can be ${skew} wrong, and ${sweep} can pass between each time we clear up. If every machine is turned off, it is deleted when the first one starts again. How long that can take, we cannot promise.`
      ],
      encryption: [
        () => "What you write is locked in your browser and opened only with the person who answers. The machines in between pass it on and cannot read it.",
        () => "The lock protects what is stored and sent. It does not protect you if someone replaces the web page itself. They could then read what you write.",
        () => "The person who answers could take a picture of the screen or remember what you wrote. No machine can prevent that."
      ],
      browser: [
        () => "While the chat is open, it lies locked in your tab, so that you can reload the page. Half of the key is with us. When the chat is over, our half is gone, and nobody can open what lay in the tab.",
        () => "The chat deletes what lies in the tab when it is over, and when you leave the page."
      ],
      cookies: [({ staff }) => `You get no cookies. The people who answer get one when they sign in. It lasts ${staff}.`, () => "We do not track you, and the page fetches nothing from anyone else."],
      leaving: [
        () => "The button “Leave this page” deletes the chat here and opens an ordinary page. You can also press the Shift key three times.",
        () => "The button does not delete the history of your browser. Others can see there that you have been here. You can delete the history yourself, or use a private window.",
        () => "If someone has put a program on your device to watch you, the button does not help. Then use a phone or computer that is safe."
      ]
    },
    inBrowsers: () =>
      "What you write is only in your browser and with the person who answers you. It is deleted in both places when the chat is over. We do not store it. If a browser loses contact with us, it deletes it by itself after a short while.",
    kept: ({ vendor }, period) =>
      `What you write is stored locked with us and deleted at the latest ${period} after the chat is over. Only the person who answers you can read it. A lead can open one chat when someone may be in danger, or when another has to take over. Each time is noted. ${vendor} cannot read it. After that time nobody can read it.`,
    question: ({ controller, vendor, trace }) => `An open question: ${controller} has not published how long ${vendor} stores the IP address. Here the answer is set to ${trace}.`,
    controllerPage: ({ controller }) => `Read more about privacy at ${controller}`,
    table: {
      caption: "What we store, where it is, and when it is gone",
      columns: ["What", "Where", "Gone at the latest", "At worst"],
      what: {
        content: "What is written in the chat",
        accessTrace: "The IP address and when you opened the chat",
        liveSession: "That a chat is going on: a random number, times and who answers",
        endedSession: "That there was a chat: a random number and when it is deleted, nothing about you",
        invitation: "A link for new staff, not about you",
        staffSession: "That a member of staff is signed in, not about you",
        installation: "How the system is set up, not about anyone",
        triage: "The note that you said yes to, without free text. After this it cannot be linked to you",
        consent: "What you said yes or no to, without who you are",
        booking: "Name and national identity number on their way to the patient record",
        phoneCall: "The code for one phone call",
        concern: "A case about danger: what was assessed and done, not what you wrote",
        ageCount: "How many in each age group, not who",
        webLog: "IP addresses in the website's log, never from the chat",
        anonymousNote: "What the note then becomes: a few codes and about when, not about anyone"
      },
      until: {
        opened: (period) => `${period} after the chat was opened`,
        ended: (period) => `${period} after the chat is over`,
        issued: (period) => `${period} after it was made`,
        closed: (period) => `${period} after the case is closed`
      },
      atEnd: "When the chat is over",
      never: "Not deleted"
    }
  }
} satisfies Record<Language, PrivacyTexts>
