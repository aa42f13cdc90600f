import { copyFileSync } from "node:fs"
import { defineConfig } from "rolldown"

/** One script for each kind of page, without shared pieces, so that a page asks for exactly one file. */
const entry = (name: string) => ({
  input: { [name]: `src/client/${name}.ts` },
  platform: "browser" as const,
  resolve: { conditionNames: ["@fortrolig/source", "import", "default"] },
  transform: { target: "es2022" },
  output: { dir: "dist/client", format: "es" as const, entryFileNames: "[name].js", codeSplitting: false, minify: true },
  plugins: [{ name: "stylesheet", writeBundle: () => copyFileSync("src/client/app.css", "dist/client/app.css") }]
})

/** The browser's two scripts and the stylesheet, as the server hands them out under /assets. */
export default defineConfig([entry("chat"), entry("staff")])
