/**
 * The same session as an XState v5 statechart, for its pure `transition`: guards and assignments, no actors and no delays.
 */
import type { Policy } from "@fortrolig/core/policy/policy"
import { standingFor } from "@fortrolig/core/session/assignment"
import type { SessionCommand } from "@fortrolig/core/session/messages"
import { assign, setup } from "xstate"

interface Context {
  readonly openedAt: number
  readonly queuedAt: number
  readonly front: boolean
  readonly counsellor: string
  readonly lastActivity: number
  readonly visitorAway: number | null
  readonly counsellorAway: number | null
  readonly endedAt: number
}

type Event = { [Tag in SessionCommand["_tag"]]: Omit<Extract<SessionCommand, { readonly _tag: Tag }>, "_tag"> & { readonly type: Tag } }[SessionCommand["_tag"]]

/** The statechart of one service's sessions, as far as the measured life goes. */
export const statechart = (policy: Policy) => {
  const standing = standingFor(policy)
  return setup({
    types: { context: {} as Context, events: {} as Event },
    guards: {
      free: ({ event }) => event.type === "Accept" && event.standing === standing && !event.reserved && event.holding < policy.capacity,
      open: ({ event }) => event.type === "Open" && event.serviceOpen,
      mine: ({ context, event }) => event.type === "Return" && event.counsellor === context.counsellor,
      visitor: ({ event }) => (event.type === "Away" || event.type === "Back") && event.party === "visitor",
      byVisitor: ({ event }) => event.type === "Redact" && event.by === "visitor",
      forward: ({ context, event }) => event.at > context.lastActivity
    },
    actions: {
      opened: assign({ openedAt: ({ event }) => event.at, queuedAt: ({ event }) => event.at }),
      accepted: assign({
        counsellor: ({ event }) => (event.type === "Accept" ? event.counsellor : ""),
        lastActivity: ({ event }) => event.at,
        counsellorAway: null
      }),
      requeued: assign({ queuedAt: ({ event }) => event.at, front: true }),
      active: assign({ lastActivity: ({ event }) => event.at }),
      visitorAway: assign({ visitorAway: ({ event }) => event.at }),
      visitorBack: assign({ visitorAway: null }),
      counsellorAway: assign({ counsellorAway: ({ event }) => event.at }),
      counsellorBack: assign({ counsellorAway: null }),
      ended: assign({ endedAt: ({ event }) => event.at })
    }
  }).createMachine({
    initial: "unopened",
    context: { openedAt: 0, queuedAt: 0, front: false, counsellor: "", lastActivity: 0, visitorAway: null, counsellorAway: null, endedAt: 0 },
    states: {
      unopened: { on: { Open: { guard: "open", target: "waiting", actions: "opened" } } },
      waiting: {
        on: {
          Accept: { guard: "free", target: "active", actions: "accepted" },
          Away: { guard: "visitor", actions: "visitorAway" },
          Back: { guard: "visitor", actions: "visitorBack" },
          Redact: { guard: "byVisitor", actions: [] },
          End: { target: "ended", actions: "ended" },
          Leave: { target: "ended", actions: "ended" },
          Stop: { target: "ended", actions: "ended" }
        }
      },
      active: {
        on: {
          Return: { guard: "mine", target: "waiting", actions: "requeued" },
          Activity: { guard: "forward", actions: "active" },
          Away: [{ guard: "visitor", actions: "visitorAway" }, { actions: "counsellorAway" }],
          Back: [{ guard: "visitor", actions: "visitorBack" }, { actions: "counsellorBack" }],
          Redact: { guard: "byVisitor", actions: [] },
          End: { target: "ended", actions: "ended" },
          Leave: { target: "ended", actions: "ended" },
          Stop: { target: "ended", actions: "ended" }
        }
      },
      ended: {}
    }
  })
}
