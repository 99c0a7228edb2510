import { expect, it } from 'vitest'
import { SLOT_MS } from '../../../../src/core/domain/instant.ts'
import {
  type FlowMiss,
  flowMarginKw,
  flowMissAhead,
  learnFlowMiss,
  NO_FLOW_MISS,
} from '../../../../src/core/forecast/flow-miss.ts'

const ZONE = 'Europe/Helsinki'
/** A Monday's midnight there. */
const START = Date.parse('2024-01-15T00:00:00+02:00')
const DAY = 96

/** Metered beyond what was expected, by the slot; expected are 1000 kW throughout. */
function learned(missKw: (k: number) => number, slots: number): FlowMiss {
  let miss = NO_FLOW_MISS
  for (let k = 0; k < slots; k++) {
    const slot = { start: START + k * SLOT_MS, timeZone: ZONE, expectedKw: 1000, meteredKw: 1000 + missKw(k) }
    miss = learnFlowMiss(miss, slot)
  }
  return miss
}

const ahead = (miss: FlowMiss, from: number, slots = 8) =>
  flowMissAhead(miss, START + from * SLOT_MS, slots, ZONE)

it('adds nothing where nothing was missed, and stays close to caps that are sure', () => {
  const miss = learned(() => 0, 2 * DAY)
  expect([...ahead(miss, 2 * DAY)]).toEqual(new Array(8).fill(0))
  expect(flowMarginKw(miss, 1000)).toBe(0)
})

it('knows a load that comes by the clock before it comes', () => {
  const fans = (k: number) => (k % DAY >= 24 && k % DAY < 68 ? 80 : 0)
  const miss = learned(fans, 5 * DAY)
  const morning = ahead(miss, 7 * DAY + 20)
  expect(morning[0]).toBeLessThan(20)
  expect(morning[5]).toBeGreaterThan(50)
})

it('takes what is missed of late into the slots ahead, less and less', () => {
  const miss = learned((k) => (k < DAY ? 0 : 60), DAY + 6)
  const kw = ahead(miss, DAY + 6, 40)
  expect(kw[0]).toBeGreaterThan(40)
  expect(kw[3]).toBeLessThan(kw[0]!)
  expect(kw[39]).toBeLessThan(35)
})

it('keeps away from a cap by what all but few slots miss, and no more than a tenth of it', () => {
  const shaky = learned((k) => (k % 2 === 0 ? 10 : -10), 4 * DAY)
  const margin = flowMarginKw(shaky, 1000)
  expect(margin).toBeGreaterThan(20)
  expect(margin).toBeLessThan(70)
  expect(
    flowMarginKw(
      learned((k) => (k % 2 === 0 ? 250 : -250), DAY),
      1000,
    ),
  ).toBe(100)
  expect(flowMarginKw(NO_FLOW_MISS, 1000)).toBeCloseTo(20)
})

it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e9])('is not led astray by a meter of %s', (meteredKw) => {
  const before = learned(() => 10, DAY)
  const after = learnFlowMiss(before, { start: START, timeZone: ZONE, expectedKw: 1000, meteredKw })
  const kw = ahead(after, DAY)
  expect(kw.every((one) => Math.abs(one) <= 300)).toBe(true)
})
