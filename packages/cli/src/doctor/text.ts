/**
 * What `doctor` found, as a page for people. A pure function of the document.
 */
import { instantWords, tableLines } from "../report/words.ts"
import type { DoctorDocument } from "./document.ts"

const ownerLines = (owner: DoctorDocument["owner"]): ReadonlyArray<string> => {
  if (owner === null) return ["Install      none in the data folder yet"]
  const { clock, demonstration, node, origin, pid, serving, vaults } = owner
  return [
    serving ? `Install      owned by a server, pid ${pid}, Node ${node}, at ${origin}${demonstration ? ", a demonstration" : ""}` : "Install      no server is running",
    "Keys         the vaults fit the databases",
    `Clock        ${instantWords(clock.now)}${clock.suspect ? ", in doubt" : ""}`,
    ...vaults.map(({ bucketKeys, liveKeys, mark, realm }) => `Vault        ${realm}: ${liveKeys} live, ${bucketKeys} with a deadline; has seen ${mark === 0 ? "no instant yet" : instantWords(mark)}`)
  ]
}

/** The whole finding, as lines. */
export const doctorLines = ({ folders, node, openQuestions, owner, settings, tool, warnings }: DoctorDocument): ReadonlyArray<string> => [
  `Tool         ${tool}, Node ${node}`,
  `Services     ${settings.services.join(", ")}`,
  `Listens on   ${settings.host}, port ${settings.port === 0 ? "any that is free" : settings.port}${settings.origin === null ? "" : `, known as ${settings.origin}`}`,
  `Proxies      ${settings.trustProxy.length === 0 ? "none is believed" : settings.trustProxy.join(", ")}`,
  ...(settings.databases?.map(({ host, name, realm }) => `Database     ${realm}: ${name} on ${host}`) ?? ["Database     embedded, in the data folder"]),
  ...ownerLines(owner),
  "",
  ...tableLines(
    [{ heading: "Folder" }, { heading: "Mode" }, { heading: "File system" }, { heading: "Path" }],
    folders.map(({ fileSystem, mode, name, path }) => [name, mode ?? "not there", fileSystem ?? "unknown", path])
  ),
  ...(openQuestions.length === 0 ? [] : ["", "Open questions:", ...openQuestions.map(({ question, service }) => `  ${service}: ${question}`)]),
  "",
  "To know:",
  ...warnings.map((warning) => `  ${warning}`)
]
