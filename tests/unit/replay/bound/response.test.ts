import { expect, it } from 'vitest'
import { fitResponse, responseRmseC } from '../../../../src/replay/bound/response.ts'
import type { SampledLife } from '../../../../src/replay/bound/sampled-life.ts'
import { randomShifts } from '../../../../src/replay/bound/trial-shifts.ts'

const SLOTS = 960
const KEEP = [Math.exp(-0.25 / 1.5), Math.exp(-0.25 / 50)]
const ZONES = [
  [0.01, 0.1],
  [0.02, 0.16],
]

/** Rooms that answer to heat as two modes, on top of a weather that no one needs to know. */
function life(duKw: Float64Array): SampledLife {
  const zoneC = ZONES.map(() => new Float64Array(SLOTS))
  const storedKwh = new Float64Array(SLOTS)
  const modes = [0, 0]
  for (let k = 0; k < SLOTS; k++) {
    KEEP.forEach((keep, j) => {
      modes[j] = keep * modes[j]! + (1 - keep) * duKw[k]!
    })
    ZONES.forEach((gains, z) => {
      zoneC[z]![k] = 21 + Math.sin(k / 40) + gains[0]! * modes[0]! + gains[1]! * modes[1]!
    })
    storedKwh[k] = 5000 + 30 * Math.sin(k / 50) + 1.5 * modes[0]! + 50 * modes[1]!
  }
  return { heatKw: duKw.map((kw, k) => 60 + 10 * Math.sin(k / 70) + kw), zoneC, storedKwh }
}

const base = life(new Float64Array(SLOTS))
const trial = (seed: number) => life(randomShifts(seed, SLOTS, { min: -30, max: 20 }))

it('finds modes and gains again, whatever the weather', () => {
  const response = fitResponse(base, trial(1))
  expect(responseRmseC(response, base, trial(2))).toBeLessThan(0.005)
  ZONES.forEach((gains, z) => {
    const steady = response.zoneK[z]!.reduce((sum, gain) => sum + gain, 0)
    expect(steady).toBeCloseTo(gains[0]! + gains[1]!, 2)
  })
  expect(response.storedKwh.reduce((sum, kwh) => sum + kwh, 0)).toBeCloseTo(51.5, 0)
})

it('gives no room a gain below zero', () => {
  const contrary = trial(1)
  contrary.zoneC[0]!.forEach((c, k, series) => {
    series[k] = 2 * base.zoneC[0]![k]! - c
  })
  const { zoneK } = fitResponse(base, contrary)
  for (const gain of zoneK[0]!) expect(gain).toBeGreaterThanOrEqual(0)
})
