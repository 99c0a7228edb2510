import type { ThermalModel } from '../../domain/building.ts'
import { discretise } from '../discretise.ts'
import { RESPONSE_HOURS, responseKPerKw } from './box-response.ts'
import { type GreyBox, massConductances, type Shape } from './grey-box.ts'

/** How quickly the two halves of a single mass agree, 1/h: far quicker than anything that is planned. */
const HALVES_PER_HOUR = 6

/**
 * The two masses that plan and filter reckon with. They know no emitter: the share of heat that the mass takes is
 * set so that the air has answered after two hours as the fit says it does.
 */
export function toThermalModel(box: GreyBox, shape: Shape): ThermalModel {
  const model = shape.hasMass ? twoMasses(box) : twoHalves(box)
  return shape.hasEmitter ? withDelay(model, responseKPerKw(box, shape, RESPONSE_HOURS)) : model
}

function twoMasses(box: GreyBox): ThermalModel {
  const { coupling, massLoss } = massConductances(box)
  return {
    airKwhPerK: box.airKwhPerK,
    massKwhPerK: box.massKwhPerK,
    couplingKwPerK: coupling,
    airLossKwPerK: box.airLossRatio * box.lossKwPerK,
    massLossKwPerK: massLoss,
    apertureM2: box.apertureM2,
    gainsKw: box.gainsK * box.lossKwPerK,
    heatToAirRatio: box.heatToAirRatio,
  }
}

function twoHalves(box: GreyBox): ThermalModel {
  const half = box.airKwhPerK / 2
  return {
    airKwhPerK: half,
    massKwhPerK: half,
    couplingKwPerK: HALVES_PER_HOUR * half,
    airLossKwPerK: box.lossKwPerK / 2,
    massLossKwPerK: halfLoss(box.lossKwPerK, HALVES_PER_HOUR * half),
    apertureM2: box.apertureM2,
    gainsKw: box.gainsK * box.lossKwPerK,
    heatToAirRatio: 0.5,
  }
}

/** In series with the coupling it loses the other half. */
function halfLoss(loss: number, coupling: number): number {
  const half = loss / 2
  return coupling > half ? (coupling * half) / (coupling - half) : half
}

function withDelay(model: ThermalModel, wantedKPerKw: number): ThermalModel {
  const step = discretise(model, RESPONSE_HOURS)
  const spread = step.gAir1 - step.gMass1
  const share = spread > 0 ? (wantedKPerKw - step.gMass1) / spread : model.heatToAirRatio
  return { ...model, heatToAirRatio: Math.max(0, Math.min(1, share)) }
}
