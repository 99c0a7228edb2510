import { describe, expect, it } from 'vitest'
import type { ProductionUnit } from '../../../../../src/core/domain/plant.ts'
import type {
  HeatBlock,
  ProductionMoment,
} from '../../../../../src/core/plan/production/production-moment.ts'
import { unitBlocks } from '../../../../../src/core/plan/production/unit-blocks.ts'

const terms = { id: 'unit', capKw: 1000, minKw: 0, startEur: 0, operationEurPerMwh: 0, outages: [] }
const wood = { eurPerMwh: 30, taxEurPerMwh: 0, co2KgPerMwh: 0 }
const gas = { eurPerMwh: 36, taxEurPerMwh: 9, co2KgPerMwh: 200 }

const moment = (part: Partial<ProductionMoment>): ProductionMoment => ({
  spotEurPerMwh: 80,
  outdoorC: 0,
  supplyC: 80,
  gPerKwh: 0,
  emissions: { eurPerT: 0, electricityEurPerT: 0 },
  ...part,
})

interface Case {
  readonly name: string
  readonly unit: ProductionUnit
  readonly at: Partial<ProductionMoment>
  readonly blocks: readonly (readonly [kw: number, eurPerMwh: number, kgPerMwh: number])[]
}

const backPressure = {
  ...terms,
  kind: 'back-pressure-chp',
  powerToHeatRatio: 0.5,
  efficiency: 0.9,
  fuel: { ...wood, eurPerMwh: 27 },
  bypassKw: 0,
  saleFeeEurPerMwh: 0,
} as const
const extraction = {
  ...terms,
  kind: 'extraction-chp',
  powerLossRatio: 0.15,
  powerToHeatRatio: 0.55,
  electricEfficiency: 0.4,
  fuel: { ...gas, taxEurPerMwh: 0 },
  saleFeeEurPerMwh: 0,
} as const
const pump = {
  ...terms,
  kind: 'heat-pump',
  sourceC: 8,
  rated: [{ sourceC: 8, supplyC: 80, cop: 3 }],
  feeEurPerMwh: 10,
} as const

// By hand: fuel 27/0.9 = 30 a MWh made; turbine (1 + 0.5)·30 − 0.5·spot, bypass 30.
const cases: readonly Case[] = [
  {
    name: 'back pressure at 60 EUR/MWh: 45 − 30',
    unit: backPressure,
    at: { spotEurPerMwh: 60 },
    blocks: [
      [1000, 15, 0],
      [0, 60, 0],
    ],
  },
  {
    name: 'back pressure at 90 EUR/MWh: heat for nothing',
    unit: backPressure,
    at: { spotEurPerMwh: 90 },
    blocks: [
      [1000, 0, 0],
      [0, 90, 0],
    ],
  },
  {
    name: 'back pressure at 500 EUR/MWh: paid to heat',
    unit: backPressure,
    at: { spotEurPerMwh: 500 },
    blocks: [
      [1000, -205, 0],
      [0, 500, 0],
    ],
  },
  {
    // 300 kW past the turbine free 200 kW of it: 100 kW more heat for 100 kW less power.
    name: 'back pressure with a bypass, power dear: more heat for the power it costs',
    unit: { ...backPressure, bypassKw: 300 },
    at: { spotEurPerMwh: 60 },
    blocks: [
      [1000, 15, 0],
      [100, 60, 0],
    ],
  },
  {
    name: 'back pressure with a bypass, power worth less than its fuel: past the turbine first',
    unit: { ...backPressure, bypassKw: 300 },
    at: { spotEurPerMwh: -20 },
    blocks: [
      [300, 30, 0],
      [800, 55, 0],
    ],
  },
  {
    // Fuel 36 + 0.2 t · 80 EUR/t = 52, a MWh made 57.78; tax on the heat's part alone: 9/0.9 = 10.
    name: 'back pressure on gas with emissions and taxes paid',
    unit: { ...backPressure, fuel: gas, operationEurPerMwh: 2 },
    at: { spotEurPerMwh: 100, emissions: { eurPerT: 80, electricityEurPerT: 0 } },
    blocks: [
      [1000, (1.5 * 52) / 0.9 + 10 + 2 - 50, (1.5 * 200) / 0.9],
      [0, 112, 0],
    ],
  },
  // p* = 36/0.4 = 90. Above it heat costs 0.15 of power, below it 0.7·90 − 0.55·spot.
  {
    name: 'extraction with power worth its fuel: 0.15 · 200',
    unit: extraction,
    at: { spotEurPerMwh: 200 },
    blocks: [[1000, 30, 0]],
  },
  {
    name: 'extraction where both meet: 0.15 · 90',
    unit: extraction,
    at: { spotEurPerMwh: 90 },
    blocks: [[1000, 13.5, 0]],
  },
  {
    name: 'extraction with cheap power, running for heat: 63 − 22',
    unit: extraction,
    at: { spotEurPerMwh: 40 },
    blocks: [[1000, 41, (0.7 / 0.4) * 200]],
  },
  {
    name: 'a heat pump at its rated point: (80 + 10)/3',
    unit: pump,
    at: { gPerKwh: 60 },
    blocks: [[1000, 30, 20]],
  },
  {
    // Carnot's limit 353.15/72 = 4.905, of which 3 are 0.6116; at 100 °C it is 373.15/92 = 4.056.
    name: 'a heat pump at a hotter supply',
    unit: pump,
    at: { supplyC: 100 },
    blocks: [[1000, 90 / (0.611638 * 4.055978), 0]],
  },
  {
    name: 'a heat pump with emissions of its electricity priced',
    unit: pump,
    at: { gPerKwh: 150, emissions: { eurPerT: 0, electricityEurPerT: 60 } },
    blocks: [[1000, (80 + 10 + 9) / 3, 50]],
  },
  {
    name: 'an electric boiler at a negative price',
    unit: { ...terms, kind: 'electric-boiler', efficiency: 0.98, feeEurPerMwh: 20 },
    at: { spotEurPerMwh: -118, gPerKwh: 49 },
    blocks: [[1000, -100, 50]],
  },
  {
    name: 'an oil boiler: (70 + 20 + 0.267 · 75)/0.9 + 1',
    unit: {
      ...terms,
      kind: 'boiler',
      efficiency: 0.9,
      fuel: { eurPerMwh: 70, taxEurPerMwh: 20, co2KgPerMwh: 267 },
      operationEurPerMwh: 1,
    },
    at: { emissions: { eurPerT: 75, electricityEurPerT: 0 } },
    blocks: [[1000, 110.025 / 0.9 + 1, 267 / 0.9]],
  },
  {
    name: 'waste heat by its contract',
    unit: { ...terms, kind: 'waste-heat', eurPerMwh: 12 },
    at: {},
    blocks: [[1000, 12, 0]],
  },
]

describe('what heat costs by unit', () => {
  it.each(cases)('$name', ({ unit, at, blocks }) => {
    const found = unitBlocks(unit, moment(at))
    expect(found).toHaveLength(blocks.length)
    for (const [i, [kw, eurPerMwh, kgPerMwh]] of blocks.entries()) {
      expect(found[i]!.kw).toBeCloseTo(kw, 6)
      expect(found[i]!.eurPerMwh).toBeCloseTo(eurPerMwh, 3)
      expect(found[i]!.kgPerMwh).toBeCloseTo(kgPerMwh, 3)
    }
  })

  it('never lets a later block of a unit be cheaper than one before it', () => {
    for (let spotEurPerMwh = -500; spotEurPerMwh <= 5000; spotEurPerMwh += 7) {
      for (const bypassKw of [0, 200, 900, 5000]) {
        const blocks = unitBlocks({ ...backPressure, fuel: gas, bypassKw }, moment({ spotEurPerMwh }))
        expect(isRising(blocks)).toBe(true)
        expect(blocks.every(({ kw }) => kw >= 0)).toBe(true)
      }
    }
  })

  it('gives as much heat with a full bypass as the boiler makes, whichever way it goes first', () => {
    const open = { ...backPressure, bypassKw: 5000 }
    for (const spotEurPerMwh of [-100, 29, 31, 400]) {
      const kw = unitBlocks(open, moment({ spotEurPerMwh })).reduce((sum, block) => sum + block.kw, 0)
      expect(kw).toBeCloseTo(1500, 6)
    }
  })
})

function isRising(blocks: readonly HeatBlock[]): boolean {
  return blocks.every(({ eurPerMwh }, i) => i === 0 || eurPerMwh >= blocks[i - 1]!.eurPerMwh - 1e-9)
}
