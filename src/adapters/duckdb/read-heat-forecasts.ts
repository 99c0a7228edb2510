import type { DuckDBConnection } from '@duckdb/node-api'
import type { BuildingId } from '../../core/domain/building-id.ts'
import {
  type HeatBasis,
  type HeatForecastRecord,
  LEAD_HOURS,
  type QuantileSource,
} from '../../core/domain/heat-forecast.ts'
import type { Window } from '../../core/domain/instant.ts'
import { select } from './select.ts'

interface Found {
  readonly building: BuildingId | null
  readonly issuedAt: bigint
  readonly start: bigint
  readonly basis: HeatBasis
  readonly source: QuantileSource
  readonly leadHours: string
  readonly expectedKw: string
  readonly p10Kw: string
  readonly p50Kw: string
  readonly p90Kw: string
  readonly meteredFrom: bigint
  readonly meteredKw: number | null
}

/** Of all buildings and the fleet, whose `start` lies in the window, oldest first. */
export async function readHeatForecasts(
  connection: DuckDBConnection,
  { from, to }: Window,
): Promise<readonly HeatForecastRecord[]> {
  const found = await select<Found>(
    connection,
    `FROM "heatForecasts" WHERE "start" >= $from AND "start" < $to ORDER BY "start", building, rowid`,
    { from: BigInt(Math.floor(from)), to: BigInt(Math.ceil(to)) },
  )
  return found.map(toRecord)
}

function toRecord(row: Found): HeatForecastRecord {
  const leads: readonly number[] = JSON.parse(row.leadHours)
  return {
    building: row.building,
    issuedAt: Number(row.issuedAt),
    start: Number(row.start),
    basis: row.basis,
    source: row.source,
    expectedKw: atLeads(row.expectedKw, leads),
    p10Kw: atLeads(row.p10Kw, leads),
    p50Kw: atLeads(row.p50Kw, leads),
    p90Kw: atLeads(row.p90Kw, leads),
    meteredFrom: Number(row.meteredFrom),
    meteredKw: row.meteredKw,
  }
}

/** By lead, so that rows of a version with other leads are read right; NaN where the horizon was shorter. */
function atLeads(text: string, leads: readonly number[]): Float64Array {
  const values: readonly (number | null)[] = JSON.parse(text)
  return Float64Array.from(LEAD_HOURS, (hours) => values[leads.indexOf(hours)] ?? Number.NaN)
}
