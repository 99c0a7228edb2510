import { describe, expect, it } from 'vitest'
import { drawFleet, installerView } from '../../../simulators/fleet.ts'
import { DAY_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import { priorModel } from '../../../src/core/thermal/prior-model.ts'
import { fitModel } from '../../../src/replay/fit-model.ts'
import { createWeatherTrack } from '../../../src/replay/weather-track.ts'

const FROM = Date.UTC(2024, 11, 1)
const DAYS = 16
const site = { timeZone: 'Europe/Helsinki', latitude: 61, longitude: 28, noise: true }
const weather = winter()

function winter() {
  const slots = (DAYS * DAY_MS) / SLOT_MS + 1
  const outdoorC = Float64Array.from(
    { length: slots },
    (_, k) => -6 + 4 * Math.sin((2 * Math.PI * k) / 96) + 7 * Math.sin((2 * Math.PI * k) / 500),
  )
  const solarWm2 = Float64Array.from({ length: slots }, (_, k) =>
    Math.max(0, 150 * Math.sin((2 * Math.PI * (k - 32)) / 96)),
  )
  return createWeatherTrack({ start: FROM, outdoorC, solarWm2, windMs: new Float64Array(slots).fill(4) })
}

function runOf(kind: 'row-house' | 'concrete-block', meterOnlyShare = 0) {
  const [spec] = drawFleet({ seed: 4, count: 1, zones: 6, mix: { [kind]: 1 }, meterOnlyShare })
  if (!spec) throw new RangeError('an empty fleet')
  const comfort = { minC: 20, maxC: 23 }
  const building = installerView(spec, { comfort, tariff: { kind: 'spot', feeEurPerMwh: 0 } })
  return { spec, building, site, from: FROM, days: DAYS }
}

describe('fitting a model in advance', () => {
  it.each(['row-house', 'concrete-block'] as const)('foresees a %s no worse than its prior does', (kind) => {
    const { rmseC, priorRmseC } = fitModel(runOf(kind), weather)
    expect(rmseC).toBeLessThanOrEqual(priorRmseC ?? Number.NaN)
    expect(rmseC).toBeLessThan(0.8)
  })

  it('says what it gives: a fit that is not the prior, or the prior itself', () => {
    const run = runOf('row-house')
    const { model, source, rmseC, priorRmseC } = fitModel(run, weather)
    if (source === 'prior') expect(model).toEqual(priorModel(run.building))
    else expect(rmseC).toBeLessThan(priorRmseC ?? 0)
  })

  it('gives the same model twice', () => {
    expect(fitModel(runOf('row-house'), weather)).toEqual(fitModel(runOf('row-house'), weather))
  })

  it('gives the prior, and no error, where no room is measured or the trial is too short', () => {
    const unmeasured = runOf('concrete-block', 1)
    const none = { source: 'prior', rmseC: null, priorRmseC: null }
    expect(fitModel(unmeasured, weather)).toEqual({ model: priorModel(unmeasured.building), ...none })
    const short = { ...runOf('row-house'), days: 5 }
    expect(fitModel(short, weather)).toEqual({ model: priorModel(short.building), ...none })
  })
})
