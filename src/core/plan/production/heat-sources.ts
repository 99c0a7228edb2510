import { type Instant, SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import type { EmissionTerms, Plant, ProductionUnit } from '../../domain/plant.ts'
import type { HeatSource } from '../../math/fleet/fleet-qp.ts'
import { availableRatio } from './available-ratio.ts'
import { blockCount, unitBlocks } from './unit-blocks.ts'

/** The days ahead as the plant meets them, one value a slot. */
export interface ProductionOutlook {
  readonly start: Instant
  readonly spotEurPerMwh: Float64Array
  readonly outdoorC: Float64Array
  readonly supplyC: Float64Array
  readonly gPerKwh: Float64Array
  readonly emissions: EmissionTerms
}

/** A block of the merit order and the unit that it belongs to. */
export interface UnitSource extends HeatSource {
  readonly unit: string
}

/** From its first to its last kilowatt a block becomes dearer by this: flat blocks would leave the dispatch open. */
const RISE_EUR_PER_MWH = 1
/** Less than this is nothing: a slope over it would be a wall. */
const LEAST_KW = 1e-3

/** The plant's merit order over the days ahead, unit by unit, each block as one source. */
export function heatSources({ units }: Pick<Plant, 'units'>, ahead: ProductionOutlook): UnitSource[] {
  return units.flatMap((unit) => {
    const sources = Array.from({ length: blockCount(unit) }, () => emptySource(unit, ahead.outdoorC.length))
    for (let k = 0; k < ahead.outdoorC.length; k++) fillSlot(sources, unit, ahead, k)
    return sources
  })
}

function emptySource(unit: ProductionUnit, n: number): UnitSource {
  const series = () => new Float64Array(n)
  return { unit: unit.id, capKw: series(), eurPerKw: series(), slope: series(), kgPerKw: series() }
}

function fillSlot(sources: readonly UnitSource[], unit: ProductionUnit, ahead: ProductionOutlook, k: number) {
  const { emissions } = ahead
  const moment = {
    spotEurPerMwh: ahead.spotEurPerMwh[k],
    outdoorC: ahead.outdoorC[k],
    supplyC: ahead.supplyC[k],
    gPerKwh: ahead.gPerKwh[k],
    emissions,
  }
  const available = availableRatio(unit.outages, ahead.start + k * SLOT_MS)
  for (const [j, block] of unitBlocks(unit, moment).entries()) {
    const capKw = block.kw * available
    const source = sources[j]
    source.capKw[k] = capKw < LEAST_KW ? 0 : capKw
    source.eurPerKw[k] = ((block.eurPerMwh - RISE_EUR_PER_MWH / 2) / 1000) * SLOT_HOURS
    source.slope[k] = capKw < LEAST_KW ? 0 : ((RISE_EUR_PER_MWH / 1000) * SLOT_HOURS) / capKw
    source.kgPerKw[k] = (block.kgPerMwh / 1000) * SLOT_HOURS
  }
}
