/**
 * What pairs of simulated worlds prove of the rules that no single topic can keep.
 */
import type { Proof, Traced } from "./traced.ts"

const core = "packages/core/src"
const pair = (says: string) => {
  const proof: Proof = { file: "test/world/pairs.test.ts", title: `two worlds > ${says}` }
  return { never: proof, always: proof }
}

const deletion = pair("X-04: the same history with and without one conversation leaves equal states after its deadline, and of the conversation nothing that leads to it")
const answers = pair(
  "X-05: whether one visitor says yes to either consent, takes it back, says no, stays silent or is never asked, everybody gets the same at every step"
)
const addresses = pair(
  "X-06: whatever address each visitor has, the service's own realm keeps and shows the same to the letter, and only the vendor's register differs"
)

/** The rules that hold between the parts of a service. */
export const worldTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "X-04",
    by: `${core}/retention/machine.ts#retentionMachine`,
    ...deletion,
    disable: { find: 'happened({ _tag: "Destroyed", at: command.at })', replace: "nothing" }
  },
  {
    kind: "enforced",
    rule: "X-05",
    by: `${core}/consent/machine.ts#consentMachine`,
    ...answers,
    disable: { file: "test/world/wiring.ts", find: "consentHeard: () => undefined", replace: 'consentHeard: (_event, at) => ({ _tag: "Activity", at })' }
  },
  {
    kind: "enforced",
    rule: "X-06",
    by: `${core}/custody/webLog.ts#logged`,
    ...addresses,
    disable: { find: 'line.part === "chat" && !policy.webLog.addressOnChatPages ? without(line) : line', replace: "line" }
  }
]
