/** Factors a symmetric n × n matrix into L Lᵀ in its own lower triangle; false where it is not positive definite. */
export function factorCholesky(m: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    let pivot = m[j * n + j]
    for (let k = 0; k < j; k++) pivot -= m[j * n + k] * m[j * n + k]
    if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return false
    const root = Math.sqrt(pivot)
    m[j * n + j] = root
    for (let i = j + 1; i < n; i++) {
      let sum = m[i * n + j]
      for (let k = 0; k < j; k++) sum -= m[i * n + k] * m[j * n + k]
      m[i * n + j] = sum / root
    }
  }
  return true
}

/** Replaces x by the solution of L Lᵀ y = x. */
export function solveCholesky(l: Float64Array, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k]
    x[i] /= l[i * n + i]
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k]
    x[i] /= l[i * n + i]
  }
}
