import { SLOT_HOURS } from '../../domain/instant.ts'
import type { HeldResponse } from './held-response.ts'

/** Sums of prices from the start: what a kilowatt held between two slots costs, EUR. */
export interface PriceSums {
  readonly upTo: Float64Array
  readonly meanEur: number
}

export function priceSums(eurPerKwh: Float64Array): PriceSums {
  const upTo = new Float64Array(eurPerKwh.length + 1)
  for (let k = 0; k < eurPerKwh.length; k++) upTo[k + 1] = upTo[k] + eurPerKwh[k] * SLOT_HOURS
  return { upTo, meanEur: eurPerKwh.length > 0 ? upTo[eurPerKwh.length] / eurPerKwh.length : 0 }
}

/** EUR for one kW held over `[from, to)`; beyond the horizon heat costs its mean. */
export function heldEur({ upTo, meanEur }: PriceSums, from: number, to: number): number {
  const last = upTo.length - 1
  const within = upTo[Math.min(to, last)] - upTo[Math.min(from, last)]
  return within + meanEur * (Math.max(0, to - last) - Math.max(0, from - last))
}

export interface Call {
  readonly from: number
  readonly slots: number
  readonly prepared: number
  /** Preparation a kW of the call, kW. */
  readonly preparation: number
  /** +1 where the call takes less heat, −1 where more. */
  readonly sign: 1 | -1
}

/** In this time the structure is to be where it was planned to be. */
const LEAST_RECOVERY_SLOTS = 8
const MOST_RECOVERY_SLOTS = 24

/** A recovery takes twice as long as its call, so that what comes back is no new peak. */
export function recoverySlots(slots: number): number {
  return Math.min(MOST_RECOVERY_SLOTS, Math.max(LEAST_RECOVERY_SLOTS, 2 * slots))
}

export const LONGEST_RECOVERY = MOST_RECOVERY_SLOTS

/** Constant heat after the call, a kW of it, that brings the structure back; nothing where it needs none. */
export function reboundKwPerKw({ mass }: HeldResponse, call: Call): number {
  const { slots, prepared, preparation } = call
  const after = recoverySlots(slots)
  const taken = mass[slots + after] - mass[after]
  const given = preparation * (mass[prepared + slots + after] - mass[slots + after])
  return Math.max(0, (taken - given) / mass[after])
}

/** EUR for one kW of the call: what is not bought, what is bought before it and what comes back after it. */
export function callEur(prices: PriceSums, call: Call, rebound: number): number {
  const { from, slots, prepared, preparation, sign } = call
  const end = from + slots
  const before = preparation * heldEur(prices, from - prepared, from)
  const after = rebound * heldEur(prices, end, end + recoverySlots(slots))
  return sign * (before - heldEur(prices, from, end) + after)
}
