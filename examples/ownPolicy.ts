/**
 * A policy of one's own: start from a reference, change what differs, let the linter find what is dishonest, and read the notice that follows from it.
 */
import { noticeLines } from "@fortrolig/core/notice/notice"
import { lint } from "@fortrolig/core/policy/lint"
import { decodePolicy } from "@fortrolig/core/policy/decode"
import { ifengsel } from "@fortrolig/core/policy/reference/ifengsel"

const own = decodePolicy({
  ...ifengsel,
  service: "havnechatten",
  name: { nb: "Havnechatten", en: "The Harbour Chat" },
  controller: { name: "Stiftelsen Havn", form: "voluntary" },
  content: { store: "server", hoursAfterEnd: 96 }
})

// The published page still says 72 hours.
for (const { field, says } of lint(own, "2026-11-21").filter(({ severity }) => severity === "dishonest")) console.log(`${field}: ${says}`)
console.log(noticeLines(own, "en")[0])
