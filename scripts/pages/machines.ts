/**
 * The diagrams in `docs/machines`: each machine as Mermaid and as SVG, from the one table that defines it. Generated, never edited.
 */
import { Graphviz } from "@hpcc-js/wasm-graphviz"
import { type Edge, edgesOf, type Table } from "../../packages/core/src/kernel/table.ts"
import { exportsOf, files } from "./registry.ts"

const isTable = (value: unknown): value is Table<string, string> =>
  typeof value === "object" && value !== null && Object.values(value).every((row) => typeof row === "object" && row !== null && Object.values(row).every(Array.isArray))

/** The commands that lead from one state to another, on one arrow. */
const arrows = (edges: ReadonlyArray<Edge>): ReadonlyArray<{ readonly from: string; readonly to: string; readonly by: ReadonlyArray<string> }> => {
  const found = new Map<string, { readonly from: string; readonly to: string; readonly by: Array<string> }>()
  for (const { from, to, by } of edges) {
    const arrow = found.get(`${from} ${to}`) ?? { from, to, by: [] }
    arrow.by.push(by)
    found.set(`${from} ${to}`, arrow)
  }
  return [...found.values()]
}

const mermaid = (table: Table<string, string>): string => {
  const states = Object.keys(table)
  const edges = edgesOf(table)
  const first = states[0] ?? ""
  const last = states.filter((state) => edges.every(({ from, to }) => from !== state || to === state))
  return [
    "stateDiagram-v2",
    `  [*] --> ${first}`,
    ...arrows(edges).map(({ from, to, by }) => `  ${from} --> ${to}: ${by.join(", ")}`),
    ...last.map((state) => `  ${state} --> [*]`),
    ""
  ].join("\n")
}

/** The commands that a state accepts without leaving it, a few on each line. */
const staying = (edges: ReadonlyArray<Edge>, state: string): ReadonlyArray<string> => {
  const names = edges.filter(({ from, to }) => from === state && to === state).map(({ by }) => by)
  return Array.from({ length: Math.ceil(names.length / 3) }, (_, line) => names.slice(line * 3, line * 3 + 3).join(", "))
}

/** A state: its name, and in small what it accepts without leaving. */
const node = (edges: ReadonlyArray<Edge>, state: string, first: boolean): string => {
  const stays = staying(edges, state).map((line) => `<BR/><FONT POINT-SIZE="9" COLOR="#55677a">${line}</FONT>`).join("")
  return `  "${state}" [label=<<B>${state}</B>${stays}>${first ? ", penwidth=2.5" : ""}]`
}

const dot = (name: string, table: Table<string, string>): string => {
  const edges = edgesOf(table)
  return [
    `digraph "${name}" {`,
    '  rankdir="TB"; bgcolor="white"; nodesep="0.7"; ranksep="0.8"',
    '  node [shape="box", style="rounded,filled", fillcolor="#eef3f7", color="#2b4a63", fontname="Helvetica", fontsize="13", margin="0.4,0.12"]',
    '  edge [color="#4a6a83", fontname="Helvetica", fontsize="10", arrowsize="0.7"]',
    ...Object.keys(table).map((state, index) => node(edges, state, index === 0)),
    ...arrows(edges.filter(({ from, to }) => from !== to)).map(({ from, to, by }) => `  "${from}" -> "${to}" [label="${by.map((command) => `  ${command}  `).join("\\n")}"]`),
    "}"
  ].join("\n")
}

/** Every generated file of `docs/machines` with its content. Throws when a file of tables holds none. */
export const machinePages = async (): Promise<ReadonlyMap<string, string>> => {
  const graphviz = await Graphviz.load()
  const pages = new Map<string, string>()
  const index: Array<string> = []
  for (const file of files("packages/core/src/*/*able.ts").filter((path) => !path.includes("/kernel/"))) {
    const tables = (await exportsOf(file)).flatMap(([name, value]) => (isTable(value) ? [[name, value] as const] : []))
    if (tables.length === 0) continue
    for (const [exported, table] of tables) {
      const name = exported.replace(/Table$/, "")
      const edges = edgesOf(table)
      pages.set(`docs/machines/${name}.mmd`, mermaid(table))
      pages.set(`docs/machines/${name}.svg`, `${graphviz.dot(dot(name, table)).replace(/<!--[\s\S]*?-->\n?/g, "").trim()}\n`)
      index.push(`## ${name}`, "", `${Object.keys(table).length} states, ${edges.length} edges, from \`${file}\` ([Mermaid](${name}.mmd)).`, "", `![The states of ${name} and the commands that lead between them](${name}.svg)`, "")
    }
  }
  pages.set(
    "docs/machines/README.md",
    ["# The machines", "", "Each drawn from the one table that defines it, by `npm run docs`; a test fails when a drawing is stale. In small, inside a state: what it accepts without leaving.", "", ...index].join("\n")
  )
  return pages
}
