import { describe, expect, it } from 'vitest'
import { type HeatForecastRecord, LEAD_HOURS } from '../../../src/core/domain/heat-forecast.ts'
import { HOUR_MS } from '../../../src/core/domain/instant.ts'
import { forecastAccuracy } from '../../../src/replay/forecast-accuracy.ts'
import { A, B } from '../../contract/recorder.ts'

const START = Date.UTC(2024, 0, 4)
const DAY_SLOTS = 96

/** Foresees `kw` at every lead, ±`spread`. */
function record(building: HeatForecastRecord['building'], hour: number, kw: number, spread: number) {
  const all = (value: number) => Float64Array.from(LEAD_HOURS, () => value)
  const start = START + hour * HOUR_MS
  return {
    building,
    issuedAt: start + 20_000,
    start,
    basis: 'as-planned',
    source: 'learned',
    expectedKw: all(kw),
    p10Kw: all(kw - spread),
    p50Kw: all(kw),
    p90Kw: all(kw + spread),
    meteredFrom: start - 2 * HOUR_MS,
    meteredKw: null,
  } as const
}

const truths = [
  { id: A, heatKw: Float64Array.from({ length: DAY_SLOTS }, (_, k) => (k < 48 ? 10 : 14)) },
  { id: B, heatKw: new Float64Array(DAY_SLOTS).fill(20) },
]

describe('what heat forecasts were worth', () => {
  it('is measured by lead, for each building and for all together', () => {
    const records = Array.from({ length: 24 }, (_, hour) => [
      record(A, hour, 10, 2),
      record(B, hour, 21, 0.5),
      record(null, hour, 32, 2),
    ]).flat()
    const { fleet, buildings } = forecastAccuracy(records, truths, START)
    expect(fleet.meanKw).toBe(32)
    expect(fleet.leads[0]).toEqual({ leadHours: 1, scored: 24, maeKw: 2, coverage80: 1, width80Kw: 4 })
    expect(buildings.map(({ id, leads }) => [id, leads[0]?.maeKw, leads[0]?.coverage80])).toEqual([
      [A, 2, 0.5],
      [B, 1, 0],
    ])
  })

  it('counts an hour at a lead only where it was foreseen so long before', () => {
    const { fleet } = forecastAccuracy([record(null, 20, 30, 1)], truths, START)
    expect(fleet.leads.map(({ leadHours, scored }) => [leadHours, scored])).toEqual([
      [1, 1],
      [3, 1],
    ])
  })

  it('leaves out what was foreseen before the counted days', () => {
    expect(forecastAccuracy([record(null, -1, 30, 1)], truths, START).fleet.leads).toEqual([])
  })
})
