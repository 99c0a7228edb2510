import type { DuckDBConnection } from '@duckdb/node-api'
import { HOUR_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { ExportRequest, ExportTable } from './export-request.ts'
import { telemetrySql } from './read-samples.ts'

/** Writes the rows that were asked for to `path`, oldest first; gives their number. */
export async function exportTable(
  connection: DuckDBConnection,
  request: ExportRequest,
  path: string,
): Promise<number> {
  const how = request.format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet, COMPRESSION zstd'
  const result = await connection.run(`COPY (${exportSql(request)}) TO ${text(path)} (${how})`)
  return result.rowsChanged
}

const text = (value: string) => `'${value.replaceAll("'", "''")}'`

/** The instant by which each table is cut and ordered. */
const TIME: Readonly<Record<ExportTable, string>> = {
  telemetry: '"at"',
  zones: '"at"',
  leases: '"issuedAt"',
  plans: '"madeAt"',
  forecasts: '"start"',
  acks: '"at"',
  orders: '"from"',
  ledger: '"at"',
  rejections: '"at"',
  audit: '"at"',
}

function exportSql(request: ExportRequest): string {
  const { table } = request
  const where = whereSql(request)
  switch (table) {
    case 'telemetry':
      return `SELECT * EXCLUDE (zones) FROM (${telemetrySql(where)}) ORDER BY "at", building`
    case 'zones':
      return zonesSql(where)
    case 'plans':
      return plansSql(where)
    case 'forecasts':
      return forecastsSql(where)
    case 'orders':
      return ordersSql(where)
    case 'leases':
    case 'ledger':
    case 'acks':
    case 'rejections':
    case 'audit':
      return `SELECT * FROM ${table} WHERE ${where} ORDER BY ${TIME[table]}, building, rowid`
    default:
      return table satisfies never
  }
}

function whereSql({ table, from, to, building }: ExportRequest): string {
  const conditions = ['true']
  if (from !== undefined) conditions.push(`${TIME[table]} >= ${from}`)
  if (to !== undefined) conditions.push(`${TIME[table]} < ${to}`)
  // An order is nobody's alone.
  if (building !== undefined && table !== 'orders') conditions.push(`building = ${text(building)}`)
  return conditions.join(' AND ')
}

/** One row a zone and instant. */
function zonesSql(where: string): string {
  const number = (name: string) => `(z.value->>'${name}')::DOUBLE AS "${name}"`
  return `SELECT s.building, s."at", z.key AS zone, ${number('indoorC')}, ${number('setpointC')},
      ${number('rhPercent')}, (z.value->>'windowOpen')::BOOLEAN AS "windowOpen"
    FROM (${telemetrySql(where)}) s, json_each(s.zones) z ORDER BY s."at", s.building, zone`
}

const FORECAST_LISTS = ['leadHours', 'expectedKw', 'p10Kw', 'p50Kw', 'p90Kw'] as const

/** One row a lead of each forecast, `at` the hour that it is of; no building is the whole fleet. */
function forecastsSql(where: string): string {
  const lists = FORECAST_LISTS.map((name) => `from_json("${name}", '["DOUBLE"]') AS "${name}"`).join(', ')
  const cells = FORECAST_LISTS.map((name) => `"${name}"[lead + 1] AS "${name}"`).join(', ')
  const hour = `"start" + (("leadHours"[lead + 1] - 1) * ${HOUR_MS})::BIGINT AS "at"`
  return `SELECT building, "issuedAt", basis, source, ${hour}, ${cells}
    FROM (SELECT * REPLACE (${lists}), unnest(range(json_array_length("leadHours")::BIGINT)) AS lead
      FROM "heatForecasts" WHERE ${where}) ORDER BY "issuedAt", building NULLS FIRST, "at"`
}

const ORDER_SERIES = ['baselineFlowKw', 'baselineMeteredKw', 'plannedFlowKw'] as const

/** One row a slot of each order as it was last; one that was refused is a row without figures. */
function ordersSql(where: string): string {
  const lists = ORDER_SERIES.map((name) => `from_json("${name}", '["DOUBLE"]') AS "${name}"`).join(', ')
  const cells = ORDER_SERIES.map((name) => `"${name}"[slot + 1] AS "${name}"`).join(', ')
  const metered = `from_json("meteredKw", '["DOUBLE"]')[slot + 1 - ("meteredFrom" - "start") // ${SLOT_MS}]`
  return `SELECT id, kind, state, kw, "from", "until", branch, note, "placedAt", "placedBy", "endedAt",
      "promisedKw", "start" + slot * ${SLOT_MS} AS "at", ${cells}, ${metered} AS "meteredKw",
      "refusalCode", "refusalDetail", "deliverableKw"
    FROM (SELECT * REPLACE (${lists}),
        unnest(range(greatest(1, coalesce(json_array_length("baselineFlowKw"), 1)::BIGINT))) AS slot
      FROM (FROM orders QUALIFY row_number() OVER (PARTITION BY id ORDER BY "at" DESC, rowid DESC) = 1)
      WHERE ${where}) ORDER BY "from", id, "at"`
}

const PLAN_SERIES = ['heatKw', 'curveHeatKw', 'indoorC', 'eurPerKwh'] as const

/** One row a slot of each plan. */
function plansSql(where: string): string {
  const lists = PLAN_SERIES.map((name) => `from_json("${name}", '["DOUBLE"]') AS "${name}"`).join(', ')
  const cells = PLAN_SERIES.map((name) => `"${name}"[slot + 1] AS "${name}"`).join(', ')
  return `SELECT building, "madeAt", "start" + slot * ${SLOT_MS} AS "at", ${cells},
      outcome, "reasonCode", "reasonText", gap, iterations, "underKh", "overKh"
    FROM (SELECT * REPLACE (${lists}), unnest(range(json_array_length("heatKw")::BIGINT)) AS slot
      FROM plans WHERE ${where}) ORDER BY "madeAt", building, "at"`
}
