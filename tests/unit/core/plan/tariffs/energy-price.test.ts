import { describe, expect, it } from 'vitest'
import type { EnergyTariff } from '../../../../../src/core/domain/tariff.ts'
import { energyEurPerKwh } from '../../../../../src/core/plan/tariffs/energy-price.ts'

const timeZone = 'Europe/Helsinki'
const NEW_YEAR = Date.parse('2023-12-31T22:30:00Z')
// Prices of Helen for 2024 with VAT, January first.
const helen = [127.06, 124.79, 116.4, 99.96, 61.67, 45.55, 39.48, 41.8, 57.09, 85.63, 109.63, 118.8]
const byHour = Array.from({ length: 24 }, (_, hour) => 50 + hour)
const pump: EnergyTariff = {
  kind: 'heat-pump',
  feeEurPerMwh: 40,
  copByOutdoorC: [
    { outdoorC: 7, cop: 4 },
    { outdoorC: -15, cop: 2 },
  ],
}
const spot: EnergyTariff = { kind: 'spot', feeEurPerMwh: 5 }

interface Case {
  readonly tariff: EnergyTariff
  readonly at?: string
  readonly spotEurPerMwh?: number
  readonly outdoorC?: number
  readonly expected: number
}

const cases: readonly Case[] = [
  { tariff: spot, spotEurPerMwh: 95, expected: 0.1 },
  { tariff: { ...spot, feeEurPerMwh: 0 }, spotEurPerMwh: -20, expected: -0.02 },
  { tariff: { kind: 'flat', eurPerMwh: 90 }, spotEurPerMwh: 2350, expected: 0.09 },
  // Half past midnight of 1 January in Helsinki, still December in UTC.
  { tariff: { kind: 'monthly', eurPerMwh: helen }, expected: 0.12706 },
  { tariff: { kind: 'monthly', eurPerMwh: helen }, at: '2024-07-15T12:00:00Z', expected: 0.03948 },
  { tariff: { kind: 'hourly', eurPerMwh: byHour }, expected: 0.05 },
  // A Thursday and a Saturday, 15:45 by the clock on the wall.
  { tariff: { kind: 'hourly', eurPerMwh: byHour }, at: '2024-01-04T13:45:00Z', expected: 0.065 },
  {
    tariff: { kind: 'hourly', eurPerMwh: byHour, weekendEurPerMwh: byHour.map(() => 33) },
    at: '2024-01-06T13:45:00Z',
    expected: 0.033,
  },
  { tariff: pump, spotEurPerMwh: 80, outdoorC: 7, expected: 0.03 },
  { tariff: pump, spotEurPerMwh: 80, outdoorC: -15, expected: 0.06 },
  { tariff: pump, spotEurPerMwh: 80, outdoorC: -4, expected: 0.04 },
  { tariff: pump, spotEurPerMwh: 80, outdoorC: -30, expected: 0.06 },
  { tariff: pump, spotEurPerMwh: 80, outdoorC: 20, expected: 0.03 },
]

describe('the price of energy', () => {
  it.each(cases)('asks $expected EUR/kWh: $tariff.kind at $spotEurPerMwh, $outdoorC °C', (given) => {
    const moment = {
      at: given.at ? Date.parse(given.at) : NEW_YEAR,
      spotEurPerMwh: given.spotEurPerMwh ?? 0,
      outdoorC: given.outdoorC ?? 0,
      supplyC: 35,
      loadKw: 0,
      timeZone,
    }
    expect(energyEurPerKwh(given.tariff, moment)).toBeCloseTo(given.expected, 9)
  })
})
