/**
 * The box where a message is written: Enter sends on a computer, the button always, and a count appears near the limit.
 */
import { ask, button, fill, part, say } from "./page.ts"
import { seemsToHoldIdentityNumber } from "./nationalId.ts"

/** From this many characters left on, the count shows. */
const near = 200
/** Typing is told as over after this long without a key, in milliseconds. */
const typingPause = 4_000

/** What the box needs and tells. */
export interface ComposerOptions {
  readonly root: ParentNode
  readonly texts: { readonly charactersLeft: string; readonly tooLong: string }
  readonly send: (text: string) => void
  readonly typing: (on: boolean) => void
  /** The name of the dialog that asks before an identity number is sent, where the page has one. */
  readonly identityWarning?: string
}

/** The box of one chat. */
export interface Composer {
  readonly enable: (on: boolean) => void
  readonly focus: () => void
  readonly clear: () => void
}

/** Makes the box of a chat work. */
export const makeComposer = ({ root, texts, send, typing, identityWarning }: ComposerOptions): Composer => {
  const box = part(root, "box")
  if (!(box instanceof HTMLTextAreaElement)) throw new Error("The message box is not a textarea.")
  const press = button(root, "send")
  const count = part(root, "count")
  const most = Number(box.dataset["most"] ?? 2000)
  const onComputer = matchMedia("(hover: hover) and (pointer: fine)").matches
  let told = false
  let pause: ReturnType<typeof setTimeout> | undefined
  let asking = false

  const tell = (on: boolean) => {
    clearTimeout(pause)
    if (on) pause = setTimeout(() => tell(false), typingPause)
    if (told === on) return
    told = on
    typing(on)
  }
  const measure = () => {
    const left = most - box.value.length
    say(count, left < 0 ? fill(texts.tooLong, { count: -left }) : left <= near ? fill(texts.charactersLeft, { count: left }) : "")
    box.setAttribute("aria-invalid", String(left < 0))
    press.disabled = box.disabled || left < 0
  }
  const submit = async () => {
    const text = box.value.trim()
    if (asking || box.disabled || text === "" || box.value.length > most) return box.focus()
    if (identityWarning !== undefined && seemsToHoldIdentityNumber(text)) {
      asking = true
      const sure = await ask(identityWarning)
      asking = false
      if (!sure || box.disabled) return box.focus()
    }
    tell(false)
    box.value = ""
    measure()
    send(text)
    box.focus()
  }

  box.addEventListener("input", () => {
    measure()
    tell(box.value.trim() !== "")
  })
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !onComputer) return
    event.preventDefault()
    void submit()
  })
  press.addEventListener("click", () => void submit())
  return {
    enable: (on) => {
      box.disabled = !on
      if (!on) tell(false)
      measure()
    },
    focus: () => box.focus(),
    clear: () => {
      clearTimeout(pause)
      box.value = ""
      measure()
    }
  }
}
