import * as Option from "effect/Option"

/** Reads JSON; nothing when it is not. */
export const parsed = (text: string): Option.Option<unknown> => {
  try {
    return Option.some(JSON.parse(text))
  } catch {
    return Option.none()
  }
}
