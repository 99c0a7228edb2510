import { RecorderError } from './recorder-error.ts'
import type { Row } from './rows.ts'
import type { RowsByTable } from './session.ts'
import type { TableName } from './tables.ts'

export interface GroupCommitOptions {
  /** Makes a batch durable, or rejects and keeps nothing of it. */
  readonly write: (batch: RowsByTable, bytes: number) => Promise<void>
  /** Housekeeping between two commits; must not reject. */
  readonly between: () => Promise<void>
  /** Shortest time from one commit to the next, ms; `manual` commits on `flush` alone. */
  readonly everyMs: number | 'manual'
  /** What may wait; beyond it new rows are refused, for the old ones have been promised. */
  readonly maxWaitingBytes: number
}

export interface GroupCommit {
  add(table: TableName, rows: readonly Row[]): Promise<void>
  flush(): Promise<void>
  stop(): Promise<void>
  /** Nothing waits and nothing is being written. */
  readonly isIdle: boolean
}

interface Batch {
  readonly rows: Map<TableName, Row[]>
  bytes: number
  readonly done: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Rows that come within the same few milliseconds share one commit and one promise. */
export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { write, between, everyMs, maxWaitingBytes } = options
  let waiting = emptyBatch()
  let current: Batch | undefined
  let timer: NodeJS.Timeout | undefined
  let startedMs = Number.NEGATIVE_INFINITY
  let isHurried = false
  let isStopped = false

  function add(table: TableName, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve()
    if (isStopped) return Promise.reject(new RecorderError('stopped', 'keeping rows: the store is closed'))
    const bytes = rowsBytes(rows)
    const waitingBytes = waiting.bytes + (current?.bytes ?? 0)
    if (waitingBytes + bytes > maxWaitingBytes) return Promise.reject(queueFull(waitingBytes))
    const kept = waiting.rows.get(table) ?? []
    for (const row of rows) kept.push(row)
    waiting.rows.set(table, kept)
    waiting.bytes += bytes
    schedule()
    return waiting.done
  }

  function schedule(): void {
    if (timer || current || everyMs === 'manual') return
    timer = setTimeout(commit, Math.max(0, startedMs + everyMs - performance.now()))
  }

  function commit(): void {
    clearTimeout(timer)
    timer = undefined
    if (current || waiting.bytes === 0) return
    current = waiting
    waiting = emptyBatch()
    isHurried = false
    startedMs = performance.now()
    void finish(current)
  }

  async function finish(batch: Batch): Promise<void> {
    await write(batch.rows, batch.bytes).then(batch.resolve, batch.reject)
    await between()
    current = undefined
    if (isHurried) commit()
    else if (waiting.bytes > 0) schedule()
  }

  async function flush(): Promise<void> {
    const underWay = current?.done
    const next = waiting.bytes > 0 ? waiting.done : undefined
    isHurried = next !== undefined
    commit()
    await Promise.all([underWay, next])
  }

  async function stop(): Promise<void> {
    isStopped = true
    await flush()
  }

  return {
    add,
    flush,
    stop,
    get isIdle() {
      return waiting.bytes === 0 && current === undefined
    },
  }
}

function emptyBatch(): Batch {
  let resolve!: () => void
  let reject!: (error: unknown) => void
  const done = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { rows: new Map(), bytes: 0, done, resolve, reject }
}

function rowsBytes(rows: readonly Row[]): number {
  let bytes = 0
  for (const row of rows) for (const cell of row) bytes += typeof cell === 'string' ? cell.length : 8
  return bytes
}

function queueFull(bytes: number): RecorderError {
  const waitingMb = Math.round(bytes / 1e6)
  return new RecorderError('queue-full', `keeping rows: ${waitingMb} MB wait for a commit already`)
}
