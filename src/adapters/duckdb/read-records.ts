import type { DuckDBConnection } from '@duckdb/node-api'
import type { AuditEntry } from '../../controller/ports.ts'
import type { BuildingId } from '../../core/domain/building-id.ts'
import type { Instant } from '../../core/domain/instant.ts'
import type {
  Ack,
  AckState,
  Lease,
  LeaseMode,
  OperatorMode,
  Override,
  ReasonCode,
} from '../../core/domain/lease.ts'
import type { BuildingPlan } from '../../core/domain/plan.ts'
import type { Rejection, RejectionCode } from '../../core/domain/rejection.ts'
import { select } from './select.ts'
import { readSlots } from './slots-text.ts'

interface AuditFound extends Omit<AuditEntry, 'at' | 'building'> {
  readonly at: bigint
  readonly building: BuildingId | null
}

/** Newest first. */
export async function readAudit(connection: DuckDBConnection, limit: number): Promise<readonly AuditEntry[]> {
  const sql = 'SELECT * FROM audit ORDER BY "at" DESC, rowid DESC LIMIT $limit'
  const found = await select<AuditFound>(connection, sql, { limit })
  return found.map((row) => ({ ...row, at: Number(row.at), building: row.building ?? undefined }))
}

interface RejectionFound extends Omit<Rejection, 'at' | 'building'> {
  readonly at: bigint
  readonly building: BuildingId | null
  readonly code: RejectionCode
}

/** Newest first. */
export async function readRejections(
  connection: DuckDBConnection,
  limit: number,
): Promise<readonly Rejection[]> {
  const sql = 'SELECT * FROM rejections ORDER BY "at" DESC, rowid DESC LIMIT $limit'
  const found = await select<RejectionFound>(connection, sql, { limit })
  return found.map((row) => ({ ...row, at: Number(row.at), building: row.building ?? undefined }))
}

interface LeaseFound {
  readonly building: BuildingId
  readonly seq: bigint
  readonly id: string
  readonly issuedAt: bigint
  readonly validFrom: bigint
  readonly validUntil: bigint
  readonly mode: LeaseMode
  readonly reasonCode: ReasonCode
  readonly reasonText: string
  readonly steps: string
}

/** The lease of the highest `seq` of each building. */
export async function readLastLeases(connection: DuckDBConnection): Promise<ReadonlyMap<BuildingId, Lease>> {
  const found = await select<LeaseFound>(
    connection,
    'FROM leases QUALIFY row_number() OVER (PARTITION BY building ORDER BY seq DESC, rowid) = 1 ORDER BY building',
  )
  return new Map(found.map((row) => [row.building, toLease(row)]))
}

function toLease({ reasonCode, reasonText, ...row }: LeaseFound): Lease {
  return {
    ...row,
    seq: Number(row.seq),
    issuedAt: Number(row.issuedAt),
    validFrom: Number(row.validFrom),
    validUntil: Number(row.validUntil),
    steps: JSON.parse(row.steps),
    reason: { code: reasonCode, text: reasonText },
  }
}

interface AckFound {
  readonly building: BuildingId
  readonly id: string
  readonly seq: bigint
  readonly at: bigint
  readonly state: AckState
  readonly applied: string | null
  readonly reason: string | null
}

/** What each building answered last. */
export async function readLastAcks(connection: DuckDBConnection): Promise<ReadonlyMap<BuildingId, Ack>> {
  const found = await select<AckFound>(
    connection,
    'FROM acks QUALIFY row_number() OVER (PARTITION BY building ORDER BY seq DESC, "at" DESC, rowid DESC) = 1 ORDER BY building',
  )
  return new Map(found.map((row) => [row.building, toAck(row)]))
}

function toAck({ applied, reason, ...row }: AckFound): Ack {
  return {
    ...row,
    seq: Number(row.seq),
    at: Number(row.at),
    ...(applied === null ? {} : { applied: JSON.parse(applied) }),
    ...(reason === null ? {} : { reason }),
  }
}

interface ModeFound {
  readonly building: BuildingId
  readonly kind: OperatorMode['kind']
  readonly supplyOffsetK: number | null
}

/** The mode that was kept last, of each building that ever had one. */
export async function readModes(
  connection: DuckDBConnection,
): Promise<ReadonlyMap<BuildingId, OperatorMode>> {
  const found = await select<ModeFound>(
    connection,
    'FROM modes QUALIFY row_number() OVER (PARTITION BY building ORDER BY "at" DESC, rowid DESC) = 1 ORDER BY building',
  )
  return new Map(found.map((row) => [row.building, toMode(row)]))
}

/** What was last learned under each name. */
export async function readLearned(connection: DuckDBConnection): Promise<ReadonlyMap<string, string>> {
  const found = await select<{ readonly name: string; readonly json: string }>(
    connection,
    'SELECT name, json FROM learned QUALIFY row_number() OVER (PARTITION BY name ORDER BY rowid DESC) = 1 ORDER BY name',
  )
  return new Map(found.map(({ name, json }) => [name, json]))
}

function toMode({ kind, supplyOffsetK }: ModeFound): OperatorMode {
  return kind === 'hold' ? { kind, supplyOffsetK: supplyOffsetK ?? 0 } : { kind }
}

interface OverrideFound extends Omit<Override, 'untilAt' | 'zone'> {
  readonly untilAt: bigint
  readonly zone: string | null
}

/** Those that end after `now`, in the order they came. */
export async function readOverrides(
  connection: DuckDBConnection,
  now: Instant,
): Promise<readonly Override[]> {
  const found = await select<OverrideFound>(
    connection,
    `SELECT * EXCLUDE ("receivedAt") FROM overrides WHERE "untilAt" > $now ORDER BY "receivedAt", rowid`,
    { now: BigInt(Math.floor(now)) },
  )
  return found.map(({ zone, untilAt, ...row }) => ({
    ...row,
    untilAt: Number(untilAt),
    ...(zone === null ? {} : { zone }),
  }))
}

interface PlanFound extends Omit<BuildingPlan, 'madeAt' | 'start' | 'iterations' | 'reason' | PlanSeries> {
  readonly madeAt: bigint
  readonly start: bigint
  readonly iterations: bigint
  readonly reasonCode: ReasonCode
  readonly reasonText: string
  readonly heatKw: string
  readonly curveHeatKw: string
  readonly indoorC: string
  readonly eurPerKwh: string
}
type PlanSeries = 'heatKw' | 'curveHeatKw' | 'indoorC' | 'eurPerKwh'

/** The plan of each building that was made last, of those made since `since`. */
export async function readLastPlans(
  connection: DuckDBConnection,
  since: Instant,
): Promise<ReadonlyMap<BuildingId, BuildingPlan>> {
  const found = await select<PlanFound>(
    connection,
    `FROM plans WHERE "madeAt" >= $since
      QUALIFY row_number() OVER (PARTITION BY building ORDER BY "madeAt" DESC, rowid DESC) = 1 ORDER BY building`,
    { since: BigInt(Math.floor(since)) },
  )
  return new Map(found.map((row) => [row.building, toPlan(row)]))
}

function toPlan({ reasonCode, reasonText, ...row }: PlanFound): BuildingPlan {
  return {
    ...row,
    madeAt: Number(row.madeAt),
    start: Number(row.start),
    iterations: Number(row.iterations),
    heatKw: readSlots(row.heatKw),
    curveHeatKw: readSlots(row.curveHeatKw),
    indoorC: readSlots(row.indoorC),
    eurPerKwh: readSlots(row.eurPerKwh),
    reason: { code: reasonCode, text: reasonText },
  }
}
