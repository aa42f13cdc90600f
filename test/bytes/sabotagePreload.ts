/**
 * Loaded into a process before the product: switches off one protection, so that a scan has something to find. The product knows nothing of it.
 * TEST_SABOTAGE is `sealing` (every seal of the server leaves its bytes as they are) or `zeroing` (no slot of a vault is ever overwritten with zeros).
 */
import { open } from "node:fs/promises"
import { registerHooks } from "node:module"

const openSeals: ReadonlyArray<readonly [file: string, source: string]> = [
  ["/keys/recordSeal.js", "export const keyBytes = 32; export const aesGcm = { seal: (_key, plain) => Buffer.from(plain), open: (_key, sealed) => Buffer.from(sealed) }"],
  ["/custody/nestedAge.js", "export const sealFor = async (_recipients, plain) => plain; export const openWith = async (_identities, sealed) => sealed"]
]

const sealing = () =>
  registerHooks({
    load: (url, context, next) => {
      const replaced = openSeals.find(([file]) => url.endsWith(`/adapters/dist${file}`))
      return replaced === undefined ? next(url, context) : { format: "module", shortCircuit: true, source: replaced[1] }
    }
  })

/** A slot is 64 bytes; nothing else of the product writes 64 zeros. */
const zeroing = async () => {
  const file = await open(import.meta.filename)
  const handle = Object.getPrototypeOf(file)
  await file.close()
  const write = handle.write
  handle.write = function(bytes: Uint8Array, ...rest: ReadonlyArray<unknown>) {
    return bytes.length === 64 && bytes.every((byte) => byte === 0) ? Promise.resolve({ bytesWritten: 64, buffer: bytes }) : Reflect.apply(write, this, [bytes, ...rest])
  }
}

const protection = process.env["TEST_SABOTAGE"]
if (protection === "sealing") sealing()
else if (protection === "zeroing") await zeroing()
else throw new Error("TEST_SABOTAGE names nothing to switch off.")
