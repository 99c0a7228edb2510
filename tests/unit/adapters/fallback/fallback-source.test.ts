import { expect, it } from 'vitest'
import type { SourceLost } from '../../../../src/adapters/fallback/ask-in-turn.ts'
import { withPriceFallback, withWeatherFallback } from '../../../../src/adapters/fallback/fallback-source.ts'
import { syntheticPrices } from '../../../../src/adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../../../../src/adapters/synthetic/synthetic-weather.ts'
import type { PriceSource, WeatherSource } from '../../../../src/controller/ports.ts'
import { DAY_MS, HOUR_MS, slotCount, type Window } from '../../../../src/core/domain/instant.ts'

const NOW = Date.parse('2024-01-05T12:00:00Z')
const { signal } = new AbortController()
const ahead = (now: number): Window => ({ from: now, to: now + 12 * HOUR_MS })

/** A market that costs 70 until `lostAt` and answers nothing after. */
function market(lostAt: number): PriceSource {
  return {
    async prices(window, asOf) {
      if (asOf >= lostAt) throw new Error('connection refused')
      const values = new Float64Array(slotCount(window)).fill(70)
      return {
        start: window.from,
        values,
        provenance: { source: 'market', kind: 'measured', issuedAt: asOf },
      }
    },
  }
}

function chain(first: PriceSource) {
  const changes: (SourceLost | undefined)[] = []
  const source = withPriceFallback(
    [
      { name: 'market', source: first },
      { name: 'synthetic', source: syntheticPrices({ seed: 1 }) },
    ],
    { onChange: (lost) => changes.push(lost) },
  )
  return { source, changes }
}

it('answers with the best source while it lives, and says nothing', async () => {
  const { source, changes } = chain(market(Number.POSITIVE_INFINITY))
  const { values, provenance } = await source.prices(ahead(NOW), NOW, signal)
  expect([...new Set(values)]).toEqual([70])
  expect(provenance.standsInFor).toBeUndefined()
  expect(changes).toEqual([])
})

it('gives the last good answer of a lost source, moved to the window asked for, and says so once', async () => {
  const { source, changes } = chain(market(NOW + HOUR_MS))
  await source.prices(ahead(NOW), NOW, signal)
  const later = NOW + 3 * HOUR_MS
  const { start, values, provenance } = await source.prices(ahead(later), later, signal)
  await source.prices(ahead(later), later + 60_000, signal)
  expect(start).toBe(later)
  expect([...values].slice(0, 36).every((price) => price === 70)).toBe(true)
  expect([...values].slice(36).every(Number.isNaN)).toBe(true)
  expect(provenance).toMatchObject({
    source: 'market',
    issuedAt: NOW,
    standsInFor: 'market: connection refused',
  })
  expect(changes).toEqual([{ source: 'market', why: 'market: connection refused', standIn: 'market' }])
})

it('turns to the synthetic source when the last answer has run out, and back when the market lives again', async () => {
  let isLost = false
  const alive = market(Number.POSITIVE_INFINITY)
  const { source, changes } = chain({
    prices: (window, asOf, abort) =>
      isLost ? Promise.reject(new Error('down')) : alive.prices(window, asOf, abort),
  })
  await source.prices(ahead(NOW), NOW, signal)
  isLost = true
  const much = NOW + DAY_MS
  const { provenance, values } = await source.prices(ahead(much), much, signal)
  expect(provenance).toMatchObject({ kind: 'synthetic', standsInFor: 'market: down' })
  expect(Number.isFinite(values[0])).toBe(true)
  isLost = false
  const back = await source.prices(ahead(much), much, signal)
  expect(back.provenance.standsInFor).toBeUndefined()
  expect(changes.map((lost) => lost?.standIn)).toEqual(['synthetic', undefined])
})

it('does not take a day of NaN for an answer', async () => {
  const empty: PriceSource = {
    prices: async (window, asOf) => ({
      start: window.from,
      values: new Float64Array(slotCount(window)).fill(Number.NaN),
      provenance: { source: 'market', kind: 'measured', issuedAt: asOf },
    }),
  }
  const { provenance } = await chain(empty).source.prices(ahead(NOW), NOW, signal)
  expect(provenance).toMatchObject({
    source: 'synthetic',
    standsInFor: 'market: nothing is known from now on',
  })
})

it('gives the last forecast of a lost weather service, and the synthetic weather where it ends', async () => {
  const real = syntheticWeather({ seed: 7 })
  const service: WeatherSource = {
    weather: (window, asOf, abort) =>
      asOf > NOW ? Promise.reject(new Error('503')) : real.weather(window, asOf, abort),
  }
  const source = withWeatherFallback(
    [
      { name: 'service', source: service },
      { name: 'synthetic', source: syntheticWeather({ seed: 1 }) },
    ],
    { onChange: () => {} },
  )
  const before = await source.weather(ahead(NOW), NOW, signal)
  const later = NOW + 6 * HOUR_MS
  const after = await source.weather(ahead(later), later, signal)
  expect([...after.outdoorC.slice(0, 24)]).toEqual([...before.outdoorC.slice(24)])
  expect(after.outdoorC.some(Number.isNaN)).toBe(false)
  expect(after.provenance.standsInFor).toContain('503')
})

it('lets an abort through', async () => {
  const aborted = AbortSignal.abort(new Error('stopping'))
  await expect(chain(market(0)).source.prices(ahead(NOW), NOW, aborted)).rejects.toThrow('stopping')
})

it('passes a source over that takes too long, and has its late answer as its last good one', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const late = market(Number.POSITIVE_INFINITY)
  const asked: Promise<unknown>[] = []
  const slow: PriceSource = {
    prices(...question) {
      const answer = held.then(() => late.prices(...question))
      asked.push(answer)
      return answer
    },
  }
  const chained = withPriceFallback(
    [
      { name: 'market', source: slow },
      { name: 'synthetic', source: syntheticPrices({ seed: 1 }) },
    ],
    { onChange: () => {}, patienceMs: 5 },
  )
  const first = await chained.prices(ahead(NOW), NOW, signal)
  expect(first.provenance).toMatchObject({ source: 'synthetic', standsInFor: 'market: no answer in time' })
  release()
  await asked[0]
  slow.prices = () => Promise.reject(new Error('gone'))
  const second = await chained.prices(ahead(NOW), NOW, signal)
  expect(second.provenance).toMatchObject({ source: 'market', standsInFor: 'market: gone' })
})
