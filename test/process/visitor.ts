/**
 * A chat opened over HTTP as a browser does it, for tests of whole processes that are not about browsers.
 */
import { randomBytes } from "node:crypto"
import { proxyFrom } from "../support/proxy.ts"

/** Opens one chat of a service from an address of its own; answers when the server has admitted it. Throws with the status when it does not. */
export const openChat = async (port: number, service: string, address: string): Promise<void> => {
  const proxy = await proxyFrom(address, port)
  try {
    const origin = `http://127.0.0.1:${proxy.port}`
    const answer = await fetch(`${origin}/api/${service}/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: JSON.stringify({ resume: randomBytes(32).toString("base64url") })
    })
    await answer.text()
    if (answer.status !== 201) throw new Error(`The chat was not opened: ${answer.status}`)
  } finally {
    await proxy.close()
  }
}
