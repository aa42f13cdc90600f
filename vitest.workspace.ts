import { defineConfig } from "vitest/config"

/** For `scripts/disable.ts`: one text of one file replaced as it is loaded, so that a proof can be seen failing. */
const { file, find, replace } = JSON.parse(process.env["FORTROLIG_DISABLE"] ?? "{}")
const disabling = {
  name: "disable",
  enforce: "pre" as const,
  transform: (code: string, id: string) => (file !== undefined && id.endsWith(`/${file}`) ? code.replace(find, () => replace) : undefined)
}

/** Packages run from their sources; nothing needs a build except what runs as a process of its own. */
const source = { plugins: [disabling], resolve: { conditions: ["@fortrolig/source"] }, ssr: { resolve: { conditions: ["@fortrolig/source"] } } }

const project = (name: string, include: string, options?: { isolate?: false; testTimeout?: number; hookTimeout?: number; globalSetup?: string }) => ({
  ...source,
  test: { name, include: [include], environment: "node", ...options }
})

export default defineConfig({
  test: {
    // Most files wait for processes and browsers, so that two at a time cost little on two cores.
    maxWorkers: 2,
    projects: [
      // Nothing in the core remembers a call: its files can share workers and what they import.
      project("core", "packages/core/src/**/*.test.ts", { isolate: false }),
      project("adapters", "packages/adapters/src/**/*.test.ts", { testTimeout: 30_000, hookTimeout: 30_000, globalSetup: "test/support/postgres.ts" }),
      project("docs", "test/docs/**/*.test.ts", { testTimeout: 240_000, hookTimeout: 60_000 }),
      project("world", "test/world/**/*.test.ts", { testTimeout: 240_000, hookTimeout: 30_000 }),
      project("app", "test/app/**/*.test.ts", { testTimeout: 30_000, hookTimeout: 30_000 }),
      project("store", "test/store/**/*.test.ts", { testTimeout: 120_000, hookTimeout: 60_000, globalSetup: "test/support/postgres.ts" }),
      project("http", "packages/http/src/**/*.test.ts", { testTimeout: 30_000, hookTimeout: 30_000 }),
      project("cli", "packages/cli/src/**/*.test.ts", { testTimeout: 60_000, hookTimeout: 60_000 }),
      project("gates", "test/gates/**/*.test.ts", { testTimeout: 120_000, hookTimeout: 60_000, globalSetup: "test/support/build.ts" }),
      project("process", "test/process/**/*.test.ts", { testTimeout: 120_000, hookTimeout: 60_000, globalSetup: "test/support/build.ts" }),
      project("journeys", "test/journeys/**/*.test.ts", { testTimeout: 120_000, hookTimeout: 60_000, globalSetup: "test/support/build.ts" }),
      project("bytes", "test/bytes/**/*.test.ts", { testTimeout: 180_000, hookTimeout: 180_000, globalSetup: "test/support/build.ts" })
    ]
  }
})
