import type { Boiler } from '../../domain/plant.ts'
import { burnedEurPerMwh, type HeatBlock, type ProductionMoment } from './production-moment.ts'

/** Heat alone, of wood, gas or oil: fuel, its taxes and its emissions. */
export function boilerBlocks(unit: Boiler, moment: ProductionMoment): HeatBlock[] {
  const { efficiency, fuel } = unit
  const fuelEurPerMwh = burnedEurPerMwh(fuel, moment) + fuel.taxEurPerMwh
  const eurPerMwh = fuelEurPerMwh / efficiency + unit.operationEurPerMwh
  return [{ kw: unit.capKw, eurPerMwh, kgPerMwh: fuel.co2KgPerMwh / efficiency }]
}
