import type { ExtractionChp } from '../../domain/plant.ts'
import { burnedEurPerMwh, type HeatBlock, type ProductionMoment } from './production-moment.ts'

/**
 * P ≤ P₀ − β·Q and P ≥ σ·Q, fuel (P + β·Q)/η. Where power is worth more than the fuel p* = fuel/η behind it, the
 * turbine is full and heat costs the power lost, β·spot; else it runs on the back-pressure line for heat alone, at
 * (σ + β)·p* − σ·spot. What it costs beyond its condensing run; the two meet at spot = p*.
 */
export function extractionBlocks(unit: ExtractionChp, moment: ProductionMoment): HeatBlock[] {
  const { powerLossRatio: beta, powerToHeatRatio: sigma, electricEfficiency, fuel } = unit
  const spot = moment.spotEurPerMwh - unit.saleFeeEurPerMwh
  const worthwhile = burnedEurPerMwh(fuel, moment) / electricEfficiency
  const fuelPerHeat = (sigma + beta) / electricEfficiency
  const taxEurPerMwh = (fuel.taxEurPerMwh * fuelPerHeat) / (1 + sigma)
  const isFull = spot >= worthwhile
  return [
    {
      kw: unit.capKw,
      eurPerMwh:
        (isFull ? beta * spot : (sigma + beta) * worthwhile - sigma * spot) +
        taxEurPerMwh +
        unit.operationEurPerMwh,
      // A full turbine burns the same with and without heat.
      kgPerMwh: isFull ? 0 : fuelPerHeat * fuel.co2KgPerMwh,
    },
  ]
}
