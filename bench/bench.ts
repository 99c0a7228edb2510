/** What `bench/*.bench.ts` export as `benches`. */
export interface Bench {
  readonly name: string
  readonly unit: string
  /** What a ratio is measured against. */
  readonly vs?: string
  readonly run: () => Promise<Spread>
}

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { median, min: sorted[0], max: sorted[sorted.length - 1] }
}
