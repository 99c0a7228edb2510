import { HOUR_MS, SLOT_MS } from '../core/domain/instant.ts'
import type { IsHopeless } from './physics-run.ts'
import type { BuildingTrace } from './trace.ts'

const HOUR = HOUR_MS / SLOT_MS
const LOWEST_K = -20
const HIGHEST_K = 15
const RESOLUTION_K = 0.125
const SHARE_OF_HOURS = 0.99
const HARD_MIN_C = 18

export interface TunedDown {
  readonly shiftK: number
  readonly trace: BuildingTrace
  /** False where no shift within reach keeps the band; the warmest was then taken. */
  readonly keepsBand: boolean
}

/**
 * The one parallel shift of the curve, either sign, that a careful caretaker with perfect knowledge would choose:
 * the largest reduction at which the 10th-percentile zone is at or above `minC` in 99 % of hours and no zone is
 * under 18 °C. A stuck valve can hold a zone under 18 °C at any shift; then only zones that the untouched curve
 * keeps above must stay above. A shift that has failed is not lived to its end.
 */
export function findTunedDown(
  minC: number,
  run: (shiftK: number, isHopeless?: IsHopeless) => BuildingTrace,
): TunedDown {
  const warmest = run(HIGHEST_K)
  const floorC = Math.min(HARD_MIN_C, warmest.minIndoorC)
  const keeps = (trace: BuildingTrace) =>
    trace.minIndoorC >= floorC && shareOfHours(trace, minC) >= SHARE_OF_HOURS
  if (!keeps(warmest)) return { shiftK: HIGHEST_K, trace: warmest, keepsBand: false }
  const isHopeless: IsHopeless = (trace, slots) =>
    trace.minIndoorC < floorC || shareOfHours(trace, minC, slots) < SHARE_OF_HOURS
  let good = { shiftK: HIGHEST_K, trace: warmest }
  let low = LOWEST_K
  while (good.shiftK - low > RESOLUTION_K) {
    const shiftK = (good.shiftK + low) / 2
    const trace = run(shiftK, isHopeless)
    if (keeps(trace)) good = { shiftK, trace }
    else low = shiftK
  }
  return { ...good, keepsBand: true }
}

/** Share of hours whose mean 10th-percentile zone is at or above `minC`; hours after `slots` may be so yet. */
export function shareOfHours(trace: BuildingTrace, minC: number, slots = trace.p10C.length): number {
  const hours = Math.floor(trace.p10C.length / HOUR)
  let cold = 0
  for (let h = 0; h < Math.min(hours, Math.floor(slots / HOUR)); h++) {
    let sum = 0
    for (let k = h * HOUR; k < (h + 1) * HOUR; k++) sum += trace.p10C[k]!
    if (!(sum / HOUR >= minC)) cold++
  }
  return hours > 0 ? (hours - cold) / hours : 0
}
