import type { SubstationSpec } from './building-spec.ts'
import { curveSlope, curveSupplyC } from './heating-curve.ts'
import { KW_PER_M3H_K } from './network.ts'
import type { Command } from './simulated-building.ts'

/** The setpoint at which a room command leaves the curve where it is. */
const ROOM_REFERENCE_C = 21
const ROOM_CORRECTION_MAX_K = 8
const RETURN_CORRECTION_MAX_K = 15
const OFFSET_MIN_K = -20
const OFFSET_MAX_K = 10
/** Returns of the primary side from taps, from the circulation loop and from the ventilation's coil. */
const TAP_RETURN_C = 24
const CIRCULATION_RETURN_C = 57
const COIL_RETURN_C = 35

export interface SubstationState {
  supplyC: number
  returnC: number
  flowKwPerK: number
  /** The outdoor temperature of the last hour, and of the last day, as its own sensor felt it. */
  outdoorFeltC: number
  seasonC: number
  /** 0 in summer, when the circulation pump rests. */
  pumpOn: number
  /** The mean room over some hours, for room compensation. */
  roomFeltC: number
  curveSupplyC: number
  /** With offset, room and limits. */
  askedSupplyC: number
  primarySupplyC: number
  primaryReturnC: number
  primaryFlowM3h: number
  spaceHeatKw: number
}

export function feelOutdoor(state: SubstationState, sensedC: number, roomC: number): void {
  state.outdoorFeltC += (sensedC - state.outdoorFeltC) / 60
  state.seasonC += (sensedC - state.seasonC) / 1440
  state.roomFeltC += (roomC - state.roomFeltC) / 120
  if (state.seasonC > 17) state.pumpOn = 0
  else if (state.seasonC < 15) state.pumpOn = 1
}

function within(value: number, low: number, high: number): number {
  return value < low ? low : Math.min(value, high)
}

/** The supply temperature that the local controller now aims at, and the curve's own wish beside it. */
export function askSupply(spec: SubstationSpec, state: SubstationState, command: Command | undefined): void {
  const perRoomK = curveSlope(spec.curve) * 2.5
  const room = spec.roomCompensation * perRoomK * (ROOM_REFERENCE_C - state.roomFeltC)
  const curve =
    curveSupplyC(spec.curve, state.outdoorFeltC) + within(room, -ROOM_CORRECTION_MAX_K, ROOM_CORRECTION_MAX_K)
  state.curveSupplyC = within(curve, spec.supplyMinC, spec.supplyMaxC)
  const asked =
    command?.supplyC ?? curve + commandedOffsetK(perRoomK, command) - returnCorrectionK(spec, state)
  state.askedSupplyC = within(asked, spec.supplyMinC, spec.supplyMaxC)
}

function commandedOffsetK(perRoomK: number, command: Command | undefined): number {
  const room =
    command?.roomSetpointC === undefined ? 0 : perRoomK * (command.roomSetpointC - ROOM_REFERENCE_C)
  return within(room + (command?.supplyOffsetK ?? 0), OFFSET_MIN_K, OFFSET_MAX_K)
}

function returnCorrectionK(spec: SubstationSpec, state: SubstationState): number {
  if (spec.returnLimitC === null) return 0
  return within(2 * (state.returnC - spec.returnLimitC), 0, RETURN_CORRECTION_MAX_K)
}

/** The exchanger's approach shrinks with its load. */
function approachK(spec: SubstationSpec, state: SubstationState): number {
  return spec.approachK * (0.3 + (0.7 * state.spaceHeatKw) / spec.designKw)
}

/** What the limiter leaves for space heating once hot water and frost protection have their flow. */
export function districtLimitKw(spec: SubstationSpec, state: SubstationState, served: Served): number {
  const free = spec.primaryFlowMaxM3h - servedFlowM3h(state.primarySupplyC, served)
  const spread = state.primarySupplyC - state.returnC - approachK(spec, state)
  return free > 0 && spread > 0 ? free * KW_PER_M3H_K * spread : 0
}

/** The heat that goes before space heating. */
export interface Served {
  readonly drawKw: number
  readonly circulationKw: number
  readonly ventHeatKw: number
}

function servedFlowM3h(primarySupplyC: number, served: Served): number {
  return (
    (served.drawKw / (primarySupplyC - TAP_RETURN_C) +
      served.circulationKw / (primarySupplyC - CIRCULATION_RETURN_C) +
      served.ventHeatKw / (primarySupplyC - COIL_RETURN_C)) /
    KW_PER_M3H_K
  )
}

/**
 * Follows what is asked at the controller's pace, and gives no more than `limitKw` into the flow. An exchanger
 * takes nothing back: with its valve shut the supply is the return, however little is asked.
 */
export function moveSupply(spec: SubstationSpec, state: SubstationState, limitKw: number): void {
  const next = state.supplyC + (state.askedSupplyC - state.supplyC) / spec.responseMin
  const pipesKw = spec.pipeLossKwPerK * (state.supplyC - PIPE_ROOM_C)
  const room = limitKw > pipesKw ? limitKw - pipesKw : 0
  const mostC = state.flowKwPerK > 0 ? state.returnC + room / state.flowKwPerK : next
  const leastC = state.flowKwPerK > 0 ? state.returnC - pipesKw / state.flowKwPerK : next
  state.supplyC = Math.max(leastC, Math.min(next, mostC))
}

/** The cellar through which the pipes run. */
const PIPE_ROOM_C = 16

export function pipeLossKw(spec: SubstationSpec, state: SubstationState): number {
  if (state.flowKwPerK === 0 || state.supplyC < PIPE_ROOM_C) return 0
  return spec.pipeLossKwPerK * (state.supplyC - PIPE_ROOM_C)
}

/** Flow and mixed return of the primary side. */
export function settlePrimary(spec: SubstationSpec, state: SubstationState, served: Served): void {
  const supplyC = state.primarySupplyC
  const spaceReturnC = within(state.returnC + approachK(spec, state), 10, supplyC - 5)
  const spaceFlow = state.spaceHeatKw / ((supplyC - spaceReturnC) * KW_PER_M3H_K)
  const flow = spaceFlow + servedFlowM3h(supplyC, served)
  const heatKw = state.spaceHeatKw + served.drawKw + served.circulationKw + served.ventHeatKw
  state.primaryFlowM3h = flow
  if (flow > 0) state.primaryReturnC = supplyC - heatKw / (flow * KW_PER_M3H_K)
}
