/** Density of the standard normal. */
export function normalDensity(z: number): number {
  return 0.3989422804014327 * Math.exp(-0.5 * z * z)
}

/** Distribution function of the standard normal, to 7.5e-8 (Abramowitz and Stegun 26.2.17). */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = normalDensity(z) * poly
  return z > 0 ? 1 - tail : tail
}

/** The z below which a share `p` of the standard normal lies, within ±8. */
export function normalQuantile(p: number): number {
  let low = -8
  let high = 8
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (normalShare(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

export interface MeanVariance {
  readonly mean: number
  readonly variance: number
}

// Beyond so many deviations a limit is never, or always, reached.
const FAR = 5

/** Mean and variance of a normal cut off at 0 and at `most`: what lies beyond counts as the limit itself. */
export function clippedNormal(mean: number, deviation: number, most: number): MeanVariance {
  if (!(most > 0)) return { mean: 0, variance: 0 }
  const sure = Math.min(most, Math.max(0, mean))
  const isSure = mean - most > FAR * deviation || mean < -FAR * deviation
  if (!(deviation > 0) || isSure) return { mean: sure, variance: 0 }
  const a = -mean / deviation
  const b = (most - mean) / deviation
  const [fa, fb] = [normalDensity(a), normalDensity(b)]
  const above = 1 - normalShare(b)
  const within = 1 - above - normalShare(a)
  const first = mean * within + deviation * (fa - fb) + most * above
  const second =
    mean * mean * within +
    2 * mean * deviation * (fa - fb) +
    deviation * deviation * (within + a * fa - b * fb) +
    most * most * above
  return { mean: first, variance: Math.max(0, second - first * first) }
}
