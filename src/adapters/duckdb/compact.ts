import type { DuckDBConnection } from '@duckdb/node-api'
import { DAY_MS, HOUR_MS, type Instant } from '../../core/domain/instant.ts'
import { SCALAR_READINGS, type ScalarReading } from '../../core/domain/telemetry.ts'
import { quoted, TABLES } from './tables.ts'

/** How long each kind of record is kept, days. */
export interface Retention {
  /** Samples older than this give way to hourly means. */
  readonly downsampleAfterDays: number
  readonly telemetryDays: number
  readonly plansDays: number
  readonly forecastsDays: number
  readonly leasesDays: number
  /** Acks, statuses and overrides. */
  readonly acksDays: number
  readonly rejectionsDays: number
  readonly auditDays: number
  /** Orders, what buildings would have taken without them, and what they gave. */
  readonly ordersDays: number
}

export const DEFAULT_RETENTION: Retention = {
  downsampleAfterDays: 60,
  telemetryDays: 1100,
  plansDays: 14,
  forecastsDays: 60,
  leasesDays: 400,
  acksDays: 400,
  rejectionsDays: 30,
  auditDays: 1100,
  ordersDays: 1100,
}

export interface Compacted {
  /** Hourly rows that were made, and the samples they stand for. */
  readonly hours: number
  readonly samples: number
  /** Rows past their time, by table. */
  readonly dropped: Readonly<Record<string, number>>
}

/** Replaces old samples by hourly means, a day a transaction, and drops what is past its time. */
export async function compact(
  connection: DuckDBConnection,
  retention: Retention,
  now: Instant,
): Promise<Compacted> {
  const dropped: Record<string, number> = {}
  for (const [table, condition] of pastTime(retention, now)) {
    dropped[table] = await changed(connection, `DELETE FROM ${quoted(table)} WHERE ${condition}`)
  }
  const { hours, samples } = await downsample(
    connection,
    hourFloor(now - retention.downsampleAfterDays * DAY_MS),
  )
  return { hours, samples, dropped }
}

function pastTime(retention: Retention, now: Instant): readonly (readonly [string, string])[] {
  const before = (column: string, days: number) => `${quoted(column)} < ${Math.floor(now - days * DAY_MS)}`
  return [
    ['telemetry', before('at', retention.telemetryDays)],
    ['telemetryHourly', before('at', retention.telemetryDays)],
    ['pastWeather', before('at', retention.telemetryDays)],
    ['plans', before('madeAt', retention.plansDays)],
    ['heatForecasts', before('start', retention.forecastsDays)],
    // The last lease of a building outlives all: its `seq` must never come again.
    [
      'leases',
      `${before('validUntil', retention.leasesDays)}
        AND (building, seq) NOT IN (SELECT (building, max(seq)) FROM leases GROUP BY building)`,
    ],
    ['acks', before('at', retention.acksDays)],
    ['statuses', before('at', retention.acksDays)],
    ['overrides', before('untilAt', retention.acksDays)],
    ['rejections', before('at', retention.rejectionsDays)],
    ['audit', before('at', retention.auditDays)],
    ['orders', before('until', retention.ordersDays)],
    ['orderShares', before('start', retention.ordersDays)],
    ['ledger', before('at', retention.ordersDays)],
    // Of a name only the last row counts, and that only while something still adds to it.
    [
      'learned',
      `${before('at', retention.ordersDays)}
        OR rowid NOT IN (SELECT max(rowid) FROM learned GROUP BY name)`,
    ],
  ]
}

const hourFloor = (at: Instant) => Math.floor(at / HOUR_MS) * HOUR_MS

async function downsample(connection: DuckDBConnection, until: Instant) {
  let hours = 0
  let samples = 0
  for (;;) {
    const oldest = await connection.runAndReadAll('SELECT min("at") FROM telemetry')
    const from = oldest.getRows()[0]?.[0]
    // A sample at the full hour belongs to the hour that it ends.
    if (typeof from !== 'bigint' || Number(from) > until) return { hours, samples }
    const to = Math.min(until, hourFloor(Number(from)) + DAY_MS)
    await connection.run('BEGIN')
    hours += await changed(connection, hourlySql(to))
    samples += await changed(connection, `DELETE FROM telemetry WHERE "at" <= ${to}`)
    await connection.run('COMMIT')
  }
}

async function changed(connection: DuckDBConnection, sql: string): Promise<number> {
  return (await connection.run(sql)).rowsChanged
}

/** Means of intervals are weighted by their length; registers stand as they were last. */
const INTERVAL_MEANS: ReadonlySet<ScalarReading> = new Set([
  'heatKw',
  'flowM3h',
  'spaceHeatKw',
  'ventHeatKw',
  'dhwKw',
  'electricKw',
])
const REGISTERS: ReadonlySet<ScalarReading> = new Set(['energyKwh', 'volumeM3'])

function hourly(name: ScalarReading): string {
  const column = quoted(name)
  if (REGISTERS.has(name)) return `arg_max(${column}, "at")`
  if (!INTERVAL_MEANS.has(name)) return `avg(${column})`
  const weighed = `sum(${column} * "intervalS") / sum(nullif("intervalS", 0)) FILTER (${column} IS NOT NULL)`
  return `coalesce(${weighed}, avg(${column}))`
}

/** Zones or circuits of an hour as one JSON object: numbers by their mean, flags true if ever, words as last. */
function membersSql(column: 'zones' | 'circuits'): string {
  return `(SELECT building, hour, json_group_object(part, members) AS ${column} FROM (
      SELECT building, hour, part, json_group_object(member, value) AS members FROM (
        SELECT building, hour, p.key AS part, m.key AS member,
          CASE any_value(m.type) WHEN 'BOOLEAN' THEN to_json(bool_or(m.value::VARCHAR = 'true'))
            WHEN 'VARCHAR' THEN arg_max(m.value, "at")
            ELSE to_json(round(avg(TRY_CAST(m.value AS DOUBLE)), 4)) END AS value
        FROM chosen, json_each(chosen.${column}) p, json_each(p.value) m
        GROUP BY building, hour, part, member ORDER BY part, member)
      GROUP BY building, hour, part ORDER BY part)
    GROUP BY building, hour)`
}

/** One row a building and hour up to and with `to`; samples later than the hour's making are not counted in. */
function hourlySql(to: Instant): string {
  const names = TABLES.telemetryHourly.columns.map(([name]) => quoted(name)).join(', ')
  const scalars = SCALAR_READINGS.map((name) => `${hourly(name)} AS ${quoted(name)}`).join(', ')
  return `INSERT INTO "telemetryHourly" (${names})
    WITH chosen AS MATERIALIZED (
      SELECT *, ("at" + ${HOUR_MS - 1}) // ${HOUR_MS} * ${HOUR_MS} AS hour
      FROM telemetry s WHERE "at" <= ${to}
      QUALIFY row_number() OVER (PARTITION BY building, "at" ORDER BY s.rowid) = 1),
    fresh AS (
      SELECT building, hour, max("receivedAt") AS "receivedAt", least(sum("intervalS"), 3600) AS "intervalS",
        ${scalars}, arg_max("heatSource", "at") AS "heatSource"
      FROM chosen ANTI JOIN "telemetryHourly" h ON chosen.building = h.building AND chosen.hour = h."at"
      GROUP BY building, hour)
    SELECT building, hour AS "at", "receivedAt", NULL AS seq, "intervalS", ${SCALAR_READINGS.map(quoted).join(', ')},
      "heatSource", zones, circuits
    FROM fresh LEFT JOIN ${membersSql('zones')} USING (building, hour)
      LEFT JOIN ${membersSql('circuits')} USING (building, hour)
    ORDER BY hour, building`
}
