import type { Clock, Recorder } from '../../controller/ports.ts'
import type { BuildingId } from '../../core/domain/building-id.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../core/domain/instant.ts'
import { createBeliefFiles, createMemoryBeliefs } from './belief-files.ts'
import { type Compacted, compact, DEFAULT_RETENTION, type Retention } from './compact.ts'
import type { ExportRequest } from './export-request.ts'
import { exportTable } from './export-table.ts'
import { createGroupCommit } from './group-commit.ts'
import { MEMORY, type StoreLog } from './open-database.ts'
import { readHeatForecasts } from './read-heat-forecasts.ts'
import { readOrders, readShares } from './read-orders.ts'
import { readPastWeather } from './read-past-weather.ts'
import {
  readAudit,
  readLastAcks,
  readLastLeases,
  readLastPlans,
  readLearned,
  readModes,
  readOverrides,
  readRejections,
} from './read-records.ts'
import { readSamples } from './read-samples.ts'
import {
  ackRow,
  auditRow,
  heatForecastRow,
  learnedRow,
  leaseRow,
  ledgerRow,
  modeRow,
  orderRow,
  orderShareRow,
  overrideRow,
  pastWeatherRow,
  planRow,
  type Row,
  rejectionRow,
  sampleRow,
  statusRow,
} from './rows.ts'
import { openStore } from './store.ts'
import type { TableName } from './tables.ts'

export interface DuckdbRecorderOptions {
  /** The database file, or `:memory:`. */
  readonly path: string
  readonly clock: Clock
  readonly log: StoreLog
  /** Shortest time between two commits, ms of the real clock; `manual` commits on `flush` alone. */
  readonly commitEveryMs?: number | 'manual'
  readonly onDamaged?: 'refuse' | 'set-aside'
  /** What may wait for a commit before `keep…` refuses. */
  readonly maxWaitingMb?: number
  /** How much is written before the log is folded into the database file. */
  readonly checkpointMb?: number
  /** Upper bound of the database's own memory. */
  readonly memoryMb?: number
  readonly retention?: Partial<Retention>
}

export interface DuckdbRecorder extends Recorder {
  /** Replaces old samples by hourly means and drops what is past its time; work of seconds, for the night. */
  compact(now: Instant): Promise<Compacted>
  /** Writes rows to a file as CSV or Parquet while all else goes on; gives their number. */
  exportTo(path: string, request: ExportRequest): Promise<number>
  /** All that was handed in is durable. */
  readonly isIdle: boolean
}

const MB = 1e6
/** How long an order that is over is still shown. */
const LISTED_MS = 7 * DAY_MS
/** A plan is of use while a lease of it may run. */
const LONGEST_PLAN_MS = HOUR_MS

/** The embedded store; throws a `RecorderError` where the file cannot be opened, is locked or is not ours. */
export async function createDuckdbRecorder(options: DuckdbRecorderOptions): Promise<DuckdbRecorder> {
  const { path, clock, log, commitEveryMs = 20, onDamaged = 'refuse' } = options
  const { maxWaitingMb = 64, checkpointMb = 16, memoryMb = 512 } = options
  const store = await openStore({ path, log, onDamaged, memoryMb, checkpointBytes: checkpointMb * MB })
  const beliefs = path === MEMORY ? createMemoryBeliefs() : createBeliefFiles(path, log)
  const commits = createGroupCommit({
    write: store.write,
    between: store.foldWhenLong,
    everyMs: commitEveryMs,
    maxWaitingBytes: maxWaitingMb * MB,
  })
  const turns = new Set<Promise<void>>()

  /** Async, so that a row that cannot be made rejects like one that cannot be kept. */
  async function keep(table: TableName, makeRows: () => readonly Row[]): Promise<void> {
    await commits.add(table, makeRows())
  }

  async function flush(): Promise<void> {
    await Promise.all([commits.flush(), ...turns])
  }

  function keepTurn(at: Instant, given: ReadonlyMap<BuildingId, string>): Promise<void> {
    const written = beliefs.write(at, given).finally(() => turns.delete(written))
    turns.add(written)
    return written
  }

  async function compactStore(now: Instant): Promise<Compacted> {
    const retention = { ...DEFAULT_RETENTION, ...options.retention }
    const compacted = await store.aside('compacting the store', (open) => compact(open, retention, now))
    await store.foldNow()
    return compacted
  }

  return {
    keepSample: (sample, receivedAt) => keep('telemetry', () => [sampleRow(sample, receivedAt)]),
    keepLeases: (leases) => keep('leases', () => leases.map(leaseRow)),
    keepPlans: (plans) => keep('plans', () => plans.map(planRow)),
    keepHeatForecasts: (records) => keep('heatForecasts', () => records.map(heatForecastRow)),
    keepPastWeather: (slots) => keep('pastWeather', () => slots.map(pastWeatherRow)),
    keepAck: (ack) => keep('acks', () => [ackRow(ack)]),
    keepStatus: (status) => keep('statuses', () => [statusRow(status)]),
    keepOverride: (override, receivedAt) => keep('overrides', () => [overrideRow(override, receivedAt)]),
    keepMode: (building, mode, at) => keep('modes', () => [modeRow(building, mode, at)]),
    keepOrders: (orders, at) => keep('orders', () => orders.map((order) => orderRow(order, at))),
    keepOrderShares: (shares) => keep('orderShares', () => shares.map(orderShareRow)),
    keepLearned: (entries) => keep('learned', () => entries.map(learnedRow)),
    keepLedger: (entries) => keep('ledger', () => entries.map(ledgerRow)),
    keepRejections: (rejections) => keep('rejections', () => rejections.map(rejectionRow)),
    keepAudit: (entries) => keep('audit', () => entries.map(auditRow)),
    keepTurn,
    audit: (limit) => store.read('reading the audit', (open) => readAudit(open, limit)),
    rejections: (limit) => store.read('reading the rejections', (open) => readRejections(open, limit)),
    samples: (building, window) =>
      store.read(`reading samples of ${building}`, (open) => readSamples(open, building, window)),
    heatForecasts: (window) =>
      store.read('reading heat forecasts', (open) => readHeatForecasts(open, window)),
    pastWeather: (window) => store.read('reading past weather', (open) => readPastWeather(open, window)),
    recover: () =>
      store.read('recovering after a restart', async (open) => {
        const { turnAt, beliefs: known } = await beliefs.read()
        return {
          leases: await readLastLeases(open),
          plans: await readLastPlans(open, clock.now() - LONGEST_PLAN_MS),
          acks: await readLastAcks(open),
          beliefs: known,
          modes: await readModes(open),
          overrides: await readOverrides(open, clock.now()),
          orders: await readOrders(open, clock.now() - LISTED_MS),
          shares: await readShares(open),
          learned: await readLearned(open),
          lastTurnAt: turnAt,
        }
      }),
    flush,
    get isIdle() {
      return commits.isIdle && turns.size === 0
    },
    compact: compactStore,
    exportTo: (target, request) =>
      store.aside(`exporting ${request.table} to ${target}`, (open) => exportTable(open, request, target)),
    async stop() {
      try {
        await Promise.all([commits.stop(), ...turns])
      } finally {
        await store.foldNow()
        await store.close()
      }
    },
  }
}
