import { expect, it } from 'vitest'
import type { Tariff } from '../../../../src/core/domain/building.ts'
import { copAt, tariffEurPerKwh } from '../../../../src/core/forecast/heat-price.ts'

const ZONE = 'Europe/Helsinki'
const NEW_YEAR = Date.parse('2023-12-31T22:30:00Z')
const helen = [127.06, 124.79, 116.4, 99.96, 61.67, 45.55, 39.48, 41.8, 57.09, 85.63, 109.63, 118.8]
const pump: Tariff = {
  kind: 'heat-pump',
  feeEurPerMwh: 40,
  copByOutdoorC: [
    { outdoorC: 7, cop: 4 },
    { outdoorC: -15, cop: 2 },
  ],
}

it.each<{ tariff: Tariff; spot: number; outdoorC: number; expected: number }>([
  { tariff: { kind: 'spot', feeEurPerMwh: 5 }, spot: 95, outdoorC: 0, expected: 0.1 },
  { tariff: { kind: 'spot', feeEurPerMwh: 0 }, spot: -20, outdoorC: 0, expected: -0.02 },
  { tariff: { kind: 'flat', eurPerMwh: 90 }, spot: 2350, outdoorC: 0, expected: 0.09 },
  // Half past midnight of 1 January in Helsinki, still December in UTC.
  { tariff: { kind: 'monthly', eurPerMwh: helen }, spot: 0, outdoorC: 0, expected: 0.12706 },
  { tariff: pump, spot: 80, outdoorC: 7, expected: 0.03 },
  { tariff: pump, spot: 80, outdoorC: -15, expected: 0.06 },
  { tariff: pump, spot: 80, outdoorC: -4, expected: 0.04 },
])('asks $expected EUR/kWh for heat at spot $spot, $outdoorC °C', ({ tariff, spot, outdoorC, expected }) => {
  expect(tariffEurPerKwh(tariff, NEW_YEAR, spot, outdoorC, ZONE)).toBeCloseTo(expected, 9)
})

it('keeps the COP of the outermost points beyond them', () => {
  const points = pump.kind === 'heat-pump' ? pump.copByOutdoorC : []
  expect(copAt(points, -30)).toBe(2)
  expect(copAt(points, 20)).toBe(4)
})
