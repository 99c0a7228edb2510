import type { ElectricBoiler } from '../../domain/plant.ts'
import { boughtEurPerMwh, type HeatBlock, type ProductionMoment } from './production-moment.ts'

/** Electricity at spot plus fee into hot water: cheap only when nobody wants power. */
export function electricBoilerBlocks(unit: ElectricBoiler, moment: ProductionMoment): HeatBlock[] {
  const eurPerMwh = boughtEurPerMwh(unit.feeEurPerMwh, moment) / unit.efficiency + unit.operationEurPerMwh
  return [{ kw: unit.capKw, eurPerMwh, kgPerMwh: moment.gPerKwh / unit.efficiency }]
}
