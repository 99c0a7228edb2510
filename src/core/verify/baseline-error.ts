import type { BaselineError } from '../domain/order.ts'

/** A quarter-hour of some meters together, kW. */
export interface ScoredPlan {
  readonly plannedKw: number
  readonly meteredKw: number
}

/** Two hours: before that a fleet may still be warming up, or all of its models be new. */
const ENOUGH_SLOTS = 8

/** How far plans were off; undefined where too few quarter-hours were metered to say. */
export function baselineError(scored: readonly ScoredPlan[]): BaselineError | undefined {
  const misses = scored.map(({ plannedKw, meteredKw }) => meteredKw - plannedKw).filter(Number.isFinite)
  const slots = misses.length
  if (slots < ENOUGH_SLOTS) return undefined
  const biasKw = misses.reduce((sum, kw) => sum + kw, 0) / slots
  const errorKw = Math.sqrt(misses.reduce((sum, kw) => sum + kw * kw, 0) / slots)
  return { slots, biasKw, errorKw }
}
