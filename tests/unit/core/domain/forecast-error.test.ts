import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { emulatedForecast, type ForecastQuality } from '../../../../src/core/domain/emulated-forecast.ts'
import {
  type ForecastErrorLevel,
  solarErrorsWm2,
  temperatureErrorsK,
} from '../../../../src/core/domain/forecast-error.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'

const PARAMETERS = join(
  fileURLToPath(new URL('../../../../..', import.meta.url)),
  'shared/data/heat/boptest_forecast_uncertainty_params.json',
)
const LEVELS = ['low', 'medium', 'high'] as const
const LEADS = [0, 1, 6, 12, 24, 48]
const ISSUES = 6000

interface Ar1 {
  readonly start: number
  readonly startSpread: number
  readonly keep: number
  readonly drift: number
  readonly spread: number
}

/** Mean and variance that the process of those parameters has so many hours ahead, in closed form. */
function momentsAt(hours: number, { start, startSpread, keep, drift, spread }: Ar1) {
  let mean = start
  let variance = startSpread * startSpread
  for (let hour = 0; hour < hours; hour++) {
    mean = keep * mean + drift
    variance = keep * keep * variance + spread * spread
  }
  return { mean, spread: Math.sqrt(variance) }
}

function measured(draw: (issue: number) => Float64Array, hours: number) {
  const values = Array.from({ length: ISSUES }, (_, issue) => draw(issue)[hours]!)
  const mean = values.reduce((sum, value) => sum + value, 0) / ISSUES
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  return { mean, spread: Math.sqrt(squares / ISSUES) }
}

const cases = LEVELS.flatMap((level) => LEADS.map((hours) => ({ level, hours })))

describe.runIf(existsSync(PARAMETERS))('forecast errors beside the figures that BOPTEST published', () => {
  // The folder of recordings lies beside the checkout; where it is missing there is nothing to hold against.
  const published = existsSync(PARAMETERS) ? JSON.parse(readFileSync(PARAMETERS, 'utf8')) : undefined

  it.each(cases)('are as large for temperature, $level, $hours h ahead', ({ level, hours }) => {
    const { F0, K0, F, K, mu } = published.temperature[level]
    const expected = momentsAt(hours, { start: F0, startSpread: K0, keep: F, drift: mu, spread: K })
    const found = measured((issue) => temperatureErrorsK(level, 7, issue, hours + 1), hours)
    expect(Math.abs(found.mean - expected.mean)).toBeLessThan(0.06 * expected.spread)
    expect(Math.abs(found.spread / expected.spread - 1)).toBeLessThan(0.04)
  })

  it.each(cases)('are as large for the sun, $level, $hours h ahead', ({ level, hours }) => {
    const { ag0, bg0, phi, ag, bg } = published.solar[level]
    // A Laplace draw of scale b has a spread of b times the root of two.
    const expected = momentsAt(hours, {
      start: ag0,
      startSpread: Math.SQRT2 * bg0,
      keep: phi,
      drift: ag,
      spread: Math.SQRT2 * bg,
    })
    const found = measured((issue) => solarErrorsWm2(level, 7, issue, hours + 1), hours)
    expect(Math.abs(found.mean - expected.mean)).toBeLessThan(0.06 * expected.spread)
    expect(Math.abs(found.spread / expected.spread - 1)).toBeLessThan(0.06)
  })
})

const START = Date.UTC(2024, 0, 1)
const truth = {
  weatherAt: (at: number) => ({
    outdoorC: -5,
    solarWm2: (at / HOUR_MS) % 24 < 8 ? 0 : 120,
    windMs: 3,
  }),
  clearSkyWm2: () => 600,
}

function forecastAt(asOf: number, error: ForecastErrorLevel) {
  const quality: ForecastQuality = { error, seed: 3 }
  const provenance = { source: 'test', kind: 'forecast', issuedAt: asOf } as const
  return emulatedForecast(truth, { from: START, to: START + 4 * DAY_MS }, asOf, quality, provenance)
}

describe('a forecast gone wrong', () => {
  it('is the truth where it is perfect, and before it was issued', () => {
    const perfect = forecastAt(START + DAY_MS, 'perfect')
    expect(new Set(perfect.outdoorC)).toEqual(new Set([-5]))
    const wrong = forecastAt(START + DAY_MS, 'high')
    expect(new Set(wrong.outdoorC.slice(0, 96))).toEqual(new Set([-5]))
    expect(new Set(wrong.outdoorC.slice(97)).size).toBeGreaterThan(100)
  })

  it.each(LEVELS)(
    'sees no sun at night and between a fifth and twice of what there is by day: %s',
    (level) => {
      const { solarWm2 } = forecastAt(START, level)
      for (const [k, wm2] of solarWm2.entries()) {
        const { solarWm2: trueWm2 } = truth.weatherAt(START + k * SLOT_MS)
        expect(wm2).toBeGreaterThanOrEqual(0.2 * trueWm2)
        expect(wm2).toBeLessThanOrEqual(2 * trueWm2)
      }
      expect(new Set(solarWm2).size).toBeGreaterThan(10)
    },
  )

  it('goes more wrong from level to level', () => {
    const meanMissK = ['perfect', ...LEVELS].map((level) => {
      let missK = 0
      for (let issue = 0; issue < 60; issue++) {
        const asOf = START + issue * 6 * HOUR_MS
        const quality = { error: level as ForecastErrorLevel, seed: 3 }
        const provenance = { source: 'test', kind: 'forecast', issuedAt: asOf } as const
        const ahead = { from: asOf, to: asOf + 2 * DAY_MS }
        for (const c of emulatedForecast(truth, ahead, asOf, quality, provenance).outdoorC)
          missK += Math.abs(c + 5)
      }
      return missK / 60 / 192
    })
    expect(meanMissK[0]).toBe(0)
    expect(meanMissK).toEqual(meanMissK.toSorted((a, b) => a - b))
  })
})
