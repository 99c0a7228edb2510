import { DAY_MS } from '../../domain/instant.ts'
import { factorCholesky, solveCholesky } from '../../math/cholesky.ts'

/** What a kelvin of supply, held, changes in space heat. */
export interface SupplyAnswer {
  /** Mean of the first two hours, kW/K, and its standard error. */
  readonly kwPerK2h: number
  readonly errorKwPerK: number
  /** How far the supply stood above the rooms when this was learned, K. */
  readonly excessK: number
  /** That answer over what radiators with valves that stand still would give, EN 442: the rest thermostats take back. */
  readonly openRatio: number
  /** How much of it is lost from the first two hours to the sixth, while rooms warm. */
  readonly closingRatio: number
}

/** EN 442. */
const RADIATOR_EXPONENT = 1.3
/**
 * Learned at ±3 K and asked at ±10 K: what thermostats take back bends. Regressed over 160 simulated buildings, 0.06 and
 * 0.09 of an answer left; `openRatio` against that of a building whose valves hardly move.
 */
const DOWN = { level: 1.045, perOpenRatio: 0.93, usualOpenRatio: 0.9 } as const
const UP = { level: 1.075, perClosing: 2.2 } as const
/** The size that they were regressed at; in between in proportion. */
const TRIED_K = 10
const LEAST_SHARE = 0.5
const MOST_SHARE = 1.4

/**
 * What an offset changes in space heat over two hours, kW. Downwards a radiator gives less a kelvin the nearer its
 * water comes to the room, and thermostats that were shut open; upwards they close, the sooner the less the supply
 * stands above the rooms.
 */
export function heatChangeKw(answer: SupplyAnswer, offsetK: number): number {
  const { kwPerK2h, excessK, openRatio, closingRatio } = answer
  if (offsetK >= 0) {
    const atTried = UP.level - (UP.perClosing * closingRatio * TRIED_K) / excessK
    return kwPerK2h * offsetK * bent(atTried, offsetK)
  }
  const left = Math.max(0, 1 + offsetK / excessK)
  const share = left > 0 ? Math.exp(RADIATOR_EXPONENT * Math.log(left)) : 0
  const atTried = DOWN.level + DOWN.perOpenRatio * (DOWN.usualOpenRatio - openRatio)
  return ((kwPerK2h * excessK * (share - 1)) / RADIATOR_EXPONENT) * bent(atTried, offsetK)
}

/** A factor that is 1 for the smallest offsets and `atTried` at ±10 K. */
function bent(atTried: number, offsetK: number): number {
  const factor = Math.max(LEAST_SHARE, Math.min(MOST_SHARE, atTried))
  return 1 + (factor - 1) * Math.min(1, Math.abs(offsetK) / TRIED_K)
}

export interface HeatBySupply {
  readonly at: ArrayLike<number>
  readonly heatKw: ArrayLike<number>
  /** What was asked of the curve, K of supply; where nobody knows that, the supply temperature itself. */
  readonly offsetK: ArrayLike<number>
  readonly outdoorC: ArrayLike<number>
  readonly supplyC: ArrayLike<number>
  readonly indoorC: ArrayLike<number>
  readonly stepHours: number
}

/** Memories of radiators and thermostats, hours: the supply as it is, and as it was of late. */
const SUPPLY_HOURS = [0, 1, 5] as const
const OUTDOOR_HOURS = [0, 1, 6, 24] as const
const TRIAL_HOURS = 2
const FIXED = 6
const TERMS = FIXED + OUTDOOR_HOURS.length + SUPPLY_HOURS.length
const LEAST_ROWS = 200

/**
 * Heat regressed on what was asked of the supply, beside the outdoor temperature and the time of day: what the curve does
 * with the weather is taken out, what was moved by hand remains. Rooms answer as they do, thermostats and all.
 */
export function supplyAnswer(data: HeatBySupply): SupplyAnswer | null {
  const rows = designRows(data)
  if (rows.length < LEAST_ROWS) return null
  const normal = new Float64Array(TERMS * TERMS)
  const right = new Float64Array(TERMS)
  for (const { x, y } of rows) {
    for (let i = 0; i < TERMS; i++) {
      right[i] += x[i] * y
      for (let j = 0; j < TERMS; j++) normal[i * TERMS + j] += x[i] * x[j]
    }
  }
  for (let i = 0; i < TERMS; i++) normal[i * TERMS + i] *= 1 + 1e-9
  if (!factorCholesky(normal, TERMS)) return null
  solveCholesky(normal, TERMS, right)
  const weights = stepWeights()
  const along = weights.slice()
  solveCholesky(normal, TERMS, along)
  const kwPerK2h = dot(weights, right)
  const excessK = meanExcessK(data)
  const meanKw = rows.reduce((sum, { y }) => sum + y, 0) / rows.length
  // Of radiators whose valves stand still.
  const openKwPerK = (RADIATOR_EXPONENT * meanKw) / excessK
  return {
    kwPerK2h,
    errorKwPerK: Math.sqrt(dot(weights, along) * residualVariance(rows, right)),
    excessK,
    openRatio: kwPerK2h / openKwPerK,
    closingRatio: (kwPerK2h - dot(laterWeights(), right)) / openKwPerK,
  }
}

function meanExcessK({ supplyC, indoorC }: HeatBySupply): number {
  let sum = 0
  let count = 0
  for (let k = 0; k < supplyC.length; k++) {
    const excessK = supplyC[k] - indoorC[k]
    if (!Number.isFinite(excessK)) continue
    sum += excessK
    count++
  }
  return Math.max(1, sum / Math.max(1, count))
}

interface Row {
  readonly x: Float64Array
  readonly y: number
}

function designRows({ at, heatKw, offsetK, outdoorC, stepHours }: HeatBySupply): readonly Row[] {
  const supply = SUPPLY_HOURS.map((hours) => remembered(offsetK, hours, stepHours))
  const outdoor = OUTDOOR_HOURS.map((hours) => remembered(outdoorC, hours, stepHours))
  const rows: Row[] = []
  for (let k = 0; k < at.length; k++) {
    const angle = (2 * Math.PI * (at[k] % DAY_MS)) / DAY_MS
    const x = Float64Array.of(
      ...[1, outdoorC[k] * outdoorC[k] * 0.01],
      ...[Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)],
      ...outdoor.map((values) => values[k] * 0.1),
      ...supply.map((values) => values[k] * 0.1),
    )
    if (x.every(Number.isFinite) && Number.isFinite(heatKw[k])) rows.push({ x, y: heatKw[k] })
  }
  return rows
}

/** The mean of the past, fading with `hours`; gaps are passed over. */
function remembered(values: ArrayLike<number>, hours: number, stepHours: number): Float64Array {
  const share = hours > 0 ? 1 - Math.exp(-stepHours / hours) : 1
  let felt = Number.NaN
  return Float64Array.from(values, (value) => {
    if (Number.isFinite(value)) felt = Number.isNaN(felt) ? value : felt + share * (value - felt)
    return felt
  })
}

/** Mean over the first two hours of what a step of one kelvin makes of each regressor. */
function stepWeights(): Float64Array {
  const weights = new Float64Array(TERMS)
  SUPPLY_HOURS.forEach((hours, i) => {
    const fade = hours > 0 ? (hours * (1 - Math.exp(-TRIAL_HOURS / hours))) / TRIAL_HOURS : 0
    weights[FIXED + OUTDOOR_HOURS.length + i] = 0.1 * (1 - fade)
  })
  return weights
}

const LATER_HOURS = 6

/** After six hours. */
function laterWeights(): Float64Array {
  const weights = new Float64Array(TERMS)
  SUPPLY_HOURS.forEach((hours, i) => {
    const fade = hours > 0 ? Math.exp(-LATER_HOURS / hours) : 0
    weights[FIXED + OUTDOOR_HOURS.length + i] = 0.1 * (1 - fade)
  })
  return weights
}

/** With what neighbours in time share: errors that last are fewer than they look. */
function residualVariance(rows: readonly Row[], coefficients: Float64Array): number {
  let squares = 0
  let cross = 0
  let before = 0
  for (const { x, y } of rows) {
    const error = y - dot(x, coefficients)
    squares += error * error
    cross += error * before
    before = error
  }
  const lasting = Math.max(0, Math.min(0.95, cross / squares))
  return ((squares / (rows.length - TERMS)) * (1 + lasting)) / (1 - lasting)
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i]
  return sum
}
