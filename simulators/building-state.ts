import type { BuildingSpec } from './building-spec.ts'
import type { HeatPumpState } from './heat-pump.ts'
import { type HotWaterState, noShowers } from './hot-water.ts'
import { type MeterState, newMeter } from './meter.ts'
import type { SubstationState } from './substation.ts'
import { settledZone, type ZoneState } from './zone.ts'

/** Everything that the next minute depends on: plain numbers, so that JSON keeps it to the bit. */
export interface BuildingState {
  at: number
  /** Minutes lived. */
  ageMin: number
  readonly zones: ZoneState[]
  readonly substation: SubstationState
  readonly heatPump: HeatPumpState
  readonly hotWater: HotWaterState
  readonly meter: MeterState
  ventHeatKw: number
  dhwKw: number
  heatKw: number
}

export function newState(spec: BuildingSpec, at: number): BuildingState {
  return {
    at,
    ageMin: 0,
    zones: spec.zones.map(() => settledZone(22, 0)),
    substation: {
      supplyC: 40.5,
      returnC: 32.5,
      flowKwPerK: 0.5,
      outdoorFeltC: 0.5,
      seasonC: 0.5,
      pumpOn: 1,
      roomFeltC: 22.5,
      curveSupplyC: 40.5,
      askedSupplyC: 40.5,
      primarySupplyC: 80.5,
      primaryReturnC: 35.5,
      primaryFlowM3h: 0.5,
      spaceHeatKw: 0.5,
    },
    heatPump: {
      bufferC: 40.5,
      compressorOn: 1,
      sinceMin: 0,
      tankKw: spec.hotWater.circulationKw,
      pumpKw: 0.5,
      backupKw: 0.5,
      electricKw: 0.5,
    },
    hotWater: { showers: noShowers(), drawKw: 0.5 },
    meter: newMeter(at),
    ventHeatKw: 0.5,
    dhwKw: 0.5,
    heatKw: 0.5,
  }
}

/** The first minute's weather stands for the days before it. */
export function settleToWeather(state: BuildingState, outdoorC: number): void {
  state.substation.outdoorFeltC = outdoorC
  state.substation.seasonC = outdoorC
  for (const zone of state.zones) zone.envelopeC = zone.airC + 0.3 * (outdoorC - zone.airC)
}
