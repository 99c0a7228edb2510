import { discretiseLti } from '../../math/discretise-lti.ts'
import { type Innovations, innovations, type MeasuredSystem } from '../../math/innovations.ts'
import { boxSystem } from './box-system.ts'
import type { GreyBox, Shape } from './grey-box.ts'
import type { FitSeries } from './series.ts'
import { withSlowHeat } from './slow-heat.ts'

/** Errors of a model on days that it was not fitted to, K; null where no prediction could be checked. */
export interface ForecastError {
  readonly dayAheadRmseK: number | null
  /** The same for "tomorrow as now". */
  readonly persistenceRmseK: number | null
  /** From the first sample on without ever looking at the thermometer again. */
  readonly freeRunRmseK: number | null
  readonly freeRunHours: number
  readonly predictions: number
}

const AHEAD_HOURS = 24
const EVERY_HOURS = 2

/** Filters through the whole series, and predicts from sample `first` on with the heat and weather that came. */
export function forecastError(box: GreyBox, shape: Shape, series: FitSeries, first: number): ForecastError {
  const system = withSlowHeat(boxSystem(box, shape), box)
  const { n } = system
  const states = new Float64Array(series.count * n)
  const out: Innovations = {
    error: new Float64Array(series.count),
    variance: new Float64Array(series.count),
    states,
  }
  innovations(system, series, out)
  const run = createRun(system, series, states)
  const ahead = Math.max(1, Math.round(AHEAD_HOURS / series.stepHours))
  const every = Math.max(1, Math.round(EVERY_HOURS / series.stepHours))
  const model = newSum()
  const persistence = newSum()
  for (let k = first; k + ahead < series.count; k += every) {
    const to = k + ahead
    const hours = (series.at[to] - series.at[k]) / 3_600_000
    if (Math.abs(hours - AHEAD_HOURS) > 1 || !Number.isFinite(series.measured[to])) continue
    const predicted = run(k, to)
    if (predicted === null) continue
    add(model, predicted - series.measured[to])
    if (Number.isFinite(series.measured[k])) add(persistence, series.measured[k] - series.measured[to])
  }
  const free = newSum()
  freeRun(run, series, first, free)
  return {
    dayAheadRmseK: rootMean(model),
    persistenceRmseK: rootMean(persistence),
    freeRunRmseK: rootMean(free),
    freeRunHours: free.count * series.stepHours,
    predictions: model.count,
  }
}

/** Predicts the air at sample `to` from the state at `from`; null where a run ends between. */
function createRun(system: MeasuredSystem, series: FitSeries, states: Float64Array) {
  const { n, m } = system
  const steps = Array.from(series.hours, (hours) => discretiseLti(system, hours))
  let x = new Float64Array(n)
  let next = new Float64Array(n)
  return (from: number, to: number, each?: (k: number, airC: number) => void): number | null => {
    for (let i = 0; i < n; i++) x[i] = states[from * n + i]
    for (let k = from + 1; k <= to; k++) {
      const step = steps[series.stepOf[k]]
      if (!step) return null
      for (let i = 0; i < n; i++) {
        let sum = 0
        for (let j = 0; j < n; j++) sum += step.f[i * n + j] * x[j]
        for (let j = 0; j < m; j++) sum += step.g[i * m + j] * series.inputs[k * m + j]
        next[i] = sum
      }
      ;[x, next] = [next, x]
      each?.(k, x[0])
    }
    return x[0]
  }
}

function freeRun(
  run: ReturnType<typeof createRun>,
  series: FitSeries,
  first: number,
  sum: ReturnType<typeof newSum>,
): void {
  for (let from = first; from < series.count; ) {
    let to = from
    while (to + 1 < series.count && series.stepOf[to + 1] >= 0) to++
    run(from, to, (k, airC) => {
      if (Number.isFinite(series.measured[k])) add(sum, airC - series.measured[k])
    })
    from = to + 1
  }
}

function newSum() {
  return { squares: 0, count: 0 }
}

function add(sum: { squares: number; count: number }, error: number): void {
  sum.squares += error * error
  sum.count++
}

function rootMean({ squares, count }: { squares: number; count: number }): number | null {
  return count > 0 ? Math.sqrt(squares / count) : null
}
