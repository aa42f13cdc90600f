import { assert, describe, it } from "vitest"
import { briefPolicy, explore } from "../../../../test/spec/sessionExplored.ts"
import { patience, quick } from "../../../../test/support/runs.ts"
import { accepts, type Edge, edgesOf } from "../kernel/table.ts"
import { sessionMachine } from "./machine.ts"
import { SessionCommand, type SessionState } from "./messages.ts"
import { notAccepted } from "./refusals.ts"
import { sessionTable } from "./table.ts"

const inWords = (edges: ReadonlyArray<Edge>): ReadonlyArray<string> => edges.map(({ from, by, to }) => `${from} ${by} ${to}`).toSorted()
const states: ReadonlyArray<SessionState["_tag"]> = ["Unopened", "Waiting", "Active", "Ended"]
const commands: ReadonlyArray<SessionCommand["_tag"]> = Object.values(SessionCommand.cases).map(({ fields }) => fields._tag.schema.literal)

describe("the table of the session machine", () => {
  // Against mutants, whose every state would be walked for each of them, the walk is left out.
  const found = quick ? undefined : explore(sessionMachine(briefPolicy))

  it.skipIf(quick)("names exactly the 41 ways that lead between its states: 226,020 commands tried in all of 4,911 states, to closure", () => {
    assert.deepStrictEqual(inWords(found?.edges ?? []), inWords(edgesOf(sessionTable)))
    assert.strictEqual(found?.edges.length, 41)
    assert.deepStrictEqual({ states: found?.states, tried: found?.tried }, { states: 4911, tried: 226_020 })
  }, patience)

  it.skipIf(quick)("leaves out exactly what a state refuses always", () => {
    const leftOut = states.flatMap((state) => commands.filter((command) => !accepts<SessionState["_tag"], SessionCommand["_tag"]>(sessionTable, state, command)).map((command) => `${state} ${command}`))
    assert.deepStrictEqual([...(found?.onlyRefused ?? [])].toSorted(), leftOut.toSorted())
  })

  it("has a sentence that fits the state for whatever it leaves out", () => {
    const says = (state: SessionState["_tag"], command: SessionCommand["_tag"]) => {
      const refusal = notAccepted(state, command)
      return refusal._tag === "Failure" ? `${refusal.failure.rule}: ${refusal.failure.says}` : "nothing"
    }
    assert.deepStrictEqual(
      [says("Unopened", "Accept"), says("Unopened", "Expire"), says("Waiting", "Open"), says("Waiting", "Return"), says("Active", "Open"), says("Ended", "Open"), says("Ended", "Redact"), says("Ended", "Expire")],
      [
        "DFH-10: This chat has not been started yet.",
        "X-13: That limit has not been reached.",
        "DFH-10: This chat has already been started.",
        "E-14: No counsellor is in this chat right now.",
        "DFH-10: This chat has already been started.",
        "DFH-08: This chat is over.",
        "DFH-08: This chat is over.",
        "X-13: That limit has not been reached."
      ]
    )
  })
})
