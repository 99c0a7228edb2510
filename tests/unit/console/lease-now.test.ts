import { describe, expect, it } from 'vitest'
import type { Lease } from '../../../src/console/api-types.ts'
import { figure, percentAgainst, signedFigure } from '../../../src/console/figures.ts'
import { leaseNow, stepText } from '../../../src/console/lease-now.ts'

const lease: Lease = {
  id: 'a-1',
  building: 'a',
  seq: 1,
  issuedAt: 0,
  validFrom: 0,
  validUntil: 100,
  steps: [
    { from: 0, supplyOffsetK: -6.5 },
    { from: 50, supplyOffsetK: 2 },
  ],
  mode: 'auto',
  reason: { code: 'steady', text: 'Nothing changes.' },
}

describe('what a lease asks for', () => {
  it.each([
    { at: 0, asks: '−6.5 K', next: { from: 50, asks: '+2.0 K' } },
    { at: 49, asks: '−6.5 K', next: { from: 50, asks: '+2.0 K' } },
    { at: 50, asks: '+2.0 K', next: null },
    { at: 99, asks: '+2.0 K', next: null },
  ])('is $asks at $at', ({ at, asks, next }) => {
    expect(leaseNow(lease, at)).toMatchObject({ kind: 'running', asks, next, until: 100 })
  })

  it('is nothing once it has lapsed, or where there is none', () => {
    expect([leaseNow(lease, 100).kind, leaseNow(null, 0).kind]).toEqual(['lapsed', 'none'])
  })

  it.each([
    { step: { from: 0, supplyOffsetK: 0 }, text: '0.0 K' },
    { step: { from: 0, roomSetpointC: 21 }, text: 'room 21.0 °C' },
    { step: { from: 0, supplyC: 45.5, heatLimitKw: 120 }, text: 'supply 45.5 °C, ≤ 120 kW' },
    { step: { from: 0, supplyOffsetK: null }, text: 'own curve' },
  ])('reads $text', ({ step, text }) => {
    expect(stepText(step)).toBe(text)
  })
})

describe('a figure', () => {
  it.each([
    { value: 1234.6, text: '1\u202f235' },
    { value: -3, text: '−3' },
    { value: -0.2, text: '0' },
    { value: null, text: '–' },
    { value: Number.NaN, text: '–' },
  ])('shows $value as $text', ({ value, text }) => {
    expect(figure(value)).toBe(text)
  })

  it('bears its sign where it is a difference', () => {
    expect([signedFigure(2.04, 1), signedFigure(-2.04, 1), signedFigure(0, 1)]).toEqual([
      '+2.0',
      '−2.0',
      '0.0',
    ])
  })

  it('compares with nothing only where there is something', () => {
    expect([percentAgainst(75, 100), percentAgainst(75, 0), percentAgainst(null, 100)]).toEqual([
      -25,
      null,
      null,
    ])
  })
})
