/**
 * What somebody may do with a referral that is prepared here, and what the service that it goes to answers.
 */
import { dateAt } from "@fortrolig/core/kernel/calendar"
import type { ReferralCommand, ReferralState, ReferralDraft } from "@fortrolig/core/guidance/messages"
import { referralTable } from "@fortrolig/core/guidance/table"
import type { Instant } from "@fortrolig/core/kernel/instant"
import type { Random } from "../random.ts"
import { timeZone } from "../services.ts"
import type { Visitor } from "../visitor.ts"
import { chooser } from "./choose.ts"

const choose = chooser<ReferralState["_tag"], ReferralCommand["_tag"]>(referralTable, { Preview: 3, Send: 4, Discard: 1, Write: 2, Accept: 2 })
const draft = (to: string, words: string): ReferralDraft => ({ referrer: "gp", request: { to, therapist: null, competences: ["violenceAndAbuse"], interpreter: null }, words })
const drafts = [draft("north-clinic", "synthetic"), draft("contract", ""), draft("sanks", "synthetic")]
const wrong = [draft("calm", ""), draft("nowhere", "")]

/** The next command to a referral. */
export const guidanceMenu = (random: Random, at: Instant, { referral: { state } }: Visitor): ReferralCommand => {
  const tag = choose(random, state._tag)
  switch (tag) {
    case "Write":
      return { _tag: tag, at, draft: "draft" in state && random.chance(0.4) ? state.draft : random.pick(random.chance(0.9) ? drafts : wrong) }
    case "Accept":
      return { _tag: tag, at, receivedOn: dateAt(timeZone, (at + (random.chance(0.9) ? 0 : random.pick([-40, 2]) * 86_400_000)) as Instant) }
    case "Preview":
    case "Send":
    case "Discard":
    case "Decline":
      return { _tag: tag, at }
  }
}
