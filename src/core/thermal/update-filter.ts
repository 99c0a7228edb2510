import { AIR, BRIEF, type FilterNoise, SLOW, STATES, type ThermalFilter } from './filter.ts'
import { propagate } from './predict-filter.ts'

export interface FilterUpdate {
  readonly filter: ThermalFilter
  /** Measured minus expected, K. */
  readonly innovationK: number
  /** Standard deviation that the innovation was expected to have, K. */
  readonly expectedK: number
}

/** Takes in one air temperature, `hours` after the last one. Joseph form: the covariance cannot turn negative. */
export function updateFilter(
  filter: ThermalFilter,
  noise: FilterNoise,
  airC: number,
  hours: number,
): FilterUpdate {
  const { mean, covariance } = filter
  const variance = covariance[AIR] + noise.sensorK * noise.sensorK
  const innovationK = airC - mean[AIR]
  const gain = new Float64Array(STATES)
  for (let i = 0; i < STATES; i++) gain[i] = covariance[i * STATES + AIR] / variance
  const next = mean.slice()
  for (let i = 0; i < STATES; i++) next[i] += gain[i] * clipped(innovationK, variance)
  limitSlowPart(next, mean[SLOW], noise.slowRateKw * hours)
  return {
    filter: { mean: next, covariance: joseph(covariance, gain, noise.sensorK) },
    innovationK,
    expectedK: Math.sqrt(variance),
  }
}

// A value four deviations off is more often a door than a discovery: it counts as one of four.
function clipped(innovationK: number, variance: number): number {
  const limit = 4 * Math.sqrt(variance)
  return Math.max(-limit, Math.min(limit, innovationK))
}

// What the slow part may not take, the short-lived one carries: both warm the same air.
function limitSlowPart(next: Float64Array, before: number, limitKw: number): void {
  const wanted = next[SLOW] - before
  const taken = Math.max(-limitKw, Math.min(limitKw, wanted))
  next[SLOW] = before + taken
  next[BRIEF] += wanted - taken
}

/** (I − k hᵀ) P (I − k hᵀ)ᵀ + k r kᵀ, with h picking the air. */
function joseph(covariance: Float64Array, gain: Float64Array, sensorK: number): Float64Array {
  const keep = new Float64Array(STATES * STATES)
  for (let i = 0; i < STATES; i++) {
    keep[i * STATES + i] = 1
    keep[i * STATES + AIR] -= gain[i]
  }
  const out = propagate(keep, covariance)
  for (let i = 0; i < STATES; i++) {
    for (let j = 0; j < STATES; j++) out[i * STATES + j] += gain[i] * gain[j] * sensorK * sensorK
  }
  return out
}
