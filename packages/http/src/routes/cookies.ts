/**
 * The cookies that this server can set: those that the places of the product declare, each for as long as its class may live. No other module may name the header.
 */
import type { Period } from "@fortrolig/core/kernel/instant"
import { staffSessionPeriod } from "@fortrolig/core/retention/dataClass"
import type { PlaceName } from "@fortrolig/core/retention/productPlaces"

/** The name of a cookie that this server may set. */
export type CookieName = PlaceName<"cookie">

/** How long each lives in the browser: no longer than what it stands for does on the server. */
const lifetimes: Readonly<Record<CookieName, Period>> = { staff: staffSessionPeriod }

const written = (name: CookieName, value: string, seconds: number, secure: boolean) => ({
  "set-cookie": `${name}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`
})

/** The header that sets a declared cookie; no script can read it and no other site can send it. `secure` is whether browsers reach this server by https. */
export const settingCookie = (name: CookieName, value: string, secure: boolean): { readonly "set-cookie": string } =>
  written(name, value, lifetimes[name] / 1000, secure)

/** The header that makes the browser forget a cookie at once. */
export const endingCookie = (name: CookieName, secure: boolean): { readonly "set-cookie": string } => written(name, "", 0, secure)
