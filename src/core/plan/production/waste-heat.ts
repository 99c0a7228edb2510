import type { WasteHeat } from '../../domain/plant.ts'
import type { HeatBlock } from './production-moment.ts'

/** Heat that is there anyway, at its contract's price; its emissions are another's. */
export function wasteHeatBlocks(unit: WasteHeat): HeatBlock[] {
  return [{ kw: unit.capKw, eurPerMwh: unit.eurPerMwh + unit.operationEurPerMwh, kgPerMwh: 0 }]
}
