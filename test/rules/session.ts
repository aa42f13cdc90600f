/**
 * What is said of the rules of a chat session.
 */
import type { Proof, Traced } from "./traced.ts"

const folder = "packages/core/src/session"
const law = (says: string): Proof => ({ file: `${folder}/laws.test.ts`, title: `the laws of a session > ${says}` })
const words = (says: string): Proof => ({ file: `${folder}/laws.test.ts`, title: `the words of a session > ${says}` })
const crypto = (says: string): Proof => ({ file: "packages/http/src/client/crypto.test.ts", title: `the encrypted line between two browsers > ${says}` })
const both = (proof: Proof) => ({ never: proof, always: proof })

const alike: Proof = { file: `${folder}/machine.test.ts`, title: "the session machine and the naive session > answer every command alike, event for event, with reconnects and clock steps" }
const opening = words("ask for nothing about the visitor when a chat opens")
const fields = words("have exactly the fields that the law on content allows")
const commands = words("have no command with a field for what somebody writes, so that nothing can be refused for what it says")
const standing: Proof = { file: `${folder}/assignment.test.ts`, title: "who may get a chat > has exactly the standing that the service asks for; each service says so in its own words" }
const bound = law("Nobody is given a chat without the standing that the service asks for, and nobody who has it is refused for it")
const free = law("A counsellor who is kept free for a call is given no other chat and no second call, and one who is not is not refused for it")
const calls = law("A call is taken only by the counsellor of the chat, with its code and in its time, and then the chat ends unless both keep it; past its time nothing of the code is left")
const closing = law("At closing time the queue ends, and a chat that has begun ends when its time to finish is over; neither earlier, nor while a concern is open")
const weekly: Proof = { file: "packages/core/src/hours/openingHours.test.ts", title: "opening hours of I fengsel (IF-05) > opens on the stroke of 15 and is closed on the stroke of 22" }
const calling = (says: string): Proof => ({ file: `${folder}/phone.test.ts`, title: `what is known of a call > ${says}` })

/** An opening that asks for one thing more. */
const asksFor = (field: string) => ({
  by: `${folder}/messages.ts#SessionCommand`,
  ...both(opening),
  disable: { find: "serviceOpen: Schema.Boolean, front: Schema.Boolean },", replace: `serviceOpen: Schema.Boolean, front: Schema.Boolean, ${field}: Schema.String },` }
})

/** Standing that is not looked at when a chat is accepted. */
const anyone = {
  by: `${folder}/assignment.ts#accept`,
  never: bound,
  always: standing,
  disable: {
    find: "if (command.standing !== standings[terms.answeredBy]) return unbound[terms.answeredBy]\n  if (command.reserved) return no.awaitsCall",
    replace: "if (command.reserved) return no.awaitsCall"
  }
}

/** Entries of the session. */
export const sessionTraced: ReadonlyArray<Traced> = [
  { kind: "enforced", rule: "DFH-05", ...asksFor("name") },
  {
    kind: "enforced",
    rule: "DFH-06",
    by: "packages/http/src/client/crypto.ts#offerKey",
    never: crypto("a message with any one bit changed is dropped"),
    always: crypto("what one browser seals, the other reads, in both directions"),
    disable: { find: "await crypto.subtle.encrypt({ name: \"AES-GCM\", iv: nonceOf(counter), additionalData: placeOf(self, n, epoch) }, outgoing, utf8(text))", replace: "utf8(text).buffer" }
  },
  {
    kind: "enforced",
    rule: "DFH-07",
    by: "packages/core/src/ports/ContentStore.ts#KeepPermit",
    ...both({ file: "packages/core/src/ports/contentStore.test.ts", title: "the permit to keep content > exists for a service that keeps ciphertext, and for no other (DFH-07, IF-17)" }),
    disable: { find: "return keepsContent(policy) ? new KeepPermit(policy) : undefined", replace: "return new KeepPermit(policy)" }
  },
  {
    kind: "enforced",
    rule: "DFH-07",
    by: `${folder}/messages.ts#SessionEvent`,
    ...both(fields),
    disable: { find: "WasActive: { at: Instant },", replace: "WasActive: { at: Instant, text: Schema.String }," }
  },
  {
    kind: "enforced",
    rule: "DFH-08",
    by: `${folder}/machine.ts#sessionMachine`,
    never: law("Once a session is over, nothing happens in it and its end never changes"),
    always: alike,
    disable: { find: "return named(\"Ended\", command) ? nothing :", replace: "return named(\"Ended\", command) ? end(command.at, \"visitorLeft\") :" }
  },
  {
    kind: "enforced",
    rule: "DFH-09",
    by: `${folder}/machine.ts#sessionMachine`,
    ...both(law("The visitor can delete what was written as long as the session lives, nobody else can, and deleting never ends or moves the session")),
    disable: { find: "return command.by === \"visitor\" ? happened({ _tag: \"Redacted\", at: command.at }) : no.visitorDeletes", replace: "return happened({ _tag: \"Redacted\", at: command.at })" }
  },
  {
    kind: "enforced",
    rule: "DFH-22",
    by: `${folder}/assignment.ts#accept`,
    ...both(free),
    disable: { find: "if (command.reserved) return no.awaitsCall\n", replace: "\n" }
  },
  {
    kind: "enforced",
    rule: "DFH-22",
    by: `${folder}/phone.ts#takeCall`,
    ...both(calls),
    disable: { find: "if (state.call.codeHash !== command.codeHash) return no.wrongCode", replace: "" }
  },
  {
    kind: "enforced",
    rule: "DFH-22",
    by: `${folder}/phone.ts#isReserved`,
    never: { file: `${folder}/phone.test.ts`, title: "several chats with the same few counsellors > never give a chat to one who is kept free for a call in another, and keep nobody free twice" },
    always: { file: `${folder}/phone.test.ts`, title: "a call to the counsellor of the chat > keeps that counsellor free until the time is over and not a moment longer, and nobody else" },
    disable: { find: "at < state.call.until) return true", replace: "at < state.call.until) return false" }
  },
  { kind: "later", rule: "DFH-22", says: "The pages on which a visitor asks for the call and hears the code come later; the machine and the switchboard hold the rule already." },
  {
    kind: "enforced",
    rule: "DFH-23",
    by: `${folder}/messages.ts#SessionEvent`,
    ...both(calling("has exactly these fields, none of which can hold a sound, a text or a number of the caller")),
    disable: { find: "CallTaken: { at: Instant },", replace: "CallTaken: { at: Instant, recording: Schema.String }," }
  },
  {
    kind: "enforced",
    rule: "DFH-23",
    by: `${folder}/messages.ts#stored`,
    ...both(calling("is never part of what is stored, nor is an offer that hangs in the air; everything else is")),
    disable: { find: "const { call: _call, transfer: _transfer, ...rest } = state", replace: "const { transfer: _transfer, ...rest } = state" }
  },
  { kind: "deployer", rule: "DFH-23", says: "The telephone line is not part of the software: whoever runs the service has it set up so that it records nothing." },
  { kind: "enforced", rule: "DFH-29", ...anyone },
  { kind: "deployer", rule: "DFH-29", says: "Whoever issues an invitation vouches that its holder is a health professional: the software keeps no register of staff." },
  {
    kind: "enforced",
    rule: "DFH-30",
    by: "packages/core/src/wire/socket.ts#ToDesk",
    ...both({
      file: "packages/core/src/wire/socket.test.ts",
      title: "what a counsellor's desk is sent > names who waits by a random reference, the time and the place in the queue, and has nothing else about a visitor (DFH-30)"
    }),
    disable: { find: "front: Schema.Boolean, declined: Schema.Boolean }", replace: "front: Schema.Boolean, declined: Schema.Boolean, address: Schema.String }" }
  },
  { kind: "enforced", rule: "IF-02", ...asksFor("topic") },
  { kind: "enforced", rule: "IF-03", ...asksFor("name") },
  {
    kind: "enforced",
    rule: "IF-05",
    by: "packages/core/src/hours/openingHours.ts#isOpen",
    ...both(weekly),
    disable: { find: "stretch.from <= at && at < stretch.to)", replace: "stretch.from <= at && at <= stretch.to)" }
  },
  {
    kind: "enforced",
    rule: "IF-05",
    by: `${folder}/machine.ts#sessionMachine`,
    ...both(alike),
    disable: { find: "serviceOpen ? happened({ _tag: \"Opened\", at, service, noticeVersion, front }) : no.closed", replace: "happened({ _tag: \"Opened\", at, service, noticeVersion, front })" }
  },
  {
    kind: "enforced",
    rule: "IF-05",
    by: `${folder}/limits.ts#nextLimit`,
    ...both(closing),
    disable: { find: "const closing = state.begun === true ? state.closesAt + limits.closing : state.closesAt", replace: "const closing = state.closesAt + limits.closing" }
  },
  { kind: "later", rule: "IF-05", says: "The server does not yet tell its chats when the service closes; new chats are refused outside the opening hours." },
  {
    kind: "enforced",
    rule: "IF-06",
    by: `${folder}/messages.ts#SessionCommand`,
    ...both(commands),
    disable: { find: "Activity: { at: Instant },", replace: "Activity: { at: Instant, text: Schema.String }," }
  },
  {
    kind: "enforced",
    rule: "IF-08",
    by: `${folder}/messages.ts#SessionEvent`,
    ...both(fields),
    disable: { find: "Opened: { at: Instant, service: ServiceName, noticeVersion: Schema.String, front: Schema.Boolean },", replace: "Opened: { at: Instant, service: ServiceName, noticeVersion: Schema.String, front: Schema.Boolean, prompt: Schema.String }," }
  },
  { kind: "enforced", rule: "IF-09", ...asksFor("whose") },
  { kind: "enforced", rule: "IF-10", ...asksFor("age") },
  { kind: "enforced", rule: "IF-12", ...anyone },
  { kind: "deployer", rule: "IF-12", says: "Whoever issues an invitation vouches that its holder has signed the declaration of confidentiality: the software keeps no register of staff." },
  {
    kind: "enforced",
    rule: "X-13",
    by: "packages/core/src/kernel/machine.ts#catchUp",
    ...both(law("Ticking late, ticking twice, or only with the next command gives the same session")),
    disable: { find: "for (const event of fired.success) {\n      state = machine.evolve(state, event)", replace: "for (const event of fired.success) {\n      state = machine.evolve(state, event._tag === \"Ended\" ? { ...event, at } : event)" }
  }
]
