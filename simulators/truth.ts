import type { BuildingSpec } from './building-spec.ts'
import type { BuildingState } from './building-state.ts'
import type { Truth } from './simulated-building.ts'
import { pipeLossKw } from './substation.ts'
import { zoneStoredKwh } from './zone.ts'

/** The state without noise, bias or rounding, summed over the zones in their order. */
export function truthOf(spec: BuildingSpec, state: BuildingState, zoneC: Float64Array): Truth {
  const { substation, heatPump, meter } = state
  let gainsKw = 0
  let lossKw = state.ventHeatKw + pipeLossKw(spec.substation, substation)
  let storedKwh = 0
  for (let i = 0; i < zoneC.length; i++) {
    const zone = state.zones[i]!
    zoneC[i] = zone.airC
    gainsKw += zone.gainsKw
    lossKw += zone.lossKw
    storedKwh += zoneStoredKwh(spec.zones[i]!, zone)
  }
  return {
    zoneC,
    heatKw: state.heatKw,
    spaceHeatKw: substation.spaceHeatKw,
    ventHeatKw: state.ventHeatKw,
    dhwKw: state.dhwKw,
    electricKw: spec.heatPump ? heatPump.electricKw : 0,
    copRatio: spec.heatPump && heatPump.electricKw > 0.01 ? state.heatKw / heatPump.electricKw : 0,
    supplyC: substation.supplyC,
    returnC: substation.returnC,
    curveSupplyC: substation.curveSupplyC,
    primarySupplyC: substation.primarySupplyC,
    primaryReturnC: substation.primaryReturnC,
    primaryFlowM3h: substation.primaryFlowM3h,
    gainsKw,
    lossKw,
    storedKwh,
    energyKwh: meter.energyKwh,
    spaceHeatKwh: meter.spaceHeatKwh,
    dhwKwh: meter.dhwKwh,
    electricKwh: meter.electricKwh,
  }
}
