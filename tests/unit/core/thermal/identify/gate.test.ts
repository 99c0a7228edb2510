import { describe, expect, it } from 'vitest'
import { type GateFigures, gate } from '../../../../../src/core/thermal/identify/gate.ts'

const sound: GateFigures = {
  days: 14,
  responseHalfWidth: 0.1,
  responseToSteps: 0.9,
  dayAheadRmseK: 0.2,
  persistenceRmseK: 0.4,
  heatByOutdoor: 0.6,
  atBound: [],
}

describe('the gate', () => {
  it('opens for a building that is understood', () => {
    expect(gate(sound)).toEqual({ kind: 'steer' })
    expect(gate({ ...sound, responseToSteps: null })).toEqual({ kind: 'steer' })
  })

  it.each([
    { more: { days: 2 }, code: 'too-few-data' },
    { more: { heatByOutdoor: 0.99 }, code: 'heat-follows-outdoor' },
    { more: { responseHalfWidth: 0.4 }, code: 'response-uncertain' },
    { more: { responseHalfWidth: Number.POSITIVE_INFINITY }, code: 'response-uncertain' },
    { more: { responseHalfWidth: Number.NaN }, code: 'response-uncertain' },
    { more: { responseToSteps: 0.4 }, code: 'response-uncertain' },
    { more: { responseToSteps: 2 }, code: 'response-uncertain' },
    { more: { responseToSteps: -1 }, code: 'response-uncertain' },
    { more: { dayAheadRmseK: 0.7 }, code: 'forecast-poor' },
    { more: { dayAheadRmseK: Number.NaN }, code: 'forecast-poor' },
    { more: { dayAheadRmseK: null }, code: 'forecast-poor' },
    { more: { atBound: ['massKwhPerK'] }, code: 'not-physical' },
  ])('stays shut for $code ($more), and says why', ({ more, code }) => {
    const verdict = gate({ ...sound, ...more })
    expect(verdict.kind === 'leave-alone' && verdict.reasons.map((one) => one.code)).toEqual([code])
  })

  it('names every reason at once', () => {
    const verdict = gate({ ...sound, days: 1, dayAheadRmseK: null })
    expect(verdict.kind === 'leave-alone' && verdict.reasons).toHaveLength(2)
  })
})
