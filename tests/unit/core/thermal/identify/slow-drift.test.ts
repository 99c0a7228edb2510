import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../../../src/core/domain/instant.ts'
import { type NightEstimate, slowDrift } from '../../../../../src/core/thermal/identify/slow-drift.ts'

const START = Date.UTC(2024, 9, 1)

function nights(count: number, value: (night: number) => number, spread = 0.06): NightEstimate[] {
  return Array.from({ length: count }, (_, night) => {
    const middle = value(night)
    const interval = { value: middle, low: middle * (1 - spread), high: middle * (1 + spread), isOpen: false }
    return { at: START + night * DAY_MS, interval }
  })
}

describe('slow drift', () => {
  it('is noticed where new windows have gone in, and since when', () => {
    const drift = slowDrift(nights(60, (night) => (night < 40 ? 3 : 2.3)))
    expect(drift?.ratio).toBeCloseTo(2.3 / 3, 2)
    expect(drift?.since).toBe(START + 57 * DAY_MS)
  })

  it.each([
    { what: 'a steady building', of: nights(80, (night) => 3 + 0.05 * Math.sin(night)) },
    { what: 'a change that chance explains', of: nights(60, (night) => (night < 40 ? 3 : 2.6), 0.3) },
    { what: 'a sure but small change', of: nights(60, (night) => (night < 40 ? 3 : 2.85), 0.01) },
    { what: 'one odd night', of: nights(60, (night) => (night === 59 ? 1.5 : 3)) },
    { what: 'a first month', of: nights(20, (night) => 3 - night / 10) },
    { what: 'no night at all', of: [] },
  ])('is not seen in $what', ({ of }) => {
    expect(slowDrift(of)).toBeUndefined()
  })
})
