import { expect, it } from 'vitest'
import { ACTUATOR_KINDS } from '../../src/core/domain/building.ts'
import { buildReport } from '../../src/replay/build-report.ts'
import { readScenario, replayHere } from '../fixtures/replay.ts'

const HARD_MIN_C = 18

const scenarioOf = (actuator: string) => `
name: actuators
seed: 11
start: '2024-01-15T00:00:00+02:00'
days: 2
warmUpDays: 3
fleet: { count: 3, mix: { concrete-block: 1, insulated-block: 1, row-house: 1 }, actuator: ${actuator} }
prices: synthetic
weather: synthetic
forecast: { error: medium }
`

it.each(ACTUATOR_KINDS)('buildings that take a %s follow, save and stay warm', async (kind) => {
  const { result } = await replayHere(readScenario(scenarioOf(kind)))
  const { runs, savings } = buildReport(result)
  const dear = dearestSlots(result.runs.controlled[0]!.eurPerKwh)
  const heatKw = (run: 'asFound' | 'controlled') =>
    dear.reduce(
      (sum, k) => sum + result.runs[run].reduce((kw, { trace }) => kw + trace.spaceHeatKw[k]!, 0),
      0,
    )
  const lessPercent = 100 * (1 - heatKw('controlled') / heatKw('asFound'))
  const { asFound, tunedDown, controlled } = runs
  const costPercent = savings.asFound.wholePeriod.costPercent ?? Number.NaN
  process.stdout.write(
    `${kind}: cost -${costPercent.toFixed(1)} %, heat in the dearest quarter -${lessPercent.toFixed(1)} %, ` +
      `below the band ${controlled.underheatingKh.toFixed(2)} K·h (tuned down ${tunedDown.underheatingKh.toFixed(2)}), ` +
      `lowest room ${controlled.minIndoorC.toFixed(1)} °C, ${controlled.writesPerDay.toFixed(1)} writes a day\n`,
  )
  expect(controlled.setpointsSent).toBeGreaterThan(100)
  expect(lessPercent).toBeGreaterThan(3)
  expect(costPercent).toBeGreaterThan(0)
  expect(controlled.writesPerDay).toBeLessThanOrEqual(12)
  expect(controlled.minIndoorC).toBeGreaterThanOrEqual(Math.min(HARD_MIN_C, asFound.minIndoorC))
  expect(controlled.underheatingKh).toBeLessThanOrEqual(tunedDown.underheatingKh + 1)
})

function dearestSlots(eurPerKwh: Float64Array): number[] {
  const slots = Array.from(eurPerKwh, (_, k) => k)
  return slots.sort((a, b) => eurPerKwh[b]! - eurPerKwh[a]!).slice(0, slots.length / 4)
}
