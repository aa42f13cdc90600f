/**
 * The rules that a request for a record enforces.
 */
import { rule } from "../kernel/rule.ts"

/** The rules of custody, by what they protect. A refusal carries the id of one of these. */
export const custodyRules = {
  record: rule(
    "DFH-10",
    "The record of an opening is the IP address and the time, and no more than these two is ever handed over.",
    "Det finnes hjelp: \"your IP address and the time you opened a chat\""
  ),
  release: rule(
    "DFH-34",
    "A record is released to the police only, in answer to a request that was checked, by two custodians, within the life of the record.",
    "Det finnes hjelp: \"in some cases they will track the IP address\"",
    { gap: "That the custodians are two different people, and that a call back was truly made, is for the vendor to see to." }
  ),
  unknowable: rule(
    "IF-14",
    "Nothing that the service sees depends on a visitor's address.",
    "I fengsel: \"hvor du bor, hva du heter, hva IP-adressen din er\""
  ),
  hosts: rule("IF-18", "No host can act on a request for an address.", "I fengsel: \"Chatvertene vil ikke kunne spore opp IP- adressen din\""),
  vendor: rule(
    "IF-30",
    "The police ask the vendor, who answers alone; the service learns at most that a request was handled, and nothing when the police require secrecy.",
    "I fengsel: \"Politiet kan kontakte vår chatleverandør, NOOP, og spore opp IP-adresser\""
  ),
  never: rule(
    "IF-31",
    "Nobody of the service can ever have an address: there is no role, no override and no consent by which to ask.",
    "I fengsel: \"Kirkens Bymisjon kan aldri spore opp din IP-adresse\""
  ),
  gone: rule("X-03", "A record that is due is gone for every request, however far it has come.", "Invariant 3: lazy and eager expiry"),
  realms: rule("X-06", "What the service realm is told does not depend on a visitor's address.", "Invariant 6: realm separation"),
  determinism: rule("X-13", "The same commands give the same request, whenever its timers happen to run.", "Invariant 13: determinism")
} as const
