import type { ProductionUnit } from '../../domain/plant.ts'
import { backPressureBlocks } from './back-pressure-chp.ts'
import { boilerBlocks } from './boiler.ts'
import { electricBoilerBlocks } from './electric-boiler.ts'
import { extractionBlocks } from './extraction-chp.ts'
import { heatPumpBlocks } from './heat-pump.ts'
import type { HeatBlock, ProductionMoment } from './production-moment.ts'
import { wasteHeatBlocks } from './waste-heat.ts'

/** The unit's part of the merit order in one slot, cheapest first, as if nothing were out of order. */
export function unitBlocks(unit: ProductionUnit, moment: ProductionMoment): HeatBlock[] {
  switch (unit.kind) {
    case 'back-pressure-chp':
      return backPressureBlocks(unit, moment)
    case 'extraction-chp':
      return extractionBlocks(unit, moment)
    case 'heat-pump':
      return heatPumpBlocks(unit, moment)
    case 'electric-boiler':
      return electricBoilerBlocks(unit, moment)
    case 'boiler':
      return boilerBlocks(unit, moment)
    case 'waste-heat':
      return wasteHeatBlocks(unit)
    default:
      return unit satisfies never
  }
}

/** Most blocks that a unit of this kind ever has. */
export function blockCount({ kind }: ProductionUnit): number {
  return kind === 'back-pressure-chp' ? 2 : 1
}
