/**
 * Who the leads are: for each service that keeps content, one public key beside the vaults. The private half never lies there.
 */
import { ECDH, generateKeyPair } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { ServiceName } from "@fortrolig/core/kernel/identity"
import { keepsContent, type Policy } from "@fortrolig/core/policy/policy"
import { Leads } from "@fortrolig/core/ports/Leads"

/** The file of the leads is missing or names no valid key for a service that keeps content. `file` is its path. */
export class LeadsUnreadable extends Schema.TaggedError<LeadsUnreadable>()("LeadsUnreadable", { file: Schema.String }) {}

/** An uncompressed point of P-256, checked to lie on the curve. */
const PublicKey = Schema.String.check(
  Schema.isPattern(/^[A-Za-z0-9_-]{87}$/),
  Schema.makeFilter((key: string) => isPoint(key) || "is not a point of P-256")
)
const isPoint = (key: string): boolean => {
  try {
    ECDH.convertKey(key, "prime256v1", "base64url", "base64url", "compressed")
    return true
  } catch {
    return false
  }
}

const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Schema.Struct({ leads: Schema.Record(ServiceName, PublicKey) })))

/** The leads that `publicFile` names. Fails unless every policy that keeps content has one; a policy that keeps none needs none. */
export const leadsFrom = (publicFile: string, policies: ReadonlyArray<Policy>): Layer.Layer<Leads, LeadsUnreadable> => {
  const keeping = policies.filter(keepsContent).map(({ service }) => service)
  if (keeping.length === 0) return Layer.succeed(Leads, { keyOf: () => undefined })
  return Layer.effect(
    Leads,
    Effect.tryPromise(() => readFile(publicFile, "utf8")).pipe(
      Effect.flatMap(decode),
      Effect.flatMap(({ leads }) => (keeping.every((service) => leads[service] !== undefined) ? Effect.succeed(leads) : Effect.fail(undefined))),
      Effect.mapError(() => new LeadsUnreadable({ file: publicFile })),
      Effect.map((leads) => Leads.of({ keyOf: (service) => leads[service] }))
    )
  )
}

/**
 * Makes one lead for each service that keeps content, unless `publicFile` exists: private keys (PKCS #8, mode 0600) go to `folder`, which must lie outside
 * the data and keys folders, and public keys to `publicFile`. In production each lead makes a key elsewhere and hands over the public half.
 */
export const makeDemonstrationLeads = (folder: string, publicFile: string, policies: ReadonlyArray<Policy>): Effect.Effect<void, LeadsUnreadable> =>
  existsSync(publicFile)
    ? Effect.void
    : Effect.tryPromise({
      try: async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await mkdir(dirname(publicFile), { recursive: true, mode: 0o700 })
        const leads: Record<string, string> = {}
        for (const { service } of policies.filter(keepsContent)) leads[service] = await makeLead(join(folder, `lead-${service}.pem`))
        await writeFile(publicFile, `${JSON.stringify({ leads }, null, 2)}\n`, { mode: 0o600 })
      },
      catch: () => new LeadsUnreadable({ file: publicFile })
    })

const makeLead = async (file: string): Promise<string> => {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "der" }
  })
  await writeFile(file, privateKey, { mode: 0o600 })
  // The last 65 bytes of the encoded public key are the uncompressed point.
  return publicKey.subarray(-65).toString("base64url")
}
