/**
 * The duty to avert as a table in a browser: all 160 inputs, with what each leads to. The core runs here as it does on a server.
 */
import { avertTable } from "@fortrolig/core/disclosure/duty"

const table = document.createElement("table")
const caption = table.createCaption()
for (const { outcome, ...input } of avertTable) {
  const row = table.insertRow()
  for (const value of [...Object.values(input), outcome]) row.insertCell().textContent = String(value)
}
const count = (wanted: string) => avertTable.filter(({ outcome }) => outcome === wanted).length
caption.textContent = `${count("none")} none, ${count("consult")} consult, ${count("duty")} duty`
document.body.append(table)
