import { innovations } from '../../math/innovations.ts'
import { boxSystem } from './box-system.ts'
import type { GreyBox, Shape } from './grey-box.ts'
import type { FitSeries } from './series.ts'

/** Whether what a fit leaves is noise: a sound model leaves nothing that the next hour could be foretold by. */
export interface Whiteness {
  /** Root mean square of the one-step errors, K. */
  readonly oneStepRmseK: number
  /** Correlation of an error with the one before it. */
  readonly lagOne: number
  /** Share of the first day's lags whose correlation is within what chance allows 95 % of the time. */
  readonly withinRatio: number
  readonly isWhite: boolean
  /** Errors beyond four deviations: openings, sensor faults, what no linear model has. */
  readonly outlierRatio: number
}

const LAG_HOURS = 24
const WHITE_RATIO = 0.85
/** A correlation this small says nothing of use, however many samples call it significant. */
const SMALL = 0.05

export function whitenessOf(box: GreyBox, shape: Shape, series: FitSeries): Whiteness {
  const error = new Float64Array(series.count)
  const variance = new Float64Array(series.count)
  innovations(boxSystem(box, shape), series, { error, variance })
  const z = error.map((value, k) => (variance[k] > 0 ? value / Math.sqrt(variance[k]) : Number.NaN))
  const lags = Math.max(1, Math.min(96, Math.round(LAG_HOURS / series.stepHours)))
  let within = 0
  for (let lag = 1; lag <= lags; lag++) {
    const { value, pairs } = correlation(z, lag)
    if (Math.abs(value) < Math.max(SMALL, 1.96 / Math.sqrt(Math.max(1, pairs)))) within++
  }
  const squares = error.reduce((sum, value) => sum + (Number.isFinite(value) ? value * value : 0), 0)
  const compared = z.reduce((sum, value) => sum + (Number.isFinite(value) ? 1 : 0), 0)
  const outliers = z.reduce((sum, value) => sum + (Math.abs(value) > 4 ? 1 : 0), 0)
  return {
    oneStepRmseK: Math.sqrt(squares / Math.max(1, compared)),
    lagOne: correlation(z, 1).value,
    withinRatio: within / lags,
    isWhite: within / lags >= WHITE_RATIO,
    outlierRatio: outliers / Math.max(1, compared),
  }
}

function correlation(z: Float64Array, lag: number): { value: number; pairs: number } {
  let cross = 0
  let square = 0
  let pairs = 0
  for (let k = lag; k < z.length; k++) {
    if (!Number.isFinite(z[k]) || !Number.isFinite(z[k - lag])) continue
    cross += z[k] * z[k - lag]
    square += z[k] * z[k]
    pairs++
  }
  return { value: square > 0 ? cross / square : 0, pairs }
}
