import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS, SLOT_MS } from '../../../../../src/core/domain/instant.ts'
import type { Boiler, WasteHeat } from '../../../../../src/core/domain/plant.ts'
import { availableRatio } from '../../../../../src/core/plan/production/available-ratio.ts'
import { heatSources } from '../../../../../src/core/plan/production/heat-sources.ts'
import { serveByMerit } from '../../../../../src/core/plan/production/merit-order.ts'
import { outageNotes, relaxationNotes, unitRuns } from '../../../../../src/core/plan/production/unit-runs.ts'
import { costOf, productionCost } from '../../../../../src/core/plan/production-cost.ts'

const START = Date.UTC(2026, 0, 10)
const terms = { minKw: 0, startEur: 0, operationEurPerMwh: 0, outages: [] }
const waste: WasteHeat = { ...terms, kind: 'waste-heat', id: 'waste', capKw: 400, eurPerMwh: 10 }
const wood: Boiler = {
  ...terms,
  kind: 'boiler',
  id: 'wood',
  capKw: 1000,
  efficiency: 0.9,
  fuel: { eurPerMwh: 27, taxEurPerMwh: 0, co2KgPerMwh: 0 },
}
const oil: Boiler = {
  ...wood,
  id: 'oil',
  capKw: 2000,
  minKw: 500,
  startEur: 80,
  fuel: { eurPerMwh: 90, taxEurPerMwh: 0, co2KgPerMwh: 270 },
}

function ahead(slots: number) {
  return {
    start: START,
    spotEurPerMwh: new Float64Array(slots).fill(50),
    outdoorC: new Float64Array(slots),
    supplyC: new Float64Array(slots).fill(80),
    gPerKwh: new Float64Array(slots),
    emissions: { eurPerT: 0, electricityEurPerT: 0 },
  }
}

describe('the merit order', () => {
  const sources = heatSources({ units: [oil, waste, wood] }, ahead(1))
  const at = (loadKw: number) => productionCost(sources, Float64Array.of(loadKw))

  // Marginal costs are 10, 30 and 100 EUR/MWh, each in the middle of its block; one more than 400 kW is of the next.
  it.each([
    { loadKw: 200, marginal: 10, eur: (200 * 9.75) / 4000, of: [0, 200, 0] },
    { loadKw: 400, marginal: 29.5, eur: 1, of: [0, 400, 0] },
    { loadKw: 900, marginal: 30, eur: 1 + (500 * 29.75) / 4000, of: [0, 400, 500] },
    { loadKw: 2400, marginal: 100, eur: 1 + 7.5 + (1000 * 99.75) / 4000, of: [1000, 400, 1000] },
  ])('serves $loadKw kW at a margin of $marginal EUR/MWh', ({ loadKw, marginal, eur, of }) => {
    const { costEur, marginalEurPerKwh, sourceKw, unservedKwh } = at(loadKw)
    expect(marginalEurPerKwh[0]! * 1000).toBeCloseTo(marginal, 6)
    expect(costEur).toBeCloseTo(eur, 6)
    expect(sourceKw.map((kw) => kw[0])).toEqual(of.map((kw) => expect.closeTo(kw, 6)))
    expect(unservedKwh).toBe(0)
  })

  it('says what it had not, at the price of the dearest', () => {
    const { unservedKwh, marginalEurPerKwh } = at(4400)
    expect(unservedKwh).toBeCloseTo(250, 6)
    expect(marginalEurPerKwh[0]).toBeCloseTo(0.1005, 9)
  })

  it('is never dearer than any other way to make the same heat', () => {
    const cheapest = at(1700).costEur
    for (const [a, b, c] of [
      [300, 400, 1000],
      [700, 0, 1000],
      [1300, 400, 0],
      [310, 390, 1000],
    ]) {
      const other = [a!, b!, c!].map((kw) => Float64Array.of(kw))
      expect(costOf(sources, other).costEur).toBeGreaterThanOrEqual(cheapest - 1e-9)
    }
  })

  it('counts the emissions of what ran', () => {
    expect(at(1900).co2Kg).toBeCloseTo((500 * 0.25 * 270) / 0.9 / 1000, 6)
  })

  it('serves by flat blocks too', () => {
    const flat = sources.map((source) => ({ ...source, slope: new Float64Array(1) }))
    const { sourceKw, marginalEurPerKw } = serveByMerit(flat, Float64Array.of(900))
    expect(sourceKw[2]![0]).toBeCloseTo(500, 3)
    expect(marginalEurPerKw[0]! * 4000).toBeCloseTo(29.5, 4)
  })
})

describe('an outage', () => {
  const outage = { from: START + 20 * MINUTE_MS, until: START + HOUR_MS, availableRatio: 0.2 }

  it('takes from a slot by the time that it takes of it', () => {
    const ratios = [0, 1, 2, 3, 4].map((k) => availableRatio([outage], START + k * SLOT_MS))
    expect(ratios).toEqual([1, 1 - (2 / 3) * 0.8, 0.2, 0.2, 1].map((ratio) => expect.closeTo(ratio, 12)))
  })

  it('leaves the load to the next in order', () => {
    const units = [{ ...wood, outages: [{ ...outage, availableRatio: 0 }] }, oil]
    const { sourceKw } = productionCost(heatSources({ units }, ahead(5)), new Float64Array(5).fill(600))
    expect([...sourceKw[0]!].map(Math.round)).toEqual([600, 333, 0, 0, 600])
    expect(outageNotes(units, START, 5)).toEqual(['wood is out of order for 0.7 h of its full heat'])
  })
})

describe('what a relaxed dispatch leaves open', () => {
  it('is said: hours under the least load, and starts', () => {
    const units = [wood, oil]
    const sources = heatSources({ units }, ahead(6))
    const load = Float64Array.of(900, 1200, 900, 1600, 1100, 900)
    const { sourceKw } = productionCost(sources, load)
    const runs = unitRuns(units, sources, sourceKw)
    expect(runs[1]).toMatchObject({ starts: 2, startsEur: 160, notRunnableSlots: [1, 4] })
    expect(relaxationNotes(units, runs)).toEqual([
      'oil is planned under its least load of 500 kW for 0.5 h: not runnable as it stands',
      '2 starts of oil cost 160 EUR beside the plan',
    ])
  })
})
