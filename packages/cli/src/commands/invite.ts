/**
 * `fortrolig invite SERVICE`: one more invitation link for a member of staff.
 */
import * as Effect from "effect/Effect"
import { Argument, Command } from "effect/cli"
import { ServiceName } from "@fortrolig/core/kernel/identity"
import { ask } from "../control/ask.ts"
import { unable } from "../failure.ts"
import { settingsInForce } from "../settings.ts"
import { stoppable } from "../signals.ts"
import { printLines, tell } from "./shared.ts"

/** Makes an invitation. The link goes to standard output, and is shown nowhere again. */
export const invite = Command.make(
  "invite",
  { service: Argument.String("service").pipe(Argument.withDescription("The service that the person will work for"), Argument.withSchema(ServiceName)) },
  Effect.fn(function*({ service }) {
    const settings = yield* settingsInForce
    const answer = yield* ask(settings, { _tag: "Invite", service }).pipe(
      Effect.catchTag("Undeclared", () => Effect.fail(unable("The databases hold what no data class covers. Run fortrolig audit.")))
    )
    if (answer._tag !== "Invited") return yield* unable("The running server answered another question.")
    yield* printLines([answer.link])
    yield* tell("The link works once, within 24 hours. Hand it over in private.")
    yield* tell("By handing it over you vouch that its holder may answer in this service: as a health professional, or with a signed declaration of confidentiality.")
  }, stoppable)
).pipe(
  Command.withDescription("Make an invitation link for one member of staff; it works once, within 24 hours."),
  Command.withExamples([{ command: "fortrolig invite ifengsel", description: "A link for a counsellor of I fengsel" }])
)
