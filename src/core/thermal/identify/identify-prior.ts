import type { Building } from '../../domain/building.ts'
import { priorModel } from '../prior-model.ts'
import type { IdentifyPrior, IdentifyTelemetry } from './telemetry.ts'

/** Logarithms: a type's loss and capacities are right to a factor of 1.65, a guess from data alone to one of 2.7. */
const BY_TYPE_DEVIATION = 0.5
const BY_DATA_DEVIATION = 1

/** What a building's type, floor area and year say. */
export function priorByType(building: Pick<Building, 'kind' | 'floorAreaM2' | 'builtYear'>): IdentifyPrior {
  return { model: priorModel(building), deviation: BY_TYPE_DEVIATION, floorAreaM2: building.floorAreaM2 }
}

/** For a building of which nothing is known: as a usual one that needed this heat in this weather. */
export function priorByData(telemetry: IdentifyTelemetry, floorAreaM2?: number): IdentifyPrior {
  const usual = priorModel({ kind: 'concrete-block', floorAreaM2: 1000, builtYear: 1970 })
  const lossOfUsual = 1.2
  let heatKw = 0
  let differenceK = 0
  for (let k = 0; k < telemetry.at.length; k++) {
    const difference = telemetry.indoorC[k] - telemetry.outdoorC[k]
    if (!Number.isFinite(telemetry.heatKw[k] + difference)) continue
    heatKw += telemetry.heatKw[k]
    differenceK += difference
  }
  const gainsK = usual.gainsKw / lossOfUsual
  const count = Math.max(1, telemetry.at.length)
  const scale = heatKw / count / Math.max(3, differenceK / count - gainsK) / lossOfUsual
  const size = scale > 0 ? scale : 1
  return {
    model: {
      airKwhPerK: usual.airKwhPerK * size,
      massKwhPerK: usual.massKwhPerK * size,
      couplingKwPerK: usual.couplingKwPerK * size,
      airLossKwPerK: usual.airLossKwPerK * size,
      massLossKwPerK: usual.massLossKwPerK * size,
      apertureM2: usual.apertureM2 * size,
      gainsKw: usual.gainsKw * size,
      heatToAirRatio: usual.heatToAirRatio,
    },
    deviation: BY_DATA_DEVIATION,
    floorAreaM2,
  }
}
