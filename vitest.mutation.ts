/** The tests that mutants of the core are held against: those beside the code, from the sources. */
import { defineConfig } from "vitest/config"

export default defineConfig({
  resolve: { conditions: ["@fortrolig/source"] },
  ssr: { resolve: { conditions: ["@fortrolig/source"] } },
  test: { include: ["packages/core/src/**/*.test.ts"], environment: "node", fsModuleCache: false }
})
