import { expect, it } from 'vitest'
import { forecastError } from '../../../../../src/core/thermal/identify/forecast-error.ts'
import { identifyBuilding } from '../../../../../src/core/thermal/identify/identify-building.ts'
import { priorByData } from '../../../../../src/core/thermal/identify/identify-prior.ts'
import { fitSeries } from '../../../../../src/core/thermal/identify/series.ts'
import { pretend } from './pretend-building.ts'

const UNMETERED_KW = 5
const ROWS_PER_DAY = 48

it('foresees a day by what the last days lacked, where heat that no meter sees has come to stay', () => {
  const before = pretend({ days: 8 })
  const identified = identifyBuilding(before, priorByData(before), { powerOf: 'ends' })
  if (identified.kind !== 'fitted') throw new Error('expected a fit')
  const { box, shape } = identified.fit
  const longer = pretend({ days: 20 })
  const heatKw = longer.heatKw.map((kw, k) => (k < 8 * ROWS_PER_DAY ? kw : kw - UNMETERED_KW))
  const errorFrom = (telemetry: typeof longer, day: number) =>
    forecastError(box, shape, fitSeries(telemetry, 'ends', shape.hasHabit), day * ROWS_PER_DAY)
      .dayAheadRmseK ?? Number.NaN
  const sound = errorFrom(longer, 14)
  const lacking = errorFrom({ ...longer, heatKw }, 14)
  expect(sound).toBeLessThan(0.2)
  // Without the memory of days it misses by 0.7 K.
  expect(lacking).toBeLessThan(0.35)
})
