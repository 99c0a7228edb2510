import type { Actuator } from '../domain/building.ts'

/** What the building is set to now, and what may still be written today. */
export interface InForce {
  /** Null on its own curve. */
  readonly value: number | null
  /** The same offset on the curve as is now asked for. */
  readonly isSameOffset: boolean
  readonly writesLeft: number
}

// Less than this is not worth a write: some minutes of one's own curve, or a twentieth of the heat.
const SUPPLY_DRIFT_K = 2
const HEAT_DRIFT_SHARE = 0.05

/**
 * The value to send. A supply temperature or a heat limit that stands for an unchanged offset follows the weather,
 * and each new value is a write: it is written anew when it has drifted far enough, while the budget lasts.
 */
export function steadyValue(actuator: Actuator, wanted: number | null, inForce: InForce): number | null {
  const { value, isSameOffset, writesLeft } = inForce
  if (wanted === null || value === null || !isSameOffset) return wanted
  const isWorthIt = Math.abs(wanted - value) >= driftWorth(actuator)
  return isWorthIt && writesLeft > 0 ? wanted : value
}

function driftWorth({ kind, max }: Actuator): number {
  switch (kind) {
    case 'supplyOffsetK':
    case 'roomSetpointC':
      return 0
    case 'supplyC':
      return SUPPLY_DRIFT_K
    case 'heatLimitKw':
      return HEAT_DRIFT_SHARE * max
    default:
      return kind satisfies never
  }
}
