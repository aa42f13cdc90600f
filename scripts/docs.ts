/**
 * Writes every generated page of `docs`: run as `npm run docs`.
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { generatedPages } from "./pages/all.ts"
import { root } from "./pages/registry.ts"

for (const [file, content] of await generatedPages()) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), content)
  console.log(file)
}
