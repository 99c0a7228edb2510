import { describe, expect, it } from 'vitest'
import { forecastWords } from '../../../src/console/forecast-words.ts'
import { fleetHeatData } from '../../../src/console/plots/fleet-heat-data.ts'
import { createFixtureDesk } from '../../fixtures/desk.ts'

const desk = createFixtureDesk()
const plan = desk.plan()
const heat = desk.forecast()?.heat
if (!heat) throw new Error('the fixture desk has a forecast of heat')

describe('the words under the band ahead', () => {
  it('say what such forecasts were worth a day ahead', () => {
    const accuracy = [{ leadHours: 24, scored: 212, maeKw: 141.5, coverage80: 0.81, width80Kw: 1498.2 }]
    expect(forecastWords({ ...heat, accuracy })).toContain(
      'A day ahead, 212 were measured: 142 kW off on average, 81 % of hours within a band of 1\u202f498 kW.',
    )
  })

  it('claim nothing that was not measured', () => {
    const words = forecastWords({ ...heat, source: 'prior', accuracy: [] })
    expect(words).toContain('a guess until four days')
    expect(words).toContain('None has been measured')
  })
})

describe('the picture of fleet heat', () => {
  const to = plan.start + 6 * plan.stepMs

  it('puts the forecast of the hour on the slots of the plan', () => {
    const [at, , expected, , low, high] = fleetHeatData(plan, heat, plan.start, to)
    const skip = (plan.start - heat.start) / plan.stepMs
    expect(at[0]).toBe(plan.start)
    expect(expected?.slice(0, 3)).toEqual(heat.p50Kw.slice(skip, skip + 3))
    expect([low?.[1], high?.[1]]).toEqual([heat.p10Kw[skip + 1], heat.p90Kw[skip + 1]])
  })

  it('shows the plan alone where there is no forecast', () => {
    const [, , planned, , low] = fleetHeatData(plan, null, plan.start, to)
    expect(planned?.[0]).toBe(plan.heatKw[0])
    expect(low?.[0]).toBeNull()
  })
})
