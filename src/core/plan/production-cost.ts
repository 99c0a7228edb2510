import { SLOT_HOURS } from '../domain/instant.ts'
import type { UnitSource } from './production/heat-sources.ts'
import { serveByMerit } from './production/merit-order.ts'

/** What making a load's heat came to. */
export interface ProductionCost {
  /** Fuel, electricity, taxes and emissions less the power that was sold; starts not counted. */
  readonly costEur: number
  readonly co2Kg: number
  /** What one more kilowatt-hour would have cost, EUR/kWh a slot. */
  readonly marginalEurPerKwh: Float64Array
  /** Heat by source, kW a slot. */
  readonly sourceKw: readonly Float64Array[]
  /** Heat that the plant had not; its price is unknown and in no cost. */
  readonly unservedKwh: number
}

/** A load as it was, served by the same convex blocks that plans are made with. */
export function productionCost(sources: readonly UnitSource[], loadKw: Float64Array): ProductionCost {
  const { sourceKw, marginalEurPerKw, unservedKw } = serveByMerit(sources, loadKw)
  return {
    ...costOf(sources, sourceKw),
    marginalEurPerKwh: marginalEurPerKw.map((eur) => eur / SLOT_HOURS),
    sourceKw,
    unservedKwh: unservedKw.reduce((sum, kw) => sum + kw * SLOT_HOURS, 0),
  }
}

/** Cost and emissions of a dispatch, however it was found. */
export function costOf(
  sources: readonly UnitSource[],
  sourceKw: readonly Float64Array[],
): Pick<ProductionCost, 'costEur' | 'co2Kg'> {
  let costEur = 0
  let co2Kg = 0
  for (const [j, { eurPerKw, slope, kgPerKw }] of sources.entries()) {
    sourceKw[j].forEach((kw, k) => {
      costEur += eurPerKw[k] * kw + 0.5 * slope[k] * kw * kw
      co2Kg += kgPerKw[k] * kw
    })
  }
  return { costEur, co2Kg }
}
