import type { ActuatorBelief, SignatureBelief } from './belief.ts'
import { DOWN, effectShare, mildness, TERMS, UP } from './signature.ts'

/** Standard error of the kilowatts that a kelvin less (or more) of supply changes, as a share of them. */
export function effectErrorShare(
  belief: { readonly signature: SignatureBelief; readonly actuator: ActuatorBelief },
  direction: 'down' | 'up',
  outdoorC: number,
): number {
  const { signature, actuator } = belief
  const first = direction === 'down' ? DOWN : UP
  const ratio = direction === 'down' ? actuator.downRatio : actuator.upRatio
  const p = signature.covariance
  const mild = mildness(outdoorC)
  const cold = 1 - mild
  const variance =
    cold * cold * p[first * TERMS + first] +
    2 * cold * mild * p[first * TERMS + first + 1] +
    mild * mild * p[(first + 1) * TERMS + first + 1]
  const learned = Math.sqrt(Math.max(0, variance)) / effectShare(signature, first, outdoorC)
  // An answer that fell short of late may do so again, or not.
  const doubt = (1 - Math.min(1, ratio)) / 2
  return Math.min(1, Math.sqrt(learned * learned + doubt * doubt))
}
