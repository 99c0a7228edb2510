import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'csv-parse/sync'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../../src/adapters/duckdb/duckdb-recorder.ts'
import {
  EXPORT_TABLES,
  type ExportRequest,
  parseExportRequest,
} from '../../../../src/adapters/duckdb/export-request.ts'
import {
  A,
  B,
  heatForecast,
  lease,
  NOW,
  order,
  plan,
  refusedOrder,
  sample,
} from '../../../contract/recorder.ts'

const clock = { now: () => NOW, at: () => () => {} }
type Cells = Record<string, unknown>

let recorder: DuckdbRecorder
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heatflex-o'export-"))
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log: pino({ level: 'silent' }) })
  await Promise.all([
    recorder.keepSample(sample(A, NOW + 2, 20.5, { seq: 3 }), NOW),
    recorder.keepSample(
      sample(A, NOW + 1, 20, {
        readings: {
          indoorC: 20,
          heatSource: 'a,"b"\nc',
          zones: { z2: { indoorC: 19.5 }, z1: { windowOpen: true } },
        },
      }),
      NOW,
    ),
    recorder.keepSample(sample(B, NOW + 1, 18), NOW),
    recorder.keepSample(sample(B, NOW + 1, 99), NOW),
    recorder.keepLeases([lease(A, 1)]),
    recorder.keepPlans([plan(A, NOW)]),
    recorder.keepHeatForecasts([heatForecast(null, NOW), heatForecast(A, NOW)]),
    recorder.keepAck({
      building: A,
      id: 'a-1',
      seq: 1,
      at: NOW,
      state: 'applied',
      applied: { supplyOffsetK: -2 },
    }),
    recorder.keepOrders([order('o-1'), refusedOrder('o-2')], NOW),
    recorder.keepOrders([order('o-1', { state: 'running' })], NOW + 1),
    recorder.keepLedger([{ order: 'o-1', building: A, at: NOW, kelvinHours: 0.75 }]),
    recorder.keepAudit([{ at: NOW, actor: 'x', action: 'y', detail: 'z' }]),
    recorder.keepRejections([
      { at: NOW, topic: 't', building: A, code: 'empty', detail: '', head: '\u0000"' },
    ]),
  ])
})
afterAll(async () => {
  await recorder.stop()
  await rm(folder, { recursive: true })
})

async function csv(request: Omit<ExportRequest, 'format'>): Promise<Cells[]> {
  const path = join(folder, 'out.csv')
  const count = await recorder.exportTo(path, { ...request, format: 'csv' })
  const rows: Cells[] = parse(readFileSync(path), { columns: true, cast: false })
  expect(count).toBe(rows.length)
  return rows
}

async function parquet(request: Omit<ExportRequest, 'format'>): Promise<Cells[]> {
  const path = join(folder, 'out.parquet')
  const count = await recorder.exportTo(path, { ...request, format: 'parquet' })
  const connection = await (await DuckDBInstance.create()).connect()
  const rows = (await connection.runAndReadAll('FROM read_parquet($path)', { path })).getRowObjectsJS()
  expect(count).toBe(rows.length)
  return rows
}

describe('export', () => {
  it('writes telemetry once an instant, oldest first, with the names of the contract', async () => {
    const rows = await csv({ table: 'telemetry' })
    expect(rows.map((row) => [row['building'], Number(row['at']), row['indoorC']])).toEqual([
      ['a', NOW + 1, '20.0'],
      ['b', NOW + 1, '18.0'],
      ['a', NOW + 2, '20.5'],
    ])
    expect(rows[0]).toMatchObject({ heatSource: 'a,"b"\nc', heatKw: '', seq: '', intervalS: '900.0' })
  })

  it('gives numbers, whole numbers and gaps their types in Parquet', async () => {
    const rows = await parquet({ table: 'telemetry', building: A })
    expect(rows).toMatchObject([
      { at: BigInt(NOW + 1), indoorC: 20, seq: null, heatKw: null },
      { at: BigInt(NOW + 2), indoorC: 20.5, seq: 3n },
    ])
  })

  it('writes a row a zone', async () => {
    expect(await parquet({ table: 'zones' })).toEqual([
      zoneRow('z1', { windowOpen: true }),
      zoneRow('z2', { indoorC: 19.5 }),
    ])
    expect(await csv({ table: 'zones' })).toMatchObject([{ zone: 'z1', indoorC: '' }, { zone: 'z2' }])
  })

  it('writes a row a slot of a plan, and nothing where a room is unknown', async () => {
    const rows = await parquet({ table: 'plans' })
    expect(rows.map((row) => [row['at'], row['heatKw'], row['indoorC'], row['eurPerKwh']])).toEqual([
      [BigInt(NOW), 10, 21, 0.08],
      [BigInt(NOW + 900_000), 12.5, 21.25, -0.0125],
      [BigInt(NOW + 1_800_000), 0, null, 2.35],
    ])
  })

  it('gives forecasts a row a lead, with the hour that each is of', async () => {
    const rows = await parquet({ table: 'forecasts' })
    expect(rows).toHaveLength(12)
    const hour = 3_600_000
    expect(rows.slice(0, 2)).toMatchObject([
      { building: null, issuedAt: BigInt(NOW + 20_000), leadHours: 1, at: BigInt(NOW), p50Kw: 10 },
      { building: null, leadHours: 3, at: BigInt(NOW + 2 * hour), expectedKw: 11.25, p90Kw: 14 },
    ])
    expect(rows.at(-1)).toMatchObject({
      building: 'a',
      leadHours: 48,
      at: BigInt(NOW + 47 * hour),
      p10Kw: null,
    })
  })

  it('gives an order as it was last a row a slot, with what the meters showed, and a refused one a row', async () => {
    const rows = await parquet({ table: 'orders' })
    const slot = 900_000
    expect(rows).toMatchObject([
      { id: 'o-2', kind: 'increase', state: 'refused', at: null, refusalCode: 'more-than-deliverable' },
      { id: 'o-1', state: 'running', at: BigInt(NOW), baselineFlowKw: 100.1, meteredKw: null },
      { at: BigInt(NOW + slot), plannedFlowKw: 99.5, baselineMeteredKw: null, meteredKw: null },
      { at: BigInt(NOW + 2 * slot), baselineFlowKw: 99.9, meteredKw: 79.5 },
    ])
    expect(await csv({ table: 'orders', from: NOW + 1001, building: B })).toHaveLength(3)
    expect(await csv({ table: 'ledger', building: B })).toEqual([])
    expect(await csv({ table: 'ledger' })).toMatchObject([{ order: 'o-1', kelvinHours: '0.75' }])
  })

  it.each(EXPORT_TABLES)('writes %s in both formats with the same rows', async (table) => {
    const [fromCsv, fromParquet] = [await csv({ table }), await parquet({ table })]
    expect(fromCsv.length).toBeGreaterThan(0)
    expect(fromCsv.length).toBe(fromParquet.length)
    expect(Object.keys(fromCsv[0]!)).toEqual(Object.keys(fromParquet[0]!))
  })

  it('cuts by time and building', async () => {
    const rows = await csv({ table: 'telemetry', from: NOW + 1, to: NOW + 2, building: B })
    expect(rows).toMatchObject([{ building: 'b', indoorC: '18.0' }])
    expect(await csv({ table: 'leases', from: NOW + 1 })).toEqual([])
  })

  it('says what it could not write and where', async () => {
    const path = join(folder, 'no', 'such', 'folder.csv')
    const failing = recorder.exportTo(path, { table: 'acks', format: 'csv' })
    await expect(failing).rejects.toMatchObject({ name: 'RecorderError' })
    await expect(failing).rejects.toThrow(`exporting acks to ${path}`)
  })
})

function zoneRow(zone: string, reading: Cells): Cells {
  const empty = { indoorC: null, setpointC: null, rhPercent: null, windowOpen: null }
  return { building: 'a', at: BigInt(NOW + 1), zone, ...empty, ...reading }
}

describe('a request for an export', () => {
  it('takes instants as milliseconds or with an explicit offset', () => {
    const asked = { table: 'acks', from: '1704412800000', to: '2024-01-05T02:00:00+02:00', building: 'a' }
    expect(parseExportRequest(asked)).toEqual({
      ok: true,
      request: { table: 'acks', format: 'csv', from: 1704412800000, to: 1704412800000, building: A },
    })
  })

  it.each([
    [{ table: 'secrets' }, 'table'],
    [{ table: 'acks', from: '2024-01-05' }, 'from'],
    [{ table: 'acks', to: '2024-01-05T02:00:00' }, 'to'],
    [{ table: 'acks', building: "a'; DROP" }, 'building'],
    [{ table: 'acks', format: 'xls' }, 'format'],
    [{ table: 'acks', colour: 'red' }, 'colour'],
    [{}, 'table'],
  ])('names what is wrong with %j', (asked, place) => {
    const parsed = parseExportRequest(asked)
    expect(parsed.ok ? [] : parsed.faults).toEqual([expect.stringContaining(place)])
  })
})
