import { advanceBarrier, type Barrier, complementarity, createBarrier } from './barrier.ts'
import type { Dense } from './dense.ts'
import type { FleetQp } from './fleet-qp.ts'
import type { Gate } from './gates.ts'
import { createJoint, type Joint, jointSize } from './joint.ts'
import type { LimitRow } from './limit-rows.ts'
import { advanceSupply, type Supply } from './supply.ts'

/**
 * All of the fleet's problem that is not a building: flows through the gates, what limits them, and what serves the
 * plant. The buildings are known to it by their heat and by how that answers prices, nothing else.
 */
export interface Plant {
  readonly n: number
  readonly gates: readonly GateState[]
  readonly supply: Supply | undefined
  readonly peak: Peak | undefined
  readonly emissions: Emissions | undefined
  /** Every inequality of the above. */
  readonly barriers: readonly Barrier[]
  readonly dense: Dense
  /** One n × n for what a gate passes on. */
  readonly passed: Float64Array
  /** What a barrier's product is measured against, EUR: a step's heat. */
  readonly scaleEur: number
}

export interface GateState {
  readonly gate: Gate
  /** A usual flow through it. */
  readonly sizeKw: number
  /** Flow, and what one more kW costs here. */
  readonly z: Float64Array
  readonly price: Float64Array
  readonly dz: Float64Array
  readonly dPrice: Float64Array
  readonly rows: readonly LimitRow[]
  /** Curvature and slope of what lies at and above it in z. */
  readonly bend: Float64Array
  readonly tilt: Float64Array
  readonly joint: Joint
}

/** A number beside the plant's flow: its part w in the price, and how flow and price answer one more of it. */
export interface Column {
  readonly w: Float64Array
  readonly dz: Float64Array
  readonly dPrice: Float64Array
}

/** peak · P with P − z_k ≥ 0. */
export interface Peak {
  readonly eurPerKw: number
  readonly below: Barrier
  readonly column: Column
  kw: number
  dKw: number
}

/** capKg + s − Σ kg y ≥ 0 and s ≥ 0 at a price; the first's multiplier is the price of emissions. */
export interface Emissions {
  readonly eurPerKg: number
  readonly excess: Barrier
  readonly kept: Barrier
  readonly column: Column
  dEurPerKg: number
}

export function createGateState(
  gate: Gate,
  sizeKw: number,
  z: Float64Array,
  price: Float64Array,
  rows: readonly LimitRow[],
  dense: Dense,
): GateState {
  const n = z.length
  const row = () => new Float64Array(n)
  return {
    gate,
    sizeKw,
    z,
    price,
    rows,
    dz: row(),
    dPrice: row(),
    bend: row(),
    tilt: row(),
    joint: createJoint(n, dense),
  }
}

/** Numbers that a plant of so many gates asks of its `Dense`. */
export function plantSize(gates: number, n: number): number {
  return gates * jointSize(n) + n * n
}

// A peak starts above the largest flow by this share.
const FIRST_ROOM = 0.1

export function createPeak(eurPerKw: number, z: Float64Array): Peak {
  const below = createBarrier(z.length)
  let largest = 0
  let size = 1e-3
  for (const kw of z) {
    largest = Math.max(largest, kw)
    size = Math.max(size, Math.abs(kw))
  }
  const kw = largest + FIRST_ROOM * size
  for (let k = 0; k < z.length; k++) {
    below.g[k] = kw - z[k]
    below.z[k] = eurPerKw / z.length
  }
  return { eurPerKw, below, column: createColumn(z.length), kw, dKw: 0 }
}

/** With emissions of `kg` at the start. */
export function createEmissions(
  n: number,
  capKg: number,
  eurPerKg: number,
  kg: number,
  first: number,
): Emissions {
  const [excess, kept] = [createBarrier(1), createBarrier(1)]
  const room = capKg - kg
  const s = Math.max(
    0.1 * Math.max(kg, 1e-3) - room,
    (first * Math.max(room, 0)) / eurPerKg,
    1e-6 * Math.max(kg, 1),
  )
  excess.g[0] = s
  excess.z[0] = eurPerKg - first
  kept.g[0] = room + s
  kept.z[0] = first
  return { eurPerKg, excess, kept, column: createColumn(n), dEurPerKg: 0 }
}

function createColumn(n: number): Column {
  const row = () => new Float64Array(n)
  return { w: row(), dz: row(), dPrice: row() }
}

/** Dearest heat there is, EUR/kW a step: what shortage is measured by. */
export function dearestEurPerKw(qp: FleetQp): number {
  let dearest = 0
  for (const { capKw, eurPerKw, slope } of qp.sources) {
    for (let k = 0; k < qp.n; k++) {
      if (capKw[k] > 0)
        dearest = Math.max(
          dearest,
          Math.abs(eurPerKw[k]),
          Math.abs(eurPerKw[k] + slope[k] * Math.min(capKw[k], 1e9)),
        )
    }
  }
  for (const { qp: member } of qp.members) {
    for (const price of member.price) if (Math.abs(price) < 1e9) dearest = Math.max(dearest, Math.abs(price))
  }
  for (const limit of qp.limits) dearest = Math.max(dearest, limit.eurPerKw)
  return dearest
}

/** Σ z g as a share of the scale. */
export function plantProducts({ barriers, scaleEur }: Plant): number {
  let sum = 0
  for (const barrier of barriers) sum += complementarity(barrier)
  return sum / scaleEur
}

export function advancePlant({ n, gates, supply, peak, barriers }: Plant, step: number): void {
  for (const { z, dz, price, dPrice } of gates) {
    for (let k = 0; k < n; k++) {
      z[k] += step * dz[k]
      price[k] += step * dPrice[k]
    }
  }
  if (supply) advanceSupply(supply, step)
  if (peak) peak.kw += step * peak.dKw
  for (const barrier of barriers) advanceBarrier(barrier, step)
}
