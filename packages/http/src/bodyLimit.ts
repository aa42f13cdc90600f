/**
 * No request body is read beyond what the largest honest one needs.
 */
import type { MiddlewareHandler } from "hono"
import { problemResponse } from "./problem.ts"

/** Answers 413 to a body of more than `most` bytes, also to one that does not say its length beforehand. */
export const limitBody = (most: number): MiddlewareHandler => async (c, next) => {
  if (c.req.header("transfer-encoding") === undefined) {
    return Number(c.req.header("content-length") ?? 0) > most ? problemResponse(413) : next()
  }
  const { body, headers, method } = c.req.raw
  const read = body === null ? new Uint8Array() : await readAtMost(body, most)
  if (read === undefined) return problemResponse(413)
  const bodyless = method === "GET" || method === "HEAD"
  c.req.raw = new Request(c.req.url, { method, headers, ...(bodyless ? {} : { body: read }) })
  return next()
}

const readAtMost = async (body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const chunks: Array<Uint8Array> = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > most) return undefined
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
