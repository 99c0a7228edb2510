import { expect, it } from 'vitest'
import { HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import { callOutcome, takenKh } from '../../../../src/replay/orders/call-outcome.ts'
import { sketchRun } from '../../../fixtures/building-run.ts'

const START = Date.parse('2024-01-10T00:00:00Z')
const SLOTS = 192
const FROM = START + 24 * SLOT_MS
const UNTIL = FROM + 2 * HOUR_MS
const window = { start: START, announcedAt: FROM - HOUR_MS, from: FROM, until: UNTIL, sign: 1 } as const

/** Two buildings of 50 kW: a little more in the hour before, a third less in the call, and twice as much for an hour after. */
const called = ['a', 'b'].map((id) =>
  sketchRun({
    id,
    start: START,
    slots: SLOTS,
    heatKw: (k) =>
      k >= 20 && k < 24 ? 55 : k >= 24 && k < 32 ? (k === 26 ? 40 : 34) : k >= 32 && k < 36 ? 70 : 50,
    indoorC: (k) => (k >= 24 && k < 40 ? 19.8 : 21),
  }),
)
const uncalled = ['a', 'b'].map((id) => sketchRun({ id, start: START, slots: SLOTS, heatKw: () => 50 }))

it('measures what was delivered, prepared and came back against the same days without the order', () => {
  const outcome = callOutcome(called, uncalled, window)
  expect(outcome.deliveredKw).toBeCloseTo((2 * (7 * 16 + 10)) / 8)
  expect(outcome.leastQuarterHourKw).toBeCloseTo(20)
  expect(outcome.heatKw).toBeCloseTo(100)
  expect(outcome.spaceHeatKw).toBeCloseTo(80)
  expect(outcome.preparedKwh).toBeCloseTo(10)
  expect(outcome.reboundKw).toBeCloseTo(40)
  expect(outcome.reboundKwh).toBeCloseTo(40)
  expect(outcome.netAfterKwh).toBeCloseTo(40)
  expect(outcome.rampKw).toBeCloseTo(2 * 36)
  expect(outcome.noiseKw).toBeCloseTo(0)
})

it('counts the rooms that it left colder than the band', () => {
  // Zones lie within a kelvin of 19.8 °C; below 20 °C on their mean by 0.2 K for four hours.
  expect(callOutcome(called, uncalled, window).underheatingKh).toBeCloseTo(0.8)
  expect(takenKh(called, uncalled)).toEqual([expect.closeTo(4.8), expect.closeTo(4.8)])
})

it('measures an order to take more the other way round', () => {
  const outcome = callOutcome(uncalled, called, { ...window, sign: -1 })
  expect(outcome.deliveredKw).toBeCloseTo((2 * (7 * 16 + 10)) / 8)
})
