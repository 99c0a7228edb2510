import { describe, expect, it } from 'vitest'
import { hashedNormal } from '../../../../src/core/domain/chance.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../../../src/core/domain/instant.ts'
import { localBiasK } from '../../../../src/core/domain/local-bias.ts'
import type { OutdoorBelief } from '../../../../src/core/state/belief.ts'
import { decodeBelief, encodeBelief } from '../../../../src/core/state/encode-belief.ts'
import { learnLocalBias } from '../../../../src/core/state/learn-local-bias.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import { observe } from '../../../../src/core/state/observe.ts'
import type { World } from '../../../../src/core/state/world.ts'
import { block } from './pretend.ts'

const START = Date.UTC(2026, 0, 5)
const hourOf = (at: Instant) => Math.floor(at / HOUR_MS) % 24
const UNSEEN = newBelief(block, START).outdoor

interface Place {
  /** What the sensor shows beyond the true air. */
  readonly sensorK?: (at: Instant) => number
  /** What the forecast is beyond the true air. */
  readonly forecastK?: (at: Instant, leadHours: number) => number
  readonly solarWm2?: (at: Instant) => number
  readonly source?: OutdoorBelief['source']
}

const airC = (at: Instant) => -8 + 5 * Math.sin((2 * Math.PI * (hourOf(at) - 9)) / 24)

/** What is believed after so many days of a sample a quarter-hour. */
function learn(days: number, place: Place, from = UNSEEN): OutdoorBelief {
  const forecastK = place.forecastK ?? (() => 0)
  const world: World = {
    timeZone: 'UTC',
    weatherAt: (at) => ({ outdoorC: airC(at) + forecastK(at, 0), solarWm2: place.solarWm2?.(at) ?? 0 }),
    issuedC: (at, leadHours) => airC(at) + forecastK(at, leadHours),
  }
  let outdoor = from
  for (let at = START; at < START + days * DAY_MS; at += HOUR_MS / 4) {
    const outdoorC = airC(at) + (place.sensorK?.(at) ?? 0)
    outdoor = learnLocalBias({ ...outdoor, outdoorC, source: place.source ?? 'sensor' }, at, world)
  }
  return outdoor
}

function biasK(outdoor: OutdoorBelief, hour: number, leadHours: number): number {
  return outdoor.local ? localBiasK(outdoor.local, START + 40 * DAY_MS + hour * HOUR_MS, leadHours) : 0
}

describe('a forecast that errs in a way of its own', () => {
  // Frost hollows: at night the forecast is 3 K too warm, and a day ahead 1 K warmer still.
  const hollow = (at: Instant, leadHours: number) => (hourOf(at) < 8 ? 3 : 0.5) + Math.min(leadHours, 24) / 24
  const learned = learn(14, { forecastK: hollow })

  it.each([
    { hour: 3, leadHours: 0 },
    { hour: 3, leadHours: 24 },
    { hour: 3, leadHours: 48 },
    { hour: 14, leadHours: 0 },
    { hour: 14, leadHours: 12 },
    { hour: 14, leadHours: 24 },
  ])('is put right at $hour h, $leadHours h ahead', ({ hour, leadHours }) => {
    const errorK = hollow(hour * HOUR_MS, leadHours)
    expect(Math.abs(errorK + biasK(learned, hour, leadHours))).toBeLessThan(0.25 * errorK + 0.15)
  })

  it('is believed in only little by little', () => {
    expect(Math.abs(biasK(learn(1, { forecastK: hollow }), 3, 0))).toBeLessThan(1.5)
    expect(biasK(learn(1, { forecastK: hollow }), 3, 0)).toBeLessThan(-0.2)
  })

  it('is forgotten where it has mended its ways', () => {
    const mended = learn(
      28,
      {},
      learned.local ? { ...learned, local: { ...learned.local, learnedHour: 0 } } : learned,
    )
    expect(Math.abs(biasK(mended, 3, 0))).toBeLessThan(0.6)
  })
})

describe('a sensor that is wrong', () => {
  it('teaches nothing while the sun is on it, and noon follows the other hours', () => {
    const isDay = (at: Instant) => hourOf(at) >= 8 && hourOf(at) < 16
    const learned = learn(14, {
      sensorK: (at) => (isDay(at) ? 7 : -1),
      solarWm2: (at) => (isDay(at) ? 350 : 0),
    })
    expect(biasK(learned, 12, 0)).toBeGreaterThan(-1.1)
    expect(biasK(learned, 12, 0)).toBeLessThan(-0.4)
  })

  it.each([
    { what: 'it is not believed', place: { source: 'weather', sensorK: () => 5 } as const },
    { what: 'the sun is not known', place: { solarWm2: () => Number.NaN, sensorK: () => 5 } },
    { what: 'the weather is not known', place: { forecastK: () => Number.NaN, sensorK: () => 5 } },
  ])('teaches nothing where $what', ({ place }) => {
    expect(learn(3, place).local).toBeUndefined()
  })

  it('moves what is believed little by one mad hour', () => {
    const mad = START + 10 * DAY_MS + 3 * HOUR_MS
    const sane = learn(11, {})
    const once = learn(11, { sensorK: (at) => (at >= mad && at < mad + HOUR_MS ? 7.9 : 0) })
    expect(Math.abs(biasK(once, 3, 0) - biasK(sane, 3, 0))).toBeLessThan(0.2)
  })

  it('takes a building that its installer hung in a draught as it is', () => {
    expect(biasK(learn(14, { sensorK: () => 0.8 }), 12, 24)).toBeCloseTo(0.8, 0)
  })
})

it('hardly touches forecasts that err by chance alone', () => {
  // As wrong as forecasts are: 1.5 K a day ahead, one error for a quarter of a day.
  const chance = (at: Instant, leadHours: number) =>
    leadHours === 0
      ? 0
      : 1.5 * Math.sqrt(leadHours / 24) * hashedNormal(7, Math.floor(at / (6 * HOUR_MS)), leadHours)
  const learned = learn(21, { forecastK: chance })
  for (const leadHours of [3, 12, 24, 48]) {
    // What the correction adds to a variance of 1.5² · lead/24.
    const addedRatio = biasK(learned, 3, leadHours) ** 2 / ((2.25 * leadHours) / 24)
    expect(addedRatio).toBeLessThan(0.06)
  }
})

describe('what was learned', () => {
  const world: World = {
    timeZone: 'UTC',
    weatherAt: (at) => ({ outdoorC: airC(at) + 1, solarWm2: 0 }),
    issuedC: (at, leadHours) => airC(at) + 1 + leadHours / 24,
  }
  const fold = (belief: ReturnType<typeof newBelief>, from: number, hours: number) => {
    let now = belief
    for (let hour = from; hour < from + hours; hour++) {
      const at = START + hour * HOUR_MS
      const readings = { outdoorC: airC(at), indoorC: 21 }
      now = observe(now, block, { building: block.id, at, intervalS: 3600, readings }, world)
    }
    return now
  }

  it('goes on after a restart as if there had been none', () => {
    const kept = decodeBelief(encodeBelief(fold(newBelief(block, START - HOUR_MS), 0, 60)))!
    const straight = fold(newBelief(block, START - HOUR_MS), 0, 90)
    expect(encodeBelief(fold(kept, 60, 30))).toBe(encodeBelief(straight))
    expect(straight.outdoor.local?.byHour.some((value) => value < -0.5)).toBe(true)
  })

  it('begins anew in a belief written before there was such learning', () => {
    const { local: _local, ...outdoor } = fold(newBelief(block, START - HOUR_MS), 0, 30).outdoor
    const older = decodeBelief(encodeBelief({ ...fold(newBelief(block, START - HOUR_MS), 0, 30), outdoor }))!
    expect(older.outdoor.local).toBeUndefined()
    expect(fold(older, 30, 5).outdoor.local?.learnedHour).toBe(START / HOUR_MS + 34)
  })
})
