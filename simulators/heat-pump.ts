import type { HeatPumpSpec } from './building-spec.ts'

const STEP_HOURS = 1 / 60
/** An inverter's lowest speed. */
const LOWEST_RATIO = 0.3
const HOT_WATER_C = 58
const KELVIN = 273.15

export interface HeatPumpState {
  bufferC: number
  /** 0 or 1, and for how long. */
  compressorOn: number
  sinceMin: number
  /** Into the hot-water tank, which spreads the draws over hours. */
  tankKw: number
  pumpKw: number
  backupKw: number
  electricKw: number
}

export function heatPumpCapacityKw(spec: HeatPumpSpec, outdoorC: number): number {
  const ratio = 1 + 0.022 * (outdoorC + 7)
  return spec.capacityKw * (ratio < 0.45 ? 0.45 : Math.min(ratio, 1.35))
}

/** A share of Carnot between the evaporator and the condenser. */
export function heatPumpCop(spec: HeatPumpSpec, outdoorC: number, supplyC: number): number {
  const lift = supplyC - outdoorC + 8
  const cop = (spec.carnotRatio * (supplyC + 3 + KELVIN)) / Math.max(lift, 15)
  return cop < 1 ? 1 : Math.min(cop, 6)
}

/** One minute: the buffer gives `spaceKw`, the compressor runs to hold it at `targetC`, electricity helps. */
export function stepHeatPump(
  spec: HeatPumpSpec,
  state: HeatPumpState,
  load: { readonly targetC: number; readonly spaceKw: number; readonly hotWaterKw: number },
  outdoorC: number,
): void {
  state.tankKw += (load.hotWaterKw - state.tankKw) / 180
  switchCompressor(spec, state, load.targetC)
  const capacity = heatPumpCapacityKw(spec, outdoorC)
  const free = capacity > state.tankKw ? capacity - state.tankKw : 0
  const wanted = load.spaceKw + (load.targetC + 1 - state.bufferC) * spec.bufferKwhPerK * 2
  const lowest = LOWEST_RATIO * free
  state.pumpKw = state.compressorOn ? (wanted > free ? free : Math.max(wanted, lowest)) : 0
  const lacking = (load.targetC - 1.5 - state.bufferC) * spec.bufferKwhPerK * 12
  state.backupKw = lacking <= 0 ? 0 : Math.min(lacking, spec.backupKw)
  state.bufferC += ((state.pumpKw + state.backupKw - load.spaceKw) * STEP_HOURS) / spec.bufferKwhPerK
  state.electricKw =
    state.pumpKw / heatPumpCop(spec, outdoorC, state.bufferC) +
    state.backupKw +
    state.tankKw / heatPumpCop(spec, outdoorC, HOT_WATER_C)
}

function switchCompressor(spec: HeatPumpSpec, state: HeatPumpState, targetC: number): void {
  state.sinceMin++
  const on = state.compressorOn > 0
  const mayTurn = state.sinceMin >= (on ? spec.minRunMin : spec.minOffMin)
  if (!mayTurn || (on ? state.bufferC <= targetC + 4 : state.bufferC >= targetC - 1)) return
  state.compressorOn = on ? 0 : 1
  state.sinceMin = 0
}

export function heatSource(state: HeatPumpState): string {
  if (state.compressorOn === 0) return state.backupKw > 0 ? 'electric' : 'off'
  return state.backupKw > 0 ? 'heat-pump+electric' : 'heat-pump'
}
