/**
 * The settings in force for the command line: the server's own, and the built-in services where no policy is named.
 */
import { dirname, join, resolve } from "node:path"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import { builtInPolicies, type Settings, settings } from "@fortrolig/http/config"
import { type CommandFailure, misused } from "./failure.ts"

/** What holds where the environment is silent. */
const defaults = ConfigProvider.fromUnknown({ FORTROLIG_POLICY: [...builtInPolicies.keys()].join(",") })

/** Reads the settings. Fails, as bad usage, with one sentence that names the variable and never its value. */
export const settingsInForce: Effect.Effect<Settings, CommandFailure> = settings.pipe(
  Effect.mapError((problem) => misused(`${problem.variable} ${problem.says}.`)),
  Effect.provide(ConfigProvider.layerAdd(defaults))
)

/** Where the private keys of demonstration leads are made: beside those of the custodians. */
export const leadsFolder = ({ custodians }: Pick<Settings, "custodians">): string => join(dirname(resolve(custodians)), "leads")

/** Whether a host is this machine alone. */
export const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host)

/** The address that people use to reach a server: the public one when there is one. */
export const originOf = ({ host, origin, port }: Pick<Settings, "host" | "origin" | "port">): string =>
  origin ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`
