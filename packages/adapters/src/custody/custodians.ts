/**
 * Who the custodians are: their public recipients lie beside the keys, their private identities never do.
 */
import { existsSync } from "node:fs"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** The file of the custodians is missing or names no two recipients. `file` is its path. */
export class CustodiansUnreadable extends Schema.TaggedError<CustodiansUnreadable>()("CustodiansUnreadable", { file: Schema.String }) {}

const Recipient = Schema.String.check(Schema.isPattern(/^age1[0-9a-z]+$/))
const File = Schema.Struct({ custodians: Schema.Tuple([Recipient, Recipient]) })
const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(File))

/** The public recipients of custodian A and custodian B, who must be two. */
export const readCustodians = (publicFile: string): Effect.Effect<readonly [string, string], CustodiansUnreadable> =>
  Effect.tryPromise(() => readFile(publicFile, "utf8")).pipe(
    Effect.flatMap(decode),
    Effect.flatMap(({ custodians }) => (custodians[0] === custodians[1] ? Effect.fail(undefined) : Effect.succeed(custodians))),
    Effect.mapError(() => new CustodiansUnreadable({ file: publicFile }))
  )

/**
 * Makes two custodians for a demonstration, unless `publicFile` names some already: private identities (mode 0600) go to `folder`, which must lie
 * outside the data and keys folders, and public recipients to `publicFile`. In production each custodian makes a key elsewhere and hands over the public half.
 */
export const makeDemonstrationCustodians = (folder: string, publicFile: string): Effect.Effect<readonly [string, string], CustodiansUnreadable> =>
  existsSync(publicFile)
    ? readCustodians(publicFile)
    : Effect.tryPromise({
      try: async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await mkdir(dirname(publicFile), { recursive: true, mode: 0o700 })
        const made = [await makeIdentity(join(folder, "custodian-a.txt")), await makeIdentity(join(folder, "custodian-b.txt"))] as const
        await writeFile(publicFile, `${JSON.stringify({ custodians: made }, null, 2)}\n`, { mode: 0o600 })
        return made
      },
      catch: () => new CustodiansUnreadable({ file: publicFile })
    })

const makeIdentity = async (file: string): Promise<string> => {
  const identity = await generateX25519Identity()
  await writeFile(file, `${identity}\n`, { mode: 0o600 })
  return identityToRecipient(identity)
}
