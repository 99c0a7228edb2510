/** x' = A x + B u + w with w white of intensity Q; matrices row by row: A and Q n × n, B n × m. */
export interface LinearSystem {
  readonly n: number
  readonly m: number
  readonly a: Float64Array
  readonly b: Float64Array
  readonly q: Float64Array
}

/** x+ = F x + G u + v with v of covariance Q, u held over the step. */
export interface LinearStep {
  readonly f: Float64Array
  readonly g: Float64Array
  readonly q: Float64Array
}

// Small enough that the series below is exact to double precision.
const SMALL_NORM = 0.125
const TERMS = 10

/** The exact step of `hours`: Taylor series over hours / 2^s, doubled s times. */
export function discretiseLti(system: LinearSystem, hours: number): LinearStep {
  const { n } = system
  let doublings = 0
  let h = hours
  for (let norm = rowNorm(system.a, n) * hours; norm > SMALL_NORM && doublings < 60; norm /= 2) {
    h /= 2
    doublings++
  }
  const step = shortStep(system, h)
  for (let i = 0; i < doublings; i++) double(step, n)
  return { f: step.f, g: times(step.held, system.b, n, n, system.m), q: step.q }
}

interface Doubling {
  f: Float64Array
  /** ∫ exp(A s) ds over the step. */
  held: Float64Array
  q: Float64Array
}

/** The three series: F of A h, its integral, and Q whose derivatives are D ← A D + D Aᵀ. */
function shortStep({ n, a, q }: LinearSystem, h: number): Doubling {
  const f = new Float64Array(n * n)
  const held = new Float64Array(n * n)
  const noise = new Float64Array(n * n)
  let power = new Float64Array(n * n)
  for (let i = 0; i < n; i++) power[i * n + i] = 1
  let rate: Float64Array = q.slice()
  let weight = 1
  for (let k = 0; k < TERMS; k++) {
    const next = (weight * h) / (k + 1)
    for (let i = 0; i < n * n; i++) {
      f[i] += weight * power[i]
      held[i] += next * power[i]
      noise[i] += next * rate[i]
    }
    power = times(a, power, n, n, n)
    rate = symmetricRate(a, rate, n)
    weight = next
  }
  return { f, held, q: noise }
}

function symmetricRate(a: Float64Array, d: Float64Array, n: number): Float64Array {
  const half = times(a, d, n, n, n)
  return half.map((value, at) => value + half[(at % n) * n + Math.floor(at / n)])
}

function double(step: Doubling, n: number): void {
  const fq = times(step.f, step.q, n, n, n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = step.q[i * n + j]
      for (let k = 0; k < n; k++) sum += fq[i * n + k] * step.f[j * n + k]
      step.q[i * n + j] = sum
    }
  }
  const later = times(step.f, step.held, n, n, n)
  for (let i = 0; i < n * n; i++) step.held[i] += later[i]
  step.f = times(step.f, step.f, n, n, n)
}

function times(x: Float64Array, y: Float64Array, rows: number, inner: number, columns: number) {
  const z = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = x[i * inner + k]
      if (factor === 0) continue
      for (let j = 0; j < columns; j++) z[i * columns + j] += factor * y[k * columns + j]
    }
  }
  return z
}

function rowNorm(a: Float64Array, n: number): number {
  let largest = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += Math.abs(a[i * n + j])
    largest = Math.max(largest, sum)
  }
  return largest
}
