import { HOUR_MS, MINUTE_MS } from '../src/core/domain/instant.ts'
import type { Readings, ZoneReading } from '../src/core/domain/telemetry.ts'
import type { BuildingSpec } from './building-spec.ts'
import type { BuildingState } from './building-state.ts'
import { normal, streamKey, uniform } from './chance.ts'
import { heatSource } from './heat-pump.ts'
import { registerKwh } from './meter.ts'

const NOISE_K = 0.05
const RESOLUTION_K = 0.1
const DROPOUT_CHANCE = 0.002
const SUB_METER_STEP_KWH = 0.1
const PIPE_SENSOR_NOISE_K = 0.1

/** The random streams of a building's sensors; undefined where they tell the plain truth. */
export interface Sensors {
  readonly outdoorKey: number
  readonly zoneKeys: readonly number[]
  readonly dropoutKeys: readonly number[]
  readonly pipeKey: number
  readonly registerBaseKwh: number
}

export function createSensors(spec: BuildingSpec): Sensors {
  return {
    outdoorKey: streamKey(spec.seed, spec.id, 'outdoor'),
    zoneKeys: spec.zones.map((zone) => streamKey(spec.seed, spec.id, 'sensor', zone.id)),
    dropoutKeys: spec.zones.map((zone) => streamKey(spec.seed, spec.id, 'dropout', zone.id)),
    pipeKey: streamKey(spec.seed, spec.id, 'pipe'),
    registerBaseKwh: 50_000 + Math.floor(uniform(streamKey(spec.seed, spec.id, 'register'), 0) * 900_000),
  }
}

function rounded(value: number, step: number): number {
  // Divided by a whole number, so that 21.3 prints as 21.3.
  const perUnit = Math.round(1 / step)
  return Math.round(value * perUnit) / perUnit
}

function sensedC(trueC: number, biasK: number, key: number, minute: number): number {
  return rounded(trueC + biasK + NOISE_K * normal(key, minute), RESOLUTION_K)
}

function readZones(
  spec: BuildingSpec,
  state: BuildingState,
  sensors: Sensors | undefined,
): Record<string, ZoneReading> {
  const zones: Record<string, ZoneReading> = {}
  const minute = state.at / MINUTE_MS
  const hour = Math.floor(state.at / HOUR_MS)
  spec.zones.forEach((zone, i) => {
    const trueC = state.zones[i]!.airC
    if (!sensors) zones[zone.id] = { indoorC: trueC }
    else if (uniform(sensors.dropoutKeys[i]!, hour) >= DROPOUT_CHANCE) {
      zones[zone.id] = { indoorC: sensedC(trueC, zone.sensorBiasK, sensors.zoneKeys[i]!, minute) }
    }
  })
  return zones
}

/** Energies of registers since the last reading, as mean power; the registers are marked as read. */
function readMeters(spec: BuildingSpec, state: BuildingState, sensors: Sensors | undefined): Readings {
  const meter = state.meter
  const hours = (state.at - meter.readAt) / HOUR_MS
  const step = sensors ? spec.sensors.meterStepKwh : 0
  const subStep = sensors ? SUB_METER_STEP_KWH : 0
  const meanKw = (now: number, before: number, stepKwh: number) =>
    hours > 0
      ? rounded((registerKwh(now, stepKwh) - registerKwh(before, stepKwh)) / hours, 0.0001)
      : undefined
  const readings: Readings = {
    heatKw: meanKw(meter.energyKwh, meter.readEnergyKwh, step),
    energyKwh: (sensors?.registerBaseKwh ?? 0) + registerKwh(meter.energyKwh, step),
    ...(spec.sensors.hasSubMeters && {
      spaceHeatKw: meanKw(meter.spaceHeatKwh, meter.readSpaceHeatKwh, subStep),
      dhwKw: meanKw(meter.dhwKwh, meter.readDhwKwh, subStep),
    }),
    ...(spec.heatPump && { electricKw: meanKw(meter.electricKwh, meter.readElectricKwh, subStep) }),
  }
  meter.readAt = state.at
  meter.readEnergyKwh = meter.energyKwh
  meter.readSpaceHeatKwh = meter.spaceHeatKwh
  meter.readDhwKwh = meter.dhwKwh
  meter.readElectricKwh = meter.electricKwh
  return readings
}

function readPipes(spec: BuildingSpec, state: BuildingState, sensors: Sensors | undefined): Readings {
  const { supplyC, returnC, curveSupplyC, primarySupplyC, primaryReturnC, primaryFlowM3h } = state.substation
  const minute = state.at / MINUTE_MS
  const pipe = (trueC: number, index: number) =>
    sensors
      ? rounded(trueC + PIPE_SENSOR_NOISE_K * normal(sensors.pipeKey, minute * 8 + index), RESOLUTION_K)
      : trueC
  return {
    supplyC: pipe(supplyC, 0),
    returnC: pipe(returnC, 1),
    curveSupplyC: sensors ? rounded(curveSupplyC, RESOLUTION_K) : curveSupplyC,
    ...(!spec.heatPump && {
      primarySupplyC: pipe(primarySupplyC, 2),
      primaryReturnC: pipe(primaryReturnC, 3),
      flowM3h: sensors ? rounded(primaryFlowM3h, 0.001) : primaryFlowM3h,
    }),
  }
}

/** What the building's instruments say at this minute. */
export function readSensors(
  spec: BuildingSpec,
  state: BuildingState,
  sensors: Sensors | undefined,
  outdoorC: number,
): Readings {
  const minute = state.at / MINUTE_MS
  const { pumpKw, backupKw, tankKw, electricKw } = state.heatPump
  return {
    ...readMeters(spec, state, sensors),
    ...readPipes(spec, state, sensors),
    outdoorC: sensors ? sensedC(outdoorC, spec.sensors.outdoorBiasK, sensors.outdoorKey, minute) : outdoorC,
    ...(spec.heatPump && {
      copRatio: electricKw > 0.01 ? rounded((pumpKw + backupKw + tankKw) / electricKw, 0.01) : undefined,
      heatSource: heatSource(state.heatPump),
    }),
    ...(spec.sensors.hasIndoor && { zones: readZones(spec, state, sensors) }),
  }
}
