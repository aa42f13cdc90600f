/**
 * News within one process: listeners are called in the order in which they came, and none can hurt another.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Bus, type News } from "@fortrolig/core/ports/Bus"

/** The bus of one process. A listener that throws is skipped; what it threw is dropped, since it could carry news. */
export const busMemory: Layer.Layer<Bus> = Layer.sync(Bus, () => {
  const listeners = new Set<{ readonly hear: (news: News) => void }>()
  return {
    publish: (news) =>
      Effect.sync(() => {
        for (const listener of [...listeners]) tell(listener, news)
      }),
    subscribe: (hear) =>
      Effect.sync(() => {
        const listener = { hear }
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
        }
      })
  }
})

const tell = ({ hear }: { readonly hear: (news: News) => void }, news: News): void => {
  try {
    hear(news)
  } catch {
    // The others still hear it.
  }
}
