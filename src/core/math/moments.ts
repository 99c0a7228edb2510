/**
 * Sums of products of the columns [1, x, y] over rows. Moments of a window are the sum of those of its blocks, so
 * that many overlapping windows cost little more than one.
 */
export interface Moments {
  /** Columns x. */
  readonly inputs: number
  /** Columns y. */
  readonly targets: number
  /** Lower triangle, row by row of the full square. */
  readonly sums: Float64Array
}

/** A regression on columns of mean 0 and variance 1; a column that never changes has scale 0 and stays out. */
export interface StandardMoments {
  readonly rows: number
  readonly mean: Float64Array
  readonly scale: Float64Array
  readonly targetMean: Float64Array
  readonly targetVariance: Float64Array
  /** Correlations of x with x. */
  readonly gram: Float64Array
  /** Covariances of each y, in its own unit, with the standardised x; a row a target. */
  readonly cross: Float64Array
}

/** Of a column's mean square; less is rounding. */
const NO_VARIANCE = 1e-12

export function createMoments(inputs: number, targets: number): Moments {
  const width = 1 + inputs + targets
  return { inputs, targets, sums: new Float64Array(width * width) }
}

/** Adds one row, given as [1, x, y]. */
export function addRow({ sums }: Moments, row: Float64Array): void {
  const width = row.length
  for (let a = 0; a < width; a++) {
    const value = row[a]
    if (value === 0) continue
    for (let b = 0; b <= a; b++) sums[a * width + b] += value * row[b]
  }
}

/** Adds all rows of another block. */
export function addMoments({ sums }: Moments, other: Moments): void {
  for (let k = 0; k < sums.length; k++) sums[k] += other.sums[k]
}

/** Centres and scales; of at least one row. */
export function standardise({ inputs: p, targets: m, sums }: Moments): StandardMoments {
  const width = 1 + p + m
  const rows = sums[0]
  const mean = Float64Array.from({ length: width - 1 }, (_, a) => sums[(1 + a) * width] / rows)
  const covariance = (a: number, b: number) => sums[(1 + a) * width + 1 + b] / rows - mean[a] * mean[b]
  const scale = Float64Array.from({ length: p }, (_, a) => {
    const variance = covariance(a, a)
    return variance > NO_VARIANCE * (1 + mean[a] * mean[a]) ? Math.sqrt(variance) : 0
  })
  const gram = new Float64Array(p * p)
  for (let a = 0; a < p; a++) {
    for (let b = 0; b <= a; b++) {
      const both = scale[a] * scale[b]
      gram[a * p + b] = both > 0 ? covariance(a, b) / both : 0
      gram[b * p + a] = gram[a * p + b]
    }
  }
  const cross = Float64Array.from({ length: m * p }, (_, k) => {
    const a = k % p
    return scale[a] > 0 ? covariance(p + Math.floor(k / p), a) / scale[a] : 0
  })
  return {
    rows,
    mean: mean.slice(0, p),
    scale,
    targetMean: mean.slice(p),
    targetVariance: Float64Array.from({ length: m }, (_, t) => Math.max(0, covariance(p + t, p + t))),
    gram,
    cross,
  }
}
