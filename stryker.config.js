/** Settings of the mutation run; `scripts/mutation.ts` says which topic, and where the report goes. */
const report = process.env["FORTROLIG_MUTATION"] ?? "test-output/mutation/all.json"
const topic = process.env["FORTROLIG_TOPIC"] ?? "all"

export default {
  packageManager: "npm",
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  tsconfigFile: "none.json",
  disableTypeChecks: false,
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  ignorePatterns: ["**/dist", "docs", "test-output", ".fortrolig"],
  reporters: ["json"],
  jsonReporter: { fileName: report },
  tempDirName: `test-output/stryker-${topic}`,
  concurrency: Number(process.env["FORTROLIG_CONCURRENCY"] ?? "2"),
  timeoutMS: 10_000,
  timeoutFactor: 3
}
