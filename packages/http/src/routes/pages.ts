/**
 * The pages that people open, in their language.
 */
import type { Context, Hono } from "hono"
import { type Language, pickLanguage } from "@fortrolig/core/notice/language"
import type { Policy } from "@fortrolig/core/policy/policy"
import type { Assets } from "./assets.ts"
import { clearSiteData } from "./visitors.ts"

/** What pages are made of. */
export interface PageContext {
  readonly policies: ReadonlyArray<Policy>
  readonly assets: Assets
  readonly demonstration: boolean
  /** Whether a service admits new chats at this moment. */
  readonly admits: (policy: Policy) => Promise<boolean>
}

/** Adds the pages, and the way out that works without JavaScript. */
export const addPageRoutes = (app: Hono, context: PageContext): void => {
  const policyOf = (c: Context) => context.policies.find(({ service }) => service === c.req.param("service"))
  app.get("/", (c) => c.html(`<!doctype html><title>Fortrolig</title>${context.policies.map(({ service, name }) => `<a href="/${service}">${name[languageOf(c)]}</a>`).join("")}`))
  app.get("/staff", (c) => c.html("<!doctype html><title>Fortrolig</title>"))
  app.get("/:service", (c, next) => {
    const policy = policyOf(c)
    return policy === undefined ? next() : Promise.resolve(c.html(`<!doctype html><title>Fortrolig</title>${policy.name[languageOf(c)]}`))
  })
  app.post("/:service/leave", (c, next) => {
    const policy = policyOf(c)
    if (policy === undefined) return next()
    return Promise.resolve(c.body(null, 303, { location: policy.exitUrl, "clear-site-data": clearSiteData }))
  })
}

const languageOf = (c: Context): Language => pickLanguage(c.req.header("accept-language"), c.req.query("lang"))

/** The page for an address that leads nowhere. */
export const notFoundPage = (c: Context, _context: PageContext): Response | Promise<Response> =>
  c.html("<!doctype html><title>Fortrolig</title><p>113 112</p>", 404)
