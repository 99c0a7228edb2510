import { describe, expect, it } from 'vitest'
import { fitWindow } from '../../../../src/core/state/fit-window.ts'
import { noteNight } from '../../../../src/core/state/learned-model.ts'
import { isUnderstood, nightFit } from '../../../../src/core/state/night-fit.ts'
import { TRUTH } from '../thermal/identify/pretend-building.ts'
import { house, houseJob, houseSamples } from './learned-house.ts'
import { worldOf } from './pretend.ts'

const LOSS = TRUTH.airLossKwPerK + TRUTH.massLossKwPerK
const first = nightFit(houseJob(9))
const { identified } = first
if (identified.kind !== 'fitted') throw new Error('expected a fit')

describe('a night in a house that was moved to learn from', () => {
  it('understands it, by its coldest room', () => {
    expect(isUnderstood(identified)).toBe(true)
    const { value, low, high } = identified.fit.estimates.heatLossKwPerK
    expect(low).toBeLessThan(LOSS)
    expect(high).toBeGreaterThan(LOSS)
    expect(Math.abs(value / LOSS - 1)).toBeLessThan(0.15)
  })

  it('does not understand a house of three days', () => {
    const { identified: early } = nightFit(houseJob(3))
    expect(isUnderstood(early)).toBe(false)
  })

  it('keeps what is steered by where the newer data do not pass the gate', () => {
    const again = nightFit(houseJob(8, { previous: identified }))
    expect(isUnderstood(again.candidate)).toBe(false)
    expect(again.isReplaced).toBe(false)
    expect(again.identified).toEqual(identified)
  })

  it('shuts the gate again where what is steered by has the house wrong', () => {
    const box = { ...identified.fit.box, lossKwPerK: 4 * identified.fit.box.lossKwPerK }
    const previous = { ...identified, fit: { ...identified.fit, box } }
    const again = nightFit(houseJob(8, { previous }))
    expect(again.isReplaced).toBe(false)
    expect(again.identified).toMatchObject({
      verdict: { kind: 'leave-alone', reasons: [{ code: 'forecast-poor' }] },
    })
  })

  it('takes the newest fit while none has passed', () => {
    const shut = nightFit(houseJob(4)).identified
    expect(nightFit(houseJob(9, { previous: shut })).isReplaced).toBe(true)
  })

  it('takes what the supply has above its curve for what was asked of it', () => {
    const { knowledge } = houseJob(1)
    const [first, ...rest] = houseSamples(1)
    const told = { ...first!, readings: { ...first!.readings, supplyC: 47.5, curveSupplyC: 50.5 } }
    const { offsetK, supplyC } = fitWindow(house, [told, ...rest], worldOf(), knowledge)
    expect([offsetK?.[0], supplyC?.[0], offsetK?.[1]]).toEqual([-3, 47.5, Number.NaN])
    expect(fitWindow(house, rest, worldOf(), knowledge)).not.toHaveProperty('offsetK')
  })

  it('makes up for negative intervals of a meter less hot water', () => {
    const samples = houseSamples(9).map((sample, k) => {
      const swing = k % 40 === 7 ? -200 : k % 40 === 8 ? 200 : 0
      const spaceHeatKw = (sample.readings.spaceHeatKw ?? 0) + swing
      return { ...sample, readings: { ...sample.readings, spaceHeatKw } }
    })
    expect(nightFit(houseJob(9, { samples })).identified.kind).toBe('fitted')
  })
})

describe('what the nights have taught', () => {
  const kept = { ...first, isReplaced: false }
  it('remembers when the fit that counts was made, and when it was last looked at', () => {
    const learned = noteNight(noteNight(undefined, first, 10), kept, 20)
    expect(learned).toMatchObject({ learnedAt: 10, checkedAt: 20, drift: null })
    expect(learned.nights.map(({ at }) => at)).toEqual([10, 20])
  })

  it('notices a house that has come to lose a fifth more', () => {
    const day = 86_400_000
    const { heatLossKwPerK } = identified.fit.estimates
    const night = (at: number, ratio: number) => {
      const value = heatLossKwPerK.value * ratio
      const interval = { value, low: 0.99 * value, high: 1.01 * value, isOpen: false }
      const estimates = { ...identified.fit.estimates, heatLossKwPerK: interval }
      return { at, refit: { ...kept, candidate: { ...identified, fit: { ...identified.fit, estimates } } } }
    }
    const nights = [
      night(0, 1),
      night(day, 1),
      night(40 * day, 1.2),
      night(41 * day, 1.2),
      night(42 * day, 1.2),
    ]
    let learned = noteNight(undefined, first, 0)
    for (const { at, refit } of nights) learned = noteNight(learned, refit, at)
    expect(learned.drift?.ratio).toBeCloseTo(1.2, 1)
    expect(learned.drift?.since).toBe(40 * day)
  })
})
