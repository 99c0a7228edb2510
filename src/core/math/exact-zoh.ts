import { expm } from './expm.ts'

/**
 * Discretises x' = A x + B w exactly for inputs held over a step: x+ = Ad x + Bd w, from
 * exp([A B; 0 0] h) = [Ad Bd; 0 I]. Matrices go row by row: A and Ad n × n, B and Bd n × m.
 */
export function exactZoh(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  n: number,
  h: number,
): { readonly a: Float64Array; readonly b: Float64Array } {
  const m = b.length / n
  const size = n + m
  const joint = new Float64Array(size * size)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) joint[i * size + j] = a[i * n + j] * h
    for (let j = 0; j < m; j++) joint[i * size + n + j] = b[i * m + j] * h
  }
  const e = expm(joint, size)
  return {
    a: Float64Array.from({ length: n * n }, (_, at) => e[Math.floor(at / n) * size + (at % n)]),
    b: Float64Array.from({ length: n * m }, (_, at) => e[Math.floor(at / m) * size + n + (at % m)]),
  }
}
