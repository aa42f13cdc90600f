import { defineConfig } from "drizzle-kit"

/** `REALM=service npx drizzle-kit generate` writes the next migration of one realm. */
const realm = process.env["REALM"] === "custody" ? "custody" : "service"

export default defineConfig({ dialect: "postgresql", schema: `./src/database/${realm}Schema.ts`, out: `./drizzle/${realm}` })
