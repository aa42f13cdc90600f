/**
 * How a workflow refuses. Each becomes a status in HTTP and an exit code on the command line, there and nowhere else.
 */
import * as Schema from "effect/Schema"
import { RuleId, type Refusal } from "../kernel/rule.ts"

/** A rule forbids what was asked; `says` is a plain sentence for the person who asked. */
export class Refused extends Schema.TaggedError<Refused>()("Refused", { rule: RuleId, says: Schema.String }) {
  /** The error of a machine's refusal. */
  static of(refusal: Refusal): Refused {
    return new Refused({ rule: refusal.rule, says: refusal.says })
  }
}

/** No such session, or it is over: the two cannot be told apart. */
export class UnknownSession extends Schema.TaggedError<UnknownSession>()("UnknownSession", {}) {}

/** This install does not serve a service of that name. */
export class UnknownService extends Schema.TaggedError<UnknownService>()("UnknownService", {}) {}

/** The invitation or sign-in is unknown, used up or past its deadline: the three cannot be told apart. */
export class NotSignedIn extends Schema.TaggedError<NotSignedIn>()("NotSignedIn", {}) {}
