// Small enough that the series below is exact to double precision.
const SMALL_NORM = 0.25
const TERMS = 14

/**
 * e^M of a small dense n × n matrix, row by row: Taylor series of M / 2^s, squared s times.
 * Only sums and products, so every machine gives the same bits.
 */
export function expm(matrix: ArrayLike<number>, n: number): Float64Array {
  const scaled = Float64Array.from(matrix)
  let squarings = 0
  for (let norm = rowNorm(scaled, n); norm > SMALL_NORM && norm < Number.MAX_VALUE; norm /= 2) squarings++
  const shrink = powerOfHalf(squarings)
  for (let i = 0; i < n * n; i++) scaled[i] *= shrink

  // Horner: I + M (I + M/2 (I + M/3 (…))).
  let sum = identity(n)
  for (let k = TERMS; k > 0; k--) {
    sum = multiply(scaled, sum, n)
    for (let i = 0; i < n * n; i++) sum[i] /= k
    for (let i = 0; i < n; i++) sum[i * n + i] += 1
  }
  for (let i = 0; i < squarings; i++) sum = multiply(sum, sum, n)
  return sum
}

function powerOfHalf(times: number): number {
  let value = 1
  for (let i = 0; i < times; i++) value /= 2
  return value
}

function rowNorm(m: Float64Array, n: number): number {
  let largest = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += Math.abs(m[i * n + j])
    largest = Math.max(largest, sum)
  }
  return largest
}

function identity(n: number): Float64Array {
  const m = new Float64Array(n * n)
  for (let i = 0; i < n; i++) m[i * n + i] = 1
  return m
}

function multiply(x: Float64Array, y: Float64Array, n: number): Float64Array {
  const z = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) z[i * n + j] += x[i * n + k] * y[k * n + j]
    }
  }
  return z
}
