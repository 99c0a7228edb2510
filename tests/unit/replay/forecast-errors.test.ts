import { expect, it } from 'vitest'
import { localMidnight } from '../../../src/core/domain/local-time.ts'
import { buildReport, type ReplayResult } from '../../../src/replay/build-report.ts'
import {
  ERROR_LEVELS,
  type ErrorLevel,
  forecastErrorFigures,
  liveErrorLevels,
} from '../../../src/replay/forecast-errors.ts'
import { forecastErrorsTable } from '../../../src/replay/page/forecast-tables.ts'
import { encodeReport } from '../../../src/replay/report.ts'
import { slotCalendar } from '../../../src/replay/slot-calendar.ts'
import { type RunSketch, sketchRun } from '../../fixtures/building-run.ts'

const ZONE = 'Europe/Helsinki'
const START = localMidnight(Date.parse('2024-01-04T12:00:00Z'), ZONE)
const base: RunSketch = { start: START, slots: 96, eurPerKwh: () => 0.1 }
const calendar = slotCalendar(START, 96, ZONE)
const life = (heatKw: number) => [sketchRun({ ...base, id: 'a-1', heatKw: () => heatKw })]

it('lives the levels that the scenario does not have, in their order', async () => {
  const lived: ErrorLevel[] = []
  const own = { error: 'medium' as const, runs: life(9) }
  const levels = await liveErrorLevels(own, async (error) => {
    lived.push(error)
    return life(8)
  })
  expect(levels.map(({ error }) => error)).toEqual(ERROR_LEVELS)
  expect(lived).toEqual(['perfect', 'low', 'high'])
  expect(levels[2]).toBe(own)
})

it('says what each level costs more than perfect forecasts, and saves against the caretaker', () => {
  const kw = { perfect: 8, low: 8.2, medium: 8.4, high: 9 }
  const levels = ERROR_LEVELS.map((error) => ({ error, runs: life(kw[error]) }))
  const figures = forecastErrorFigures(levels, life(10), calendar)
  expect(figures.map(({ costPercent }) => Math.round(costPercent ?? 0))).toEqual([20, 18, 16, 10])
  expect(figures.map(({ abovePerfectEur }) => Math.round(100 * abovePerfectEur))).toEqual([0, 48, 96, 240])
  expect(figures[3]?.abovePerfectPercent).toBeCloseTo(12.5, 6)
  expect(forecastErrorsTable(figures)).toContain('+2.40')
})

it('adds to the report only where it was asked for', () => {
  const provenance = { source: 'synthetic', kind: 'synthetic', issuedAt: START } as const
  const result: ReplayResult = {
    name: 'made-up',
    seed: 1,
    start: START,
    days: 1,
    timeZone: ZONE,
    runs: { asFound: life(10), tunedDown: life(10), controlled: life(9) },
    tunedDown: new Map(),
    bound: null,
    provenance: {
      fleet: 'simulated',
      prices: provenance,
      weather: provenance,
      co2: 'none',
      forecast: 'medium',
      tariff: 'spot',
      baselines: 'made up',
      notes: [],
    },
  }
  expect(JSON.parse(encodeReport(buildReport(result)))).not.toHaveProperty('forecastErrors')
  const forecastErrors = forecastErrorFigures([{ error: 'perfect', runs: life(8) }], life(10), calendar)
  const asked = JSON.parse(encodeReport(buildReport({ ...result, forecastErrors })))
  expect(asked.forecastErrors).toMatchObject([{ error: 'perfect', abovePerfectEur: 0 }])
})
