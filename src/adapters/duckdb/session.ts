import { resolve } from 'node:path'
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import { appendRows } from './append-rows.ts'
import { inTurn } from './in-turn.ts'
import { type DatabaseOptions, MEMORY, openDatabase } from './open-database.ts'
import { RecorderError } from './recorder-error.ts'
import type { Row } from './rows.ts'
import { createStagedRows } from './staged-rows.ts'
import { TABLES, type TableName } from './tables.ts'

export type RowsByTable = ReadonlyMap<TableName, readonly Row[]>

/** An open database: one connection writes, one reads, and long work takes one of its own. */
export interface Session {
  /** All or nothing; durable when it resolves. Never call it twice at once. */
  write(batch: RowsByTable): Promise<void>
  checkpoint(): Promise<void>
  read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>
  aside<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

// File locks stop other processes only: within one, two openings would write over each other.
const openHere = new Set<string>()

export async function openSession(options: DatabaseOptions): Promise<Session> {
  const place = options.path === MEMORY ? undefined : resolve(options.path)
  if (place !== undefined && openHere.has(place)) {
    throw new RecorderError('locked', `opening the store ${options.path}: this process has it open already`)
  }
  if (place !== undefined) openHere.add(place)
  const release = () => {
    if (place !== undefined) openHere.delete(place)
  }
  try {
    return await connectSession(options, release)
  } catch (cause) {
    release()
    throw cause
  }
}

async function connectSession(options: DatabaseOptions, release: () => void): Promise<Session> {
  const database = await openDatabase(options)
  const reader = await database.connect()
  const appenders = new Map<TableName, DuckDBAppender>()
  const busy = new Set<Promise<unknown>>()
  const oneRead = inTurn()
  // In memory a row is no safer for being appended sooner, and an append costs as much for one row as for hundreds.
  const staged = options.path === MEMORY ? createStagedRows(append) : undefined
  let writer: DuckDBConnection | undefined = await database.connect()

  async function connectedWriter(): Promise<DuckDBConnection> {
    writer ??= await database.connect()
    return writer
  }

  async function append(batch: RowsByTable): Promise<void> {
    const connection = await connectedWriter()
    try {
      await connection.run('BEGIN')
      for (const [table, rows] of batch) await appendRows(await appender(connection, table), rows)
      await connection.run('COMMIT')
    } catch (cause) {
      dropWriter()
      throw cause
    }
  }

  async function appender(connection: DuckDBConnection, table: TableName): Promise<DuckDBAppender> {
    const known = appenders.get(table) ?? (await connection.createAppender(TABLES[table].name))
    appenders.set(table, known)
    return known
  }

  /** Closing the connection rolls back; the appenders are emptied first, for closing them would write. */
  function dropWriter(): void {
    for (const [table, known] of appenders) {
      try {
        known.clear()
        known.closeSync()
      } catch (error) {
        options.log.warn({ table, error }, 'store appender did not close')
      }
    }
    appenders.clear()
    writer?.closeSync()
    writer = undefined
  }

  async function checkpoint(): Promise<void> {
    const connection = await connectedWriter()
    await connection.run('CHECKPOINT')
  }

  function track<T>(work: Promise<T>): Promise<T> {
    const done = work.finally(() => busy.delete(done))
    busy.add(done)
    return done
  }

  async function readAll<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    await staged?.append()
    return await work(reader)
  }

  async function onOwnConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    await staged?.append()
    const connection = await database.connect()
    try {
      return await work(connection)
    } finally {
      connection.closeSync()
    }
  }

  return {
    write: (batch) => track(staged ? staged.add(batch) : append(batch)),
    checkpoint: () => track(checkpoint()),
    read: (work) => track(oneRead(() => readAll(work))),
    aside: (work) => track(onOwnConnection(work)),
    async close() {
      await Promise.allSettled(busy)
      dropWriter()
      reader.closeSync()
      database.closeSync()
      release()
    },
  }
}
