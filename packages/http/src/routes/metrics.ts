/**
 * The figures of the server's own work, for those who run it. How many people chat, and when, is nobody's statistic (IF-35, X-11), so no figure has a label.
 */
import type { PlaceName } from "@fortrolig/core/retention/productPlaces"

/** What the server knows of its own health. */
export interface Health {
  /** Whether it takes new chats: false before the first sweep, while it stops, and while sweeping fails or gets no answer. */
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

interface Figure {
  readonly help: string
  readonly kind: "gauge" | "counter"
  readonly value: (health: Health, now: number) => number
}

/** One for each declared figure: leaving one out, or adding one that is not declared, does not compile. */
const figures: Readonly<Record<PlaceName<"metric">, Figure>> = {
  fortrolig_up_seconds: { help: "Seconds since this server started.", kind: "gauge", value: ({ startedAt }, now) => Math.floor((now - startedAt) / 1000) },
  fortrolig_ready: { help: "Whether new chats are taken.", kind: "gauge", value: ({ ready }) => (ready ? 1 : 0) },
  fortrolig_sweeps_total: { help: "Sweeps that were completed.", kind: "counter", value: ({ sweeps }) => sweeps },
  fortrolig_failed_sweeps_total: { help: "Sweeps that could not be completed.", kind: "counter", value: ({ failedSweeps }) => failedSweeps },
  fortrolig_sweep_lateness_seconds: { help: "How late the most overdue datum of the last sweep was.", kind: "gauge", value: ({ lateness }) => lateness / 1000 },
  fortrolig_sockets_at_least: {
    help: `Open connections, rounded down to a multiple of ${socketStep} so that no single visitor shows.`,
    kind: "gauge",
    value: ({ sockets }) => Math.floor(sockets() / socketStep) * socketStep
  }
}

/** Every figure at `now`, in milliseconds of the process's own clock, in the text format of Prometheus. */
export const metrics = (health: Health, now: number): string =>
  Object.entries(figures)
    .map(([name, { help, kind, value }]) => `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${name} ${value(health, now)}\n`)
    .join("")
