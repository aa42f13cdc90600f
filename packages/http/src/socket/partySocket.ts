/**
 * A WebSocket that knows whose it is, so that one listener serves all sockets and an idle connection costs no closure.
 */
import { WebSocket } from "ws"

/** Who listens to the sockets of a server. */
export interface SocketListener {
  readonly hear: (socket: PartySocket, data: Buffer, isBinary: boolean) => void
  readonly detach: (socket: PartySocket) => void
}

/** One socket of a server. */
export class PartySocket extends WebSocket {
  listener: SocketListener | undefined = undefined
  /** The end of a chat or the desk that this socket serves; nothing when it was replaced or is over. Told apart by class. */
  end: object | undefined = undefined
  /** When this socket was last heard (monotonic, in milliseconds). */
  heardAt = 0
}

/** Why the server closes a socket. The client shows its own words for each. */
export const CloseCode = {
  /** The chat is over and both browsers know it. */
  over: 1000,
  /** The server stops. */
  stopping: 1001,
  /** Too much that cannot be understood. */
  refused: 1008,
  /** The same end was opened in another tab. */
  replaced: 4001,
  /** The chat is no longer this counsellor's. */
  returned: 4003,
  /** The sign-in is over. */
  signedOut: 4004
} as const
