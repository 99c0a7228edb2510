import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { inTurn } from './in-turn.ts'
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
  /** Folds the log into the database file once enough was written; warns where it cannot. */
  foldWhenLong(): Promise<void>
  foldNow(): Promise<void>
  close(): Promise<void>
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const { path, log, checkpointBytes } = options
  let session: Session | undefined = await openSession(options)
  let opening: Promise<Session> | undefined
  let closing: Promise<void> | undefined
  let isClosed = false
  const alone = inTurn()
  // The log of a process that was killed may be long already.
  let unfoldedBytes = checkpointBytes

  async function current(): Promise<Session> {
    if (isClosed) throw new RecorderError('stopped', `the store ${path} is closed`)
    if (session) return session
    opening ??= reopen().finally(() => {
      opening = undefined
    })
    return await opening
  }

  async function reopen(): Promise<Session> {
    await closing
    const opened = await openSession(options)
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
    closing = lost.close()
    await closing
  }

  async function write(batch: RowsByTable, bytes: number): Promise<void> {
    await guarded(`committing ${[...batch.keys()].join(', ')} to ${path}`, (open) => open.write(batch))
    unfoldedBytes += bytes
  }

  async function fold(): Promise<void> {
    if (path === MEMORY || unfoldedBytes < checkpointBytes || !session) return
    const neededBytes = 2 * unfoldedBytes
    // Where it does not come off, the next try waits for more to fold.
    unfoldedBytes = checkpointBytes / 2
    try {
      const freeBytes = await freeBytesBeside(path)
      if (freeBytes < neededBytes)
        return log.warn({ path, freeBytes }, 'disk nearly full, store left unfolded')
      await guarded(`folding the log into ${path}`, (open) => open.checkpoint())
      unfoldedBytes = 0
    } catch (error) {
      log.warn({ path, error }, 'store log not folded, trying again later')
    }
  }

  return {
    write: (batch, bytes) => alone(() => write(batch, bytes)),
    read: (doing, work) => guarded(doing, (open) => open.read(work)),
    aside: (doing, work) => guarded(doing, (open) => open.aside(work)),
    foldWhenLong: () => alone(fold),
    foldNow() {
      unfoldedBytes = Math.max(unfoldedBytes, checkpointBytes)
      return alone(fold)
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
