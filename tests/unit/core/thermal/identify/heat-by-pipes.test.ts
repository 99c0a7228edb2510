import { describe, expect, it } from 'vitest'
import { hashedNormal, hashedUnit } from '../../../../../src/core/domain/chance.ts'
import { SLOT_MS } from '../../../../../src/core/domain/instant.ts'
import { heatShape, smoothedHeat } from '../../../../../src/core/thermal/identify/smoothed-heat.ts'
import { heatChangeKw, supplyAnswer } from '../../../../../src/core/thermal/identify/supply-answer.ts'

const COUNT = 1200
const slots = Array.from({ length: COUNT }, (_, k) => k)
const at = slots.map((k) => Date.UTC(2024, 0, 8) + k * SLOT_MS)
const outdoorC = slots.map((k) => -5 + 5 * Math.sin(k / 60) + 3 * Math.sin((k * 2 * Math.PI) / 96))
const offsetK = slots.map((k) => (hashedUnit(1, Math.floor(k / 24)) < 0.5 ? -3 : 3))
const supplyC = slots.map((k) => 45 - (outdoorC[k] ?? 0) + (offsetK[k] ?? 0))
const indoorC = slots.map(() => 21)
const KW_PER_K = 2
const trueKw = slots.map((k) => KW_PER_K * ((supplyC[k] ?? 0) - 25))
const meteredKw = trueKw.map((kw, k) => kw + 15 * hashedNormal(2, k))

const rms = (values: ArrayLike<number>) =>
  Math.sqrt(trueKw.reduce((sum, kw, k) => sum + (values[k]! - kw) * (values[k]! - kw), 0) / COUNT)

describe('heat by the pipes', () => {
  it('is nearer the truth than a noisy meter by far', () => {
    const returnC = supplyC.map((c, k) => c - (trueKw[k] ?? 0) / 5)
    const shape = heatShape({ supplyC, returnC, indoorC, powerOf: 'ends' })
    const { heatKw, noiseRatio } = smoothedHeat(meteredKw, shape, 0.25)
    expect(rms(heatKw)).toBeLessThan(0.35 * rms(meteredKw))
    expect(noiseRatio).toBeGreaterThan(0.1)
  })

  it('leaves a clean meter as it is', () => {
    const shape = heatShape({ supplyC, indoorC, powerOf: 'ends' })
    const { heatKw, noiseRatio } = smoothedHeat(trueKw, shape, 0.25)
    expect(noiseRatio).toBeLessThan(0.05)
    expect(rms(heatKw)).toBeLessThan(0.05 * (trueKw[0] ?? 1))
  })

  it('stands back where the pipes are not known or there is no heat', () => {
    const unknown = slots.map(() => Number.NaN)
    expect([...smoothedHeat(meteredKw, unknown, 0.25).heatKw]).toEqual(meteredKw)
    const none = slots.map(() => 0)
    expect([...smoothedHeat(none, heatShape({ supplyC, indoorC, powerOf: 'ends' }), 0.25).heatKw]).toEqual(
      none,
    )
  })
})

describe('what a kelvin of supply does', () => {
  it.each([
    { by: 'the offset that was asked', moved: offsetK },
    { by: 'the supply itself', moved: supplyC },
  ])('is found by $by, beside all that the weather does', ({ moved }) => {
    const answer = supplyAnswer({
      at,
      heatKw: trueKw.map((kw, k) => kw + hashedNormal(7, k)),
      offsetK: moved,
      outdoorC: outdoorC.map((c, k) => c + 0.1 * hashedNormal(8, k)),
      supplyC,
      indoorC,
      stepHours: 0.25,
    })
    expect(answer?.kwPerK2h).toBeCloseTo(KW_PER_K, 0)
    expect(Math.abs((answer?.kwPerK2h ?? 0) - KW_PER_K)).toBeLessThan(0.15)
  })

  it('is nothing to be had from a day', () => {
    const few = (values: readonly number[]) => values.slice(0, 90)
    const day = { at: few(at), heatKw: few(trueKw), offsetK: few(offsetK), outdoorC: few(outdoorC) }
    expect(supplyAnswer({ ...day, supplyC, indoorC, stepHours: 0.25 })).toBeNull()
  })

  it('ends where the water is as cold as the room', () => {
    const answer = { kwPerK2h: 2, errorKwPerK: 0.1, excessK: 13, openRatio: 0.9, closingRatio: 0.05 }
    expect(heatChangeKw(answer, 4)).toBeCloseTo(8, 0)
    expect(heatChangeKw(answer, 10)).toBeLessThan(2.5 * heatChangeKw(answer, 4))
    expect(heatChangeKw(answer, -0.01)).toBeCloseTo(-0.02, 4)
    expect(heatChangeKw(answer, -13)).toBe(heatChangeKw(answer, -40))
    expect(heatChangeKw(answer, -10)).toBeGreaterThan(-20)
  })

  it('bends where thermostats work: they open downwards, and close upwards', () => {
    const still = { kwPerK2h: 2, errorKwPerK: 0.1, excessK: 35, openRatio: 0.95, closingRatio: 0.05 }
    const working = { ...still, openRatio: 0.7, closingRatio: 0.25 }
    expect(heatChangeKw(working, -10)).toBeLessThan(1.1 * heatChangeKw(still, -10))
    expect(heatChangeKw(working, 10)).toBeLessThan(0.9 * heatChangeKw(still, 10))
    for (const offsetK of [-1, 1]) {
      expect(heatChangeKw(working, offsetK) / heatChangeKw(still, offsetK)).toBeCloseTo(1, 1)
    }
  })
})
