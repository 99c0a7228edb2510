import { type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { Belief } from '../core/state/belief.ts'
import { hotWaterKw } from '../core/state/hot-water.ts'
import type { MemberOutlook } from './plan-member.ts'

// Half as much again as on average: the two hours of showers in a home's morning.
const PEAK_RATIO = 1.5
// Rooms bear that for an hour or two without anybody noticing.
const LARGEST_SHARE = 0.3

/** Room heating gives up what hot water is expected to take above its mean while it peaks, but in a cold room. */
export function yieldToHotWater(belief: Belief, own: MemberOutlook, minC: number): MemberOutlook {
  const meanKw = meanOf(belief.hotWater.profileKw)
  const { coldestC } = belief.comfort
  if (coldestC === null || coldestC < minC) return own
  const yieldKw = (k: number, at: Instant) => {
    const hotKw = hotWaterKw(belief, at, own.timeZone)
    if (hotKw < PEAK_RATIO * meanKw) return 0
    return Math.min(hotKw - meanKw, LARGEST_SHARE * own.curveHeatKw[k]!)
  }
  const yieldsKw = own.maxHeatKw.map((_, k) => yieldKw(k, own.start + k * SLOT_MS))
  const maxHeatKw = own.maxHeatKw.map((mostKw, k) =>
    yieldsKw[k]! > 0 ? Math.max(own.minHeatKw[k]!, own.curveHeatKw[k]! - yieldsKw[k]!) : mostKw,
  )
  return { ...own, maxHeatKw, hotWaterPeak: own.hotWaterPeak || yieldsKw[0]! > 0 }
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
