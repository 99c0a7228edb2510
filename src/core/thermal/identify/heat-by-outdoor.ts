import { factorCholesky, solveCholesky } from '../../math/cholesky.ts'
import { HEAT, OUTDOOR } from './box-system.ts'
import type { FitSeries } from './series.ts'

/** Memories that a curve's outdoor sensor has, hours. */
const LAGS_HOURS = [1, 6]
const TERMS = 2 + LAGS_HOURS.length

/** R² of the heat explained by the outdoor temperature, now and as felt over 1 and 6 h: 1 is a curve undisturbed. */
export function heatByOutdoor(series: FitSeries): number {
  const { count, m, inputs } = series
  const normal = new Float64Array(TERMS * TERMS)
  const right = new Float64Array(TERMS)
  const row = new Float64Array(TERMS)
  const felt = LAGS_HOURS.map(() => inputs[OUTDOOR] ?? 0)
  const shares = LAGS_HOURS.map((hours) => 1 - Math.exp(-series.stepHours / hours))
  const base = inputs[HEAT] ?? 0
  let sum = 0
  let squares = 0
  for (let k = 0; k < count; k++) {
    const outdoorC = inputs[k * m + OUTDOOR]
    // Off a first value, so that the sums lose no digits.
    const heat = inputs[k * m + HEAT] - base
    row[0] = 1
    row[1] = outdoorC
    felt.forEach((value, i) => {
      felt[i] = value + shares[i] * (outdoorC - value)
      row[2 + i] = felt[i]
    })
    for (let i = 0; i < TERMS; i++) {
      right[i] += row[i] * heat
      for (let j = 0; j < TERMS; j++) normal[i * TERMS + j] += row[i] * row[j]
    }
    sum += heat
    squares += heat * heat
  }
  const total = squares - (sum * sum) / Math.max(1, count)
  if (!(total > 0)) return 1
  for (let i = 0; i < TERMS; i++) normal[i * TERMS + i] *= 1 + 1e-9
  const solution = right.slice()
  if (!factorCholesky(normal, TERMS)) return 0
  solveCholesky(normal, TERMS, solution)
  let explained = -(sum * sum) / count
  for (let i = 0; i < TERMS; i++) explained += solution[i] * right[i]
  return Math.max(0, Math.min(1, explained / total))
}
