import { expect, it } from 'vitest'
import { buildReport } from '../../src/replay/build-report.ts'
import { readScenario, replayHere } from '../fixtures/replay.ts'

// A dear spike and cheap nights: what lies beyond the horizon is worth knowing here, if anywhere.
const SCENARIO = `
name: horizon
seed: 21
start: '2024-01-15T00:00:00+02:00'
days: 4
warmUpDays: 3
fleet: { count: 4, mix: { concrete-block: 2, insulated-block: 1, row-house: 1 } }
prices: synthetic
weather: synthetic
forecast: { error: medium }
`

/** What the fleet paid in the controlled run, its stored heat counted, EUR. */
async function costEur(horizonHours: number): Promise<number> {
  const { result } = await replayHere(readScenario(SCENARIO), { horizonHours })
  const { costEur, storedHeatEur, setpointsSent } = buildReport(result).runs.controlled
  expect(setpointsSent).toBeGreaterThan(100)
  return costEur - storedHeatEur
}

it('changes what is paid by less than 1 % when plans look twice as far', async () => {
  const usual = await costEur(48)
  const twice = await costEur(96)
  const percent = (100 * (twice - usual)) / usual
  process.stdout.write(
    `48 h: ${usual.toFixed(1)} EUR, 96 h: ${twice.toFixed(1)} EUR, ${percent.toFixed(2)} %\n`,
  )
  expect(twice).not.toBe(usual)
  expect(Math.abs(percent)).toBeLessThan(1)
})
