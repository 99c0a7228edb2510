import { SCALAR_READINGS } from '../../core/domain/telemetry.ts'

export type ColumnKind = 'text' | 'instant' | 'integer' | 'number'
export type Column = readonly [name: string, kind: ColumnKind]

/** An append-only table: no keys and no indexes, so that a commit costs only what it appends. */
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
}

const readings = SCALAR_READINGS.map((name): Column => [name, 'number'])

/** Zones and circuits are JSON: one sample stays one row, and `zones` is read back as a table of its own. */
const sampleColumns: readonly Column[] = [
  ['building', 'text'],
  ['at', 'instant'],
  ['receivedAt', 'instant'],
  ['seq', 'integer'],
  ['intervalS', 'number'],
  ...readings,
  ['heatSource', 'text'],
  ['zones', 'text'],
  ['circuits', 'text'],
]

export const TABLES = {
  telemetry: { name: 'telemetry', columns: sampleColumns },
  /** Means of the hour that ends at `at`, in place of samples past their time. */
  telemetryHourly: { name: 'telemetryHourly', columns: sampleColumns },
  leases: {
    name: 'leases',
    columns: [
      ['building', 'text'],
      ['seq', 'integer'],
      ['id', 'text'],
      ['issuedAt', 'instant'],
      ['validFrom', 'instant'],
      ['validUntil', 'instant'],
      ['mode', 'text'],
      ['reasonCode', 'text'],
      ['reasonText', 'text'],
      ['steps', 'text'],
    ],
  },
  plans: {
    name: 'plans',
    columns: [
      ['building', 'text'],
      ['madeAt', 'instant'],
      ['start', 'instant'],
      ['outcome', 'text'],
      ['gap', 'number'],
      ['iterations', 'integer'],
      ['underKh', 'number'],
      ['overKh', 'number'],
      ['reasonCode', 'text'],
      ['reasonText', 'text'],
      ['heatKw', 'text'],
      ['curveHeatKw', 'text'],
      ['indoorC', 'text'],
      ['eurPerKwh', 'text'],
    ],
  },
  /** One row a building and full hour; `building` is null for the whole fleet. Lists have one value a lead. */
  heatForecasts: {
    name: 'heatForecasts',
    columns: [
      ['building', 'text'],
      ['issuedAt', 'instant'],
      ['start', 'instant'],
      ['basis', 'text'],
      ['source', 'text'],
      ['leadHours', 'text'],
      ['expectedKw', 'text'],
      ['p10Kw', 'text'],
      ['p50Kw', 'text'],
      ['p90Kw', 'text'],
      ['meteredFrom', 'instant'],
      ['meteredKw', 'number'],
    ],
  },
  /** What it was outside, by the service that was asked: fits of buildings look back further than services tell. */
  pastWeather: {
    name: 'pastWeather',
    columns: [
      ['at', 'instant'],
      ['outdoorC', 'number'],
      ['solarWm2', 'number'],
    ],
  },
  acks: {
    name: 'acks',
    columns: [
      ['building', 'text'],
      ['id', 'text'],
      ['seq', 'integer'],
      ['at', 'instant'],
      ['state', 'text'],
      ['applied', 'text'],
      ['reason', 'text'],
    ],
  },
  statuses: {
    name: 'statuses',
    columns: [
      ['building', 'text'],
      ['state', 'text'],
      ['session', 'integer'],
      ['at', 'instant'],
    ],
  },
  overrides: {
    name: 'overrides',
    columns: [
      ['building', 'text'],
      ['kind', 'text'],
      ['deltaK', 'number'],
      ['untilAt', 'instant'],
      ['by', 'text'],
      ['zone', 'text'],
      ['receivedAt', 'instant'],
    ],
  },
  modes: {
    name: 'modes',
    columns: [
      ['building', 'text'],
      ['kind', 'text'],
      ['supplyOffsetK', 'number'],
      ['at', 'instant'],
    ],
  },
  /** One row a change of state; the last row of an id is what it is. Baseline, plan and meters are JSON. */
  orders: {
    name: 'orders',
    columns: [
      ['id', 'text'],
      ['at', 'instant'],
      ['state', 'text'],
      ['kind', 'text'],
      ['kw', 'number'],
      ['from', 'instant'],
      ['until', 'instant'],
      ['branch', 'text'],
      ['note', 'text'],
      ['placedAt', 'instant'],
      ['placedBy', 'text'],
      ['endedAt', 'instant'],
      ['promisedKw', 'number'],
      ['reboundKw', 'number'],
      ['reboundKwh', 'number'],
      ['underKh', 'number'],
      ['marginRatio', 'number'],
      ['start', 'instant'],
      ['baselineFlowKw', 'text'],
      ['baselineMeteredKw', 'text'],
      ['plannedFlowKw', 'text'],
      ['meteredFrom', 'instant'],
      ['meteredKw', 'text'],
      ['refusalCode', 'text'],
      ['refusalDetail', 'text'],
      ['deliverableKw', 'number'],
    ],
  },
  /** What each building would have taken without an order, frozen with it. */
  orderShares: {
    name: 'orderShares',
    columns: [
      ['order', 'text'],
      ['building', 'text'],
      ['start', 'instant'],
      ['heatKw', 'text'],
      ['indoorC', 'text'],
    ],
  },
  /** What each order took from each building. */
  ledger: {
    name: 'ledger',
    columns: [
      ['building', 'text'],
      ['order', 'text'],
      ['at', 'instant'],
      ['kelvinHours', 'number'],
    ],
  },
  /** What the controller has learned of itself, JSON; the last row of a name counts. */
  learned: {
    name: 'learned',
    columns: [
      ['name', 'text'],
      ['at', 'instant'],
      ['json', 'text'],
    ],
  },
  rejections: {
    name: 'rejections',
    columns: [
      ['at', 'instant'],
      ['topic', 'text'],
      ['building', 'text'],
      ['code', 'text'],
      ['detail', 'text'],
      ['head', 'text'],
    ],
  },
  audit: {
    name: 'audit',
    columns: [
      ['at', 'instant'],
      ['actor', 'text'],
      ['action', 'text'],
      ['building', 'text'],
      ['detail', 'text'],
    ],
  },
} as const satisfies Record<string, Table>

export type TableName = keyof typeof TABLES

/** `"at"` and `"by"` are words of SQL: every name is quoted. */
export const quoted = (name: string) => `"${name}"`
