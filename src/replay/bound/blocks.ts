import { HOUR_MS, SLOT_MS } from '../../core/domain/instant.ts'

const HOUR = HOUR_MS / SLOT_MS

/** Slots that are decided together: an hour where every hour has one price, else one. */
export function blockSlots(price: Float64Array): number {
  if (price.length % HOUR !== 0) return 1
  return price.every((eur, k) => eur === price[k - (k % HOUR)]) ? HOUR : 1
}

/** Means of blocks. */
export function blockMeans(series: Float64Array, block: number): Float64Array {
  return Float64Array.from({ length: series.length / block }, (_, b) => {
    let sum = 0
    for (let k = b * block; k < (b + 1) * block; k++) sum += series[k]!
    return sum / block
  })
}

/** What is kept over a block, of what is kept over a slot. */
export function keptOver(keep: number, block: number): number {
  let kept = 1
  for (let k = 0; k < block; k++) kept *= keep
  return kept
}
