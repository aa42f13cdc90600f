/**
 * The pages that people open, in their language, and the way out that works without JavaScript.
 */
import type { Context, Hono } from "hono"
import { nextOpening } from "@fortrolig/core/hours/openingHours"
import type { Instant } from "@fortrolig/core/kernel/instant"
import { pickLanguage } from "@fortrolig/core/notice/language"
import type { Policy } from "@fortrolig/core/policy/policy"
import type { PageFrame } from "../pages/layout.ts"
import { indexPage, messagePage, privacyPage } from "../pages/otherPages.ts"
import { servicePage } from "../pages/servicePage.ts"
import { staffPage } from "../pages/staffPage.ts"
import type { Assets } from "./assets.ts"
import { clearSiteData } from "./visitors.ts"

/** What pages are made of. */
export interface PageContext {
  readonly policies: ReadonlyArray<Policy>
  readonly assets: Assets
  readonly demonstration: boolean
  /** Whether a service admits new chats at this moment. */
  readonly admits: (policy: Policy) => Promise<boolean>
  /** The trusted clock. */
  readonly now: () => Promise<Instant>
}

/** Adds the pages. A visit to a page leaves no trace: only Start does. */
export const addPageRoutes = (app: Hono, context: PageContext): void => {
  const { admits, now, policies } = context
  app.get("/", async (c) => {
    const listed = await Promise.all(policies.map(async (policy) => ({ policy, open: await admits(policy) })))
    return c.html(indexPage(frameOf(c, context, "/"), listed))
  })
  app.get("/staff", (c) => c.html(staffPage(frameOf(c, context, "/staff"))))
  for (const policy of policies) {
    const path = `/${policy.service}`
    app.get(path, async (c) => {
      const open = await admits(policy)
      const opens = open ? undefined : nextOpening(policy.openingHours, await now())
      return c.html(servicePage({ frame: frameOf(c, context, path), policy, open, ...(opens === undefined ? {} : { opens }) }))
    })
    app.get(`${path}/privacy`, (c) => c.html(privacyPage(frameOf(c, context, `${path}/privacy`), policy)))
    app.post(`${path}/leave`, (c) => c.body(null, 303, { location: policy.exitUrl, "clear-site-data": clearSiteData }))
  }
}

const frameOf = (c: Context, { assets, demonstration }: PageContext, path: string): PageFrame => ({
  language: pickLanguage(c.req.header("accept-language"), c.req.query("lang")),
  href: assets.href,
  path,
  demonstration
})

/** The page for an address that leads nowhere, or for a fault of ours; it says nothing of the address. */
export const neutralPage = (c: Context, context: PageContext, about: "notFound" | "trouble"): Response | Promise<Response> => {
  const status = about === "notFound" ? 404 : 500
  const [policy] = context.policies
  return policy === undefined ? c.body(null, status) : c.html(messagePage(frameOf(c, context, "/"), about, policy), status)
}
