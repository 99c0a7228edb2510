import type { Reach } from './reach.ts'
import type { SampledLife } from './sampled-life.ts'
import type { halfDayShifts } from './trial-shifts.ts'

/** How reach gives way to rooms, kW a kelvin that their mean is warmer. */
export interface Throttle {
  readonly leastPerK: number
  readonly mostPerK: number
}

/** On the loose side: valves do at least this share of what was seen. */
const SURE_SHARE = 0.8

/** How much less heat passes at full rise, and how much more at full cut, for each kelvin that rooms are moved. */
export function learnThrottle(
  { isFull, isRise }: ReturnType<typeof halfDayShifts>,
  moved: SampledLife,
  tuned: SampledLife,
  reach: Reach,
): Throttle {
  const full = Array.from(tuned.heatKw, (_, k) => k).filter(isFull)
  const warmerK = (k: number) => meanRoomC(moved, k) - meanRoomC(tuned, k)
  const slope = (of: Float64Array, rise: boolean) =>
    SURE_SHARE *
    slopeOf(
      full.filter((k) => isRise(k) === rise),
      warmerK,
      (k) => of[k]! - moved.heatKw[k]!,
    )
  return {
    leastPerK: Math.max(0, slope(reach.leastKw, false)),
    mostPerK: Math.max(0, slope(reach.mostKw, true)),
  }
}

function meanRoomC({ zoneC }: SampledLife, k: number): number {
  return zoneC.reduce((sum, c) => sum + c[k]!, 0) / zoneC.length
}

function slopeOf(slots: readonly number[], x: (k: number) => number, y: (k: number) => number): number {
  const meanX = slots.reduce((sum, k) => sum + x(k), 0) / slots.length
  const meanY = slots.reduce((sum, k) => sum + y(k), 0) / slots.length
  let covariance = 0
  let variance = 0
  for (const k of slots) {
    covariance += (x(k) - meanX) * (y(k) - meanY)
    variance += (x(k) - meanX) * (x(k) - meanX)
  }
  return variance > 0 ? covariance / variance : 0
}
