import { factorCholesky, solveCholesky } from '../../src/core/math/cholesky.ts'
import { innovations } from '../../src/core/math/innovations.ts'
import { fitSeries } from '../../src/core/thermal/identify/series.ts'
import type { IdentifyTelemetry } from '../../src/core/thermal/identify/telemetry.ts'
import { type Dwelling, dwellingSystem, lossOf, type Parameters } from './dwellings.ts'

const DIFFERENCE = 1e-4
/** So weakly are logarithms of parameters held that tell nothing, so that the information can be inverted. */
const RIDGE_DEVIATION = 3
const NOT_FREE = new Set([
  'identification_number', 'HTC', 'nCPBES', 'iteration', 'significance_prop', 'residual_std', 'residual_mean',
  'Ti0', 'Tm0', 'Te0', 'Th0', 'Ts0', 'Rh', 'e11',
]) // biome-ignore format: a list

/**
 * The least standard deviation that any unbiased estimate of the heat loss can have, as a share of it: from the
 * Fisher information of all the dwelling's own parameters, its gains and its noises, none of them known.
 */
export function lossBound(dwelling: Dwelling, telemetry: IdentifyTelemetry): number {
  const series = fitSeries(telemetry, 'ends', false)
  const names = Object.keys(dwelling.parameters).filter((name) => !NOT_FREE.has(name))
  const run = (parameters: Parameters) => {
    const out = { error: new Float64Array(series.count), variance: new Float64Array(series.count) }
    innovations(dwellingSystem(dwelling.states, parameters), series, out)
    return out
  }
  const at = run(dwelling.parameters)
  const p = names.length
  const columns = names.map((name) => {
    const near = run(moved(dwelling.parameters, name))
    const errors = at.error.map((e, k) => (near.error[k] - e) / DIFFERENCE / Math.sqrt(at.variance[k]))
    const logs = at.variance.map((s, k) => (near.variance[k] - s) / DIFFERENCE / s)
    return { errors, logs }
  })
  const information = new Float64Array(p * p)
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      let sum = i === j ? 1 / (RIDGE_DEVIATION * RIDGE_DEVIATION) : 0
      for (let k = 0; k < series.count; k++) {
        if (!(at.variance[k] > 0)) continue
        sum += columns[i].errors[k] * columns[j].errors[k] + 0.5 * columns[i].logs[k] * columns[j].logs[k]
      }
      information[i * p + j] = sum
    }
  }
  const slope = Float64Array.from(
    names,
    (name) => Math.log(lossOf(moved(dwelling.parameters, name)) / lossOf(dwelling.parameters)) / DIFFERENCE,
  )
  const along = slope.slice()
  if (!factorCholesky(information, p)) return Number.NaN
  solveCholesky(information, p, along)
  return Math.sqrt(slope.reduce((sum, value, i) => sum + value * along[i], 0))
}

/** One parameter larger by a small share; those that are logarithms already by a small sum. */
function moved(parameters: Parameters, name: string): Parameters {
  const value = parameters[name] ?? 0
  const isLogarithm = /^p\d\d$/.test(name)
  return { ...parameters, [name]: isLogarithm ? value + DIFFERENCE : value * (1 + DIFFERENCE) }
}
