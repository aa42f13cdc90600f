/**
 * How the server is, for those who run it. Counts of the server's own work only: how many people chat, and when, is nobody's statistic (IF-35, X-11).
 */
import type { Hono } from "hono"

/** What the server knows of its own health. */
export interface Health {
  /** Whether it takes new chats: false before the first sweep, while it stops, and while sweeping fails. */
  ready: boolean
  readonly startedAt: number
  sweeps: number
  failedSweeps: number
  /** How late the most overdue datum of the last sweep was, in milliseconds. */
  lateness: number
  /** Open sockets; told outside only in steps of `socketStep`, so that a single visitor never shows. */
  readonly sockets: () => number
}

/** The step in which open sockets are told. */
export const socketStep = 50

/** Adds `/healthz`, `/readyz` and `/metrics`. */
export const addHealthRoutes = (app: Hono, health: Health): void => {
  app.get("/healthz", (c) => c.text("ok\n"))
  app.get("/readyz", (c) => (health.ready ? c.text("ready\n") : c.text("not ready\n", 503)))
  app.get("/metrics", (c) =>
    c.body(metrics(health, performance.now()), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" })
  )
}

const metrics = (health: Health, now: number): string => {
  const gauge = (name: string, help: string, kind: "gauge" | "counter", value: number) =>
    `# HELP fortrolig_${name} ${help}\n# TYPE fortrolig_${name} ${kind}\nfortrolig_${name} ${value}\n`
  return [
    gauge("up_seconds", "Seconds since this server started.", "gauge", Math.floor((now - health.startedAt) / 1000)),
    gauge("ready", "Whether new chats are taken.", "gauge", health.ready ? 1 : 0),
    gauge("sweeps_total", "Sweeps that were completed.", "counter", health.sweeps),
    gauge("failed_sweeps_total", "Sweeps that could not be completed.", "counter", health.failedSweeps),
    gauge("sweep_lateness_seconds", "How late the most overdue datum of the last sweep was.", "gauge", health.lateness / 1000),
    gauge(
      "sockets_at_least",
      `Open connections, rounded down to a multiple of ${socketStep} so that no single visitor shows.`,
      "gauge",
      Math.floor(health.sockets() / socketStep) * socketStep
    )
  ].join("")
}
