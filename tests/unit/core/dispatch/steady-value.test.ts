import { describe, expect, it } from 'vitest'
import { steadyValue } from '../../../../src/core/dispatch/steady-value.ts'
import type { ActuatorKind } from '../../../../src/core/domain/building.ts'

const actuatorOf = (kind: ActuatorKind) =>
  ({ kind, min: 0, max: 200, step: 0.5, deadband: 1, writesPerDay: 12 }) as const

describe('a value that follows the weather', () => {
  it.each([
    { kind: 'supplyC', value: 45, wanted: 46.5, left: 5, sent: 45, why: 'a little warmer' },
    { kind: 'supplyC', value: 45, wanted: 47, left: 5, sent: 47, why: 'clearly warmer' },
    { kind: 'supplyC', value: 45, wanted: 55, left: 0, sent: 45, why: 'much warmer, and no write left' },
    { kind: 'heatLimitKw', value: 80, wanted: 89, left: 5, sent: 80, why: 'a little more' },
    { kind: 'heatLimitKw', value: 80, wanted: 90, left: 5, sent: 90, why: 'clearly more' },
    { kind: 'heatLimitKw', value: null, wanted: 81, left: 0, sent: 81, why: 'the first of its lease' },
    { kind: 'supplyC', value: 45, wanted: null, left: 0, sent: null, why: 'given back' },
    { kind: 'supplyOffsetK', value: -3, wanted: -3, left: 0, sent: -3, why: 'the same' },
  ] as const)(
    '$kind from $value, now $wanted ($why), is sent as $sent',
    ({ kind, value, wanted, left, sent }) => {
      const inForce = { value, isSameOffset: true, writesLeft: left }
      expect(steadyValue(actuatorOf(kind), wanted, inForce)).toBe(sent)
    },
  )

  it('is sent at once where another offset is asked for', () => {
    const inForce = { value: 45, isSameOffset: false, writesLeft: 0 }
    expect(steadyValue(actuatorOf('supplyC'), 45.5, inForce)).toBe(45.5)
  })
})
