import { SLOT_HOURS } from '../../domain/instant.ts'
import type { HeatStore } from '../../domain/plant.ts'
import type { BuildingQp, BuildingQpResult } from '../../math/building-qp.ts'
import { terminalValue } from '../terminal-value.ts'

/** A store's part in the problem of the fleet. */
export interface StoreMember {
  readonly id: string
  /** Its "temperature" is its level in tenths of its capacity; its "heat" is charge above the fastest discharge. */
  readonly qp: BuildingQp
  /** Belongs into the fixed flow of its node, kW: what it gives at `qp`'s zero. */
  readonly fixedKw: number
}

/** A store's plan in its own words. */
export interface StorePlan {
  readonly id: string
  /** Positive takes heat from the network, negative gives it, kW a slot. */
  readonly chargeKw: Float64Array
  /** At each slot's end. */
  readonly levelKwh: Float64Array
}

/** The solver's numbers are those of a building: tens, not millions. */
const LEVELS = 10
/** Share of a slot's heat that a change from full discharge to full charge costs: valves want some peace. */
const RAMP_SHARE = 0.02
const LEAST_EUR_PER_KWH = 0.05

/**
 * A tank as a building without weather: x' = x·e^(−loss·Δt) + charge, between empty and full, its heat at the end
 * worth what it spares of the dearest hours of another day like the last.
 *
 * @param eurPerKwh marginal price of heat as it is expected, a slot
 */
export function storeQp(store: HeatStore, levelKwh: number, eurPerKwh: Float64Array): StoreMember {
  const n = eurPerKwh.length
  const unitKwh = store.capacityKwh / LEVELS
  const lossPerHour = -Math.log(1 - store.lossRatioPerDay) / 24
  const keeps = Math.exp(-lossPerHour * SLOT_HOURS)
  const risePerKw = SLOT_HOURS / unitKwh
  const fullKw = store.chargeKw + store.dischargeKw
  const dearest = eurPerKwh.reduce((most, eur) => Math.max(most, Math.abs(eur)), LEAST_EUR_PER_KWH)
  // Above what any price of a slot could gain: empty is empty.
  const wall = 1.5 * dearest * unitKwh
  const qp: BuildingQp = {
    n,
    a: [keeps, 0, 0, 1],
    b: [risePerKw, 0],
    d1: new Float64Array(n).fill(-store.dischargeKw * risePerKw),
    d2: new Float64Array(n),
    x0: [levelKwh / unitKwh, 0],
    u0: store.dischargeKw,
    uMax: new Float64Array(n).fill(fullKw),
    rateKw: Number.POSITIVE_INFINITY,
    wr: (RAMP_SHARE * 2 * SLOT_HOURS * meanOf(eurPerKwh)) / fullKw,
    price: new Float64Array(n),
    lo: new Float64Array(n),
    hi: new Float64Array(n).fill(LEVELS),
    w1Lo: new Float64Array(n).fill(wall),
    w1Hi: new Float64Array(n).fill(wall),
    w2Lo: wall,
    w2Hi: wall,
    terminal: worthAtEnd(store, eurPerKwh, unitKwh, lossPerHour),
  }
  return { id: store.id, qp, fixedKw: -store.dischargeKw }
}

function worthAtEnd(
  store: HeatStore,
  eurPerKwh: Float64Array,
  unitKwh: number,
  lossPerHour: number,
): BuildingQp['terminal'] {
  const hours = lossPerHour > 0 ? 1 / lossPerHour : Number.POSITIVE_INFINITY
  const value = terminalValue(eurPerKwh, store.dischargeKw, hours, store.capacityKwh)
  const slope = value.slopeEurPerKwh2 * unitKwh * unitKwh
  return { p: [-value.firstEurPerKwh * unitKwh, 0], P: [slope, 0, 0], r: [0, 0] }
}

/** What the solver's answer means for the tank. */
export function readStore(store: HeatStore, { u, ti }: Pick<BuildingQpResult, 'u' | 'ti'>): StorePlan {
  return {
    id: store.id,
    chargeKw: u.map((kw) => kw - store.dischargeKw),
    levelKwh: ti.map((level) => (level * store.capacityKwh) / LEVELS),
  }
}

function meanOf(eurPerKwh: Float64Array): number {
  const sum = eurPerKwh.reduce((total, eur) => total + Math.abs(eur), 0)
  return Math.max(0.01, sum / eurPerKwh.length)
}
