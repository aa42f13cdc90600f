/**
 * The headers of every answer: nothing is kept, nothing comes from elsewhere, nothing is told to elsewhere (DFH-02).
 */
import type { MiddlewareHandler } from "hono"
import { secureHeaders } from "hono/secure-headers"

/** Sets the privacy headers. `exits` are the neutral pages that "Leave this page" goes to: without them a form that leads there would be stopped. */
export const privacyHeaders = (exits: ReadonlyArray<string>): MiddlewareHandler => {
  const secure = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'", ...new Set(exits.map((exit) => new URL(exit).origin))],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ["'none'"]
    },
    crossOriginEmbedderPolicy: "require-corp",
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], displayCapture: [], browsingTopics: [] }
  })
  return async (c, next) => {
    await secure(c, next)
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store")
    c.res.headers.set("x-robots-tag", "noindex, nofollow")
  }
}
