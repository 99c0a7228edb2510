import { advanceBarrier, type Barrier, complementarity } from './barrier.ts'
import type { Emissions, Peak } from './border.ts'
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
    // Comfort is made to outbid a fee as it does a price, and caps are to outbid comfort.
    const fee = Math.max(0, member.peak?.eurPerKw ?? 0)
    for (const price of member.price) {
      const eur = Math.abs(price) + fee
      if (eur < 1e9) dearest = Math.max(dearest, eur)
    }
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
