import { describe, expect, it } from 'vitest'
import { hashedNormal } from '../../../../../src/core/domain/chance.ts'
import { weekdayOf } from '../../../../../src/core/forecast/prices/day-features.ts'
import { forecastDays, LEVELS } from '../../../../../src/core/forecast/prices/forecast-days.ts'
import { type DayTable, HOURS, hoursOf } from '../../../../../src/core/forecast/prices/market-days.ts'

const MONDAY = 19_723
const DAYS = 220
const MIDDLE = LEVELS.indexOf(0.5)

/** A level that drifts and comes back, an evening peak, cheap weekends, and wind that pushes prices down. */
function market(seed: number, windEurPerGw = 0): { prices: DayTable; wind: DayTable } {
  const hours = new Float64Array(DAYS * HOURS)
  const wind = new Float64Array(DAYS * HOURS)
  let [level, gw] = [0, 0]
  for (let k = 0; k < hours.length; k++) {
    const [day, hour] = [Math.floor(k / HOURS), k % HOURS]
    if (hour === 0) {
      level = 0.8 * level + 6 * hashedNormal(seed, 1, day)
      gw = 0.3 * gw + hashedNormal(seed, 2, day)
    }
    wind[k] = gw
    const isWeekend = weekdayOf(MONDAY + day) >= 5
    const shape = (hour >= 16 && hour < 20 ? 30 : 0) - (isWeekend ? 15 : 0)
    hours[k] = 60 + level + shape - windEurPerGw * gw + 2 * hashedNormal(seed, 3, k)
  }
  return { prices: { firstDay: MONDAY, hours }, wind: { firstDay: MONDAY, hours: wind } }
}

/** What is known when `day` is the last published one. */
function until({ firstDay, hours }: DayTable, day: number): DayTable {
  return { firstDay, hours: hours.slice(0, (day - firstDay + 1) * HOURS) }
}

function meanError(prices: DayTable, ahead: number, wind?: DayTable): { own: number; lastWeek: number } {
  let [own, lastWeek] = [0, 0]
  for (let origin = MONDAY + 180; origin < MONDAY + 214; origin += 5) {
    const foreseen = wind ? [until(wind, origin + ahead)] : []
    const forecast = forecastDays(until(prices, origin), ahead, foreseen)?.at(-1)
    const actual = hoursOf(prices, origin + ahead)
    const before = hoursOf(prices, origin + ahead - 7)
    for (let q = 0; q < HOURS; q++) {
      own += Math.abs((forecast?.quantiles[MIDDLE][q] ?? Number.NaN) - actual[q])
      lastWeek += Math.abs(before[q] - actual[q])
    }
  }
  return { own, lastWeek }
}

describe('where the truth is known', () => {
  it.each([
    { ahead: 1, share: 0.7 },
    { ahead: 2, share: 0.85 },
    { ahead: 3, share: 0.95 },
  ])('has at most $share of the error of last week’s hour, $ahead days ahead', ({ ahead, share }) => {
    const { own, lastWeek } = meanError(market(1).prices, ahead)
    expect(own / lastWeek).toBeLessThan(share)
  })

  it('is nearer still with the wind that made the price', () => {
    const { prices, wind } = market(2, 12)
    expect(meanError(prices, 2, wind).own).toBeLessThan(0.75 * meanError(prices, 2).own)
  })

  it('expects the evening peak and the cheap weekend', () => {
    const friday = MONDAY + 7 * 26 + 4
    const [saturday] = forecastDays(until(market(3).prices, friday), 1) ?? []
    const middle = saturday?.quantiles[MIDDLE] ?? new Float64Array()
    expect(middle[17] - middle[10]).toBeGreaterThan(20)
    const [monday] = forecastDays(until(market(3).prices, friday + 2), 1) ?? []
    expect((monday?.quantiles[MIDDLE][10] ?? Number.NaN) - middle[10]).toBeGreaterThan(5)
  })

  it('holds four prices in five inside its interval', () => {
    const { prices } = market(4)
    let [inside, count] = [0, 0]
    for (let origin = MONDAY + 150; origin < MONDAY + 215; origin += 5) {
      for (const { day, quantiles } of forecastDays(until(prices, origin), 2) ?? []) {
        for (const [q, price] of hoursOf(prices, day).entries()) {
          count++
          if (price >= quantiles[0][q] && price <= quantiles[LEVELS.length - 1][q]) inside++
        }
      }
    }
    expect(inside / count).toBeGreaterThan(0.7)
    expect(inside / count).toBeLessThan(0.9)
  })
})

describe('whatever the prices', () => {
  const origin = MONDAY + 180

  it('is the same whatever comes after the day of issue', () => {
    const { prices } = market(5)
    const changed = { ...prices, hours: prices.hours.slice() }
    changed.hours.fill(4000, (origin - MONDAY + 1) * HOURS)
    expect(forecastDays(until(changed, origin), 3)).toEqual(forecastDays(until(prices, origin), 3))
  })

  it('rises from level to level', () => {
    for (const { quantiles } of forecastDays(until(market(6).prices, origin), 3) ?? []) {
      for (let l = 1; l < LEVELS.length; l++) {
        for (let q = 0; q < HOURS; q++) expect(quantiles[l][q]).toBeGreaterThanOrEqual(quantiles[l - 1][q])
      }
    }
  })

  it('says no price that was never seen, the day after a spike', () => {
    const { prices } = market(7)
    prices.hours.fill(2350, (origin - MONDAY) * HOURS + 7, (origin - MONDAY) * HOURS + 21)
    for (const { quantiles } of forecastDays(until(prices, origin), 3) ?? []) {
      for (const values of quantiles) expect(Math.max(...values)).toBeLessThanOrEqual(2350 + 1e-6)
      expect(quantiles[MIDDLE].every(Number.isFinite)).toBe(true)
    }
  })

  it('is hardly moved a fortnight after a spike', () => {
    const { prices } = market(8)
    const calm = until(prices, origin)
    const spiky = { ...calm, hours: calm.hours.slice() }
    spiky.hours.fill(2350, (origin - 14 - MONDAY) * HOURS + 7, (origin - 14 - MONDAY) * HOURS + 21)
    const [before, after] = [forecastDays(calm, 1), forecastDays(spiky, 1)]
    const apart = Array.from({ length: HOURS }, (_, q) =>
      Math.abs((after?.[0]?.quantiles[MIDDLE][q] ?? Number.NaN) - (before?.[0]?.quantiles[MIDDLE][q] ?? 0)),
    )
    expect(Math.max(...apart)).toBeLessThan(15)
  })

  it('goes on with a lost week in its history', () => {
    const { prices } = market(9)
    prices.hours.fill(Number.NaN, 120 * HOURS, 127 * HOURS)
    const forecast = forecastDays(until(prices, origin), 3)
    expect(forecast?.every(({ quantiles }) => quantiles[MIDDLE].every(Number.isFinite))).toBe(true)
  })

  it('leaves wind out that is not known for the day asked for', () => {
    const { prices, wind } = market(10, 12)
    const known = until(prices, origin)
    expect(forecastDays(known, 1, [until(wind, origin)])).toEqual(forecastDays(known, 1))
  })

  it('says nothing of less than seven weeks, nor of nothing', () => {
    expect(forecastDays(until(market(11).prices, MONDAY + 47), 1)).toBeUndefined()
    expect(forecastDays({ firstDay: MONDAY, hours: new Float64Array() }, 1)).toBeUndefined()
  })

  it('forecasts a price that never changes as it is', () => {
    const flat = { firstDay: MONDAY, hours: new Float64Array(100 * HOURS).fill(40) }
    const forecast = forecastDays(flat, 2)
    expect(forecast?.[1]?.quantiles[MIDDLE].every((price) => Math.abs(price - 40) < 1e-9)).toBe(true)
  })
})
