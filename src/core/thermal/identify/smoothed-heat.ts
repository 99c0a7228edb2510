import type { PowerOf } from './telemetry.ts'

/**
 * Space heat without its meter's noise: pulses of whole kilowatt-hours and a stranger's shower are no heat of the
 * rooms, and a response fitted to them comes out too small. What the pipes' temperatures say is exact in shape and
 * unknown in size, so
 *
 *   metered_k = φ_k · shape_k + noise,   φ a random walk (pumps, valves),
 *
 * with the noise that is likeliest; φ by a Kalman filter and a smoother back.
 */
export interface SmoothedHeat {
  readonly heatKw: Float64Array
  /** Standard deviation of the meter's noise as a share of its mean. */
  readonly noiseRatio: number
  /** −2 ln of the likelihood, but for a constant. */
  readonly deviance: number
}

/** φ changes by about so much of itself in a root hour. */
const WANDER = 0.04
/** Noise of the meter as a share of the mean heat: the likeliest of these. */
const NOISES = [0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7] as const

/** `shape` is nought or more and `NaN` where not known: there the meter stands as it is. */
export function smoothedHeat(
  meteredKw: ArrayLike<number>,
  shape: ArrayLike<number>,
  stepHours: number,
): SmoothedHeat {
  const size = sizeOf(meteredKw, shape)
  if (size === undefined) return { heatKw: Float64Array.from(meteredKw), noiseRatio: 0, deviance: 0 }
  const runs = NOISES.map((share) =>
    smooth(meteredKw, shape, {
      start: size.ratio,
      wander: WANDER * WANDER * size.ratio * size.ratio * stepHours,
      noise: share * share * size.meanKw * size.meanKw,
    }),
  )
  const likeliest = runs.reduce((least, run) => (run.deviance < least.deviance ? run : least))
  const heatKw = Float64Array.from(likeliest.ratio, (ratio, k) =>
    shape[k] >= 0 ? ratio * shape[k] : meteredKw[k],
  )
  const { noise, deviance } = likeliest
  return { heatKw, noiseRatio: Math.sqrt(noise) / size.meanKw, deviance }
}

interface Walk {
  readonly start: number
  /** Variances of a step of φ and of the meter. */
  readonly wander: number
  readonly noise: number
}

function smooth(meteredKw: ArrayLike<number>, shape: ArrayLike<number>, { start, wander, noise }: Walk) {
  const count = meteredKw.length
  const ratio = new Float64Array(count)
  const variance = new Float64Array(count)
  let mean = start
  let spread = start * start
  let deviance = 0
  for (let k = 0; k < count; k++) {
    spread += wander
    const h = shape[k]
    const error = meteredKw[k] - h * mean
    if (h > 0 && Number.isFinite(error)) {
      const expected = h * h * spread + noise
      deviance += (error * error) / expected + Math.log(expected)
      const gain = (spread * h) / expected
      mean += gain * error
      spread *= 1 - gain * h
    }
    ratio[k] = mean
    variance[k] = spread
  }
  for (let k = count - 2; k >= 0; k--) {
    const back = variance[k] / (variance[k] + wander)
    ratio[k] += back * (ratio[k + 1] - ratio[k])
  }
  return { ratio, deviance, noise }
}

function sizeOf(meteredKw: ArrayLike<number>, shape: ArrayLike<number>) {
  let heat = 0
  let whole = 0
  let count = 0
  for (let k = 0; k < meteredKw.length; k++) {
    if (!(shape[k] > 0) || !Number.isFinite(meteredKw[k])) continue
    heat += meteredKw[k]
    whole += shape[k]
    count++
  }
  return heat > 0 ? { ratio: heat / whole, meanKw: heat / count } : undefined
}

const RADIATOR_EXPONENT = 1.3

/**
 * What the pipes say of the heat's shape: their spread where both are measured, else a radiator's law by EN 442.
 * Temperatures are instants, power is of the interval between: the mean of both ends stands for it.
 */
export function heatShape(pipes: {
  readonly supplyC: ArrayLike<number>
  readonly returnC?: ArrayLike<number> | undefined
  readonly indoorC: ArrayLike<number>
  readonly powerOf: PowerOf
}): Float64Array {
  const at = Float64Array.from(pipes.supplyC, (supplyC, k) => {
    if (pipes.returnC) return Math.max(0, supplyC - pipes.returnC[k])
    const excessK = supplyC - pipes.indoorC[k]
    return excessK > 0 ? Math.exp(RADIATOR_EXPONENT * Math.log(excessK)) : excessK <= 0 ? 0 : Number.NaN
  })
  const other = pipes.powerOf === 'ends' ? -1 : 1
  return at.map((value, k) => (at[k + other] >= 0 ? (at[k + other] + value) / 2 : value))
}
