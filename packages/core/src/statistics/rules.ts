/**
 * The rules of statistics: counts of age groups, and what of them may be published.
 */
import { rule } from "../kernel/rule.ts"

/** The rules that statistics enforces, by what they protect. A refusal carries the id of one of these. */
export const statisticsRules = {
  band: rule(
    "IF-16",
    "An age is asked for only to show information that suits it: it becomes a group at once, and the number is kept nowhere.",
    "I fengsel: \"Grunnen til at vi spør om din alder\"",
    { gap: "An age that a visitor writes in the chat is content, and lives and dies with it." }
  ),
  skipping: rule(
    "IF-07",
    "Whoever gives no age gets the same chat.",
    "I fengsel: \"du deler bare det du har lyst til\""
  ),
  counts: rule(
    "IF-32",
    "What is kept is how many chats there were of each age group in each period, and nothing else.",
    "I fengsel: \"vi samler inn informasjon om aldersgrupper\""
  ),
  better: rule("IF-33", "Counts serve to make the chat better.", "I fengsel: \"gjøre chatten best mulig\"", {
    gap: "What a reader does with a published table is beyond the software."
  }),
  reach: rule(
    "IF-34",
    "Counts serve to know who is reached, and are published only where they are large enough.",
    "I fengsel: \"statistikk over hvem vi treffer i målgruppen\""
  ),
  nothingElse: rule(
    "IF-35",
    "Nothing is counted or published that the policy does not list.",
    "I fengsel: \"Ellers innhenter vi ingen systematisk informasjon om deg\""
  ),
  purpose: rule("X-10", "Counts are read for the purposes that were promised, and no other.", "Invariant 10: purpose binding on every read"),
  latest: rule("E-11", "A chat is counted once, in the group that was stated last; what was stated before is forgotten.", "Edge case 11: the age statement changes"),
  differencing: rule(
    "E-12",
    "A period is published once, when it is over, and never so that a small count can be computed from everything that is public.",
    "Edge case 12: tiny cells and differencing",
    { gap: "Counts that became public elsewhere are known only when somebody notes them." }
  )
} as const
