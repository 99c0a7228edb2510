import type { DuckDBConnection } from '@duckdb/node-api'
import type { Window } from '../../core/domain/instant.ts'
import type { WeatherSlot } from '../../core/domain/weather-slot.ts'
import { select } from './select.ts'

interface Found {
  readonly at: bigint
  readonly outdoorC: number
  readonly solarWm2: number
}

/** Of `[from, to)` in order of `at`; of what a restart kept twice, the first. */
export async function readPastWeather(
  connection: DuckDBConnection,
  { from, to }: Window,
): Promise<readonly WeatherSlot[]> {
  const found = await select<Found>(
    connection,
    `FROM "pastWeather" WHERE "at" >= $from AND "at" < $to
      QUALIFY row_number() OVER (PARTITION BY "at" ORDER BY rowid) = 1 ORDER BY "at"`,
    { from: BigInt(Math.ceil(from)), to: BigInt(Math.ceil(to)) },
  )
  return found.map(({ at, outdoorC, solarWm2 }) => ({ at: Number(at), outdoorC, solarWm2 }))
}
