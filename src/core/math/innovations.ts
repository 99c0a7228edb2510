import { discretiseLti, type LinearStep, type LinearSystem } from './discretise-lti.ts'

/** A linear system whose first state is measured with white noise. */
export interface MeasuredSystem extends LinearSystem {
  readonly sensorVariance: number
  /** Diagonal of the covariance where a run begins; the first state's is the sensor's. */
  readonly startVariance: Float64Array
  /** Puts the likeliest state into `x`, given the first measurement and the inputs before it. */
  readonly start: (measured: number, samples: Samples, at: number, x: Float64Array) => void
}

/** Measurements of one or several runs; a sample's inputs are those of the step that ends at it. */
export interface Samples {
  readonly count: number
  readonly m: number
  /** count × m. */
  readonly inputs: Float64Array
  /** `NaN` where nothing was measured. */
  readonly measured: Float64Array
  /** Which of `hours` the step is that ends here; -1 where a run begins. */
  readonly stepOf: Int32Array
  readonly hours: Float64Array
}

/** What a filter leaves: measured less expected, its variance, both `NaN` where nothing was compared. */
export interface Innovations {
  readonly error: Float64Array
  readonly variance: Float64Array
  /** count × n where wanted: the state after each sample. */
  readonly states?: Float64Array
}

// A gain that still moves by less than this a step has converged for all that follows.
const CONVERGED = 1e-9

/**
 * A Kalman filter through all samples. On regular data the covariance converges; from there on only the mean is
 * carried, until a value is missing or a step has another length.
 */
export function innovations(system: MeasuredSystem, samples: Samples, out: Innovations): void {
  const steps = Array.from(samples.hours, (hours) => discretiseLti(system, hours))
  const work = createWork(system)
  let isSteady = false
  let lastStep = -1
  for (let k = 0; k < samples.count; k++) {
    const which = samples.stepOf[k]
    const measured = samples.measured[k]
    if (which < 0) {
      begin(system, samples, k, work)
      out.error[k] = Number.NaN
      out.variance[k] = Number.NaN
      isSteady = false
    } else {
      const step = steps[which]
      const isMissing = Number.isNaN(measured)
      if (which !== lastStep || isMissing) isSteady = false
      moveMean(step, samples, k, work)
      if (!isSteady) moveCovariance(step, work)
      if (isMissing) {
        out.error[k] = Number.NaN
        out.variance[k] = Number.NaN
      } else {
        if (!isSteady) isSteady = takeIn(system.sensorVariance, work) && which === lastStep
        const error = measured - work.x[0]
        for (let i = 0; i < system.n; i++) work.x[i] += work.gain[i] * error
        out.error[k] = error
        out.variance[k] = work.variance
      }
    }
    lastStep = which
    if (out.states) out.states.set(work.x, k * system.n)
  }
}

type Work = ReturnType<typeof createWork>

function createWork(system: MeasuredSystem) {
  const { n, m } = system
  return {
    n,
    m,
    noisy: noisyStates(system),
    x: new Float64Array(n),
    next: new Float64Array(n),
    p: new Float64Array(n * n),
    fp: new Float64Array(n * n),
    gain: new Float64Array(n),
    variance: 0,
  }
}

/** States behind the last one with any noise are known for certain: the covariance need not carry them. */
function noisyStates({ n, q, startVariance }: MeasuredSystem): number {
  for (let i = n - 1; i > 0; i--) if (q[i * n + i] > 0 || startVariance[i] > 0) return i + 1
  return 1
}

function begin(system: MeasuredSystem, samples: Samples, k: number, work: Work): void {
  system.start(samples.measured[k], samples, k, work.x)
  work.p.fill(0)
  for (let i = 0; i < system.n; i++) work.p[i * system.n + i] = system.startVariance[i]
  work.p[0] = system.sensorVariance
  work.gain.fill(0)
  work.variance = 0
}

function moveMean({ f, g }: LinearStep, { inputs }: Samples, k: number, { n, m, x, next }: Work): void {
  const from = k * m
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += f[i * n + j] * x[j]
    for (let j = 0; j < m; j++) sum += g[i * m + j] * inputs[from + j]
    next[i] = sum
  }
  for (let i = 0; i < n; i++) x[i] = next[i]
}

/** P ← F P Fᵀ + Q. */
function moveCovariance({ f, q }: LinearStep, { n, noisy, p, fp }: Work): void {
  for (let i = 0; i < noisy; i++) {
    for (let j = 0; j < noisy; j++) {
      let sum = 0
      for (let k = 0; k < noisy; k++) sum += f[i * n + k] * p[k * n + j]
      fp[i * n + j] = sum
    }
  }
  for (let i = 0; i < noisy; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = q[i * n + j]
      for (let k = 0; k < noisy; k++) sum += fp[i * n + k] * f[j * n + k]
      p[i * n + j] = sum
      p[j * n + i] = sum
    }
  }
}

/** The covariance after a measurement of the first state; true where neither gain nor variance still moves. */
function takeIn(sensorVariance: number, work: Work): boolean {
  const { n, noisy, p, gain, fp } = work
  const variance = p[0] + sensorVariance
  let moved = Math.abs(variance - work.variance) / variance
  work.variance = variance
  for (let i = 0; i < noisy; i++) {
    const next = p[i * n] / variance
    moved = Math.max(moved, Math.abs(next - gain[i]))
    gain[i] = next
  }
  for (let j = 0; j < noisy; j++) fp[j] = p[j]
  for (let i = 0; i < noisy; i++) {
    for (let j = 0; j < noisy; j++) p[i * n + j] -= gain[i] * fp[j]
  }
  return moved < CONVERGED
}
