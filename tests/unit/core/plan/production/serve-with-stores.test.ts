import { expect, it } from 'vitest'
import type { Plant } from '../../../../../src/core/domain/plant.ts'
import { solveFleetQp } from '../../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { heatSources } from '../../../../../src/core/plan/production/heat-sources.ts'
import { serveWithStores } from '../../../../../src/core/plan/production/serve-with-stores.ts'
import { productionCost } from '../../../../../src/core/plan/production-cost.ts'

const slots = 192
const level = (value: number) => new Float64Array(slots).fill(value)
const terms = { minKw: 0, startEur: 0, operationEurPerMwh: 0, outages: [] }
const boiler = (id: string, capKw: number, eurPerMwh: number) =>
  ({
    ...terms,
    kind: 'boiler',
    id,
    capKw,
    efficiency: 1,
    fuel: { eurPerMwh, taxEurPerMwh: 0, co2KgPerMwh: 0 },
  }) as const
const plant: Plant = {
  units: [boiler('wood', 6000, 30), boiler('oil', 9000, 110)],
  stores: [{ id: 'tank', capacityKwh: 12_000, chargeKw: 2000, dischargeKw: 3000, lossRatioPerDay: 0.02 }],
}
const sources = heatSources(plant, {
  start: Date.UTC(2026, 0, 10),
  spotEurPerMwh: level(50),
  outdoorC: level(-5),
  supplyC: level(85),
  gPerKwh: level(0),
  emissions: { eurPerT: 0, electricityEurPerT: 0 },
})
/** A morning above what the wood boiler gives, with room to charge in the night before. */
const loadKw = Float64Array.from({ length: slots }, (_, k) => (k % 96 >= 28 && k % 96 < 40 ? 8000 : 4500))

it('fills a tank from the cheap boiler and spares the dear one in the morning', async () => {
  const alone = productionCost(sources, loadKw)
  const stored = await serveWithStores(plant, sources, loadKw, solveFleetQp)
  const oilKwh = (kw: Float64Array) => kw.reduce((sum, one) => sum + one / 4, 0)
  // Two mornings of three hours, 2000 kW each beyond the wood boiler.
  expect(oilKwh(alone.sourceKw[1]!)).toBeCloseTo(12_000, 0)
  expect(oilKwh(stored.sourceKw[1]!)).toBeLessThan(200)
  expect(stored.costEur - stored.storedEur).toBeLessThan(alone.costEur - 0.8 * 12 * 80)
  expect(stored.unservedKwh).toBe(0)
})

it('makes what is taken, what is charged and what leaks, to the kilowatt', async () => {
  const { sourceKw, stores } = await serveWithStores(plant, sources, loadKw, solveFleetQp)
  for (let k = 0; k < slots; k++) {
    const made = sourceKw[0]![k]! + sourceKw[1]![k]!
    expect(Math.abs(made - loadKw[k]! - stores[0]!.chargeKw[k]!)).toBeLessThan(1)
  }
})

it('is the plain merit order where there is no store', async () => {
  const stored = await serveWithStores({ stores: [] }, sources, loadKw, () =>
    Promise.reject(new Error('asked')),
  )
  expect(stored.costEur).toBe(productionCost(sources, loadKw).costEur)
  expect(stored.storedEur).toBe(0)
})
