/**
 * The words that the pages hand to the client. The client has none of its own.
 */
import type { EndReason } from "@fortrolig/core/session/messages"
import type { ListTexts } from "./chatView.ts"
import type { ReceiptTexts } from "./receiptView.ts"

interface Words {
  readonly heading: string
  readonly body: string
}

/** What both sides of a chat need. */
export interface ChatTexts {
  readonly list: ListTexts
  readonly composer: { readonly charactersLeft: string; readonly tooLong: string }
  readonly reconnecting: string
  readonly securing: string
  readonly refused: string
  /** The server is about to stop; has a `{time}`. */
  readonly closing: string
  readonly ended: Readonly<Record<EndReason, string>>
}

/** The words of a visitor's page. */
export interface VisitorTexts extends ChatTexts {
  readonly receipt: ReceiptTexts
  readonly queuePlace: string
  readonly queueAvailable: string
  readonly queueNobody: string
  readonly joined: string
  readonly counsellorHere: string
  readonly counsellorAway: string
  readonly requeued: { readonly returned: string; readonly counsellorGone: string }
  readonly peerWipePending: string
  readonly peerWiped: string
  readonly closedNow: string
  readonly cannotStart: string
  readonly elsewhere: Words
  readonly gone: Words
  readonly serverGone: Words
  readonly endedOffline: Words
}

/** The words of the counsellor's desk. */
export interface StaffTexts extends ChatTexts {
  readonly visitorHere: string
  readonly visitorAway: string
  readonly waited: string
  readonly front: string
  readonly declined: string
  readonly accept: string
  readonly decline: string
  readonly open: string
  readonly closed: string
  readonly full: string
  readonly queueCount: string
  readonly gone: string
  readonly returned: string
  readonly elsewhere: string
  readonly serverGone: string
  readonly signedOut: string
  readonly deskElsewhere: string
  readonly takenByOther: string
  readonly linkUsed: string
  readonly cannotSignIn: string
}
