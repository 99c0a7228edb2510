import { DAY_MS } from '../../domain/instant.ts'
import { factorCholesky, solveCholesky } from '../../math/cholesky.ts'

/** What a kelvin of supply, held for two hours, changes in the rooms by their end: no model, only what was seen. */
export interface RoomAnswer {
  readonly roomKPerK: number
  readonly errorKPerK: number
}

export interface RoomBySupply {
  readonly at: ArrayLike<number>
  readonly indoorC: ArrayLike<number>
  readonly outdoorC: ArrayLike<number>
  readonly solarWm2?: ArrayLike<number> | undefined
  /** What was asked of the curve in the interval that ends at each instant. */
  readonly offsetK: ArrayLike<number>
  readonly stepHours: number
}

const TRIAL_HOURS = 2
const PAST_HOURS = [1, 5, 24] as const
const TERMS = 10 + PAST_HOURS.length
const LEAST_ROWS = 300
const OFFSET = 0

/**
 * The change of the rooms over two hours, regressed on the offset in force meanwhile beside offsets before, weather, sun
 * and the time of day. The offset is drawn by lot: windows and thermostats cannot have had a hand in it.
 */
export function roomAnswer(data: RoomBySupply): RoomAnswer | null {
  const window = Math.max(1, Math.round(TRIAL_HOURS / data.stepHours))
  const rows = designRows(data, window)
  if (rows.length < LEAST_ROWS) return null
  const normal = new Float64Array(TERMS * TERMS)
  const right = new Float64Array(TERMS)
  for (const { x, y } of rows) {
    for (let i = 0; i < TERMS; i++) {
      right[i] += x[i] * y
      for (let j = 0; j < TERMS; j++) normal[i * TERMS + j] += x[i] * x[j]
    }
  }
  for (let i = 0; i < TERMS; i++) normal[i * TERMS + i] = normal[i * TERMS + i] * (1 + 1e-9) + 1e-9
  if (!factorCholesky(normal, TERMS)) return null
  solveCholesky(normal, TERMS, right)
  const along = new Float64Array(TERMS)
  along[OFFSET] = 1
  solveCholesky(normal, TERMS, along)
  const squares = rows.reduce((sum, { x, y }) => sum + square(y - dot(x, right)), 0)
  // Windows overlap: so many neighbours share each error.
  const variance = (squares / (rows.length - TERMS)) * window
  return { roomKPerK: right[OFFSET], errorKPerK: Math.sqrt(along[OFFSET] * variance) }
}

interface Row {
  readonly x: Float64Array
  readonly y: number
}

function designRows(data: RoomBySupply, window: number): readonly Row[] {
  const { at, indoorC, outdoorC, solarWm2, offsetK, stepHours } = data
  const past = PAST_HOURS.map((hours) => remembered(offsetK, hours, stepHours))
  const usual = remembered(indoorC, 24, stepHours)
  const rows: Row[] = []
  for (let k = 0; k + window < at.length; k++) {
    if (at[k + window] - at[k] > 1.1 * TRIAL_HOURS * 3_600_000) continue
    const angle = (2 * Math.PI * (at[k] % DAY_MS)) / DAY_MS
    const x = Float64Array.of(
      ...[meanOf(offsetK, k + 1, k + window + 1), 1, outdoorC[k] * 0.1],
      ...[(outdoorC[k + window] - outdoorC[k]) * 0.1, indoorC[k] - usual[k]],
      ...[solarWm2 ? meanOf(solarWm2, k + 1, k + window + 1) * 0.01 : 0],
      ...[Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)],
      ...past.map((values) => values[k]),
    )
    const y = indoorC[k + window] - indoorC[k]
    if (x.every(Number.isFinite) && Number.isFinite(y)) rows.push({ x, y })
  }
  return rows
}

function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0
  for (let k = from; k < to; k++) sum += values[k]
  return sum / (to - from)
}

function remembered(values: ArrayLike<number>, hours: number, stepHours: number): Float64Array {
  const share = 1 - Math.exp(-stepHours / hours)
  let felt = Number.NaN
  return Float64Array.from(values, (value) => {
    if (Number.isFinite(value)) felt = Number.isNaN(felt) ? value : felt + share * (value - felt)
    return felt
  })
}

function square(value: number): number {
  return value * value
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i]
  return sum
}
