import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type DatabaseOptions, MEMORY } from './open-database.ts'
import { isFatal, RecorderError, recorderError } from './recorder-error.ts'
import { openSession, type RowsByTable, type Session } from './session.ts'

export interface StoreOptions extends DatabaseOptions {
  readonly checkpointBytes: number
}

type Work<T> = (connection: DuckDBConnection) => Promise<T>

/** The database over its lifetime: opened again after an error that made it deaf, folded when its log is long. */
export interface Store {
  write(batch: RowsByTable, bytes: number): Promise<void>
  /** One read after another; `doing` names it in an error. */
  read<T>(doing: string, work: Work<T>): Promise<T>
  /** Long work on a connection of its own. */
  aside<T>(doing: string, work: Work<T>): Promise<T>
  /** Folds the log into the file once enough was written; never between BEGIN and COMMIT of `write`. */
  checkpointWhenDue(): Promise<void>
  /** Makes the next `checkpointWhenDue` due. */
  askCheckpoint(): void
  close(): Promise<void>
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const { path, log, checkpointBytes } = options
  let session: Session | undefined = await openSession(options)
  let opening: Promise<Session> | undefined
  let isClosed = false
  // The log of a process that was killed may be long already.
  let unfoldedBytes = checkpointBytes

  async function current(): Promise<Session> {
    if (isClosed) throw new RecorderError('stopped', `the store ${path} is closed`)
    if (session) return session
    opening ??= openSession(options).finally(() => {
      opening = undefined
    })
    const opened = await opening
    if (!isClosed) session = opened
    log.warn({ path }, 'store opened again')
    return opened
  }

  /** An error of the database becomes ours, and the session goes where it would answer nothing more. */
  async function guarded<T>(doing: string, work: (session: Session) => Promise<T>): Promise<T> {
    let used: Session | undefined
    try {
      used = await current()
      return await work(used)
    } catch (cause) {
      if (used && isFatal(cause)) await lose(used, cause)
      throw recorderError(doing, cause)
    }
  }

  async function lose(lost: Session, cause: unknown): Promise<void> {
    // What is in memory would be gone with the session.
    if (session !== lost || path === MEMORY) return
    session = undefined
    log.error({ path, cause }, 'store failed, opening it again')
    await lost.close()
  }

  async function write(batch: RowsByTable, bytes: number): Promise<void> {
    await guarded(`committing ${[...batch.keys()].join(', ')} to ${path}`, (open) => open.write(batch))
    unfoldedBytes += bytes
  }

  async function checkpointWhenDue(): Promise<void> {
    if (path === MEMORY || unfoldedBytes < checkpointBytes || !session) return
    const wantedBytes = unfoldedBytes
    // Whatever comes of it, the next try waits for more to fold.
    unfoldedBytes = checkpointBytes / 2
    try {
      const freeBytes = await freeBytesBeside(path)
      if (freeBytes < 2 * wantedBytes) log.warn({ path, freeBytes }, 'disk nearly full, store left unfolded')
      else await guarded(`folding the log into ${path}`, (open) => open.checkpoint())
      unfoldedBytes = freeBytes < 2 * wantedBytes ? unfoldedBytes : 0
    } catch (error) {
      log.warn({ path, error }, 'store log not folded, trying again later')
    }
  }

  return {
    write,
    read: (doing, work) => guarded(doing, (open) => open.read(work)),
    aside: (doing, work) => guarded(doing, (open) => open.aside(work)),
    checkpointWhenDue,
    askCheckpoint: () => {
      unfoldedBytes = Math.max(unfoldedBytes, checkpointBytes)
    },
    async close() {
      isClosed = true
      const last = opening ? await opening : session
      session = undefined
      await last?.close()
    },
  }
}

async function freeBytesBeside(path: string): Promise<number> {
  const disk = await statfs(dirname(path))
  return disk.bavail * disk.bsize
}
