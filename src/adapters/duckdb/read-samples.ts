import type { DuckDBConnection } from '@duckdb/node-api'
import type { BuildingId } from '../../core/domain/building-id.ts'
import type { Window } from '../../core/domain/instant.ts'
import {
  type Readings,
  type Sample,
  SCALAR_READINGS,
  type ScalarReading,
} from '../../core/domain/telemetry.ts'
import { select } from './select.ts'
import { quoted, TABLES } from './tables.ts'

/**
 * SQL of the telemetry that `where` chooses, hourly means and samples together, one row for a building and an
 * instant: the first that was kept.
 */
export function telemetrySql(where: string): string {
  const columns = TABLES.telemetry.columns.map(([name]) => quoted(name)).join(', ')
  return `SELECT ${columns} FROM (
      SELECT 0 AS source, rowid AS place, * FROM "telemetryHourly" WHERE ${where}
      UNION ALL SELECT 1, rowid, * FROM telemetry WHERE ${where})
    QUALIFY row_number() OVER (PARTITION BY building, "at" ORDER BY source, place) = 1`
}

/** Samples of `[from, to)` in order of `at`, one an instant; past their time they are hourly means. */
export async function readSamples(
  connection: DuckDBConnection,
  building: BuildingId,
  { from, to }: Window,
): Promise<readonly Sample[]> {
  const chosen = telemetrySql('building = $building AND "at" >= $from AND "at" < $to')
  const values = { building, from: BigInt(Math.ceil(from)), to: BigInt(Math.ceil(to)) }
  const found = await select<SampleFound>(connection, `${chosen} ORDER BY "at"`, values)
  return found.map(toSample)
}

type SampleFound = { readonly [K in ScalarReading]: number | null } & {
  readonly building: BuildingId
  readonly at: bigint
  readonly seq: bigint | null
  readonly intervalS: number
  readonly heatSource: string | null
  readonly zones: string | null
  readonly circuits: string | null
}

function toSample(row: SampleFound): Sample {
  return {
    building: row.building,
    at: Number(row.at),
    ...(row.seq === null ? {} : { seq: Number(row.seq) }),
    intervalS: row.intervalS,
    readings: toReadings(row),
  }
}

function toReadings(row: SampleFound): Readings {
  const scalars: Partial<Record<ScalarReading, number>> = {}
  for (const name of SCALAR_READINGS) {
    const value = row[name]
    if (value !== null) scalars[name] = value
  }
  return {
    ...scalars,
    ...(row.heatSource === null ? {} : { heatSource: row.heatSource }),
    ...(row.zones === null ? {} : { zones: JSON.parse(row.zones) }),
    ...(row.circuits === null ? {} : { circuits: JSON.parse(row.circuits) }),
  }
}
