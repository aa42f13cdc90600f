/**
 * How the server is, for those who run it: alive, ready, and the figures of its own work.
 */
import type { Hono } from "hono"
import { type Health, metrics } from "./metrics.ts"

/** Adds `/healthz`, `/readyz` and `/metrics`. */
export const addHealthRoutes = (app: Hono, health: Health): void => {
  app.get("/healthz", (c) => c.text("ok\n"))
  app.get("/readyz", (c) => (health.ready ? c.text("ready\n") : c.text("not ready\n", 503)))
  app.get("/metrics", (c) =>
    c.body(metrics(health, performance.now()), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" })
  )
}
