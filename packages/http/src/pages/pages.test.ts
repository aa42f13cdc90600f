import { describe, expect, it } from "vitest"
import { deskTexts, visitorChatTexts } from "@fortrolig/core/notice/chatPhrases"
import { languages } from "@fortrolig/core/notice/language"
import { noticeLines } from "@fortrolig/core/notice/notice"
import { detfinneshjelp } from "@fortrolig/core/policy/reference/detfinneshjelp"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"
import type { StaffTexts, VisitorTexts } from "../client/texts.ts"
import type { Html, PageFrame } from "./layout.ts"
import { island } from "./layout.ts"
import { indexPage, messagePage, privacyPage } from "./otherPages.ts"
import { servicePage } from "./servicePage.ts"
import { staffPage } from "./staffPage.ts"

const policies = [detfinneshjelp, ifengsel]
const frameOf = (language: PageFrame["language"]): PageFrame => ({ language, href: (name) => `/assets/${name}`, path: "/x", demonstration: false })
const text = async (page: Html) => String(await page)

const visitorPages = languages.flatMap((language) => {
  const frame = frameOf(language)
  return policies.flatMap((policy) => [
    [`${language} ${policy.service} open`, () => servicePage({ frame, policy, open: true })] as const,
    [`${language} ${policy.service} closed`, () => servicePage({ frame, policy, open: false })] as const,
    [`${language} ${policy.service} privacy`, () => privacyPage(frame, policy)] as const,
    [`${language} ${policy.service} not found`, () => messagePage(frame, "notFound", policy)] as const,
    [`${language} ${policy.service} trouble`, () => messagePage(frame, "trouble", policy)] as const,
    [`${language} list`, () => indexPage(frame, policies.map((each) => ({ policy: each, open: true })))] as const
  ])
})

describe("every visitor page", () => {
  it.each(visitorPages)("%s: has the help numbers and the way out first, in its own language", async (_, make) => {
    const page = await text(make())
    for (const href of ["tel:112", "tel:113", "tel:116117", "tel:116111"]) expect(page).toContain(`href="${href}"`)
    const body = page.slice(page.indexOf("<body"))
    expect(/<(?:a|button|input|textarea|summary)\b/.exec(body)?.[0]).toBe("<button")
    expect(body.indexOf("<button")).toBeGreaterThan(body.indexOf('method="post"'))
    expect(page).toMatch(/<html lang="(nb|en)"/)
  })
})

describe("every page", () => {
  const all = [...visitorPages, ...languages.map((language) => [`${language} staff`, () => staffPage(frameOf(language))] as const)]

  it.each(all)("%s: runs under the content policy and loads nothing from elsewhere", async (_, make) => {
    const page = await text(make())
    expect(page).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/)
    for (const [tag] of page.matchAll(/<script[^>]*>/g)) expect(tag).toMatch(/src="\/assets\/|type="application\/json"/)
    for (const [, address] of page.matchAll(/<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^(?:\/assets\/|data:)/)
    expect(/<title>(.*)<\/title>/.exec(page)?.[1]).not.toMatch(/hjelp|fengsel|fortrolig/i)
  })

  it("says that it is a demonstration exactly when asked", async () => {
    const [plain, shown] = await Promise.all([false, true].map((demonstration) => text(staffPage({ ...frameOf("nb"), demonstration }))))
    expect(plain).not.toContain("Demonstrasjon")
    expect(shown).toContain("Demonstrasjon")
  })
})

describe("the page of a service", () => {
  it("shows the three lines of the notice, and Start only when it is open", async () => {
    for (const policy of policies) {
      const [open, closed] = await Promise.all([true, false].map((is) => text(servicePage({ frame: frameOf("nb"), policy, open: is }))))
      for (const line of noticeLines(policy, "nb")) expect((open ?? "").replaceAll(/<\/?strong>/g, "")).toContain(line.replaceAll('"', "&quot;"))
      expect(open).toMatch(/data-part="start">/)
      expect(closed).toMatch(/data-part="start" hidden>/)
    }
  })

  it("hands the client every word that it needs", async () => {
    for (const language of languages) {
      // The types are the check: a word that the client reads and the catalogue lacks does not compile.
      const visitor: VisitorTexts = visitorChatTexts(detfinneshjelp, language)
      const staff: StaffTexts = deskTexts(language)
      expect(await text(servicePage({ frame: frameOf(language), policy: detfinneshjelp, open: true }))).toContain(visitor.joined)
      expect(await text(staffPage(frameOf(language)))).toContain(staff.takenByOther)
    }
  })

  it("nothing in the data for the client can end its element", async () => {
    const page = await text(island("texts", { a: "</script><script>alert(1)</script><!--" }))
    expect(page.match(/<\/script>/g)?.length).toBe(1)
    expect(page).not.toContain("<!--")
  })
})
