import { expect, it } from 'vitest'
import { buildReport } from '../../src/replay/build-report.ts'
import { readScenario, replayHere } from '../fixtures/replay.ts'

const scenario = readScenario(`
name: forecast-errors
seed: 5
start: '2024-01-15T00:00:00+02:00'
days: 2
warmUpDays: 2
fleet: { count: 2, models: prior }
prices: synthetic
weather: synthetic
forecast: { error: medium }
`)

it('shows what forecast error costs, and how well heat was foreseen', async () => {
  const { result } = await replayHere(scenario, { forecastErrors: true })
  const { forecastErrors = [], forecastAccuracy, runs } = buildReport(result)
  expect(forecastErrors.map(({ error }) => error)).toEqual(['perfect', 'low', 'medium', 'high'])
  const [perfect, low, medium, high] = forecastErrors
  expect(perfect?.abovePerfectEur).toBe(0)
  // The scenario's own level is the controlled run itself, not another.
  expect(medium?.costEur).toBe(runs.controlled.costEur)
  expect(new Set([perfect, low, medium, high].map((level) => level?.costEur)).size).toBe(4)
  const first = forecastAccuracy?.fleet.leads[0]
  expect(first).toMatchObject({ leadHours: 1, scored: 48 })
  expect(first?.maeKw).toBeLessThan(0.5 * (forecastAccuracy?.fleet.meanKw ?? 0))
})
