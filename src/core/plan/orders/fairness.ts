import type { ThermalModel } from '../../domain/building.ts'
import { discretise } from '../../thermal/discretise.ts'

/**
 * What orders took from one building. The rooms' departure from what they would have been follows from the heat
 * withheld by the building's own two masses, so that no thermometer's noise and no weather is in it.
 */
export interface Burden {
  /** Kelvin-hours taken so far. */
  readonly takenKh: number
  /** Departure of air and structure now, K; below zero is colder. */
  readonly airK: number
  readonly massK: number
}

export const NO_BURDEN: Burden = { takenKh: 0, airK: 0, massK: 0 }

/** The burden after `hours` in which the building took `moreKw` more heat than without orders (less: negative). */
export function bear(burden: Burden, model: ThermalModel, moreKw: number, hours: number): Burden {
  const { a11, a12, a21, a22, bHeat1, bHeat2 } = discretise(model, hours)
  const airK = a11 * burden.airK + a12 * burden.massK + bHeat1 * moreKw
  const massK = a21 * burden.airK + a22 * burden.massK + bHeat2 * moreKw
  return { takenKh: burden.takenKh + hours * Math.max(0, -airK), airK, massK }
}

/** A burden this small is no more felt, K. */
const FELT_K = 0.02

export function isFelt({ airK, massK }: Burden): boolean {
  return Math.max(Math.abs(airK), Math.abs(massK)) >= FELT_K
}

/** What is owed to a building for what it gave before. */
export interface Sparing {
  /** Of the way that its rooms have down to the band's lower edge, the share that an order leaves them. */
  readonly sparedRatio: number
  /** What a kelvin-hour below the band counts for, against that of a building that gave no more than most. */
  readonly weight: number
}

// Differences below this are chance, not injustice.
const NOTABLE_KH = 0.1
const LARGEST_WEIGHT = 4
const LARGEST_SPARED = 0.9

/**
 * Those who gave more than the middle of the fleet are spared, the more the further they are above it; the rest is
 * asked as ever. `strength` 0 spares nobody.
 */
export function sparings(takenKh: readonly number[], strength: number): readonly Sparing[] {
  const middle = median(takenKh)
  return takenKh.map((taken) => {
    const ahead = (strength * Math.max(0, taken - middle)) / (middle + NOTABLE_KH)
    return {
      sparedRatio: LARGEST_SPARED * (1 - Math.exp(-ahead)),
      weight: Math.min(LARGEST_WEIGHT, 1 + ahead),
    }
  })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return 0
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
