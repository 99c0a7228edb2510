import type { BuildingSpec } from './building-spec.ts'
import type { BuildingState } from './building-state.ts'
import { stepHeatPump } from './heat-pump.ts'
import { networkSupplyC } from './network.ts'
import type { Command } from './simulated-building.ts'
import {
  askSupply,
  districtLimitKw,
  feelOutdoor,
  moveSupply,
  pipeLossKw,
  type Served,
  settlePrimary,
} from './substation.ts'
import { frostRatio, supplyAir } from './ventilation.ts'
import { moveValve, type Surroundings, stepZone } from './zone.ts'

const STEP_HOURS = 1 / 60
/** The pump's head rises as valves close, so those that stay open get more. */
const HEAD_RISE = 0.2
/** The share of the circulation's heat that the rooms along its pipes get. */
const PIPES_TO_ROOMS = 0.5

/** The buffer is kept a little warmer than what is mixed from it. */
const BUFFER_MARGIN_K = 3

export type Around = Surroundings

export interface PlantMinute {
  readonly around: Around
  readonly fanRatio: number
  readonly outdoorBiasK: number
}

/** Valves, air handling and supply temperature, in the order in which water and air see them. */
export function stepPlant(
  spec: BuildingSpec,
  state: BuildingState,
  minute: PlantMinute,
  command: Command | undefined,
): void {
  const { around } = minute
  const roomC = meanAirC(spec, state)
  feelOutdoor(state.substation, around.outdoorC + minute.outdoorBiasK, roomC)
  state.substation.primarySupplyC = networkSupplyC(around.outdoorC)
  settleFlows(spec, state)
  supplyFreshAir(spec, state, minute, roomC)
  around.pipeGainKwM2 = (PIPES_TO_ROOMS * spec.hotWater.circulationKw) / spec.floorAreaM2
  askSupply(spec.substation, state.substation, command)
  moveSupply(spec.substation, state.substation, spaceLimitKw(spec, state, command))
}

/** Rooms take what the supply temperature gives them; then the plant settles what that cost. */
export function stepRooms(spec: BuildingSpec, state: BuildingState, around: Around): void {
  exchangeBetweenNeighbours(spec, state)
  const supplyC = state.substation.supplyC
  let takenKw = 0
  for (let i = 0; i < spec.zones.length; i++) {
    const zone = state.zones[i]!
    stepZone(spec.zones[i]!, zone, around, supplyC)
    takenKw += zone.takenKw
  }
  state.substation.spaceHeatKw = takenKw + pipeLossKw(spec.substation, state.substation)
  settleHeat(spec, state, around.outdoorC)
}

function meanAirC(spec: BuildingSpec, state: BuildingState): number {
  let sum = 0
  for (let i = 0; i < spec.zones.length; i++) sum += spec.zones[i]!.areaM2 * state.zones[i]!.airC
  return sum / spec.floorAreaM2
}

function settleFlows(spec: BuildingSpec, state: BuildingState): void {
  let open = 0
  let most = 0
  let heat = 0
  for (let i = 0; i < spec.zones.length; i++) {
    const zone = state.zones[i]!
    moveValve(spec.zones[i]!, zone)
    open += zone.flowKwPerK
    most += spec.zones[i]!.radiator.flowKwPerK
    heat += zone.flowKwPerK * zone.outletC
  }
  const head = state.substation.pumpOn * (1 + HEAD_RISE * (1 - open / most))
  for (const zone of state.zones) zone.flowKwPerK *= head
  state.substation.flowKwPerK = open * head
  if (open > 0) state.substation.returnC = heat / open
}

function supplyFreshAir(spec: BuildingSpec, state: BuildingState, minute: PlantMinute, roomC: number): void {
  const { around } = minute
  const air = supplyAir(spec.ventilation, roomC, around.outdoorC)
  around.fanRatio = minute.fanRatio * frostRatio(spec.kind, around.outdoorC)
  around.supplyAirC = air.suppliedC
  let fansKwPerK = 0
  for (const zone of spec.zones) fansKwPerK += zone.ventilationKwPerK
  state.ventHeatKw = fansKwPerK * around.fanRatio * (air.suppliedC - air.recoveredC)
}

function served(spec: BuildingSpec, state: BuildingState): Served {
  return {
    drawKw: state.hotWater.drawKw,
    circulationKw: spec.hotWater.circulationKw,
    ventHeatKw: state.ventHeatKw,
  }
}

function spaceLimitKw(spec: BuildingSpec, state: BuildingState, command: Command | undefined): number {
  const commanded = command?.heatLimitKw ?? Number.POSITIVE_INFINITY
  const able = spec.heatPump
    ? (state.heatPump.bufferC - state.substation.returnC) * state.substation.flowKwPerK
    : districtLimitKw(spec.substation, state.substation, served(spec, state))
  return Math.min(commanded, able)
}

/** Masses of neighbours in a row, each pair once, so that nothing is lost between them. */
function exchangeBetweenNeighbours(spec: BuildingSpec, state: BuildingState): void {
  const zones = state.zones
  for (const zone of zones) zone.neighbourKw = 0
  for (let i = 1; i < zones.length; i++) {
    const left = zones[i - 1]!
    const right = zones[i]!
    const kw = spec.neighbourKwPerK * (left.massC - right.massC)
    left.neighbourKw -= kw
    right.neighbourKw += kw
  }
}

function settleHeat(spec: BuildingSpec, state: BuildingState, outdoorC: number): void {
  const { substation, heatPump, meter } = state
  const wanted = served(spec, state)
  if (spec.heatPump) {
    const hotWaterKw = wanted.drawKw + wanted.circulationKw
    const load = {
      targetC: substation.askedSupplyC + BUFFER_MARGIN_K,
      spaceKw: substation.spaceHeatKw,
      hotWaterKw,
    }
    stepHeatPump(spec.heatPump, heatPump, load, outdoorC)
    substation.primaryFlowM3h = 0
    state.dhwKw = heatPump.tankKw
    state.heatKw = heatPump.pumpKw + heatPump.backupKw + heatPump.tankKw
    meter.electricKwh += heatPump.electricKw * STEP_HOURS
  } else {
    settlePrimary(spec.substation, substation, wanted)
    state.dhwKw = wanted.drawKw + wanted.circulationKw
    state.heatKw = substation.spaceHeatKw + state.ventHeatKw + state.dhwKw
  }
  meter.energyKwh += Math.max(0, state.heatKw) * STEP_HOURS
  meter.spaceHeatKwh += Math.max(0, substation.spaceHeatKw) * STEP_HOURS
  meter.dhwKwh += Math.max(0, state.dhwKw) * STEP_HOURS
}
