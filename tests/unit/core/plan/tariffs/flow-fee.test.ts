import { expect, it } from 'vitest'
import { flowEurPerKwh, flowFeeEur } from '../../../../../src/core/plan/tariffs/flow-fee.ts'

// Boden: 3.88 SEK/m³ from November to April; here at 0.1 EUR/SEK.
const fee = { eurPerM3: 0.388, months: [11, 12, 1, 2, 3, 4] }
const timeZone = 'Europe/Stockholm'

it('charges the water of the months that count', () => {
  const flowM3h = new Float64Array(8).fill(2)
  const winter = { start: Date.parse('2024-01-10T00:00:00Z'), flowM3h, timeZone }
  expect(flowFeeEur(fee, winter)).toBeCloseTo(0.388 * 2 * 2, 9)
  expect(flowFeeEur(fee, { ...winter, start: Date.parse('2024-07-10T00:00:00Z') })).toBe(0)
})

it.each([
  { spreadK: 50, eurPerKwh: 0.388 / 58.15 },
  { spreadK: 25, eurPerKwh: 0.388 / 29.075 },
  { spreadK: -3, eurPerKwh: 0.388 / 5.815 },
])('asks $eurPerKwh EUR/kWh at $spreadK K of cooling', ({ spreadK, eurPerKwh }) => {
  expect(flowEurPerKwh(fee, spreadK)).toBeCloseTo(eurPerKwh, 9)
})
