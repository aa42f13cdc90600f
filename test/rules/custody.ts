/**
 * The rules of custody: what is released of an address, by whom, and what the service never learns.
 */
import type { Traced } from "./traced.ts"

const machine = "packages/core/src/custody/machine.ts"
const laws = "packages/core/src/custody/laws.test.ts"
const release = "packages/core/src/custody/release.test.ts"
const law = (says: string) => ({ file: laws, title: `the laws of a request for a record > ${says}` })
const told = law(
  "The service is told that a request was handled, the same two words whatever was asked, by whom and with what outcome; and nothing when the police require secrecy"
)
const staff = {
  file: laws,
  title: "the words of a request for a record > have no place for anybody of the service: a member of staff is no custodian, by type or by form (IF-18, IF-31)"
}
const anybody = { file: "packages/core/src/custody/messages.ts", find: "isPattern(/^custodian-[0-9a-f]{32}$/)", replace: "isPattern(/./)" }

/** What is said of each rule of custody. */
export const custodyTraced: ReadonlyArray<Traced> = [
  {
    kind: "enforced",
    rule: "DFH-10",
    by: "packages/core/src/custody/release.ts#handOver",
    never: law("No event of a request has a field that could carry an address"),
    always: { file: release, title: "the permission to open one record > hands over the address and the second of the opening, of that one session, and nothing else" },
    disable: { find: "{ ip: record.ip, openedAt: floorTo(record.openedAt, seconds(1)) }", replace: "record" }
  },
  {
    kind: "enforced",
    rule: "DFH-34",
    by: `${machine}#custodyMachine`,
    never: law("A record is released when one custodian has approved a checked request and another releases it in time by both clocks, and never otherwise"),
    always: law("A record is released when one custodian has approved a checked request and another releases it in time by both clocks, and never otherwise"),
    disable: { find: "if (state.approvedBy === by) return sameCustodian", replace: "" }
  },
  {
    kind: "enforced",
    rule: "DFH-34",
    by: "packages/core/src/custody/admissible.ts#admit",
    never: law("A request goes on when it has a basis in law and names one visitor, at most 15 minutes of the past, and one record that is there; it is rejected otherwise"),
    always: law("A request goes on when it has a basis in law and names one visitor, at most 15 minutes of the past, and one record that is there; it is rejected otherwise"),
    disable: { find: 'return caseNotified ? undefined : "noNotifiedCase"', replace: "return undefined" }
  },
  {
    kind: "enforced",
    rule: "IF-14",
    by: `${machine}#serviceRealmView`,
    never: told,
    always: told,
    disable: { find: '{ _tag: "RequestHandled" }\n', replace: '{ _tag: "RequestHandled", state }\n' }
  },
  { kind: "enforced", rule: "IF-18", by: "packages/core/src/custody/messages.ts#CustodianId", never: staff, always: staff, disable: anybody },
  {
    kind: "enforced",
    rule: "IF-30",
    by: `${machine}#serviceRealmView`,
    never: told,
    always: told,
    disable: { find: "return state.request.secret ? undefined : ", replace: "return " }
  },
  { kind: "enforced", rule: "IF-31", by: "packages/core/src/custody/messages.ts#CustodianId", never: staff, always: staff, disable: anybody },
  {
    kind: "enforced",
    rule: "IF-31",
    by: "packages/core/src/custody/release.ts#Release",
    never: { file: release, title: "the permission to open one record > comes from a released request and from no other state, and carries no address" },
    always: { file: release, title: "the permission to open one record > ends after an hour, or with the record when that is sooner, by the later clock" },
    disable: { find: 'state._tag === "Released" && latest < state.openBefore', replace: '"trace" in state' }
  },
  {
    kind: "enforced",
    rule: "X-06",
    by: `${machine}#serviceRealmView`,
    never: told,
    always: told,
    disable: { find: 'case "Approved":\n      return undefined', replace: 'case "Approved":\n      return { _tag: "RequestHandled", trace: state.trace }' }
  }
]
