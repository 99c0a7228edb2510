import { existsSync, statSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Logger } from 'pino'
import { RecorderError, recorderError } from './recorder-error.ts'
import { MARK_TABLE, SCHEMA_VERSION, schemaStatements } from './schema.ts'
import { setAside } from './set-aside.ts'
import { TABLES } from './tables.ts'

export type StoreLog = Pick<Logger, 'info' | 'warn' | 'error'>

export interface DatabaseOptions {
  readonly path: string
  readonly readOnly?: boolean
  readonly memoryMb: number
  /** What to do with a file that is broken or another program's. */
  readonly onDamaged: 'refuse' | 'set-aside'
  readonly log: StoreLog
}

export const MEMORY = ':memory:'

/** Opens our database or makes it; throws a `RecorderError` that names what is in the way. */
export async function openDatabase(options: DatabaseOptions): Promise<DuckDBInstance> {
  const { path, onDamaged, log } = options
  try {
    return await openOurs(options)
  } catch (cause) {
    const error = recorderError(opening(path), cause)
    const isDamaged = error.kind === 'corrupt' || error.kind === 'foreign'
    if (onDamaged === 'refuse' || !isDamaged) throw error
    const keptAs = await setAside(path)
    log.error({ path, keptAs, why: error.message }, 'store damaged, set aside and started anew')
    return await openOurs(options)
  }
}

const opening = (path: string) => `opening the store ${path}`

async function openOurs(options: DatabaseOptions): Promise<DuckDBInstance> {
  if (options.path !== MEMORY && !options.readOnly) await preparePlace(options.path)
  const database = await DuckDBInstance.create(options.path, settings(options))
  const connection = await database.connect()
  try {
    // Closing must be quick and must never write: what is committed is in the log already.
    await connection.run('PRAGMA disable_checkpoint_on_shutdown')
    await connection.run("SET GLOBAL TimeZone = 'UTC'")
    const found = await findTables(connection, options.path)
    if (found === 'none') await makeSchema(connection, options)
    // A store of an earlier version gets the tables that came since.
    if (found === 'some' && !options.readOnly) await makeSchema(connection, options)
    return database
  } catch (cause) {
    database.closeSync()
    throw cause
  } finally {
    connection.closeSync()
  }
}

function settings({ readOnly, memoryMb }: DatabaseOptions): Record<string, string> {
  return {
    access_mode: readOnly ? 'READ_ONLY' : 'AUTOMATIC',
    // A checkpoint inside a commit would hold up acknowledgements, and fails for good when the disk is full.
    wal_autocheckpoint: '1TB',
    memory_limit: `${memoryMb}MB`,
    threads: '1',
    storage_compatibility_version: 'latest',
    // Nothing is fetched from the internet, whatever lies at the path.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }
}

async function preparePlace(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  if (!existsSync(path)) {
    if (existsSync(`${path}.wal`))
      throw new RecorderError('corrupt', opening(path), 'its log lies there without it')
  } else if (statSync(path).size === 0) {
    // A process that died between creating and writing leaves this.
    await rm(path)
  }
}

/** Which of our tables there are; throws on another's database. */
async function findTables(connection: DuckDBConnection, path: string): Promise<'none' | 'some' | 'all'> {
  const tables = await connection.runAndReadAll('SELECT table_name FROM duckdb_tables()')
  const names = tables.getRows().map(([name]) => name)
  if (names.length === 0) return 'none'
  if (!names.includes(MARK_TABLE))
    throw new RecorderError('foreign', opening(path), 'it is not a store of heatflex')
  const versions = await connection.runAndReadAll(`SELECT version FROM "${MARK_TABLE}"`)
  const version = versions.getRows()[0]?.[0]
  if (version !== SCHEMA_VERSION)
    throw new RecorderError('foreign', opening(path), `it has schema ${version}, not ${SCHEMA_VERSION}`)
  return Object.keys(TABLES).every((name) => names.includes(name)) ? 'all' : 'some'
}

async function makeSchema(connection: DuckDBConnection, { path, readOnly }: DatabaseOptions): Promise<void> {
  if (readOnly) throw new RecorderError('foreign', opening(path), 'it is empty')
  await connection.run('BEGIN')
  for (const statement of schemaStatements()) await connection.run(statement)
  await connection.run('COMMIT')
  await connection.run('CHECKPOINT')
}
