/**
 * Connections of one login, each used by one question or one transaction at a time, and thrown away when it is lost: the driver's own pool goes on using it,
 * and then ends the process, hangs, or lets the rest of one transaction run inside another.
 */
import type { RowList, Row, Sql, TransactionSql } from "postgres"
import type { Redacted } from "effect/Redacted"
import { oneConnection, type Startup } from "./driver.ts"

/** What Drizzle asks of its client, over all connections, and how they are closed. */
export interface Pool {
  readonly client: Sql
  /** Waits five seconds at most for what is going on, then cuts it off. */
  readonly close: () => Promise<void>
}

interface Connection {
  readonly sql: Sql
  lost: boolean
  /** How long an answer is waited for, in milliseconds; for ever where it is left out. */
  readonly patience: number | undefined
  /** Throws the connection away and tells those who wait; again is no harm. */
  readonly lose: () => void
  /** How those who wait for an answer are told that the connection is lost: the driver does not always do it. */
  readonly waiting: Set<(reason: Error) => void>
}

/** A statement with more parameters than this is one of many shapes, such as a batch of rows: prepared in each shape, they would fill the server's memory. */
const mostParameters = 64

/**
 * Opens no connection yet: `most` at most, each when it is needed. A connection that owes an answer for longer than `patience` milliseconds is lost: a network that drops what is sent
 * says nothing, and no limit of the server's own reaches us through it. Without `patience` an answer is waited for as long as it takes.
 */
export const makePool = (url: Redacted, most: number, startup: Startup, patience?: number): Pool => {
  // Drizzle writes here how values are read and written, before there is a connection.
  const options: Pick<Sql["options"], "parsers" | "serializers"> = { parsers: {}, serializers: {} }
  const all = new Set<Connection>()
  const idle: Array<Connection> = []
  const waiting: Array<() => void> = []
  let closed = false

  const make = (): Connection => {
    const lose = (): void => {
      if (made.lost) return
      made.lost = true
      for (const tell of made.waiting) tell(lost())
      // What is still in its queue must not run on a connection that the driver makes anew.
      void made.sql.end({ timeout: 0 })
      all.delete(made)
      const at = idle.indexOf(made)
      if (at >= 0) idle.splice(at, 1)
      waiting.shift()?.()
    }
    const made: Connection = { lost: false, patience, lose, waiting: new Set(), sql: oneConnection(url, startup, lose) }
    Object.assign(made.sql.options.parsers, options.parsers)
    Object.assign(made.sql.options.serializers, options.serializers)
    all.add(made)
    return made
  }
  const free = (): Connection | undefined => {
    if (closed) throw new Error("the connections are closed")
    return idle.pop() ?? (all.size < most ? make() : undefined)
  }
  const alone = async <A>(work: (connection: Connection) => Promise<A>): Promise<A> => {
    let connection = free()
    while (connection === undefined) {
      await new Promise<void>((resolve) => waiting.push(resolve))
      connection = free()
    }
    try {
      return await work(connection)
    } finally {
      if (!connection.lost) idle.push(connection)
      waiting.shift()?.()
    }
  }
  const client = {
    options,
    unsafe: asking((ask) => alone((connection) => ask(connection))),
    begin: (work: (tx: TransactionSql) => unknown) => alone((connection) => transaction(connection, work))
  } as Pick<Sql, "options" | "unsafe" | "begin"> as Sql
  return {
    client,
    close: async () => {
      closed = true
      for (const wake of waiting.splice(0)) wake()
      await Promise.all([...all].map(({ sql }) => sql.end({ timeout: 5 })))
    }
  }
}

type Rows = RowList<Array<Row>>

const lost = (): Error => new Error("the connection is lost")

/** The answer to a question, or its failure when the connection is lost before. */
const answered = async <A>({ lose, patience, waiting }: Connection, question: PromiseLike<A>): Promise<A> => {
  const { promise, reject, resolve } = Promise.withResolvers<A>()
  const late = patience === undefined ? undefined : setTimeout(lose, patience)
  waiting.add(reject)
  question.then(resolve, reject)
  try {
    return await promise
  } finally {
    clearTimeout(late)
    waiting.delete(reject)
  }
}

/** A query as Drizzle writes it, where `values()` may follow at once. */
const asking = (within: (ask: (connection: Connection) => Promise<Rows>) => Promise<Rows>) => (query: string, parameters: Parameters<Sql["unsafe"]>[1] = []) => {
  let raw = false
  const answer = Promise.resolve().then(() =>
    within((connection) => {
      const pending = connection.sql.unsafe(query, parameters, { prepare: parameters.length <= mostParameters })
      return answered<Rows>(connection, raw ? pending.values() : pending)
    })
  )
  return Object.assign(answer, {
    values: () => {
      raw = true
      return answer
    }
  })
}

const transaction = async (connection: Connection, work: (tx: TransactionSql) => unknown): Promise<unknown> => {
  const send = (statement: string): Promise<Rows> => {
    if (connection.lost) throw new Error("the connection of the transaction is lost")
    return answered<Rows>(connection, connection.sql.unsafe(statement))
  }
  let savepoints = 0
  const tx = {
    // What comes after the loss would run on a new connection, outside of any transaction.
    unsafe: asking((ask) => (connection.lost ? Promise.reject(new Error("the connection of the transaction is lost")) : ask(connection))),
    savepoint: async (inner: (sql: TransactionSql) => unknown) => {
      savepoints += 1
      const name = `s${savepoints}`
      await send(`savepoint ${name}`)
      try {
        return await inner(tx)
      } catch (error) {
        await send(`rollback to ${name}`)
        throw error
      }
    }
  } as Pick<TransactionSql, "unsafe" | "savepoint"> as TransactionSql

  await send("begin")
  let answer: unknown
  try {
    answer = await work(tx)
  } catch (error) {
    await Promise.resolve(connection.lost ? undefined : send("rollback")).catch(() => undefined)
    throw error
  }
  // After a failed statement that nobody heeded, the server answers a COMMIT with a rollback.
  if ((await send("commit")).command !== "COMMIT") throw new Error("the transaction was rolled back")
  return answer
}
