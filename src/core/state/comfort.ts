import type { ComfortBelief, ZoneBelief } from './belief.ts'

// With fewer, the coldest alone is the tenth part of the rooms, or more.
const MANY_ZONES = 5

/** What the zones mean for comfort. A zone that is away is stood in for by the level and its usual distance. */
export function comfortOf(
  zones: readonly ZoneBelief[],
  levelC: number | null,
  isCounted: (zone: ZoneBelief) => boolean = (zone) => zone.counted,
): ComfortBelief {
  const values: number[] = []
  let valid = 0
  for (const zone of zones) {
    if (!isCounted(zone)) continue
    if (zone.state === 'ok') valid++
    if (zone.state === 'ok') values.push(zone.indoorC)
    else if (levelC !== null) values.push(levelC + zone.offsetK)
  }
  if (valid === 0) return { coldestC: null, lowestC: null, meanC: null, warmestC: null, zones: 0 }
  values.sort((a, b) => a - b)
  return {
    coldestC: cold(values),
    lowestC: values[0],
    meanC: mean(values),
    warmestC: values[values.length - 1],
    zones: valid,
  }
}

/** The lowest; the 10th percentile, interpolated, where many count. */
function cold(sorted: readonly number[]): number {
  if (sorted.length < MANY_ZONES) return sorted[0]
  const place = 0.1 * (sorted.length - 1)
  const below = Math.floor(place)
  const above = sorted[Math.min(below + 1, sorted.length - 1)]
  return sorted[below] + (place - below) * (above - sorted[below])
}

function mean(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/**
 * How far the coldest zone moved because other zones count than before, K: a zone that comes or goes changes
 * what the estimate stands for, not the building.
 */
export function compositionShiftK(
  before: readonly ZoneBelief[],
  after: readonly ZoneBelief[],
  levelC: number | null,
): number {
  const counted = new Set(before.filter((zone) => zone.counted).map((zone) => zone.id))
  if (counted.size === 0 || levelC === null) return 0
  if (after.every((zone) => zone.counted === counted.has(zone.id))) return 0
  const withThose = comfortOf(after, levelC, (zone) => counted.has(zone.id)).coldestC
  const withThese = comfortOf(after, levelC).coldestC
  return withThose === null || withThese === null ? 0 : withThese - withThose
}
